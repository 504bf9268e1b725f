//! ureq 3, feature `ureq3`: what a blocking call fails with, as the error that the server sent.
//!
//! ```
//! use aura_errors::ureq::ResponseExt;
//! use aura_errors::{CallError, Classify, Taxonomy};
//! use ureq::Agent;
//!
//! #[derive(Debug, thiserror::Error, Taxonomy)]
//! enum ApiError {
//!     #[error("Not found")]
//!     #[api(404)]
//!     NotFound,
//! }
//!
//! fn fetch(agent: &Agent, url: &str) -> Result<Option<String>, CallError<ApiError>> {
//!     match agent.get(url).call().error_for::<ApiError>() {
//!         Ok(mut response) => Ok(Some(response.body_mut().read_to_string()?)),
//!         Err(CallError::Api { error: ApiError::NotFound, .. }) => Ok(None),
//!         Err(error) => Err(error),
//!     }
//! }
//!
//! // Without this, ureq throws the bodies of errors away.
//! let agent = Agent::new_with_config(Agent::config_builder().http_status_as_error(false).build());
//! # let failure = fetch(&agent, "http://127.0.0.1:1/").unwrap_err();
//! # assert!(failure.is_retryable() && failure.status().is_none());
//! ```
//!
//! # The agent's configuration
//!
//! - **`http_status_as_error(false)`** is needed, for the agent or for the request. By default ureq makes
//!   an error of a status of 400 or above, of which only the status is left: it is read as a response
//!   that was cut before its body, so that only errors that are known by their status are recognised. Of
//!   the others it is then said that the `body was not read`.
//! - **Timeouts** are off by default: a server that does not answer is waited for without end. Of those
//!   that ureq has, `timeout_connect` and `timeout_recv_response` say how far a call came.
//!
//! The body of an error is limited by [`Limits`], whatever the configuration says.
//!
//! # Failures without an answer
//!
//! [`CallError`] and [`Transport`] are made `From` a [`ureq::Error`](::ureq::Error), so `?` works:
//!
//! | what happened | kind | sent | repeat? |
//! |---|---|---|---|
//! | no connection: refused, no address for the name, a proxy that does not connect | `Connect` | no | always |
//! | no way to the host or the network, of a connection that there may have been | `Connect` | yes | if idempotent |
//! | `timeout_resolve`, `timeout_connect` | `Timeout` | no | always |
//! | any other timeout | `Timeout` | yes | if idempotent |
//! | the connection broke, or what came is not HTTP | `Broken` | yes | if idempotent |
//! | TLS is not there, or could not be set up | `Tls` | no | never |
//! | TLS: a certificate that is not trusted, a client that the server refuses | `Tls` | yes | never |
//! | the request could not be built | `Request` | no | never |
//! | too many redirects, a 2xx body that is not what the caller expects | `Other` | yes | never |
//!
//! Where ureq does not say whether the request was sent, it counts as sent. After a redirect that was
//! followed, all of this is about the last request: the server that redirected has seen the first one.
//!
//! URLs are taken out of the errors, as they may hold secrets.

use std::io::{self, Read};
use std::sync::mpsc::{self, SyncSender};
use std::thread;
use std::time::Instant;

use ::ureq::{Body, BodyReader, Error, Timeout};
use bytes::{Bytes, BytesMut};
use http::{Response, StatusCode};

use super::client::{self, status_alone};
use super::io_failure;
use crate::{CallError, Cut, Taxonomy, Transport, TransportKind};

#[doc(inline)]
pub use super::client::Limits;

/// `error_for` on a response, and on the `Result` of [`call`](::ureq::RequestBuilder::call) and
/// [`send`](::ureq::RequestBuilder::send).
pub trait ResponseExt: Sized {
    /// Turns a response with a status of 400 or above into an error: the one that the server says it
    /// is. Of its body at most 64 KiB are read, for at most 10 seconds.
    ///
    /// A response with another status is returned as it is: nothing of its body is read.
    ///
    /// The time holds although a blocking read cannot be interrupted: the body is read in a thread of
    /// its own, which is left behind where it waits. It ends when the server goes on or the connection
    /// does, at the latest with ureq's `timeout_recv_body` where that is set.
    ///
    /// # Errors
    ///
    /// [`CallError::Api`] if it is one of the errors of `E`; [`CallError::Unrecognized`] if it is not,
    /// with [`Reason::Cut`](crate::Reason::Cut) where the body was not read to its end: for its size,
    /// because it stalled, because the connection broke, or because ureq threw it away
    /// (`http_status_as_error`). [`CallError::Transport`] where there is no response.
    fn error_for<E: Taxonomy>(self) -> Result<Response<Body>, CallError<E>> {
        self.error_for_within(Limits::new())
    }

    /// The same within other limits.
    ///
    /// # Errors
    ///
    /// As [`error_for`](Self::error_for).
    fn error_for_within<E: Taxonomy>(self, limits: Limits) -> Result<Response<Body>, CallError<E>>;
}

impl ResponseExt for Response<Body> {
    fn error_for_within<E: Taxonomy>(self, limits: Limits) -> Result<Response<Body>, CallError<E>> {
        if self.status().as_u16() < 400 {
            return Ok(self);
        }
        Err(CallError::from_response(read(self, limits)))
    }
}

impl ResponseExt for Result<Response<Body>, Error> {
    fn error_for_within<E: Taxonomy>(self, limits: Limits) -> Result<Response<Body>, CallError<E>> {
        self?.error_for_within(limits)
    }
}

/// The response with as much of its body as the limits allow.
fn read(response: Response<Body>, limits: Limits) -> Response<Bytes> {
    let (mut parts, body) = response.into_parts();
    let mut read = BytesMut::new();
    if fill(&mut read, body.into_reader(), limits).is_err() {
        parts.extensions.insert(Cut);
    }
    Response::from_parts(parts, read.freeze())
}

