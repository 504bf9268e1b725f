//! The middleware at the edge: a request id for every request, and an event for every error response.

use std::fmt;
use std::future::{Ready, ready};
use std::sync::Arc;
use std::task::{Context, Poll};

use actix_web::dev::{Service, ServiceRequest, ServiceResponse, Transform};
use actix_web::error::InternalError;
use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};
use actix_web::{Error, HttpMessage, HttpResponse};
use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;

use super::origin::{error_behind, is_rendered, spec_behind};
use super::{Rejection, convert};
use crate::RequestId;
use crate::encode::shown;
use crate::integrations::tracing::event::{self, Answer, Logged};

/// Logs each error response once with `tracing`, and gives every request and response an id.
///
/// What is logged is said in [`aura_errors::tracing`](crate::tracing), whose layer does the same for tower
/// services. The route is the pattern that actix matched. A handler takes the id with
/// `web::ReqData<RequestId>`.
///
/// ```
/// use actix_web::{App, web};
/// use aura_errors::actix::{ErrorMiddleware, LogMiddleware};
/// use aura_errors::{RequestId, Taxonomy};
///
/// #[derive(Debug, thiserror::Error, Taxonomy)]
/// #[api(actix)]
/// enum ApiError {
///     #[error("Something went wrong on our side")]
///     #[api(500, fallback)]
///     Internal,
/// }
///
/// async fn whose(id: web::ReqData<RequestId>) -> String {
///     id.to_string()
/// }
///
/// let app = App::new()
///     .route("/", web::get().to(whose))
///     .wrap(ErrorMiddleware::<ApiError>::new())
///     .wrap(LogMiddleware::new());
/// # let _ = app;
/// ```
///
/// It is wrapped last, so that it stands outside of all that answers by itself. Of several around each other
/// the innermost logs, and all have the same request id. A panic that nothing catches passes through and is
/// not logged: [`ErrorMiddleware`](super::ErrorMiddleware) catches it.
#[derive(Clone)]
pub struct LogMiddleware {
    generate: Arc<dyn Fn() -> RequestId + Send + Sync>,
}

impl LogMiddleware {
    /// A middleware that generates ids with [`RequestId::generate`].
    #[must_use]
    pub fn new() -> Self {
        Self { generate: Arc::new(RequestId::generate) }
    }

    /// Generates ids in another way, for requests that come without a valid one.
    #[must_use]
    pub fn generate(mut self, generate: impl Fn() -> RequestId + Send + Sync + 'static) -> Self {
        self.generate = Arc::new(generate);
        self
    }
}

impl Default for LogMiddleware {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for LogMiddleware {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LogMiddleware").finish_non_exhaustive()
    }
}

impl<S, B> Transform<S, ServiceRequest> for LogMiddleware
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = Error>,
    S::Future: 'static,
    B: 'static,
{
    type Response = ServiceResponse<B>;
    type Error = Error;
    type Transform = LogService<S>;
    type InitError = ();
    type Future = Ready<Result<LogService<S>, ()>>;

    fn new_transform(&self, inner: S) -> Self::Future {
        ready(Ok(LogService { inner, options: self.clone() }))
    }
}

/// The service of [`LogMiddleware`].
#[derive(Debug)]
pub struct LogService<S> {
    inner: S,
    options: LogMiddleware,
}

impl<S, B> Service<ServiceRequest> for LogService<S>
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = Error>,
    S::Future: 'static,
    B: 'static,
{
    type Response = ServiceResponse<B>;
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<ServiceResponse<B>, Error>>;

    fn poll_ready(&self, cx: &mut Context<'_>) -> Poll<Result<(), Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&self, mut request: ServiceRequest) -> Self::Future {
        let id = id_of(request.headers()).unwrap_or_else(|| (self.options.generate)());
        write_id(&id, request.headers_mut());
        request.extensions_mut().insert(id.clone());
        let method = request.method().to_string();
        let answer = self.inner.call(request);
        async move {
            match answer.await {
                Ok(mut response) => {
                    let route = response.request().match_pattern();
                    let answer = response.response_mut();
                    let logged = log(answer, answer.error(), &method, route.as_deref(), &id);
                    finish(answer, logged, &id);
                    Ok(response)
                }
                // A middleware failed, and the request is gone, its route with it.
                Err(error) => {
                    let mut response = error.error_response();
                    let logged = log(&response, Some(&error), &method, None, &id);
                    finish(&mut response, logged, &id);
                    Err(InternalError::from_response(error, response).into())
                }
            }
        }
        .boxed_local()
    }
}

/// Whether it has been logged now.
fn log<B>(
    response: &HttpResponse<B>,
    error: Option<&Error>,
    method: &str,
    route: Option<&str>,
    request_id: &RequestId,
) -> bool {
    if response.extensions().get::<Logged>().is_some() {
        return false;
    }
    let status = convert::to_http(response.status());
    let is_theirs = status.is_server_error() && !is_rendered(response);
    let mistake = error.filter(|_| is_theirs).and_then(mistake);
    let (spec, error) = (spec_behind(response), error_behind(response, error));
    let answer = Answer { method, route, request_id, status, spec, error: error.as_deref(), mistake };
    if answer.is_error() {
        event::write(&answer);
    }
    answer.is_error()
}

/// What an error of actix's own says of a failure on the server's side.
fn mistake(error: &Error) -> Option<String> {
    match error.as_error::<Rejection>() {
        Some(rejection) => rejection.mistake(),
        None => shown::foreign(error),
    }
}

fn finish<B>(response: &mut HttpResponse<B>, logged: bool, id: &RequestId) {
    if logged {
        response.extensions_mut().insert(Logged);
    }
    write_id(id, response.headers_mut());
}

fn id_of(headers: &HeaderMap) -> Option<RequestId> {
    RequestId::new(headers.get(RequestId::HEADER.as_str())?.to_str().ok()?)
}

fn write_id(id: &RequestId, headers: &mut HeaderMap) {
    let name = HeaderName::from_static("x-request-id");
    // Visible ASCII is header text, so there is always a value.
    if let Ok(value) = HeaderValue::from_str(id.as_str()) {
        headers.insert(name, value);
    }
}
