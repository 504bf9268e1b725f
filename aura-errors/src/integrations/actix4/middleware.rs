//! The middleware that makes a whole application speak one taxonomy.

use std::fmt;
use std::future::{Ready, ready};
use std::marker::PhantomData;
use std::panic::AssertUnwindSafe;
use std::rc::Rc;
use std::task::{Context, Poll};

use actix_web::body::{BodySize, BoxBody, EitherBody, MessageBody};
use actix_web::dev::{Service, ServiceRequest, ServiceResponse, Transform};
use actix_web::error::InternalError;
use actix_web::http::{Version, header};
use actix_web::{Error, HttpResponse};
use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;

use super::failure::{Panicked, failure_of};
use super::origin::{makes, spec_behind};
use super::{AsWritten, RejectedFields, convert};
use crate::integrations::server::{Asked, BodyKind, OF_THE_BODY, Rewrite, Seen, Verdict, is_plain_text};
use crate::{Sent, Taxonomy};

/// Turns every error that actix or a middleware answers by itself into an error of `E`: an unknown
/// route, a wrong method, a malformed body, a panic, a timeout.
///
/// ```
/// use actix_web::{App, web};
/// use aura_errors::Taxonomy;
/// use aura_errors::actix::ErrorMiddleware;
///
/// #[derive(Debug, thiserror::Error, Taxonomy)]
/// #[api(actix)]
/// enum ApiError {
///     #[error("There is no such page")]
///     #[api(404, stands_for(route))]
///     NoSuchPage,
///     #[error("Something went wrong on our side")]
///     #[api(500, fallback)]
///     Internal,
/// }
///
/// let app = App::new()
///     .route("/", web::get().to(async || "hello"))
///     .wrap(ErrorMiddleware::<ApiError>::new());
/// # let _ = app;
/// ```
///
/// # What is rewritten
///
/// A response with a status of 400 or more that was not made from a taxonomy, if its body is empty, or
/// if actix made it from an error as plain text ([`HttpResponse::error`]), and what a middleware fails
/// with. What the application writes into a response by itself is left alone, plain text included,
/// unless [`rewrite_all`](Self::rewrite_all) is asked for; so is a response with [`AsWritten`] in its
/// extensions, always.
///
/// The middleware has to stand outside of those whose errors it rewrites, so it is wrapped last. A
/// panic further inside is caught, and answered as one; the panic hook has reported it. What actix refuses
/// before there is a request, a malformed head or one that comes too slowly, has an empty 400 or 408
/// that no middleware sees. actix has no time limit for handlers; a middleware that has one answers 408
/// or 504.
///
/// # Into what
///
/// 1. The error that `stands_for` the failure: what actix's error says it is, else by the status. 404 is
///    `route`, 405 `method`, 408 and 504 `timeout`, 413 `body_size`, 415 `content_type`, 422
///    `body_data`, 500 `panic`. 400 may be `path`, `header`, of a request with a query `query`, and of one
///    with a body `body_syntax`: an error that stands for all of these answers, and one that stands for
///    some where 2. has none. The extractors of [this module](crate::actix) also say what was wrong and
///    where, which a field with [`FieldError`](crate::FieldError)s takes, or a detail or message that is
///    a text.
/// 2. The only error of this status that needs no data; of several, the one that is not meant for
///    certain failures. A header field or delay is taken from the response.
/// 3. For 5xx, the plain internal error (`fallback`).
///
/// Where there is none of these the response keeps its status, as an error that is not declared is never
/// sent, and loses the text of actix's error, which is meant for debugging.
///
/// Headers survive, `Allow`, `Retry-After`, `Set-Cookie` and CORS's among them; those that describe the
/// old body do not, and those that the error has of its own replace them.
pub struct ErrorMiddleware<E> {
    rewrite: Rewrite,
    error: PhantomData<fn() -> E>,
}

impl<E: Taxonomy> ErrorMiddleware<E> {
    /// A middleware that rewrites what is empty or actix's own text.
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

impl<E: Taxonomy> Default for ErrorMiddleware<E> {
    fn default() -> Self {
        Self::new()
    }
}

impl<E> Clone for ErrorMiddleware<E> {
    fn clone(&self) -> Self {
        Self { rewrite: self.rewrite.clone(), error: PhantomData }
    }
}

impl<E> fmt::Debug for ErrorMiddleware<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ErrorMiddleware").field("rewrite_all", &self.rewrite.is_all()).finish_non_exhaustive()
    }
}

impl<S, B, E> Transform<S, ServiceRequest> for ErrorMiddleware<E>
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = Error> + 'static,
    B: MessageBody + 'static,
    E: Taxonomy,
{
    type Response = ServiceResponse<EitherBody<B>>;
    type Error = Error;
    type Transform = ErrorService<S, E>;
    type InitError = ();
    type Future = Ready<Result<Self::Transform, ()>>;

    fn new_transform(&self, inner: S) -> Self::Future {
        ready(Ok(ErrorService { inner: Rc::new(inner), rewrite: self.rewrite.clone(), error: PhantomData }))
    }
}

