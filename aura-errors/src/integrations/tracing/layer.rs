//! The layer at the edge: a request id for every request, and an event for every error response.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use http::request::Parts;
use http::{Method, Request, Response};
use tower_layer::Layer;
use tower_service::Service;

use super::event::{self, Answer, Logged};
#[cfg(feature = "axum08")]
use crate::integrations::server::Mistake;
use crate::{RequestId, Sent};

/// Logs each error response once, and gives every request and response an id.
///
/// See [the module](crate::tracing) for what is logged.
///
/// It is added last, so that it stands outside of all that answers by itself: `CatchPanicLayer`, a
/// timeout, [`ErrorLayer`](https://docs.rs/aura-errors/latest/aura_errors/axum/struct.ErrorLayer.html). Of
/// several around each other the innermost logs, and all have the same request id.
///
/// # What is no response
///
/// An `Err` of the service, and a panic that nothing catches, pass through and are not logged: there is
/// no error response yet, and who makes one stands further out. Make it inside of this layer: axum's
/// `HandleErrorLayer` does it for the one, tower-http's `CatchPanicLayer` for the other.
#[derive(Clone)]
pub struct LogLayer {
    options: Options,
}

#[derive(Clone)]
struct Options {
    generate: Arc<dyn Fn() -> RequestId + Send + Sync>,
    route: Arc<FindRoute>,
}

type FindRoute = dyn Fn(&Parts) -> Option<String> + Send + Sync;

impl LogLayer {
    /// A layer that generates ids with [`RequestId::generate`] and knows axum's routes (with the feature
    /// `axum08`).
    #[must_use]
    pub fn new() -> Self {
        Self { options: Options { generate: Arc::new(RequestId::generate), route: Arc::new(|_| None) } }
    }

    /// Generates ids in another way, for requests that come without a valid one.
    ///
    /// ```
    /// use aura_errors::RequestId;
    /// use aura_errors::tracing::LogLayer;
    /// # fn uuid() -> String { "67e55044-10b1-426f-9247-bb680e5fe0c8".to_owned() }
    ///
    /// let layer = LogLayer::new()
    ///     .generate(|| RequestId::new(&uuid()).unwrap_or_else(RequestId::generate));
    /// # let _ = layer;
    /// ```
    #[must_use]
    pub fn generate(mut self, generate: impl Fn() -> RequestId + Send + Sync + 'static) -> Self {
        self.options.generate = Arc::new(generate);
        self
    }

    /// Finds the route of a request, for frameworks other than axum: the template that its path matched,
    /// such as `/orders/{id}`. It is asked once per request, before the service is called; `None` leaves
    /// the field out (with axum: takes the matched path).
    ///
    /// Do not return the path itself: there are as many as there are clients' ideas, and it may hold a
    /// secret.
    #[must_use]
    pub fn route(mut self, route: impl Fn(&Parts) -> Option<String> + Send + Sync + 'static) -> Self {
        self.options.route = Arc::new(route);
        self
    }
}

impl Default for LogLayer {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for LogLayer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LogLayer").finish_non_exhaustive()
    }
}

impl<S> Layer<S> for LogLayer {
    type Service = LogService<S>;

    fn layer(&self, inner: S) -> LogService<S> {
        LogService { inner, options: self.options.clone() }
    }
}

/// The service of [`LogLayer`].
#[derive(Clone)]
pub struct LogService<S> {
    inner: S,
    options: Options,
}

impl<S: fmt::Debug> fmt::Debug for LogService<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LogService").field("inner", &self.inner).finish_non_exhaustive()
    }
}

impl<S, B, B2> Service<Request<B>> for LogService<S>
where
    S: Service<Request<B>, Response = Response<B2>>,
{
    type Response = Response<B2>;
    type Error = S::Error;
    type Future = LogFuture<S::Future>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, request: Request<B>) -> LogFuture<S::Future> {
        let (mut parts, body) = request.into_parts();
        let asked = Asked::of(&mut parts, &self.options);
        LogFuture { inner: self.inner.call(Request::from_parts(parts, body)), asked }
    }
}

pin_project_lite::pin_project! {
    /// The future of [`LogService`].
    pub struct LogFuture<F> {
        #[pin]
        inner: F,
        asked: Asked,
    }
}

impl<F> fmt::Debug for LogFuture<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LogFuture").finish_non_exhaustive()
    }
}

impl<F, B, X> Future for LogFuture<F>
where
    F: Future<Output = Result<Response<B>, X>>,
{
    type Output = Result<Response<B>, X>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        let mut response = ready!(this.inner.poll(cx))?;
        this.asked.answered(&mut response);
        Poll::Ready(Ok(response))
    }
}

/// What is known before the service answers.
struct Asked {
    method: Method,
    route: Option<Route>,
    request_id: RequestId,
}

enum Route {
    Told(String),
    #[cfg(feature = "axum08")]
    Matched(::axum::extract::MatchedPath),
}

impl Route {
    fn of(parts: &Parts, options: &Options) -> Option<Self> {
        let told = (options.route)(parts).map(Route::Told);
        #[cfg(feature = "axum08")]
        let told = told.or_else(|| parts.extensions.get().cloned().map(Route::Matched));
        told
    }

    fn as_str(&self) -> &str {
        match self {
            Route::Told(route) => route,
            #[cfg(feature = "axum08")]
            Route::Matched(path) => path.as_str(),
        }
    }
}

impl Asked {
    /// Leaves the request id in the request: in its extensions, and in its header for whoever passes it
    /// on.
    fn of(parts: &mut Parts, options: &Options) -> Self {
        let request_id = RequestId::from_headers(&parts.headers).unwrap_or_else(|| (options.generate)());
        parts.headers.insert(RequestId::HEADER, (&request_id).into());
        parts.extensions.insert(request_id.clone());
        Self { method: parts.method.clone(), route: Route::of(parts, options), request_id }
    }

    fn answered<B>(&self, response: &mut Response<B>) {
        response.headers_mut().insert(RequestId::HEADER, (&self.request_id).into());
        if response.extensions().get::<Logged>().is_some() {
            return;
        }
        let sent = response.extensions().get::<Sent>();
        let answer = Answer {
            method: self.method.as_str(),
            route: self.route.as_ref().map(Route::as_str),
            request_id: &self.request_id,
            status: response.status(),
            spec: sent.map(Sent::spec),
            error: sent.map(|sent| &**sent.error()),
            #[cfg(feature = "axum08")]
            mistake: response.extensions().get::<Mistake>().map(|mistake| mistake.0.clone()),
            #[cfg(not(feature = "axum08"))]
            mistake: None,
        };
        if answer.is_error() {
            event::write(&answer);
            response.extensions_mut().insert(Logged);
        }
    }
}
