//! The layer that makes a whole application speak one taxonomy.

use std::fmt;
use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use ::axum::BoxError;
use ::axum::body::{Body, HttpBody};
use ::axum::response::Response;
use bytes::Bytes;
use http::header::{self, HeaderMap, HeaderName};
use http::{Method, Request, StatusCode};
use tower_layer::Layer;
use tower_service::Service;

use super::RejectedFields;
use super::answer::{Answers, Failed};
use crate::private::Derived;
use crate::{Failure, Sent};

/// Turns every error response that axum or a middleware makes by itself into an error of `E`: an
/// unknown route, a wrong method, a malformed body, a panic, a timeout.
///
/// ```
/// use aura_errors::Taxonomy;
/// use aura_errors::axum::ErrorLayer;
/// use axum::{Router, routing::get};
///
/// #[derive(Debug, thiserror::Error, Taxonomy)]
/// #[api(axum)]
/// enum ApiError {
///     #[error("There is no such page")]
///     #[api(404, stands_for(route))]
///     NoSuchPage,
///     #[error("Something went wrong on our side")]
///     #[api(500, fallback)]
///     Internal,
/// }
///
/// let app: Router = Router::new()
///     .route("/", get(async || "hello"))
///     .layer(ErrorLayer::<ApiError>::new());
/// # let _ = app;
/// ```
///
/// # What is rewritten
///
/// A response with a status of 400 or more that was not made from a taxonomy, if its body is empty
/// or `text/plain`: axum and tower-http write nothing else. What the application writes with another
/// content type is left alone, unless [`rewrite_all`](Self::rewrite_all) is asked for. The layer has
/// to stand outside of the middleware whose errors it rewrites, so it is added last. Panics become
/// responses by `CatchPanicLayer` of tower-http, which is added before it.
///
/// # Into what
///
/// 1. The error that `stands_for` the failure. By the status alone, 404 is `route`, 405 `method`, 408
///    and 504 `timeout`, 413 `body_size`, 415 `content_type`, 422 `body_data`, 500 `panic`. 400 may be
///    `path`, `header`, of a request with a query `query`, and of one with a body `body_syntax`: an
///    error that stands for all of these answers, and one that stands for some where 2. has none. The
///    extractors of [this module](crate::axum) know better, and say what was wrong and where, which a
///    field with [`FieldError`](crate::FieldError)s takes, or a detail or message that is a text.
/// 2. The only error of this status that needs no data; of several, the one that is not meant for
///    certain failures. A header field or delay is taken from the response.
/// 3. For 5xx, the plain internal error (`fallback`).
///
/// Where there is none of these the response passes unchanged: an error that is not declared is never
/// sent. Headers survive, `Allow`, `Retry-After`, `Set-Cookie` and CORS's among them; those
/// that describe the old body do not, and those that the error has of its own replace them.
pub struct ErrorLayer<E> {
    shared: Shared,
    error: PhantomData<fn() -> E>,
}

#[derive(Clone)]
struct Shared {
    answers: Arc<Answers>,
    all: bool,
}

impl<E: Derived> ErrorLayer<E> {
    /// A layer that rewrites what is empty or plain text.
    #[must_use]
    pub fn new() -> Self {
        Self { shared: Shared { answers: Answers::of(E::CATALOG), all: false }, error: PhantomData }
    }

    /// Rewrites every error response that was not made from a taxonomy, whatever its body.
    #[must_use]
    pub fn rewrite_all(mut self) -> Self {
        self.shared.all = true;
        self
    }
}

impl<E: Derived> Default for ErrorLayer<E> {
    fn default() -> Self {
        Self::new()
    }
}

impl<E> Clone for ErrorLayer<E> {
    fn clone(&self) -> Self {
        Self { shared: self.shared.clone(), error: PhantomData }
    }
}

impl<E> fmt::Debug for ErrorLayer<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ErrorLayer").field("rewrite_all", &self.shared.all).finish_non_exhaustive()
    }
}

impl<S, E> Layer<S> for ErrorLayer<E> {
    type Service = ErrorService<S, E>;

    fn layer(&self, inner: S) -> ErrorService<S, E> {
        ErrorService { inner, shared: self.shared.clone(), error: PhantomData }
    }
}

/// The service of [`ErrorLayer`].
pub struct ErrorService<S, E> {
    inner: S,
    shared: Shared,
    error: PhantomData<fn() -> E>,
}

impl<S: Clone, E> Clone for ErrorService<S, E> {
    fn clone(&self) -> Self {
        Self { inner: self.inner.clone(), shared: self.shared.clone(), error: PhantomData }
    }
}

impl<S: fmt::Debug, E> fmt::Debug for ErrorService<S, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ErrorService").field("inner", &self.inner).finish_non_exhaustive()
    }
}

impl<S, E, Q, B> Service<Request<Q>> for ErrorService<S, E>
where
    S: Service<Request<Q>, Response = http::Response<B>>,
    E: Derived,
    B: HttpBody<Data = Bytes> + Send + 'static,
    B::Error: Into<BoxError>,
{
    type Response = Response;
    type Error = S::Error;
    type Future = ErrorFuture<S::Future, E>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, request: Request<Q>) -> Self::Future {
        let asked = Asked::of(&request);
        ErrorFuture {
            inner: self.inner.call(request),
            shared: self.shared.clone(),
            asked,
            error: PhantomData,
        }
    }
}

