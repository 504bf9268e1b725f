//! What a call can fail with.

use std::borrow::Cow;
use std::error::Error;
use std::{fmt, iter};

use bytes::Bytes;
use http::{Response, StatusCode};

use crate::encode::{Shown, open_message};
use crate::integrations::causes::causes;
use crate::relay::Upstream;
use crate::text::{one_line, request_id};
use crate::{Class, Classes, Classify, Code, Retry, RetryAfter, Taxonomy, Unrecognized, verdict};

/// What a call to an API can fail with.
///
/// ```
/// # use aura_errors::{CallError, Classify, Taxonomy};
/// # #[derive(Debug, thiserror::Error, Taxonomy)]
/// # enum ApiError {
/// #     #[error("Not found")] #[api(404)] NotFound,
/// # }
/// fn report(error: &CallError<ApiError>) -> &'static str {
///     match error {
///         CallError::Api { error: ApiError::NotFound, .. } => "there is no such thing",
///         error if error.is_retryable() => "try again later",
///         _ => "failed",
///     }
/// }
/// # let response = ApiError::NotFound.to_response();
/// # assert_eq!(report(&CallError::from_response(response)), "there is no such thing");
/// ```
#[non_exhaustive]
pub enum CallError<E> {
    /// The server answered with an error of the API.
    #[non_exhaustive]
    Api {
        /// Which one.
        error: E,
        /// The response it was read from, whole; boxed, so that a `Result` stays small.
        response: Box<Response<Bytes>>,
    },
    /// The server, or someone in between, answered with something else.
    Unrecognized(Unrecognized),
    /// There was no answer.
    Transport(Transport),
}

impl<E: Taxonomy> CallError<E> {
    /// Reads a response that is known to be a failure.
    #[must_use]
    pub fn from_response(response: Response<Bytes>) -> Self {
        match E::read(&response) {
            Ok(error) => {
                let mut response = response;
                Upstream::note(&mut response);
                CallError::Api { error, response: Box::new(response) }
            }
            Err(why) => CallError::Unrecognized(why.about(response, E::catalog())),
        }
    }

    /// The code as the server sent it; none where it sent none, or where there was no answer.
    ///
    /// It stays what it was when a code that was unknown becomes a variant.
    #[must_use]
    pub fn code(&self) -> Code {
        match self {
            CallError::Api { response, .. } => E::received(response).code(response.body()),
            CallError::Unrecognized(response) => response.code().clone(),
            CallError::Transport(_) => Code::None,
        }
    }

    /// The message as the server sent it, where it could be read.
    #[must_use]
    pub fn message(&self) -> Option<Cow<'_, str>> {
        match self {
            CallError::Api { response, .. } => {
                let received = E::received(response);
                received.message(response.body()).map(|message| message.to_owned().into())
            }
            CallError::Unrecognized(response) => response.message().map(Cow::Borrowed),
            CallError::Transport(_) => None,
        }
    }

    /// The error of the API, where it is one.
    pub fn api(&self) -> Option<&E> {
        match self {
            CallError::Api { error, .. } => Some(error),
            CallError::Unrecognized(_) | CallError::Transport(_) => None,
        }
    }
}

impl<E> CallError<E> {
    /// The response, where there was one.
    #[must_use]
    pub fn response(&self) -> Option<&Response<Bytes>> {
        match self {
            CallError::Api { response, .. } => Some(response),
            CallError::Unrecognized(unrecognized) => Some(unrecognized.response()),
            CallError::Transport(_) => None,
        }
    }

    /// The status of the response, where there was one.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.response().map(Response::status)
    }

    /// The `X-Request-Id` of the response, where it is 1–128 visible ASCII characters.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        request_id(self.response()?.headers())
    }
}

impl<E: Taxonomy> Classify for CallError<E> {
    fn classes(&self) -> Classes {
        match self {
            CallError::Api { error, .. } => error.classes(),
            CallError::Unrecognized(unrecognized) => unrecognized.classes(),
            CallError::Transport(transport) => transport.classes(),
        }
    }

    /// As the error says, unless the server gave its own verdict (`retry_header`).
    fn retry(&self) -> Retry {
        match self {
            CallError::Api { error, response } => {
                verdict::of_server(E::catalog(), response.headers()).unwrap_or_else(|| error.retry())
            }
            CallError::Unrecognized(unrecognized) => unrecognized.retry(),
            CallError::Transport(transport) => transport.retry(),
        }
    }

    fn retry_after(&self) -> Option<RetryAfter> {
        match self {
            CallError::Api { error, response } => error
                .retry_after()
                .or_else(|| E::received(response).delay())
                .or_else(|| verdict::delay_of(E::catalog(), response.headers(), error.classes())),
            CallError::Unrecognized(unrecognized) => unrecognized.retry_after(),
            CallError::Transport(_) => None,
        }
    }
}

/// `Display` of an error of the API says all that may be shown of it, so that its source is the request
/// id of the answer, where that has one.
impl<E: Taxonomy> Error for CallError<E> {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            // Not the error itself: its own `Display` may show what logs may not.
            CallError::Api { response, .. } => Upstream::of(response),
            CallError::Unrecognized(unrecognized) => Some(unrecognized),
            CallError::Transport(transport) => transport.source(),
        }
    }
}

