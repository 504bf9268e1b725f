//! The layer that makes a whole application speak one taxonomy.

use std::fmt;
use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use ::axum::BoxError;
use ::axum::body::{Body, HttpBody};
use ::axum::response::Response;
use bytes::Bytes;
use http::header::{self, HeaderMap, HeaderValue};
use http::{Request, StatusCode, Version};
use tower_layer::Layer;
use tower_service::Service;

use super::{AsWritten, RejectedFields};
use crate::integrations::server::{Asked, BodyKind, OF_THE_BODY, Rewrite, Seen, Verdict, is_plain_text};
use crate::{Sent, Taxonomy};

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
/// content type is left alone, unless [`rewrite_all`](Self::rewrite_all) is asked for. A text of the
/// application's own looks like one of axum's, and is rewritten too, unless the response has
/// [`AsWritten`] in its extensions: `(StatusCode::NOT_FOUND, Extension(AsWritten), "our own text")`.
///
/// The layer has to stand outside of the middleware whose errors it rewrites, so it is added last.
/// Panics become responses by `CatchPanicLayer` of tower-http, timeouts by its `TimeoutLayer`, and errors
/// of tower's own middleware by axum's `HandleErrorLayer`; all of them are added before it. CORS may
/// stand on either side. What hyper refuses before there is a request, for example a malformed head,
/// has an empty 400 that no layer sees.
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
/// Where there is none of these the response keeps its status: an error that is not declared is never
/// sent. A plain text goes all the same where it may be axum's, which writes it for debugging: with 400,
/// 405, 408, 413, 415, 422, 426 and 5xx. With any other status it is the application's, and passes.
///
/// Headers survive, `Allow`, `Retry-After`, `Set-Cookie` and CORS's among them; those
/// that describe the old body do not, and those that the error has of its own replace them.
pub struct ErrorLayer<E> {
    rewrite: Rewrite,
    error: PhantomData<fn() -> E>,
}

impl<E: Taxonomy> ErrorLayer<E> {
    /// A layer that rewrites what is empty or plain text.
    #[must_use]
    pub fn new() -> Self {
        Self { rewrite: Rewrite::of::<E>(), error: PhantomData }
    }

    /// Rewrites every error response that was not made from a taxonomy, whatever its body.
    #[must_use]
    pub fn rewrite_all(self) -> Self {
        Self { rewrite: self.rewrite.all(), ..self }
    }
}

impl<E: Taxonomy> Default for ErrorLayer<E> {
    fn default() -> Self {
        Self::new()
    }
}

impl<E> Clone for ErrorLayer<E> {
    fn clone(&self) -> Self {
        Self { rewrite: self.rewrite.clone(), error: PhantomData }
    }
}

impl<E> fmt::Debug for ErrorLayer<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ErrorLayer").field("rewrite_all", &self.rewrite.is_all()).finish_non_exhaustive()
    }
}

impl<S, E> Layer<S> for ErrorLayer<E> {
    type Service = ErrorService<S, E>;

    fn layer(&self, inner: S) -> ErrorService<S, E> {
        ErrorService { inner, rewrite: self.rewrite.clone(), error: PhantomData }
    }
}

/// The service of [`ErrorLayer`].
pub struct ErrorService<S, E> {
    inner: S,
    rewrite: Rewrite,
    error: PhantomData<fn() -> E>,
}

impl<S: Clone, E> Clone for ErrorService<S, E> {
    fn clone(&self) -> Self {
        Self { inner: self.inner.clone(), rewrite: self.rewrite.clone(), error: PhantomData }
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
    E: Taxonomy,
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
        let asked = asked_of(&request);
        ErrorFuture {
            inner: self.inner.call(request),
            rewrite: self.rewrite.clone(),
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
        rewrite: Rewrite,
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
    E: Taxonomy,
    B: HttpBody<Data = Bytes> + Send + 'static,
    B::Error: Into<BoxError>,
{
    type Output = Result<Response, X>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        let response = ready!(this.inner.poll(cx))?.map(Body::new);
        Poll::Ready(Ok(answer::<E>(this.rewrite, *this.asked, response)))
    }
}

fn asked_of<Q>(request: &Request<Q>) -> Asked {
    let headers = request.headers();
    Asked::new(
        request.method().as_str(),
        headers.get(header::CONTENT_LENGTH).map(HeaderValue::as_bytes),
        headers.contains_key(header::TRANSFER_ENCODING),
        request.version() >= Version::HTTP_2,
        request.uri().query(),
    )
}

fn answer<E: Taxonomy>(rewrite: &Rewrite, asked: Asked, response: Response) -> Response {
    let (status, extensions) = (response.status(), response.extensions());
    let settled = extensions.get::<Sent>().is_some() || extensions.get::<AsWritten>().is_some();
    if status.as_u16() < 400 || settled {
        return response;
    }
    let seen = Seen {
        status,
        headers: response.headers(),
        body: kind_of(asked, &response),
        rejected: extensions.get::<RejectedFields>(),
        failure: None,
    };
    let new = match rewrite.verdict::<E>(asked, &seen) {
        Verdict::Pass => return response,
        Verdict::Empty => {
            let mut empty = http::Response::new(Bytes::new());
            *empty.status_mut() = status;
            empty
        }
        Verdict::Replace(error) => error.into_http(),
    };
    replace(response, new)
}

fn kind_of(asked: Asked, response: &Response) -> BodyKind {
    let is_empty = response.body().is_end_stream();
    match response.headers().get(header::CONTENT_TYPE) {
        Some(content_type) if is_plain_text(content_type.as_bytes()) => {
            match writes_text(response.status()) {
                true => BodyKind::Debug,
                false => BodyKind::Plain,
            }
        }
        None if is_empty => BodyKind::Plain,
        // To HEAD every body is empty, and the content type is that of the one left out.
        Some(_) if is_empty && !asked.head => BodyKind::Plain,
        _ => BodyKind::Own,
    }
}

/// The statuses with which axum, axum-extra and tower-http write text; with any other it is a
/// middleware's or the application's.
fn writes_text(status: StatusCode) -> bool {
    matches!(status.as_u16(), 400 | 405 | 408 | 413 | 415 | 422 | 426) || status.is_server_error()
}

/// The new status, body and headers, and of the old headers what does not describe the old body.
fn replace(response: Response, new: http::Response<Bytes>) -> Response {
    let (mut old, _) = response.into_parts();
    let (mut new, body) = new.into_parts();
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
