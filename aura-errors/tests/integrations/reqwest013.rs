//! `error_for`: real answers over the loopback interface, and calls that get none.

use std::error::Error;
use std::future::Future;
use std::io;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use aura_errors::reqwest::{Limits, ResponseExt};
use aura_errors::{
    CallError, Classify, Code, Cut, Reason, Retry, RetryAfter, Taxonomy, Transport, TransportKind,
};
use http::Method;
use reqwest::Client;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};

#[derive(Debug, Clone, PartialEq, thiserror::Error, Taxonomy)]
enum ApiError {
    #[error("Bad request")]
    #[api(400, code = any)]
    BadRequest(Option<String>),
    #[error("Not authenticated")]
    #[api(401, code = none)]
    NotAuthenticated,
    #[error("Not found")]
    #[api(404)]
    NotFound,
    #[error("There is an order {id} already")]
    #[api(409)]
    Duplicate { id: u64 },
    #[error("Too many requests")]
    #[api(429, body = none)]
    RateLimited {
        #[api(retry_after)]
        retry_after: Option<RetryAfter>,
    },
    #[error("Something went wrong on our side")]
    #[api(500, fallback)]
    Internal,
}

type Failure = CallError<ApiError>;

const PATIENCE: Duration = Duration::from_secs(20);

/// What a server does after it has read a request.
enum Step {
    Send(Vec<u8>),
    /// The same bytes again and again, until the client has gone.
    SendForever(Vec<u8>),
    /// Nothing more, until the client has gone.
    Stall,
}

use Step::{Send, SendForever, Stall};

fn send(bytes: impl Into<Vec<u8>>) -> Step {
    Send(bytes.into())
}

struct Server {
    url: String,
    task: JoinHandle<()>,
}

impl Server {
    /// For one connection and one request.
    async fn new(steps: impl IntoIterator<Item = Step>) -> Self {
        let steps: Vec<Step> = steps.into_iter().collect();
        Self::with(async move |mut stream| {
            read_request(&mut stream).await;
            for step in steps {
                match step {
                    Send(bytes) => drop(stream.write_all(&bytes).await),
                    SendForever(bytes) => while stream.write_all(&bytes).await.is_ok() {},
                    Stall => while stream.read(&mut [0; 1024]).await.is_ok_and(|read| read > 0) {},
                }
            }
        })
        .await
    }

    async fn with<F>(serve: impl FnOnce(TcpStream) -> F + std::marker::Send + 'static) -> Self
    where
        F: Future<Output = ()> + std::marker::Send,
    {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let url = format!("http://{}/orders?key=secret", listener.local_addr().unwrap());
        let task = tokio::spawn(async move {
            let (stream, _) = listener.accept().await.unwrap();
            drop(listener);
            serve(stream).await;
        });
        Self { url, task }
    }

    async fn get(&self) -> Result<reqwest::Response, reqwest::Error> {
        timeout(PATIENCE, Client::new().get(&self.url).send()).await.unwrap()
    }

    /// The failure of a call. The server is left alone afterwards.
    async fn failure(self) -> Failure {
        self.failure_within(Limits::new()).await
    }

    async fn failure_within(self, limits: Limits) -> Failure {
        let answer = self.get().await.error_for_within::<ApiError>(limits);
        let failure = timeout(PATIENCE, answer).await.unwrap().unwrap_err();
        self.ended().await;
        failure
    }

    async fn ended(self) {
        timeout(PATIENCE, self.task).await.unwrap().unwrap();
    }
}

/// Reads up to the end of the head; the requests here have no bodies.
async fn read_request(stream: &mut TcpStream) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.unwrap());
    }
}

/// A whole answer.
fn answer(status: u16, headers: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!("HTTP/1.1 {status} Whatever\r\n{headers}content-length: {length}\r\n\r\n{body}").into_bytes()
}

/// The head of an answer whose body ends with the connection.
fn head(status: u16) -> Vec<u8> {
    format!("HTTP/1.1 {status} Whatever\r\nx-request-id: r-1\r\n\r\n").into_bytes()
}

