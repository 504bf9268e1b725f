//! reqwest-middleware 0.5, feature `reqwest-middleware05`: error bodies read where middlewares can use
//! them.
//!
//! A middleware sees a response whose body is not read yet, and so cannot know which error it is.
//! [`ReadErrors`] stands innermost, reads the bodies of errors within [`Limits`], leaves a [`Verdict`]
//! in the extensions of the response, and puts the body back:
//!
//! ```
//! use aura_errors::reqwest_middleware::{ReadErrors, ResponseExt};
//! use aura_errors::{CallError, Taxonomy};
//! use reqwest_middleware::{ClientBuilder, ClientWithMiddleware};
//!
//! #[derive(Debug, thiserror::Error, Taxonomy)]
//! enum ApiError {
//!     #[error("Not found")]
//!     #[api(404)]
//!     NotFound,
//! }
//!
//! fn client() -> ClientWithMiddleware {
//!     // Middlewares that are added before it see the verdict.
//!     ClientBuilder::new(reqwest::Client::new()).with(ReadErrors::<ApiError>::new()).build()
//! }
//!
//! async fn fetch(http: &ClientWithMiddleware, url: &str) -> Result<String, CallError<ApiError>> {
//!     Ok(http.get(url).send().await.error_for::<ApiError>().await?.text().await?)
//! }
//! # let _ = (client, fetch);
//! ```
//!
//! [`error_for`](ResponseExt::error_for) works on what a client with middlewares returns as it does on
//! what [reqwest](crate::reqwest) itself returns, and [`CallError`] is made `From` the
//! [error](::reqwest_middleware::Error) of a middleware. An error that hides no reqwest error is a
//! middleware's own: a [`TransportKind::Other`] that is never tried again.
//!
//! Retries are in `aura_errors::reqwest_retry`, with the feature `reqwest-retry09`.

use std::error::Error as StdError;

use ::reqwest::{Request, Response, ResponseBuilderExt};
use ::reqwest_middleware::{Error, Middleware, Next, Result};
#[cfg(feature = "reqwest-retry09")]
use ::reqwest_retry::RetryError;
use async_trait::async_trait;
use http::Extensions;

use super::causes::{BoxError, causes};
use super::reqwest013;
use crate::retry_rules::is_idempotent;
use crate::retry_verdict::judged;
use crate::{CallError, Taxonomy, Transport, TransportKind, Verdict};

#[doc(inline)]
pub use super::read_errors::ReadErrors;
#[doc(no_inline)]
pub use super::reqwest013::{Limits, ResponseExt};

#[async_trait]
impl<E: Taxonomy> Middleware for ReadErrors<E> {
    async fn handle(
        &self,
        request: Request,
        extensions: &mut Extensions,
        next: Next<'_>,
    ) -> Result<Response> {
        let idempotent = Idempotent(is_idempotent(request.method(), request.headers()));
        let mut response = read_error::<E>(next.run(request, extensions).await?, self.limits).await;
        if response.status().as_u16() >= 400 {
            response.extensions_mut().insert(idempotent);
        }
        Ok(response)
    }
}

/// Whether the request was idempotent, by its method (RFC 9110, section 9.2.2) or an `Idempotency-Key`:
/// [`ReadErrors`] leaves it in the extensions of the response, for who sees the response alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Idempotent(pub bool);

/// The response, if it is an error with its body read and the verdict in its extensions.
pub(super) async fn read_error<E: Taxonomy>(response: Response, limits: Limits) -> Response {
    if response.status().as_u16() < 400 || response.extensions().get::<Verdict>().is_some() {
        return response;
    }
    let url = response.url().clone();
    let mut response = judged::<E>(reqwest013::read(response, limits).await);
    // reqwest keeps the URL in an extension that only its own builder makes.
    let mut with_url = http::Response::builder().url(url);
    if let Some(extensions) = with_url.extensions_mut() {
        response.extensions_mut().extend(std::mem::take(extensions));
    }
    response.into()
}

#[cfg_attr(docsrs, doc(cfg(feature = "reqwest-middleware05")))]
impl ResponseExt for Result<Response> {
    async fn error_for_within<E: Taxonomy>(
        self,
        limits: Limits,
    ) -> std::result::Result<Response, CallError<E>> {
        self?.error_for_within(limits).await
    }
}

/// As from the [`reqwest::Error`](::reqwest::Error) in it, where there is one.
#[cfg_attr(docsrs, doc(cfg(feature = "reqwest-middleware05")))]
impl<E: Taxonomy> From<Error> for CallError<E> {
    fn from(error: Error) -> Self {
        match unwrapped(error) {
            Ok(error) => error.into(),
            Err(error) => CallError::Transport(of_a_middleware(error)),
        }
    }
}

/// As from the [`reqwest::Error`](::reqwest::Error) in it, where there is one.
#[cfg_attr(docsrs, doc(cfg(feature = "reqwest-middleware05")))]
impl From<Error> for Transport {
    fn from(error: Error) -> Self {
        match unwrapped(error) {
            Ok(error) => error.into(),
            Err(error) => of_a_middleware(error),
        }
    }
}

/// The client's own error, or that of a middleware.
fn unwrapped(error: Error) -> std::result::Result<::reqwest::Error, BoxError> {
    let error = match error {
        Error::Reqwest(error) => return Ok(error),
        Error::Middleware(error) => error,
    };
    let error = match error.downcast() {
        Ok(error) => return Ok(error),
        Err(error) => error,
    };
    // reqwest-retry wraps every error in one of its own.
    #[cfg(feature = "reqwest-retry09")]
    let error = match error.downcast() {
        Ok(RetryError::WithRetries { err, .. } | RetryError::Error(err)) => return unwrapped(err),
        Err(error) => error,
    };
    Err(error.into())
}

fn of_a_middleware(error: BoxError) -> Transport {
    let inner = causes(&*error).find_map(<dyn StdError>::downcast_ref);
    let (kind, sent) = inner.map_or((TransportKind::Other, true), reqwest013::judge);
    Transport::new(kind, sent, reqwest013::without_urls(error))
}
