//! reqwest 0.13, feature `reqwest013`: what a call fails with, as the error that the server sent.
//!
//! ```
//! use aura_errors::reqwest::ResponseExt;
//! use aura_errors::{CallError, Classify, Taxonomy};
//!
//! #[derive(Debug, thiserror::Error, Taxonomy)]
//! enum ApiError {
//!     #[error("Not found")]
//!     #[api(404)]
//!     NotFound,
//! }
//!
//! async fn fetch(http: &reqwest::Client, url: &str) -> Result<Option<String>, CallError<ApiError>> {
//!     match http.get(url).send().await.error_for::<ApiError>().await {
//!         Ok(response) => Ok(Some(response.text().await?)),
//!         Err(CallError::Api { error: ApiError::NotFound, .. }) => Ok(None),
//!         Err(error) => Err(error),
//!     }
//! }
//! # tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
//! # let failure = fetch(&reqwest::Client::new(), "http://127.0.0.1:1/").await.unwrap_err();
//! # assert!(failure.is_retryable() && failure.status().is_none());
//! # });
//! # Ok::<(), std::io::Error>(())
//! ```
//!
//! # Failures without an answer
//!
//! [`CallError`] and [`Transport`] are made `From` a [`reqwest::Error`](::reqwest::Error), so `?` works:
//!
//! | what happened | kind | sent | repeat? |
//! |---|---|---|---|
//! | no connection: refused, reset, no address for the name | `Connect` | no | always |
//! | no connection within the client's `connect_timeout` | `Timeout` | no | always |
//! | no answer within the client's or the request's `timeout` or `read_timeout` | `Timeout` | yes | if idempotent |
//! | the connection broke, or what came is not HTTP | `Broken` | yes | if idempotent |
//! | TLS: a certificate that is not trusted, a peer that speaks something else | `Tls` | no; yes where the server refuses the client later | never |
//! | the request could not be built, or its body could not be read | `Request` | no; yes once its body was begun | never |
//! | too many redirects, a 2xx body that is not what the caller expects | `Other` | yes | never |
//!
//! A `timeout` covers the whole call and does not say how far it came, so it counts as sent even when
//! there was no connection yet: set a `connect_timeout` below it to know. After a redirect that was
//! followed, all of this is about the last request: the server that redirected has seen the first one.
//! TLS failures are told apart with rustls; with native-tls they are failures to connect.
//!
//! URLs are taken out of the errors, as they may hold secrets.

use std::error::Error;
use std::future::Future;
use std::{fmt, iter};

use ::reqwest::Response;
use bytes::{Bytes, BytesMut};

use super::causes::{causes, has};
use super::client::{self, status_alone};
use super::io_failure::is_tls;
use crate::{CallError, Cut, Taxonomy, Transport, TransportKind};

#[doc(inline)]
pub use super::client::Limits;

/// `error_for` on a response, and on the `Result` of [`send`](::reqwest::RequestBuilder::send).
///
/// Needs what reqwest needs: a Tokio runtime with its timer (`enable_all`, or `enable_time`).
pub trait ResponseExt: Sized + Send {
    /// Turns a response with a status of 400 or above into an error; as
    /// [`error_for_status`](::reqwest::Response::error_for_status), but the error is what the server
    /// says it is. Of its body at most 64 KiB are read, for at most 10 seconds.
    ///
    /// A response with another status is returned as it is: nothing of its body is read.
    ///
    /// # Errors
    ///
    /// [`CallError::Api`] if it is one of the errors of `E`; [`CallError::Unrecognized`] if it is not,
    /// with [`Reason::Cut`](crate::Reason::Cut) where the body was not read to its end: for its size,
    /// because it stalled, or because the connection broke. [`CallError::Transport`] where there is no
    /// response.
    fn error_for<E: Taxonomy>(self) -> impl Future<Output = Result<Response, CallError<E>>> + Send {
        self.error_for_within(Limits::new())
    }

    /// The same within other limits.
    ///
    /// # Errors
    ///
    /// As [`error_for`](Self::error_for).
    fn error_for_within<E: Taxonomy>(
        self,
        limits: Limits,
    ) -> impl Future<Output = Result<Response, CallError<E>>> + Send;
}

