//! tower's retries, around a client over the loopback interface and around services without a network.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicI32, AtomicU32, Ordering};
use std::task::{Context, Poll};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use aura_errors::tower::{Limits, Policy, ReadErrors, transport};
use aura_errors::{
    CallError, Classify, Cut, Reason, Retry, RetryRules, Taxonomy, Transport, TransportKind, Verdict,
};
use axum::Router;
use axum::extract::State;
use bytes::Bytes;
use http::{Method, Request, Response};
use http_body::{Body, Frame};
use http_body_util::{BodyExt, Full};
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;
use tokio::time::Instant;
use tower::retry::Policy as _;
use tower::retry::budget::{Budget, TpsBudget};
use tower::{ServiceBuilder, ServiceExt};

use crate::retries::{self, ApiError, Asked, Outcome};

const SECOND: Duration = Duration::from_secs(1);

fn quick() -> Policy {
    Policy::new().backoff(Duration::from_millis(1), Duration::from_millis(1))
}

fn request(method: Method, uri: &str) -> Request<Full<Bytes>> {
    Request::builder().method(method).uri(uri).body(Full::default()).unwrap()
}

/// Reads the answer of a service as `error_for` does.
async fn read<B: Body<Data = Bytes>>(answer: Result<Response<B>, Transport>) -> Outcome
where
    B::Error: std::fmt::Debug,
{
    let (parts, body) = answer?.into_parts();
    if parts.status.as_u16() < 400 {
        return Ok(parts.status.as_u16());
    }
    let body = body.collect().await.unwrap().to_bytes();
    Err(CallError::from_response(Response::from_parts(parts, body)))
}

// Over the network.

async fn call(asked: Asked, counted: Arc<AtomicU32>) -> Outcome {
    let http = Client::builder(TokioExecutor::new()).build_http::<Full<Bytes>>();
    let client = ServiceBuilder::new()
        .retry(quick())
        .map_request(move |request| {
            counted.fetch_add(1, Ordering::SeqCst);
            request
        })
        .layer(ReadErrors::<ApiError>::new())
        .map_err(transport)
        .service(http);
    let mut request = request(asked.method, &asked.url);
    if asked.key {
        request.headers_mut().insert("idempotency-key", "8e03978e".parse().unwrap());
    }
    read(client.oneshot(request).await).await
}

#[tokio::test]
async fn every_case_with_hyper() {
    retries::check(async |asked| call(asked, Arc::default()).await).await;
}

#[tokio::test]
async fn a_refused_connection_is_tried_three_times() {
    let (_port, url) = retries::refusing();
    let counted = Arc::<AtomicU32>::default();
    let failure = call(Asked { url, method: Method::POST, key: false }, counted.clone()).await.unwrap_err();
    assert!(matches!(failure, CallError::Transport(why) if why.kind() == TransportKind::Connect));
    assert_eq!(counted.load(Ordering::SeqCst), 3);
}

// Without a network, so that the time can stand still.

type Answers = Arc<dyn Fn(u32) -> Response<Bytes> + Send + Sync>;

/// An application that answers the first request with `answers(0)`, and so on.
fn app(answers: impl Fn(u32) -> Response<Bytes> + Send + Sync + 'static) -> (Router, Arc<AtomicU32>) {
    let count = Arc::<AtomicU32>::default();
    let state = (count.clone(), Arc::new(answers) as Answers);
    let app = Router::new()
        .fallback(async |State((count, answers)): State<(Arc<AtomicU32>, Answers)>| {
            answers(count.fetch_add(1, Ordering::SeqCst)).map(axum::body::Body::from)
        })
        .with_state(state);
    (app, count)
}

fn with_header(error: &ApiError, name: &'static str, value: &str) -> Response<Bytes> {
    let mut response = error.to_response();
    response.headers_mut().insert(name, value.parse().unwrap());
    response
}