fn of(error: &ApiError) -> Vec<u8> {
    let response = error.to_response();
    let headers: String = response
        .headers()
        .iter()
        .filter(|(name, _)| *name != http::header::CONTENT_LENGTH)
        .map(|(name, value)| format!("{name}: {}\r\n", value.to_str().unwrap()))
        .collect();
    answer(response.status().as_u16(), &headers, std::str::from_utf8(response.body()).unwrap())
}

#[track_caller]
fn api(failure: Failure) -> (ApiError, http::Response<bytes::Bytes>) {
    match failure {
        CallError::Api { error, response, .. } => (error, *response),
        other => panic!("{other:?}"),
    }
}

#[track_caller]
fn unrecognized(failure: Failure) -> aura_errors::Unrecognized {
    match failure {
        CallError::Unrecognized(unrecognized) => unrecognized,
        other => panic!("{other:?}"),
    }
}

/// What a failure without an answer has to be; returns its texts.
#[track_caller]
fn check(failure: &Failure, kind: TransportKind, sent: bool, get: bool, post: bool) -> String {
    let CallError::Transport(transport) = failure else { panic!("{failure:?}") };
    assert_eq!((transport.kind(), transport.was_sent()), (kind, sent), "{transport:?}");
    assert_eq!(failure.should_retry(&Method::GET), get, "{transport:?}");
    assert_eq!(failure.should_retry(&Method::POST), post, "{transport:?}");
    assert_eq!((failure.status(), failure.code()), (None, Code::None));
    let mut texts = format!("{failure} {failure:?}");
    let mut source = failure.source();
    while let Some(cause) = source {
        texts.push_str(&format!(" {cause}"));
        source = cause.source();
    }
    assert!(!texts.contains("secret"), "{texts}");
    texts
}

// Answers.

#[tokio::test]
async fn each_error_comes_back_as_itself() {
    let errors = [
        ApiError::BadRequest(None),
        ApiError::BadRequest(Some("page must be positive".into())),
        ApiError::NotAuthenticated,
        ApiError::NotFound,
        ApiError::Duplicate { id: 7 },
        ApiError::RateLimited { retry_after: Some(RetryAfter::from_secs(3)) },
        ApiError::Internal,
    ];
    for error in errors {
        let (read, response) = api(Server::new([send(of(&error))]).await.failure().await);
        assert_eq!(read, error);
        assert_eq!(response.status(), error.status());
        assert_eq!(response.extensions().get::<Cut>(), None);
    }
}

#[tokio::test]
async fn headers_status_and_version_are_kept() {
    let body = r#"{"error":"There is an order 7 already","error_code":"duplicate","detail":{"id":7}}"#;
    let server =
        Server::new([send(answer(409, "x-request-id: r-1\r\nx-more: 1\r\nx-more: 2\r\n", body))]).await;
    let failure = server.failure().await;
    assert_eq!(failure.request_id(), Some("r-1"));
    assert_eq!(failure.code(), "duplicate");
    let (_, response) = api(failure);
    assert_eq!(response.headers().get_all("x-more").iter().count(), 2);
    assert_eq!((response.status().as_u16(), response.version()), (409, http::Version::HTTP_11));
    assert_eq!(response.body(), body);
    // What reqwest keeps of the connection is there too.
    assert!(!response.extensions().is_empty());
}

#[tokio::test]
async fn a_success_is_not_read() {
    let (go, gone) = tokio::sync::oneshot::channel();
    let server = Server::with(async move |mut stream: TcpStream| {
        read_request(&mut stream).await;
        stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n").await.unwrap();
        // Whoever reads the body waits for this.
        gone.await.unwrap();
        stream.write_all(b"hello").await.unwrap();
    })
    .await;
    let answer = server.get().await.error_for::<ApiError>();
    let response = timeout(PATIENCE, answer).await.unwrap().unwrap();
    assert_eq!(response.content_length(), Some(5));
    go.send(()).unwrap();
    assert_eq!(timeout(PATIENCE, response.text()).await.unwrap().unwrap(), "hello");
    server.ended().await;
}

