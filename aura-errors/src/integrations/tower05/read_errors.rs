//! The layer that reads error bodies.

use std::fmt;
use std::future::Future;
use std::marker::PhantomData;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, ready};

use ::tower::{Layer, Service};
use bytes::{Bytes, BytesMut};
use http::{Request, Response};
use http_body::Body;
use http_body_util::{BodyExt, Either, Full};

use crate::integrations::causes::BoxError;
use crate::integrations::client::{self, Limits};
use crate::integrations::read_errors::ReadErrors;
use crate::retry_verdict::judged;
use crate::{Cut, Taxonomy, Verdict};

/// The body of a response: as it came, or that of an error, which was read.
pub type ReadBody<B> = Either<B, Full<Bytes>>;

impl<S, E> Layer<S> for ReadErrors<E> {
    type Service = ReadErrorsService<S, E>;

    fn layer(&self, inner: S) -> ReadErrorsService<S, E> {
        ReadErrorsService { inner, layer: self.clone() }
    }
}

/// The service of [`ReadErrors`].
pub struct ReadErrorsService<S, E> {
    inner: S,
    layer: ReadErrors<E>,
}

impl<S: Clone, E> Clone for ReadErrorsService<S, E> {
    fn clone(&self) -> Self {
        Self { inner: self.inner.clone(), layer: self.layer.clone() }
    }
}

impl<S: fmt::Debug, E> fmt::Debug for ReadErrorsService<S, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReadErrorsService").field("inner", &self.inner).finish_non_exhaustive()
    }
}

impl<S, E, Q, B> Service<Request<Q>> for ReadErrorsService<S, E>
where
    S: Service<Request<Q>, Response = Response<B>>,
    E: Taxonomy,
    B: Body<Data = Bytes> + Send + 'static,
    B::Error: Into<BoxError>,
{
    type Response = Response<ReadBody<B>>;
    type Error = S::Error;
    type Future = ReadErrorsFuture<S::Future, E>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, request: Request<Q>) -> Self::Future {
        ReadErrorsFuture {
            inner: self.inner.call(request),
            reading: None,
            limits: self.layer.limits,
            error: PhantomData,
        }
    }
}

pin_project_lite::pin_project! {
    /// The future of [`ReadErrorsService`].
    pub struct ReadErrorsFuture<F, E> {
        #[pin]
        inner: F,
        // Once the inner one is done, where that is an error.
        reading: Option<Pin<Box<dyn Future<Output = Response<Bytes>> + Send>>>,
        limits: Limits,
        error: PhantomData<fn() -> E>,
    }
}

impl<F, E> fmt::Debug for ReadErrorsFuture<F, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReadErrorsFuture").finish_non_exhaustive()
    }
}

impl<F, E, B, X> Future for ReadErrorsFuture<F, E>
where
    F: Future<Output = Result<Response<B>, X>>,
    E: Taxonomy,
    B: Body<Data = Bytes> + Send + 'static,
{
    type Output = Result<Response<ReadBody<B>>, X>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        let reading = match this.reading {
            Some(reading) => reading,
            None => {
                let response = ready!(this.inner.poll(cx))?;
                let is_read = response.extensions().get::<Verdict>().is_some();
                if response.status().as_u16() < 400 || is_read {
                    return Poll::Ready(Ok(response.map(Either::Left)));
                }
                this.reading.insert(Box::pin(read(response, *this.limits)))
            }
        };
        let response = ready!(reading.as_mut().poll(cx));
        Poll::Ready(Ok(judged::<E>(response).map(|body| Either::Right(Full::new(body)))))
    }
}

/// The response with as much of its body as the limits allow.
async fn read<B: Body<Data = Bytes>>(response: Response<B>, limits: Limits) -> Response<Bytes> {
    let (mut parts, body) = response.into_parts();
    let mut read = BytesMut::new();
    let filled = tokio::time::timeout(limits.timeout, fill(&mut read, body, limits.body)).await;
    if filled != Ok(Ok(())) {
        parts.extensions.insert(Cut);
    }
    Response::from_parts(parts, read.freeze())
}

async fn fill<B: Body<Data = Bytes>>(read: &mut BytesMut, body: B, limit: usize) -> Result<(), Cut> {
    let mut body = pin!(body);
    while let Some(frame) = body.frame().await {
        let Ok(chunk) = frame.map_err(|_| Cut)?.into_data() else { continue };
        client::add(read, &chunk, limit)?;
    }
    Ok(())
}