/// The service of [`ErrorMiddleware`].
pub struct ErrorService<S, E> {
    inner: Rc<S>,
    rewrite: Rewrite,
    error: PhantomData<fn() -> E>,
}

impl<S: fmt::Debug, E> fmt::Debug for ErrorService<S, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ErrorService").field("inner", &self.inner).finish_non_exhaustive()
    }
}

impl<S, B, E> Service<ServiceRequest> for ErrorService<S, E>
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = Error> + 'static,
    B: MessageBody + 'static,
    E: Taxonomy,
{
    type Response = ServiceResponse<EitherBody<B>>;
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self::Response, Error>>;

    fn poll_ready(&self, cx: &mut Context<'_>) -> Poll<Result<(), Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&self, request: ServiceRequest) -> Self::Future {
        let (inner, rewrite) = (Rc::clone(&self.inner), self.rewrite.clone());
        let asked = asked_of(&request);
        async move {
            // Nothing of this future is used after a panic, and the service is what actix itself would
            // call again after one.
            let outcome = AssertUnwindSafe(async { inner.call(request).await }).catch_unwind().await;
            match outcome.unwrap_or_else(|_| Err(Panicked.into())) {
                Ok(response) => {
                    let (request, response) = response.into_parts();
                    let verdict = verdict::<E, _>(&rewrite, asked, &response, response.error());
                    Ok(ServiceResponse::new(request, apply(verdict, response)))
                }
                Err(error) => Err(of_error::<E>(&rewrite, asked, error)),
            }
        }
        .boxed_local()
    }
}

fn asked_of(request: &ServiceRequest) -> Asked {
    let headers = request.headers();
    Asked::new(
        request.method().as_str(),
        headers.get(header::CONTENT_LENGTH).map(header::HeaderValue::as_bytes),
        headers.contains_key(header::TRANSFER_ENCODING),
        request.version() >= Version::HTTP_2,
        request.uri().query(),
    )
}

/// A middleware failed, and the request is gone: the error that takes the place of its own.
fn of_error<E: Taxonomy>(rewrite: &Rewrite, asked: Asked, error: Error) -> Error {
    let response = error.error_response();
    if makes(&error, &response) {
        return error;
    }
    let verdict = verdict::<E, _>(rewrite, asked, &response, Some(&error));
    let response = apply(verdict, response).map_into_boxed_body();
    InternalError::from_response(error, response).into()
}

fn verdict<E: Taxonomy, B: MessageBody>(
    rewrite: &Rewrite,
    asked: Asked,
    response: &HttpResponse<B>,
    error: Option<&Error>,
) -> Verdict<E> {
    let status = response.status();
    let settled = status.as_u16() < 400
        || spec_behind(response).is_some()
        || response.extensions().get::<AsWritten>().is_some();
    if settled {
        return Verdict::Pass;
    }
    let rejected = response.extensions().get::<RejectedFields>().cloned();
    let seen = Seen {
        status: convert::to_http(status),
        headers: &convert::headers_to_http(response.headers()),
        body: kind_of(asked, response, error.is_some()),
        rejected: rejected.as_ref(),
        failure: error.and_then(failure_of),
    };
    rewrite.verdict(asked, &seen)
}

fn kind_of<B: MessageBody>(asked: Asked, response: &HttpResponse<B>, is_error: bool) -> BodyKind {
    let is_empty = matches!(response.body().size(), BodySize::None | BodySize::Sized(0));
    match response.headers().get(header::CONTENT_TYPE) {
        // The text of an error is its `Display`, with the content type or, from some of actix, without.
        Some(content_type) if is_plain_text(content_type.as_bytes()) && is_error => BodyKind::Debug,
        None if is_error && !is_empty => BodyKind::Debug,
        None if is_empty => BodyKind::Plain,
        Some(_) if is_empty && !asked.head => BodyKind::Plain,
        _ => BodyKind::Own,
    }
}

/// The new status, body and headers, and of the old headers what does not describe the old body.
fn apply<E: Taxonomy, B>(verdict: Verdict<E>, response: HttpResponse<B>) -> HttpResponse<EitherBody<B>> {
    let (head, body) = match verdict {
        Verdict::Pass => return response.map_into_left_body(),
        Verdict::Empty => return emptied(response).map_body(|_, ()| EitherBody::right(BoxBody::new(()))),
        Verdict::Replace(error) => error.into_http().into_parts(),
    };
    let mut response = emptied(response).map_body(|_, ()| EitherBody::right(BoxBody::new(body)));
    *response.status_mut() = convert::status(head.status);
    convert::write_headers(&head.headers, response.headers_mut());
    if let Some(sent) = head.extensions.get::<Sent>() {
        response.extensions_mut().insert(sent.clone());
    }
    response
}

fn emptied<B>(response: HttpResponse<B>) -> HttpResponse<()> {
    response.map_body(|head, _| {
        // A reason phrase of its own, where one was given, is of the old status.
        head.reason = None;
        for name in OF_THE_BODY {
            head.headers.remove(name.as_str());
        }
    })
}