impl ResponseExt for Response {
    async fn error_for_within<E: Taxonomy>(self, limits: Limits) -> Result<Response, CallError<E>> {
        if self.status().as_u16() < 400 {
            return Ok(self);
        }
        Err(CallError::from_response(read(self, limits).await))
    }
}

impl ResponseExt for Result<Response, ::reqwest::Error> {
    async fn error_for_within<E: Taxonomy>(self, limits: Limits) -> Result<Response, CallError<E>> {
        self?.error_for_within(limits).await
    }
}

/// The response with as much of its body as the limits allow.
pub(super) async fn read(mut response: Response, limits: Limits) -> http::Response<Bytes> {
    let mut body = BytesMut::new();
    let filled = tokio::time::timeout(limits.timeout, fill(&mut body, &mut response, limits.body)).await;
    // What is left of the body is dropped, and the connection with it.
    let (mut parts, _) = http::Response::from(response).into_parts();
    if filled != Ok(Ok(())) {
        parts.extensions.insert(Cut);
    }
    http::Response::from_parts(parts, body.freeze())
}

async fn fill(body: &mut BytesMut, response: &mut Response, limit: usize) -> Result<(), Cut> {
    while let Some(chunk) = response.chunk().await.map_err(|_| Cut)? {
        client::add(body, &chunk, limit)?;
    }
    Ok(())
}

/// Of an error of `error_for_status` only the status is left: it is read as a response that was cut
/// before its body. `error_for` instead of it reads the body.
#[cfg_attr(docsrs, doc(cfg(feature = "reqwest013")))]
impl<E: Taxonomy> From<::reqwest::Error> for CallError<E> {
    fn from(error: ::reqwest::Error) -> Self {
        match error.status() {
            Some(status) => CallError::from_response(status_alone(status)),
            None => CallError::Transport(error.into()),
        }
    }
}

/// The URL is taken out of the error: it may hold secrets.
#[cfg_attr(docsrs, doc(cfg(feature = "reqwest013")))]
impl From<::reqwest::Error> for Transport {
    fn from(error: ::reqwest::Error) -> Self {
        let (kind, sent) = judge(&error);
        Transport::new(kind, sent, without_urls(error.without_url().into()))
    }
}

/// What went wrong, and whether the request may have been sent.
pub(super) fn judge(error: &::reqwest::Error) -> (TransportKind, bool) {
    let connecting = error.is_connect();
    if error.is_builder() {
        (TransportKind::Request, false)
    } else if error.is_request() && has(error, |cause: &::reqwest::Error| cause.is_body()) {
        // The stream that is the request's body failed.
        (TransportKind::Request, true)
    } else if error.is_timeout() {
        (TransportKind::Timeout, !connecting)
    } else if error.is_request() && has(error, is_tls) {
        (TransportKind::Tls, !connecting)
    } else if connecting {
        (TransportKind::Connect, false)
    } else if error.is_redirect()
        || error.is_upgrade()
        || error.is_status()
        || (error.is_decode() && has(error, |_: &serde_json::Error| true))
    {
        // There was an answer, and it would come again.
        (TransportKind::Other, true)
    } else {
        (TransportKind::Broken, true)
    }
}

/// The error without the URLs in it and in its causes.
pub(super) fn without_urls(error: Box<dyn Error + Send + Sync>) -> Box<dyn Error + Send + Sync> {
    let all = || iter::once(&*error as &(dyn Error + 'static)).chain(causes(&*error));
    let urls: Vec<String> = all()
        .filter_map(|error| error.downcast_ref::<::reqwest::Error>()?.url())
        .map(|url| format!(" for url ({url})"))
        .collect();
    if urls.is_empty() {
        return error;
    }
    // A URL that is inside cannot be taken out, so the texts stand for the errors.
    let mut texts: Vec<String> =
        all().map(|error| urls.iter().fold(error.to_string(), |text, url| text.replace(url, ""))).collect();
    let mut told = Told { text: texts.pop().unwrap_or_default(), source: None };
    while let Some(text) = texts.pop() {
        told = Told { text, source: Some(Box::new(told)) };
    }
    Box::new(told)
}

/// What an error and its causes say.
#[derive(Debug)]
struct Told {
    text: String,
    source: Option<Box<Told>>,
}

impl Error for Told {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}

impl fmt::Display for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