pin_project_lite::pin_project! {
    /// The future of [`ErrorService`].
    pub struct ErrorFuture<F, E> {
        #[pin]
        inner: F,
        shared: Shared,
        asked: Asked,
        error: PhantomData<fn() -> E>,
    }
}

impl<F, E> fmt::Debug for ErrorFuture<F, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ErrorFuture").finish_non_exhaustive()
    }
}

impl<F, E, B, X> Future for ErrorFuture<F, E>
where
    F: Future<Output = Result<http::Response<B>, X>>,
    E: Derived,
    B: HttpBody<Data = Bytes> + Send + 'static,
    B::Error: Into<BoxError>,
{
    type Output = Result<Response, X>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        let response = ready!(this.inner.poll(cx))?.map(Body::new);
        Poll::Ready(Ok(rewrite::<E>(this.shared, *this.asked, response)))
    }
}

/// What of the request tells failures of one status apart.
#[derive(Clone, Copy)]
struct Asked {
    head: bool,
    has_body: bool,
    has_query: bool,
}

impl Asked {
    fn of<Q>(request: &Request<Q>) -> Self {
        let headers = request.headers();
        let length = headers.get(header::CONTENT_LENGTH).is_some_and(|length| length != "0");
        Self {
            head: request.method() == Method::HEAD,
            has_body: length || headers.contains_key(header::TRANSFER_ENCODING),
            has_query: request.uri().query().is_some_and(|query| !query.is_empty()),
        }
    }

    fn failures(self, status: StatusCode) -> Vec<Failure> {
        let failure = match status.as_u16() {
            400 => {
                let mut failures = vec![Failure::Path, Failure::Header];
                if self.has_query {
                    failures.push(Failure::Query);
                }
                if self.has_body {
                    failures.push(Failure::BodySyntax);
                }
                return failures;
            }
            404 => Failure::Route,
            405 => Failure::Method,
            408 | 504 => Failure::Timeout,
            413 => Failure::BodySize,
            415 => Failure::ContentType,
            422 => Failure::BodyData,
            500 => Failure::Panic,
            _ => return Vec::new(),
        };
        vec![failure]
    }
}

fn rewrite<E: Derived>(shared: &Shared, asked: Asked, response: Response) -> Response {
    let status = response.status();
    if status.as_u16() < 400 || response.extensions().get::<Sent>().is_some() {
        return response;
    }
    let rejected = response.extensions().get::<RejectedFields>();
    if rejected.is_none() && !shared.all && !is_bare(asked, &response) {
        return response;
    }
    let failures = match rejected {
        Some(rejected) => vec![rejected.failure()],
        None => asked.failures(status),
    };
    let failed = Failed { status, headers: response.headers(), failures, rejected };
    match shared.answers.answer::<E>(&failed) {
        Some(error) => replace(response, error),
        None => response,
    }
}

/// Whether the body is what a framework writes: nothing, or plain text.
fn is_bare(asked: Asked, response: &Response) -> bool {
    match response.headers().get(header::CONTENT_TYPE) {
        Some(content_type) => {
            let essence = content_type.as_bytes().split(|byte| *byte == b';').next().unwrap_or_default();
            // To HEAD every body is empty, and the content type is that of the one left out.
            essence.trim_ascii().eq_ignore_ascii_case(b"text/plain") || (!asked.head && is_empty(response))
        }
        None => is_empty(response),
    }
}

fn is_empty(response: &Response) -> bool {
    response.body().is_end_stream()
}

/// What describes the body that is replaced.
const OF_THE_BODY: [HeaderName; 13] = [
    header::ACCEPT_RANGES,
    header::CONTENT_DISPOSITION,
    header::CONTENT_ENCODING,
    header::CONTENT_LANGUAGE,
    header::CONTENT_LENGTH,
    header::CONTENT_LOCATION,
    header::CONTENT_RANGE,
    header::CONTENT_TYPE,
    header::ETAG,
    header::LAST_MODIFIED,
    header::TRAILER,
    header::TRANSFER_ENCODING,
    HeaderName::from_static("content-digest"),
];

fn replace<E: Derived>(response: Response, error: E) -> Response {
    let (mut old, _) = response.into_parts();
    let (mut new, body) = error.into_http().into_parts();
    let mut kept = HeaderMap::with_capacity(old.headers.len() + new.headers.len());
    let mut name = None;
    for (next, value) in old.headers {
        // Further values of a header come without its name.
        name = next.or(name);
        if let Some(name) =
            name.as_ref().filter(|name| !OF_THE_BODY.contains(name) && !new.headers.contains_key(*name))
        {
            kept.append(name, value);
        }
    }
    kept.extend(new.headers);
    new.headers = kept;
    old.extensions.extend(new.extensions);
    new.extensions = old.extensions;
    new.version = old.version;
    Response::from_parts(new, Body::from(body))
}