#[tokio::test]
async fn on_a_response_and_below_400() {
    for status in [204, 304, 399] {
        let server = Server::new([send(answer(status, "", ""))]).await;
        let response = server.get().await.unwrap().error_for::<ApiError>().await.unwrap();
        assert_eq!(response.status(), status);
    }
    let server = Server::new([send(of(&ApiError::NotFound))]).await;
    let failure = server.get().await.unwrap().error_for::<ApiError>().await.unwrap_err();
    assert_eq!(failure.api(), Some(&ApiError::NotFound));
}

#[tokio::test]
async fn a_delay_is_read() {
    let server = Server::new([send(answer(429, "retry-after: 7\r\n", "slow down"))]).await;
    let failure = server.failure().await;
    assert_eq!(failure.retry(), Retry::Always);
    let delay = failure.retry_after().map(|after| after.delay(SystemTime::now()));
    assert_eq!(delay, Some(Duration::from_secs(7)));
}

#[tokio::test]
async fn what_is_not_of_the_api_comes_back_whole() {
    let page = "<html><title>502 Bad Gateway</title></html>";
    let server =
        Server::new([send(answer(502, "content-type: text/html\r\nretry-after: 4\r\n", page))]).await;
    let unknown = unrecognized(server.failure().await);
    assert!(matches!(unknown.reason(), Reason::Foreign { .. }), "{unknown}");
    assert_eq!(unknown.body(), page);
    assert_eq!(unknown.headers()["content-type"], "text/html");
    assert_eq!(unknown.retry(), Retry::IfIdempotent);
    assert_eq!(unknown.retry_after(), Some(RetryAfter::from_secs(4)));

    let body = r#"{"error":"It is gone","error_code":"gone_for_good"}"#;
    let failure = Server::new([send(answer(404, "", body))]).await.failure().await;
    assert_eq!((failure.code(), failure.message().as_deref()), ("gone_for_good".into(), Some("It is gone")));
    assert_eq!(unrecognized(failure).reason(), &Reason::UnknownCode);
}