/// How a call ended, how many requests it took, and how long.
async fn run(
    policy: Policy,
    method: Method,
    answers: impl Fn(u32) -> Response<Bytes> + Send + Sync + 'static,
) -> (Outcome, u32, Duration) {
    let (app, count) = app(answers);
    let service = ServiceBuilder::new().retry(policy).layer(ReadErrors::<ApiError>::new()).service(app);
    let began = Instant::now();
    let answer = service.oneshot(request(method, "/")).await;
    let waited = began.elapsed();
    let outcome = read(answer.map_err(|never| match never {})).await;
    (outcome, count.load(Ordering::SeqCst), waited)
}

fn done() -> Response<Bytes> {
    Response::new(Bytes::from_static(b"done"))
}

#[tokio::test(start_paused = true)]
async fn the_default_is_three_tries_with_doubled_backoff() {
    let mut seen = Vec::new();
    for _ in 0..20 {
        let (outcome, requests, waited) =
            run(Policy::new(), Method::GET, |_| ApiError::Busy.to_response()).await;
        assert_eq!((outcome.unwrap_err().api(), requests), (Some(&ApiError::Busy), 3));
        // 1 to 2 seconds and 2 to 4; tokio's timer may be a millisecond late each time.
        assert!((3 * SECOND..6 * SECOND + SECOND / 100).contains(&waited), "{waited:?}");
        seen.push(waited);
    }
    assert!(seen.iter().any(|waited| *waited != seen[0]), "{seen:?}");
}