impl<E: Taxonomy> fmt::Display for CallError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CallError::Api { error, response } => {
                let (status, name) = (response.status().as_u16(), error.name());
                // The error's own `Display` may show what logs may not.
                f.write_str(&one_line(&match error.spec().is_sensitive() {
                    true => format!("{status} {name}: {}", open_message(error)),
                    false => format!("{status} {name}: {error}"),
                }))
            }
            CallError::Unrecognized(unrecognized) => unrecognized.fmt(f),
            CallError::Transport(transport) => transport.fmt(f),
        }
    }
}

/// Shows neither the body nor the headers of the response.
///
/// An error with a sensitive field is shown by its name alone.
impl<E: Taxonomy> fmt::Debug for CallError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CallError::Api { error, response } => f
                .debug_struct("Api")
                .field("error", &Shown(error))
                .field("status", &response.status().as_u16())
                .finish_non_exhaustive(),
            CallError::Unrecognized(unrecognized) => {
                f.debug_tuple("Unrecognized").field(unrecognized).finish()
            }
            CallError::Transport(transport) => f.debug_tuple("Transport").field(transport).finish(),
        }
    }
}

impl<E> From<Unrecognized> for CallError<E> {
    fn from(unrecognized: Unrecognized) -> Self {
        CallError::Unrecognized(unrecognized)
    }
}

impl<E> From<Transport> for CallError<E> {
    fn from(transport: Transport) -> Self {
        CallError::Transport(transport)
    }
}

/// A call without an answer: what went wrong, and whether the server may have acted.
///
/// `Display` and `Debug` quote nothing of a body: of JSON that is not what was expected they say where.
/// What the client library reported, whole, is the [source](Error::source).
pub struct Transport {
    kind: TransportKind,
    sent: bool,
    source: Box<dyn Error + Send + Sync>,
}

/// What went wrong with a call that has no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportKind {
    /// No connection could be made.
    Connect,
    /// The answer did not come in time.
    Timeout,
    /// The connection is not secure.
    Tls,
    /// The connection broke, or what came is not HTTP.
    Broken,
    /// The request could not be built or sent for a reason of the caller's own.
    Request,
    /// Something else: an answer that leads nowhere, say.
    Other,
}

impl Transport {
    /// A failure of a client library. `sent` says whether the request, or a part of it, may have
    /// reached the server.
    pub fn new(kind: TransportKind, sent: bool, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self { kind, sent, source: source.into() }
    }

    /// What went wrong.
    #[must_use]
    pub fn kind(&self) -> TransportKind {
        self.kind
    }

    /// Whether the server may have received the request, and acted.
    #[must_use]
    pub fn was_sent(&self) -> bool {
        self.sent
    }
}

impl Classify for Transport {
    fn classes(&self) -> Classes {
        match self.kind {
            TransportKind::Timeout => Classes::of(Class::Timeout),
            TransportKind::Connect | TransportKind::Broken => Classes::of(Class::Unavailable),
            TransportKind::Tls | TransportKind::Request | TransportKind::Other => Classes::empty(),
        }
    }

    /// A request that was not sent can always be repeated, one that may have been acted on only if
    /// it is idempotent; a failure that is not known to be the network's stays one.
    fn retry(&self) -> Retry {
        match (self.kind, self.sent) {
            (TransportKind::Tls | TransportKind::Request, _) | (TransportKind::Other, true) => Retry::Never,
            (_, false) => Retry::Always,
            (_, true) => Retry::IfIdempotent,
        }
    }
}

impl Error for Transport {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&*self.source)
    }
}

impl Transport {
    /// What the source and its causes say, the source first.
    fn texts(&self) -> impl Iterator<Item = String> {
        let source: &(dyn Error + 'static) = &*self.source;
        iter::once(source).chain(causes(source)).map(|cause| {
            match cause.downcast_ref::<serde_json::Error>().filter(|json| !json.is_io()) {
                // Its own text quotes the value.
                Some(json) => {
                    format!("not the expected JSON at line {} column {}", json.line(), json.column())
                }
                None => one_line(&cause.to_string()),
            }
        })
    }
}

impl fmt::Debug for Transport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transport")
            .field("kind", &self.kind)
            .field("sent", &self.sent)
            .field("source", &self.texts().collect::<Vec<_>>())
            .finish()
    }
}

/// Says the last of the causes: it is what happened, and the others say where.
impl fmt::Display for Transport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.kind {
            TransportKind::Connect => "could not connect",
            TransportKind::Timeout => "timed out",
            TransportKind::Tls => "the connection is not secure",
            TransportKind::Broken => "the connection broke",
            TransportKind::Request => "the request could not be sent",
            TransportKind::Other => "no usable answer",
        };
        match self.texts().filter(|text| !text.is_empty()).last() {
            Some(why) => f.write_str(&one_line(&format!("{what}: {why}"))),
            None => f.write_str(what),
        }
    }
}