#[tokio::test]
async fn a_compressed_body_is_decoded() {
    // {"error":"Not found","error_code":"not_found"}
    let body: &[u8] = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\xab\x56\x4a\x2d\x2a\xca\x2f\x52\xb2\x52\xf2\xcb\x2f\x51\x48\xcb\x2f\xcd\x4b\x51\xd2\x81\x88\xc5\x27\xe7\xa7\xa4\x02\x25\xf2\xf2\x4b\xe2\x21\x12\xb5\x00\x1e\x3f\xad\x40\x2e\x00\x00\x00";
    let head =
        format!("HTTP/1.1 404 Not Found\r\ncontent-encoding: gzip\r\ncontent-length: {}\r\n\r\n", body.len());
    let server = Server::new([send(head.clone()), send(body)]).await;
    let (error, response) = api(server.failure().await);
    assert_eq!(error, ApiError::NotFound);
    assert_eq!(response.body(), r#"{"error":"Not found","error_code":"not_found"}"#);

    // Broken in the middle.
    let server = Server::new([send(head), send(&body[..20])]).await;
    assert_eq!(unrecognized(server.failure().await).reason(), &Reason::Cut);
}

#[tokio::test]
async fn a_compressed_body_is_limited_as_what_it_becomes() {
    // 1 MiB of zeros, the same block again and again.
    let mut body = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03".to_vec();
    for _ in 0..16 {
        body.extend(b"\x00\xff\xff\x00\x00");
        body.extend([0; 0xffff]);
    }
    let head =
        format!("HTTP/1.1 404 Not Found\r\ncontent-encoding: gzip\r\ncontent-length: {}\r\n\r\n", body.len());
    let unknown = unrecognized(Server::new([send(head), send(body)]).await.failure().await);
    assert_eq!((unknown.reason(), unknown.body().len()), (&Reason::Cut, 64 * 1024));
}

#[tokio::test]
async fn the_error_at_the_end_of_a_redirect() {
    let other = Server::new([send(of(&ApiError::NotFound))]).await;
    let server = Server::new([send(answer(307, &format!("location: {}\r\n", other.url), ""))]).await;
    assert_eq!(api(server.failure().await).0, ApiError::NotFound);
    other.ended().await;
}

// Bodies that do not end well.

#[tokio::test]
async fn a_body_at_the_limit_is_whole_and_one_above_is_cut() {
    let body = r#"{"error":"Not found","error_code":"not_found"}"#;
    for (limit, cut) in [(body.len(), false), (body.len() - 1, true), (0, true)] {
        let server = Server::new([send(answer(404, "", body))]).await;
        let failure = server.failure_within(Limits::new().body(limit)).await;
        assert_eq!(failure.response().unwrap().extensions().get::<Cut>().is_some(), cut);
        assert_eq!(failure.response().unwrap().body(), &body[..limit]);
        match cut {
            false => assert_eq!(failure.api(), Some(&ApiError::NotFound)),
            true => assert_eq!(unrecognized(failure).reason(), &Reason::Cut),
        }
    }
    let server = Server::new([send(answer(404, "", ""))]).await;
    let failure = server.failure_within(Limits::new().body(0)).await;
    assert_eq!(failure.response().unwrap().extensions().get::<Cut>(), None);
}

#[tokio::test]
async fn an_endless_body_is_cut_at_64_kib() {
    let server = Server::new([send(head(500)), SendForever(vec![b'x'; 10_000])]).await;
    // The server ends only once the client has closed the connection.
    let unknown = unrecognized(server.failure().await);
    assert_eq!(unknown.reason(), &Reason::Cut);
    assert_eq!(unknown.body().len(), 64 * 1024);
    assert_eq!(unknown.headers()["x-request-id"], "r-1");
    assert_eq!(unknown.retry(), Retry::IfIdempotent);
}

#[tokio::test]
async fn a_stalled_body_is_cut_in_time() {
    let limits = Limits::new().timeout(Duration::from_millis(500));
    let server = Server::new([send(head(503)), Stall]).await;
    let unknown = unrecognized(server.failure_within(limits).await);
    assert_eq!((unknown.reason(), unknown.body().len()), (&Reason::Cut, 0));
    assert_eq!(unknown.retry(), Retry::IfIdempotent);

    let server = Server::new([send(head(500)), send("what there "), send("is of it"), Stall]).await;
    let unknown = unrecognized(server.failure_within(limits).await);
    assert_eq!(unknown.reason(), &Reason::Cut);
    assert!(unknown.body().starts_with(b"what there"), "{:?}", unknown.body());
}

#[tokio::test]
async fn a_body_that_trickles_is_cut_in_time() {
    let server = Server::with(async |mut stream: TcpStream| {
        read_request(&mut stream).await;
        drop(stream.write_all(&head(500)).await);
        while stream.write_all(b" ").await.is_ok() {
            sleep(Duration::from_millis(10)).await;
        }
    })
    .await;
    let unknown =
        unrecognized(server.failure_within(Limits::new().timeout(Duration::from_millis(200))).await);
    assert_eq!(unknown.reason(), &Reason::Cut);
}

#[tokio::test]
async fn the_timeout_of_the_client_holds_too() {
    let server = Server::new([send(head(500)), Stall]).await;
    let request = Client::new().get(&server.url).timeout(Duration::from_secs(1));
    let failure = timeout(PATIENCE, request.send().await.error_for::<ApiError>()).await.unwrap().unwrap_err();
    assert_eq!(unrecognized(failure).reason(), &Reason::Cut);
    server.ended().await;
}

#[tokio::test]
async fn a_body_that_breaks_off_is_cut() {
    let mut broken =
        answer(409, "", r#"{"error":"There is an order 7 already","error_code":"duplicate","detail":{}}"#);
    broken.truncate(broken.len() - 20);
    let unknown = unrecognized(Server::new([send(broken)]).await.failure().await);
    assert_eq!(unknown.reason(), &Reason::Cut);
    assert!(unknown.body().starts_with(br#"{"error":"There is an order 7"#));

    // What its status alone says is not lost, nor that it was cut.
    let server =
        Server::new([send("HTTP/1.1 429 Slow\r\nretry-after: 2\r\ncontent-length: 99\r\n\r\n<html>")]).await;
    let (error, response) = api(server.failure().await);
    assert_eq!(error, ApiError::RateLimited { retry_after: Some(RetryAfter::from_secs(2)) });
    assert_eq!(response.extensions().get::<Cut>(), Some(&Cut));
}

// No answer.

async fn failed(request: reqwest::RequestBuilder) -> Failure {
    timeout(PATIENCE, request.send()).await.unwrap().error_for::<ApiError>().await.unwrap_err()
}

#[tokio::test]
async fn a_refused_connection() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let url = format!("http://{}/?key=secret", listener.local_addr().unwrap());
    drop(listener);
    let failure = failed(Client::new().get(url)).await;
    check(&failure, TransportKind::Connect, false, true, true);
    // What happened, not where.
    let text = failure.to_string();
    assert!(text.starts_with("could not connect: ") && text.contains("refused"), "{text}");
}

/// Finds no address, or never an answer.
struct Names(Option<fn() -> io::Error>);

impl reqwest::dns::Resolve for Names {
    fn resolve(&self, _: reqwest::dns::Name) -> reqwest::dns::Resolving {
        let error = self.0;
        Box::pin(async move {
            match error {
                Some(error) => Err(error().into()),
                None => std::future::pending().await,
            }
        })
    }
}

#[tokio::test]
async fn a_name_without_an_address() {
    let names = Names(Some(|| io::Error::other("no such name")));
    let client = Client::builder().dns_resolver(Arc::new(names)).build().unwrap();
    let failure = failed(client.get("http://shop.invalid/?key=secret")).await;
    let texts = check(&failure, TransportKind::Connect, false, true, true);
    assert!(texts.contains("no such name"), "{texts}");
}

#[tokio::test]
async fn a_connection_that_is_not_secure() {
    // The shape in which a failed handshake of rustls is reported.
    let names = Names(Some(|| {
        let refused = io::Error::new(io::ErrorKind::InvalidData, "invalid peer certificate: UnknownIssuer");
        io::Error::other(refused)
    }));
    let client = Client::builder().dns_resolver(Arc::new(names)).build().unwrap();
    let failure = failed(client.get("http://shop.invalid/?key=secret")).await;
    check(&failure, TransportKind::Tls, false, false, false);
}

#[tokio::test]
async fn a_timeout_before_there_is_a_connection() {
    let client = Client::builder()
        .dns_resolver(Arc::new(Names(None)))
        .connect_timeout(Duration::from_millis(50))
        .build()
        .unwrap();
    let failure = failed(client.get("http://shop.invalid/?key=secret")).await;
    check(&failure, TransportKind::Timeout, false, true, true);
    assert!(failure.is_timeout());
}

#[tokio::test]
async fn a_timeout_after_the_request_was_sent() {
    let server = Server::new([Stall]).await;
    let failure = failed(Client::new().get(&server.url).timeout(Duration::from_millis(500))).await;
    check(&failure, TransportKind::Timeout, true, true, false);
    server.ended().await;

    let server = Server::new([Stall]).await;
    let client = Client::builder().read_timeout(Duration::from_millis(500)).build().unwrap();
    check(&failed(client.get(&server.url)).await, TransportKind::Timeout, true, true, false);
    server.ended().await;
}

#[tokio::test]
async fn a_connection_that_breaks_before_the_answer() {
    // Closed.
    let failure = Server::new([]).await.failure().await;
    check(&failure, TransportKind::Broken, true, true, false);
    // Closed in the middle of the head.
    let failure = Server::new([send("HTTP/1.1 200 OK\r\ncontent-")]).await.failure().await;
    check(&failure, TransportKind::Broken, true, true, false);
    // Not HTTP.
    let failure = Server::new([send("220 mail.example.com ESMTP\r\n")]).await.failure().await;
    check(&failure, TransportKind::Broken, true, true, false);
    // Reset: what was received is not read.
    let server = Server::with(async |stream: TcpStream| {
        stream.peek(&mut [0]).await.unwrap();
    });
    let texts = check(&server.await.failure().await, TransportKind::Broken, true, true, false);
    assert!(texts.contains("reset"), "{texts}");
}

#[tokio::test]
async fn a_request_that_cannot_be_built() {
    let failure = failed(Client::new().get("no-such-scheme://shop/?key=secret")).await;
    check(&failure, TransportKind::Request, false, false, false);
    let failure = failed(Client::new().get("http://")).await;
    check(&failure, TransportKind::Request, false, false, false);
    let failure = failed(Client::new().get("http://127.0.0.1/").header("a b", "c")).await;
    check(&failure, TransportKind::Request, false, false, false);
}

#[tokio::test]
async fn redirects_that_lead_nowhere() {
    let client = Client::builder().redirect(reqwest::redirect::Policy::limited(0)).build().unwrap();
    let server = Server::new([send(answer(302, "location: /other?key=secret\r\n", ""))]).await;
    check(&failed(client.get(&server.url)).await, TransportKind::Other, true, false, false);
    server.ended().await;
}

#[tokio::test]
async fn urls_in_the_causes_are_taken_out() {
    let policy = reqwest::redirect::Policy::custom(|attempt| {
        let cause = Client::new().get("no url").build().unwrap_err();
        attempt.error(cause.with_url("http://shop.invalid/?key=secret".parse().unwrap()))
    });
    let client = Client::builder().redirect(policy).build().unwrap();
    let server = Server::new([send(answer(302, "location: /other?key=secret\r\n", ""))]).await;
    let texts = check(&failed(client.get(&server.url)).await, TransportKind::Other, true, false, false);
    assert!(texts.contains("error following redirect") && texts.contains("builder error"), "{texts}");
    assert!(texts.contains("relative URL without a base"), "{texts}");
    server.ended().await;
}

#[tokio::test]
async fn a_body_of_the_request_that_fails() {
    let source = Server::new([send("HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\npart")]).await;
    let body = source.get().await.unwrap();
    let server = Server::new([Stall]).await;
    let failure = failed(Client::new().post(&server.url).body(body)).await;
    check(&failure, TransportKind::Request, true, false, false);
    server.ended().await;
    source.ended().await;
}

// Failures after `error_for`, through `?`.

async fn number(server: Server) -> Result<u64, Failure> {
    let response = server.get().await.error_for::<ApiError>().await?;
    Ok(response.json().await?)
}

#[tokio::test]
async fn the_body_of_a_success() {
    assert_eq!(number(Server::new([send(answer(200, "", "42"))]).await).await.unwrap(), 42);

    let failure = number(Server::new([send(answer(200, "", "\"many\""))]).await).await.unwrap_err();
    check(&failure, TransportKind::Other, true, false, false);
    assert_eq!(failure.to_string(), "no usable answer: not the expected JSON at line 1 column 6");
    assert!(!format!("{failure:?}").contains("many"), "{failure:?}");

    let broken = send("HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n4");
    let failure = number(Server::new([broken]).await).await.unwrap_err();
    check(&failure, TransportKind::Broken, true, true, false);

    let server = Server::new([send(head(200)), Stall]).await;
    let request = Client::new().get(&server.url).timeout(Duration::from_secs(1));
    let response = request.send().await.error_for::<ApiError>().await.unwrap();
    let failure = Failure::from(response.text().await.unwrap_err());
    check(&failure, TransportKind::Timeout, true, true, false);
}

#[tokio::test]
async fn a_status_without_its_body() {
    let server = Server::new([send(of(&ApiError::NotFound))]).await;
    let failure = Failure::from(server.get().await.unwrap().error_for_status().unwrap_err());
    assert_eq!(failure.status(), Some(http::StatusCode::NOT_FOUND));
    assert!(failure.is_not_found() && !failure.is_retryable());
    assert_eq!(unrecognized(failure).reason(), &Reason::Cut);
    // Where the status is all there is to know, it is enough.
    let server = Server::new([send(answer(429, "", ""))]).await;
    let failure = Failure::from(server.get().await.unwrap().error_for_status().unwrap_err());
    assert_eq!(failure.api(), Some(&ApiError::RateLimited { retry_after: None }));
}

#[test]
fn futures_can_be_sent() {
    fn is_send<T: std::marker::Send>(_: T) {}
    is_send(async {
        let response = Client::new().get("http://127.0.0.1/").send().await.error_for::<ApiError>().await?;
        response.error_for_within::<ApiError>(Limits::default()).await
    });
    fn is<T: From<reqwest::Error>>() {}
    is::<Transport>();
}