fn fill(body: &mut BytesMut, reader: BodyReader<'static>, limits: Limits) -> Result<(), Cut> {
    // Too far away for the clock is as good as never.
    let deadline = Instant::now().checked_add(limits.timeout);
    // Full with one chunk, so that no more is read than is taken.
    let (chunks, taken) = mpsc::sync_channel(1);
    thread::Builder::new()
        .name("error body".to_owned())
        .spawn(move || pass_on(reader, &chunks))
        .map_err(|_| Cut)?;
    loop {
        let chunk = match deadline {
            Some(deadline) => {
                taken.recv_timeout(deadline.saturating_duration_since(Instant::now())).map_err(|_| Cut)?
            }
            None => taken.recv().map_err(|_| Cut)?,
        };
        if chunk.is_empty() {
            return Ok(());
        }
        client::add(body, &chunk, limits.body)?;
    }
}

/// Passes the body on in chunks, the last of which is empty. There is none after a failure, nor once
/// nobody takes them.
fn pass_on(mut reader: BodyReader<'static>, chunks: &SyncSender<Vec<u8>>) {
    loop {
        let mut chunk = vec![0; 8 * 1024];
        let Ok(length) = reader.read(&mut chunk) else { return };
        chunk.truncate(length);
        if chunks.send(chunk).is_err() || length == 0 {
            return;
        }
    }
}

/// Of [`StatusCode`](::ureq::Error::StatusCode) only the status is left: it is read as a response that
/// was cut before its body. With `http_status_as_error(false)` the body is read.
#[cfg_attr(docsrs, doc(cfg(feature = "ureq3")))]
impl<E: Taxonomy> From<Error> for CallError<E> {
    fn from(error: Error) -> Self {
        match error {
            Error::StatusCode(status) => match StatusCode::from_u16(status) {
                Ok(status) => CallError::from_response(status_alone(status)),
                Err(_) => CallError::Transport(error.into()),
            },
            error => CallError::Transport(error.into()),
        }
    }
}

/// The URL is taken out of the error: it may hold secrets.
#[cfg_attr(docsrs, doc(cfg(feature = "ureq3")))]
impl From<Error> for Transport {
    fn from(error: Error) -> Self {
        let error = match error {
            // What failed is the connection, not the JSON.
            Error::Json(json) if json.is_io() => io::Error::from(json).into(),
            error => error,
        };
        let (kind, sent) = judge(&error);
        match (without_url(&error), error) {
            (Some(text), _) => Transport::new(kind, sent, text),
            // ureq's own error does not name it as its source.
            (None, Error::Io(error)) => Transport::new(kind, sent, error),
            (None, Error::Json(error)) => Transport::new(kind, sent, error),
            (None, error) => Transport::new(kind, sent, error),
        }
    }
}

/// What went wrong, and whether the request may have been sent.
fn judge(error: &Error) -> (TransportKind, bool) {
    match error {
        Error::Timeout(Timeout::Resolve | Timeout::Connect) => (TransportKind::Timeout, false),
        Error::Timeout(_) => (TransportKind::Timeout, true),
        Error::HostNotFound | Error::ConnectionFailed | Error::ConnectProxyFailed(_) => {
            (TransportKind::Connect, false)
        }
        Error::Io(error) => io_failure::judge(error),
        Error::Tls(_) | Error::TlsRequired => (TransportKind::Tls, false),
        Error::Http(_) | Error::BadUri(_) | Error::RequireHttpsOnly(_) | Error::InvalidProxyUrl => {
            (TransportKind::Request, false)
        }
        Error::Protocol(error) => match error.to_string() {
            text if is_of_the_request(&text) => (TransportKind::Request, false),
            text if text.contains("location header") => (TransportKind::Other, true),
            _ => (TransportKind::Broken, true),
        },
        // There was an answer, and it would come again.
        Error::StatusCode(_)
        | Error::RedirectFailed
        | Error::TooManyRedirects
        | Error::LargeResponseHeader(..)
        | Error::BodyExceedsLimit(_)
        | Error::Json(_)
        | Error::Other(_) => (TransportKind::Other, true),
        // The rest has names only where ureq's own features are on.
        error => match error.to_string() {
            text if text.starts_with("rustls: ") || text.starts_with("native-tls: ") => {
                (TransportKind::Tls, false)
            }
            text if text.starts_with("PEM: ")
                || text.starts_with("der: ")
                || text.starts_with("cookie: ") =>
            {
                (TransportKind::Request, false)
            }
            text if text.starts_with("unknown character set: ") => (TransportKind::Other, true),
            _ => (TransportKind::Broken, true),
        },
    }
}

/// What ureq finds wrong with a request before it sends it. Its type cannot be named from here.
fn is_of_the_request(text: &str) -> bool {
    text.contains(" not valid for HTTP version ")
        || ["more than one host header", "host header is not", "authorization header is not", "bad header: "]
            .iter()
            .any(|start| text.starts_with(start))
}

/// What stands for an error whose text has a URL, or the part of one, in it.
fn without_url(error: &Error) -> Option<&'static str> {
    match error {
        Error::BadUri(text) if text.ends_with(" is missing scheme") => Some("bad uri: missing scheme"),
        Error::BadUri(text) if text.ends_with(" is missing host") => Some("bad uri: missing host"),
        Error::BadUri(_) => Some("bad uri"),
        Error::RequireHttpsOnly(_) => Some("configured for https only"),
        Error::Protocol(error) if error.to_string().starts_with("location header is malformed") => {
            Some("protocol: location header is malformed")
        }
        _ => None,
    }
}
