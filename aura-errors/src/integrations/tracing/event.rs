//! The event that is written for one error response.

use http::StatusCode;

use crate::encode::shown;
use crate::{Classes, Level, RequestId, Taxonomy};

/// In the extensions of a response that was logged, so that no layer further out does it again.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Logged;

/// What any framework knows of a response and of the request it answers.
pub(crate) struct Answer<'a> {
    pub(crate) method: &'a str,
    /// The template that the path matched.
    pub(crate) route: Option<&'a str>,
    pub(crate) request_id: &'a RequestId,
    pub(crate) status: StatusCode,
    /// The error it was made from.
    pub(crate) error: Option<&'a dyn Taxonomy>,
}

impl Answer<'_> {
    /// An error by its status, or one that is sent as a success (`allow_success`).
    pub(crate) fn is_error(&self) -> bool {
        self.error.is_some() || self.status.as_u16() >= 400
    }

    fn level(&self) -> Level {
        let declared = self.error.and_then(|error| error.spec().data.level);
        declared.unwrap_or(if self.status.is_server_error() { Level::Error } else { Level::Info })
    }

    fn classes(&self) -> Classes {
        match self.error {
            Some(error) => error.classes(),
            None => Classes::of_status(self.status.as_u16()),
        }
    }

    fn code(&self) -> Option<String> {
        let error = self.error?;
        // A code as received is a field like others.
        let code = if error.spec().is_sensitive() { error.spec().code() } else { error.code() };
        Some(code.to_text()?.into_owned())
    }

    fn causes(&self) -> Option<String> {
        let causes = shown::causes_of(self.error?);
        (!causes.is_empty()).then(|| causes.join(": "))
    }
}

/// Writes the event. `tracing` fixes the level where an event stands in the code, so there is one for
/// each.
pub(crate) fn write(answer: &Answer<'_>) {
    macro_rules! at {
        ($level:ident) => {
            ::tracing::event!(
                target: "aura_errors",
                ::tracing::Level::$level,
                status = answer.status.as_u16(),
                name = answer.error.map(|error| error.name()),
                code = answer.code(),
                classes = %answer.classes(),
                method = answer.method,
                route = answer.route,
                request_id = answer.request_id.as_str(),
                upstream_request_id = answer.error.and_then(shown::upstream_request_id),
                error = answer.error.map(shown::text_of),
                causes = answer.causes(),
                "error response",
            )
        };
    }
    match answer.level() {
        Level::Trace => at!(TRACE),
        Level::Debug => at!(DEBUG),
        Level::Info => at!(INFO),
        Level::Warn => at!(WARN),
        Level::Error => at!(ERROR),
    }
}