#[tokio::test(start_paused = true)]
async fn the_delay_of_the_server_comes_first() {
    for _ in 0..20 {
        let (outcome, requests, waited) = run(Policy::new(), Method::POST, |number| match number {
            0 => with_header(&ApiError::Busy, "retry-after", "30"),
            _ => done(),
        })
        .await;
        assert_eq!((outcome.unwrap(), requests), (200, 2));
        assert!((31 * SECOND..32 * SECOND + SECOND / 100).contains(&waited), "{waited:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn above_the_limit_it_gives_up_at_once() {
    let ask = |policy, seconds: &'static str| {
        run(policy, Method::GET, move |number| match number {
            0 => with_header(&ApiError::Busy, "retry-after", seconds),
            _ => done(),
        })
    };
    let (outcome, requests, waited) = ask(Policy::new(), "121").await;
    assert_eq!((outcome.unwrap_err().api(), requests, waited), (Some(&ApiError::Busy), 1, Duration::ZERO));
    assert_eq!(ask(Policy::new(), "120").await.1, 2);
    let patient = Policy::new().rules(RetryRules::new().max_delay(600 * SECOND));
    assert!(ask(patient, "600").await.2 >= 600 * SECOND);
}

#[tokio::test(start_paused = true)]
async fn a_date_is_counted_from_the_injected_clock() {
    // 20 seconds before the date.
    let clock = || -> SystemTime { UNIX_EPOCH + Duration::from_secs(784_111_777 - 20) };
    let policy = Policy::new().rules(RetryRules::new().clock(clock));
    let (outcome, _, waited) = run(policy, Method::GET, |number| match number {
        0 => with_header(&ApiError::Busy, "retry-after", "Sun, 06 Nov 1994 08:49:37 GMT"),
        _ => done(),
    })
    .await;
    assert_eq!(outcome.unwrap(), 200);
    assert!((21 * SECOND..23 * SECOND).contains(&waited), "{waited:?}");
}

#[tokio::test(start_paused = true)]
async fn the_number_of_tries() {
    for (tries, requests) in [(0, 1), (1, 1), (2, 2), (7, 7)] {
        let busy = |_| ApiError::Busy.to_response();
        assert_eq!(run(quick().tries(tries), Method::GET, busy).await.1, requests);
    }
}

#[tokio::test(start_paused = true)]
async fn each_request_of_one_service_has_its_own_tries() {
    let (app, count) = app(|_| ApiError::Busy.to_response());
    let service = ServiceBuilder::new().retry(quick()).layer(ReadErrors::<ApiError>::new()).service(app);
    for requests in [3, 6, 9] {
        let answer = service.clone().oneshot(request(Method::GET, "/")).await.unwrap();
        assert_eq!(answer.status(), 503);
        assert_eq!(count.load(Ordering::SeqCst), requests);
    }
}

#[tokio::test(start_paused = true)]
async fn odd_backoffs() {
    for (first, longest) in [(Duration::ZERO, Duration::ZERO), (2 * SECOND, SECOND), (Duration::MAX, SECOND)]
    {
        let policy = Policy::new().backoff(first, longest).tries(2);
        let (app, _) = app(|_| ApiError::Busy.to_response());
        let service = ServiceBuilder::new().retry(policy).service(app);
        let answer = tokio::time::timeout(10 * SECOND, service.oneshot(request(Method::GET, "/"))).await;
        assert_eq!(answer.is_ok(), first < 10 * SECOND, "{first:?} {longest:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn without_the_layer_status_and_headers_count() {
    for (status, method, after, requests) in [
        (404, Method::GET, "1", 1),
        (429, Method::POST, "1", 2),
        (500, Method::POST, "1", 1),
        (500, Method::GET, "1", 2),
        // Nothing says that it was declared.
        (503, Method::POST, "1", 1),
        (429, Method::GET, "121", 1),
    ] {
        let (app, count) = app(move |number| match number {
            0 => Response::builder().status(status).header("retry-after", after).body(Bytes::new()).unwrap(),
            _ => done(),
        });
        let service = ServiceBuilder::new().retry(Policy::new()).service(app);
        let began = Instant::now();
        drop(service.oneshot(request(method.clone(), "/")).await);
        assert_eq!(count.load(Ordering::SeqCst), requests, "{status} {method}");
        assert_eq!(began.elapsed() >= 2 * SECOND, requests == 2);
    }
}

// The budget.

/// What is left, and how often something was paid in.
#[derive(Default)]
struct Purse {
    left: AtomicI32,
    deposits: AtomicU32,
}

impl Purse {
    fn with(left: i32) -> Arc<Self> {
        Arc::new(Self { left: left.into(), ..Self::default() })
    }
}

impl Budget for Purse {
    fn deposit(&self) {
        self.deposits.fetch_add(1, Ordering::SeqCst);
    }

    fn withdraw(&self) -> bool {
        self.left.fetch_sub(1, Ordering::SeqCst) > 0
    }
}

#[tokio::test(start_paused = true)]
async fn an_empty_budget_ends_the_tries() {
    let purse = Purse::with(3);
    let busy = |_| ApiError::Busy.to_response();
    let mut requests = Vec::new();
    for _ in 0..4 {
        let (outcome, count, _) = run(quick().budget(purse.clone()), Method::GET, busy).await;
        assert_eq!(outcome.unwrap_err().api(), Some(&ApiError::Busy));
        requests.push(count);
    }
    assert_eq!(requests, [3, 2, 1, 1]);
    assert_eq!(purse.deposits.load(Ordering::SeqCst), 0);

    let none = Arc::new(TpsBudget::new(SECOND, 0, 0.0));
    assert_eq!(run(quick().budget(none), Method::GET, busy).await.1, 1);
}

#[tokio::test(start_paused = true)]
async fn what_needs_no_retry_is_a_deposit_and_takes_nothing() {
    let purse = Purse::with(9);
    let policy = || quick().budget(purse.clone());
    run(policy(), Method::GET, |_| done()).await.0.unwrap();
    run(policy(), Method::GET, |_| ApiError::NotFound.to_response()).await.0.unwrap_err();
    run(policy(), Method::POST, |_| ApiError::Internal.to_response()).await.0.unwrap_err();
    assert_eq!((purse.deposits.load(Ordering::SeqCst), purse.left.load(Ordering::SeqCst)), (3, 9));
    // Too long a delay: no retry, but no deposit either.
    run(policy(), Method::GET, |_| with_header(&ApiError::Busy, "retry-after", "999")).await.0.unwrap_err();
    assert_eq!((purse.deposits.load(Ordering::SeqCst), purse.left.load(Ordering::SeqCst)), (3, 9));
}

// The layer.

/// A body that gives its chunks, and then ends, breaks or stalls.
struct Chunks {
    chunks: Vec<&'static [u8]>,
    end: Poll<Option<Result<Frame<Bytes>, std::io::Error>>>,
    forever: bool,
}

impl Chunks {
    fn new(chunks: &[&'static [u8]]) -> Self {
        Self { chunks: chunks.iter().rev().copied().collect(), end: Poll::Ready(None), forever: false }
    }

    fn broken(self) -> Self {
        Self { end: Poll::Ready(Some(Err(std::io::ErrorKind::ConnectionReset.into()))), ..self }
    }

    fn stalled(self) -> Self {
        Self { end: Poll::Pending, ..self }
    }
}

impl Body for Chunks {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, std::io::Error>>> {
        let next = if self.forever { self.chunks.last().copied() } else { self.chunks.pop() };
        match next {
            Some(chunk) => Poll::Ready(Some(Ok(Frame::data(Bytes::from_static(chunk))))),
            None if self.end.is_pending() => Poll::Pending,
            None => std::mem::replace(&mut self.end, Poll::Ready(None)),
        }
    }
}

async fn through(status: u16, body: Chunks, limits: Limits) -> (Response<Bytes>, Duration) {
    let body = std::sync::Mutex::new(Some(body));
    let inner = tower::service_fn(move |_: Request<()>| {
        let body = body.lock().unwrap().take().unwrap();
        let response = Response::builder().status(status).header("content-length", "100").body(body);
        std::future::ready(Ok::<_, Infallible>(response.unwrap()))
    });
    let service = ServiceBuilder::new().layer(ReadErrors::<ApiError>::new().limits(limits)).service(inner);
    let began = Instant::now();
    let response = service.oneshot(Request::new(())).await.unwrap();
    let waited = began.elapsed();
    let (parts, body) = response.into_parts();
    (Response::from_parts(parts, body.collect().await.unwrap().to_bytes()), waited)
}

#[tokio::test(start_paused = true)]
async fn an_error_is_read_and_rebuilt() {
    let body = ApiError::Duplicate { id: 7 }.to_response().into_body();
    let (first, second) = body.split_at(9);
    let (first, second): (&'static [u8], &'static [u8]) = (first.to_vec().leak(), second.to_vec().leak());
    let (response, _) = through(409, Chunks::new(&[first, b"", second]), Limits::new()).await;
    assert_eq!(response.body(), &body);
    assert_eq!(response.headers()["content-length"], "100");
    let verdict = response.extensions().get::<Verdict>().unwrap();
    assert_eq!((verdict.spec().unwrap().name(), verdict.retry()), ("duplicate", Retry::Never));
    assert_eq!(ApiError::from_response(response).unwrap(), ApiError::Duplicate { id: 7 });
}

#[tokio::test(start_paused = true)]
async fn a_success_is_not_read() {
    // Whoever reads this one breaks.
    let inner = tower::service_fn(|_: Request<()>| {
        std::future::ready(Ok::<_, Infallible>(Response::new(Chunks::new(&[]).stalled())))
    });
    let service = ServiceBuilder::new().layer(ReadErrors::<ApiError>::new()).service(inner);
    let began = Instant::now();
    let response = service.oneshot(Request::new(())).await.unwrap();
    assert_eq!(began.elapsed(), Duration::ZERO);
    assert!(response.extensions().get::<Verdict>().is_none());
}

#[tokio::test(start_paused = true)]
async fn bodies_that_do_not_end_well_are_cut() {
    let endless = Chunks { forever: true, ..Chunks::new(&[b"0123456789"]) };
    let (response, _) = through(500, endless, Limits::new()).await;
    assert_eq!((response.body().len(), response.extensions().get()), (64 * 1024, Some(&Cut)));
    assert_eq!(response.headers()["content-length"], "65536");

    let (response, waited) = through(500, Chunks::new(&[b"part"]).stalled(), Limits::new()).await;
    assert_eq!((&response.body()[..], response.extensions().get()), (&b"part"[..], Some(&Cut)));
    assert!((10 * SECOND..11 * SECOND).contains(&waited), "{waited:?}");

    let (response, _) = through(503, Chunks::new(&[b"part"]).broken(), Limits::new()).await;
    assert_eq!((&response.body()[..], response.extensions().get()), (&b"part"[..], Some(&Cut)));
    let verdict = response.extensions().get::<Verdict>().unwrap();
    assert_eq!(verdict.retry(), Retry::IfIdempotent);
    let unrecognized = ApiError::from_response(response).unwrap_err();
    assert_eq!(unrecognized.reason(), &Reason::Cut);

    for (limit, cut) in [(10, false), (9, true)] {
        let (response, _) = through(500, Chunks::new(&[b"01234", b"56789"]), Limits::new().body(limit)).await;
        assert_eq!(response.extensions().get::<Cut>().is_some(), cut);
        assert_eq!(response.body().len(), limit);
    }
}

#[test]
fn futures_can_be_sent() {
    fn is_send<T: Send>(_: T) {}
    let (app, _) = app(|_| done());
    let service = ServiceBuilder::new().retry(quick()).layer(ReadErrors::<ApiError>::new()).service(app);
    is_send(service.oneshot(request(Method::GET, "/")));
}

// The decision alone.

#[tokio::test(start_paused = true)]
async fn no_wait_is_shorter_than_asked() {
    for delay in (0..1000).map(|number| Duration::from_millis(number * 121)) {
        let mut response =
            with_header(&ApiError::Busy, "retry-after-ms", &delay.as_millis().to_string()).map(drop);
        let failure = CallError::<ApiError>::from_response(response.clone().map(|()| Bytes::new()));
        response.extensions_mut().insert(Verdict::of(&failure));
        let mut outcome = Ok::<_, Infallible>(response);
        let wait = Policy::new().retry(&mut request(Method::GET, "/"), &mut outcome);
        match wait {
            Some(wait) => assert!(wait.deadline() - Instant::now() >= delay + SECOND),
            None => assert!(delay > 120 * SECOND),
        }
    }
}

#[test]
fn errors_of_services() {
    use std::io::{Error, ErrorKind};
    for (error, kind, sent) in [
        (Error::from(ErrorKind::ConnectionRefused), TransportKind::Connect, false),
        (Error::from(ErrorKind::TimedOut), TransportKind::Timeout, true),
        (Error::from(ErrorKind::ConnectionReset), TransportKind::Broken, true),
        (Error::other("who knows"), TransportKind::Broken, true),
        (Error::new(ErrorKind::InvalidData, "UnknownIssuer"), TransportKind::Tls, true),
        (Error::from(ErrorKind::InvalidData), TransportKind::Other, true),
        (Error::from(ErrorKind::AddrNotAvailable), TransportKind::Connect, false),
        (Error::from(ErrorKind::HostUnreachable), TransportKind::Connect, true),
        (Error::other("failed to lookup address information: unknown name"), TransportKind::Connect, false),
        // The innermost is what happened.
        (Error::other(Error::from(ErrorKind::ConnectionRefused)), TransportKind::Connect, false),
    ] {
        let transport = transport(error);
        assert_eq!((transport.kind(), transport.was_sent()), (kind, sent), "{transport}");
        assert_eq!(transport.is_retryable(), !matches!(kind, TransportKind::Tls | TransportKind::Other));
    }
    assert_eq!(transport("a text").kind(), TransportKind::Broken);
}
