//! The event that is written for one error response.

use ::tracing::field::{DisplayValue, display};
use http::StatusCode;

use crate::encode::shown;
use crate::{Classes, ErrorSpec, Level, RequestId, Taxonomy};

/// In the extensions of a response that was logged, so that no layer further out does it again.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Logged;

/// Longer than the registered ones (RFC 9110, section 16.1.2), in characters.
const LONGEST_METHOD: usize = 32;

/// What any framework knows of a response and of the request it answers.
pub(crate) struct Answer<'a> {
    pub(crate) method: &'a str,
    /// The template that the path matched.
    pub(crate) route: Option<&'a str>,
    pub(crate) request_id: &'a RequestId,
    pub(crate) status: StatusCode,
    /// What the error is that it was made from.
    pub(crate) spec: Option<&'static ErrorSpec>,
    /// That error, if somebody still holds it.
    pub(crate) error: Option<&'a dyn Taxonomy>,
    /// What failed on the server's own side, where it was no error of a taxonomy.
    pub(crate) mistake: Option<String>,
}

impl Answer<'_> {
    /// An error by its status, or one that is sent as a success (`allow_success`).
    pub(crate) fn is_error(&self) -> bool {
        self.spec.is_some() || self.status.as_u16() >= 400
    }

    fn level(&self) -> Level {
        let declared = self.spec.and_then(|spec| spec.data.level);
        declared.unwrap_or(if self.status.is_server_error() { Level::Error } else { Level::Info })
    }

    /// None where the status is no registered kind of error.
    fn classes(&self) -> Option<DisplayValue<Classes>> {
        let fixed = || self.spec.and_then(ErrorSpec::fixed_classes);
        let declared = self.error.map(|error| error.classes()).or_else(fixed);
        let classes = declared.unwrap_or_else(|| Classes::of_status(self.status.as_u16()));
        (!classes.is_empty()).then(|| display(classes))
    }

    fn code(&self) -> Option<String> {
        let spec = self.spec?;
        // A code as received is a field like others.
        let code =
            self.error.filter(|_| !spec.is_sensitive()).map_or_else(|| spec.code(), |error| error.code());
        Some(code.to_text()?.into_owned())
    }

    /// A client may call with any word, as long as a header.
    fn method(&self) -> &str {
        self.method.get(..LONGEST_METHOD).unwrap_or(self.method)
    }

    fn causes(&self) -> Option<String> {
        let mut causes = self.error.map(shown::causes_of).unwrap_or_default();
        // The error that took its place has no causes.
        causes.extend(self.mistake.clone().filter(|_| causes.is_empty()));
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
                name = answer.spec.map(ErrorSpec::name),
                code = answer.code(),
                classes = answer.classes(),
                method = answer.method(),
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
