//! `error_for` of a blocking client: real answers over the loopback interface, and calls that get none.

use std::error::Error;
use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use aura_errors::ureq::{Limits, ResponseExt};
use aura_errors::{
    CallError, Classify, Code, Cut, Reason, Retry, RetryAfter, Taxonomy, Transport, TransportKind,
};
use http::Method;
use ureq::config::ConfigBuilder;
use ureq::typestate::AgentScope;
use ureq::{Agent, Body};

#[derive(Debug, Clone, PartialEq, thiserror::Error, Taxonomy)]
enum ApiError {
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
const MOMENT: Duration = Duration::from_millis(300);

/// Runs what blocks, but not for ever.
fn patiently<T: Send + 'static>(run: impl FnOnce() -> T + Send + 'static) -> T {
    begin(run).recv_timeout(PATIENCE).unwrap()
}

fn begin<T: Send + 'static>(run: impl FnOnce() -> T + Send + 'static) -> Receiver<T> {
    let (done, result) = channel();
    thread::spawn(move || done.send(run()));
    result
}

/// What a server does after it has read a request.
enum Step {
    Send(Vec<u8>),
    /// The same bytes again and again, until the client has gone.
    SendForever(Vec<u8>, Duration),
    /// Nothing more, until the client has gone.
    Stall,
}

use Step::{SendForever, Stall};

fn send(bytes: impl Into<Vec<u8>>) -> Step {
    Step::Send(bytes.into())
}

struct Server {
    url: String,
    end: Receiver<()>,
}

impl Server {
    /// For one connection and one request.
    fn new(steps: impl IntoIterator<Item = Step>) -> Self {
        let steps: Vec<Step> = steps.into_iter().collect();
        Self::with(move |mut stream| {
            read_request(&mut stream);
            for step in steps {
                match step {
                    Step::Send(bytes) => drop(stream.write_all(&bytes)),
                    SendForever(bytes, pause) => {
                        while stream.write_all(&bytes).is_ok() {
                            thread::sleep(pause);
                        }
                    }
                    Stall => while stream.read(&mut [0; 1024]).is_ok_and(|read| read > 0) {},
                }
            }
        })
    }

    fn with(serve: impl FnOnce(TcpStream) + Send + 'static) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let url = format!("http://{}/orders?key=secret", listener.local_addr().unwrap());
        let end = begin(move || {
            let (stream, _) = listener.accept().unwrap();
            drop(listener);
            serve(stream);
        });
        Self { url, end }
    }

    fn get(&self) -> Result<http::Response<Body>, ureq::Error> {
        let url = self.url.clone();
        patiently(move || agent().get(url).call())
    }

    fn failure(self) -> Failure {
        self.failure_within(Limits::new())
    }

    /// The failure of a call. The server is left alone afterwards.
    fn failure_within(self, limits: Limits) -> Failure {
        let answer = self.get();
        let failure = patiently(move || answer.error_for_within::<ApiError>(limits)).unwrap_err();
        self.ended();
        failure
    }

    fn ended(self) {
        self.end.recv_timeout(PATIENCE).unwrap();
    }
}

fn config() -> ConfigBuilder<AgentScope> {
    Agent::config_builder().proxy(None).http_status_as_error(false)
}

fn agent() -> Agent {
    config().build().new_agent()
}

/// Reads up to the end of the head; the requests here have no bodies.
fn read_request(stream: &mut TcpStream) {
    let (mut head, mut byte) = (Vec::new(), [0]);
    while !head.ends_with(b"\r\n\r\n") {
        stream.read_exact(&mut byte).unwrap();
        head.extend(byte);
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

#[test]
fn each_error_comes_back_as_itself() {
    let errors = [
        ApiError::NotFound,
        ApiError::Duplicate { id: 7 },
        ApiError::RateLimited { retry_after: Some(RetryAfter::from_secs(3)) },
        ApiError::Internal,
    ];
    for error in errors {
        let (read, response) = api(Server::new([send(of(&error))]).failure());
        assert_eq!(read, error);
        assert_eq!(response.status(), error.status());
        assert_eq!(response.extensions().get::<Cut>(), None);
    }
}

#[test]
fn headers_status_and_version_are_kept() {
    let body = r#"{"error":"There is an order 7 already","error_code":"duplicate","detail":{"id":7}}"#;
    let server = Server::new([send(answer(409, "x-request-id: r-1\r\nx-more: 1\r\nx-more: 2\r\n", body))]);
    let failure = server.failure();
    assert_eq!(failure.request_id(), Some("r-1"));
    assert_eq!(failure.code(), "duplicate");
    let (_, response) = api(failure);
    assert_eq!(response.headers().get_all("x-more").iter().count(), 2);
    assert_eq!((response.status().as_u16(), response.version()), (409, http::Version::HTTP_11));
    assert_eq!(response.body(), body);
}

#[test]
fn a_success_is_not_read() {
    let (go, gone) = channel::<()>();
    let server = Server::with(move |mut stream| {
        read_request(&mut stream);
        stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n").unwrap();
        // Whoever reads the body waits for this.
        gone.recv_timeout(PATIENCE).unwrap();
        stream.write_all(b"hello").unwrap();
    });
    let answer = server.get();
    let mut response = patiently(|| answer.error_for::<ApiError>()).unwrap();
    go.send(()).unwrap();
    assert_eq!(patiently(move || response.body_mut().read_to_string()).unwrap(), "hello");
    server.ended();
}

#[test]
fn on_a_response_and_below_400() {
    for status in [200, 204] {
        let server = Server::new([send(answer(status, "", ""))]);
        let response = server.get().unwrap().error_for::<ApiError>().unwrap();
        assert_eq!(response.status(), status);
    }
    let response = Server::new([send(of(&ApiError::NotFound))]).get().unwrap();
    let failure = patiently(move || response.error_for::<ApiError>()).unwrap_err();
    assert_eq!(failure.api(), Some(&ApiError::NotFound));
}

#[test]
fn the_connection_of_an_error_is_used_again() {
    let server = Server::with(|mut stream| {
        for _ in 0..2 {
            read_request(&mut stream);
            stream.write_all(&of(&ApiError::NotFound)).unwrap();
        }
    });
    let (agent, url) = (agent(), server.url.clone());
    let failures = patiently(move || [(); 2].map(|()| agent.get(&url).call().error_for::<ApiError>()));
    for failure in failures {
        assert_eq!(failure.unwrap_err().api(), Some(&ApiError::NotFound));
    }
    server.ended();
}

#[test]
fn what_is_not_of_the_api_comes_back_whole() {
    let page = "<html><title>502 Bad Gateway</title></html>";
    let unknown = unrecognized(
        Server::new([send(answer(502, "content-type: text/html\r\nretry-after: 4\r\n", page))]).failure(),
    );
    assert!(matches!(unknown.reason(), Reason::Foreign { .. }), "{unknown}");
    assert_eq!(unknown.body(), page);
    assert_eq!(unknown.headers()["content-type"], "text/html");
    assert_eq!(unknown.retry(), Retry::IfIdempotent);
    assert_eq!(unknown.retry_after(), Some(RetryAfter::from_secs(4)));
}

#[test]
fn a_compressed_body_is_decoded() {
    // {"error":"Not found","error_code":"not_found"}
    let body: &[u8] = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\xab\x56\x4a\x2d\x2a\xca\x2f\x52\xb2\x52\xf2\xcb\x2f\x51\x48\xcb\x2f\xcd\x4b\x51\xd2\x81\x88\xc5\x27\xe7\xa7\xa4\x02\x25\xf2\xf2\x4b\xe2\x21\x12\xb5\x00\x1e\x3f\xad\x40\x2e\x00\x00\x00";
    let head =
        format!("HTTP/1.1 404 Not Found\r\ncontent-encoding: gzip\r\ncontent-length: {}\r\n\r\n", body.len());
    let (error, response) = api(Server::new([send(head.clone()), send(body)]).failure());
    assert_eq!(error, ApiError::NotFound);
    assert_eq!(response.body(), r#"{"error":"Not found","error_code":"not_found"}"#);

    // Broken in the middle.
    let server = Server::new([send(head), send(&body[..20])]);
    assert_eq!(unrecognized(server.failure()).reason(), &Reason::Cut);
}

#[test]
fn a_compressed_body_is_limited_as_what_it_becomes() {
    // 1 MiB of zeros, the same block again and again.
    let mut body = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03".to_vec();
    for _ in 0..16 {
        body.extend(b"\x00\xff\xff\x00\x00");
        body.extend([0; 0xffff]);
    }
    let head =
        format!("HTTP/1.1 404 Not Found\r\ncontent-encoding: gzip\r\ncontent-length: {}\r\n\r\n", body.len());
    let unknown = unrecognized(Server::new([send(head), send(body)]).failure());
    assert_eq!((unknown.reason(), unknown.body().len()), (&Reason::Cut, 64 * 1024));
}

// Bodies that do not end well.

#[test]
fn a_body_at_the_limit_is_whole_and_one_above_is_cut() {
    let body = r#"{"error":"Not found","error_code":"not_found"}"#;
    for (limit, cut) in [(body.len(), false), (body.len() - 1, true), (0, true)] {
        let server = Server::new([send(answer(404, "", body))]);
        let failure = server.failure_within(Limits::new().body(limit));
        assert_eq!(failure.response().unwrap().extensions().get::<Cut>().is_some(), cut);
        assert_eq!(failure.response().unwrap().body(), &body[..limit]);
        match cut {
            false => assert_eq!(failure.api(), Some(&ApiError::NotFound)),
            true => assert_eq!(unrecognized(failure).reason(), &Reason::Cut),
        }
    }
    let server = Server::new([send(answer(404, "", ""))]);
    let failure = server.failure_within(Limits::new().body(0).timeout(Duration::MAX));
    assert_eq!(failure.response().unwrap().extensions().get::<Cut>(), None);
}

#[test]
fn an_endless_body_is_cut_at_64_kib() {
    let server = Server::new([send(head(500)), SendForever(vec![b'x'; 10_000], Duration::ZERO)]);
    // The server ends only once the client has closed the connection.
    let unknown = unrecognized(server.failure());
    assert_eq!(unknown.reason(), &Reason::Cut);
    assert_eq!(unknown.body().len(), 64 * 1024);
    assert_eq!(unknown.headers()["x-request-id"], "r-1");
    assert_eq!(unknown.retry(), Retry::IfIdempotent);
}

#[test]
fn a_stalled_body_is_cut_in_time() {
    let (go, gone) = channel::<()>();
    let server = Server::with(move |mut stream| {
        read_request(&mut stream);
        stream.write_all(&head(500)).unwrap();
        stream.write_all(b"what there is of it").unwrap();
        // Says nothing until the test has its result.
        gone.recv_timeout(PATIENCE).unwrap();
    });
    let answer = server.get();
    let limits = Limits::new().timeout(Duration::from_secs(1));
    let unknown = unrecognized(patiently(move || answer.error_for_within::<ApiError>(limits)).unwrap_err());
    assert_eq!(unknown.reason(), &Reason::Cut);
    assert!(b"what there is of it".starts_with(unknown.body()), "{:?}", unknown.body());
    assert_eq!(unknown.retry(), Retry::IfIdempotent);
    go.send(()).unwrap();
    server.ended();
}

#[test]
fn a_body_that_trickles_is_cut_in_time() {
    let server = Server::new([send(head(500)), SendForever(b" ".to_vec(), Duration::from_millis(10))]);
    let unknown = unrecognized(server.failure_within(Limits::new().timeout(MOMENT)));
    assert_eq!(unknown.reason(), &Reason::Cut);
}

#[test]
fn the_timeouts_of_the_agent_hold_too() {
    // The server ends only once the client has closed the connection. Before and after our own limit.
    for limit in [Duration::from_secs(60), Duration::from_millis(10)] {
        let server = Server::new([send(head(500)), Stall]);
        let agent = config().timeout_recv_body(Some(MOMENT)).build().new_agent();
        let url = server.url.clone();
        let answer = patiently(move || agent.get(url).call());
        let limits = Limits::new().timeout(limit);
        let failure = patiently(move || answer.error_for_within::<ApiError>(limits)).unwrap_err();
        assert_eq!(unrecognized(failure).reason(), &Reason::Cut);
        server.ended();
    }
}

#[test]
fn a_body_that_breaks_off_is_cut() {
    let mut broken =
        answer(409, "", r#"{"error":"There is an order 7 already","error_code":"duplicate","detail":{}}"#);
    broken.truncate(broken.len() - 20);
    let unknown = unrecognized(Server::new([send(broken)]).failure());
    assert_eq!(unknown.reason(), &Reason::Cut);
    assert!(unknown.body().starts_with(br#"{"error":"There is an order 7"#));

    // What its status alone says is not lost, nor that it was cut.
    let head = "HTTP/1.1 429 Slow\r\nretry-after: 2\r\ncontent-length: 99\r\n\r\n<html>";
    let (error, response) = api(Server::new([send(head)]).failure());
    assert_eq!(error, ApiError::RateLimited { retry_after: Some(RetryAfter::from_secs(2)) });
    assert_eq!(response.extensions().get::<Cut>(), Some(&Cut));
}

#[test]
fn a_status_without_its_body() {
    fn get(server: &Server) -> Failure {
        let agent: Agent = Agent::config_builder().proxy(None).build().into();
        let url = server.url.clone();
        patiently(move || agent.get(url).call().error_for::<ApiError>()).unwrap_err()
    }
    let failure = get(&Server::new([send(of(&ApiError::NotFound))]));
    assert_eq!(failure.status(), Some(http::StatusCode::NOT_FOUND));
    assert!(failure.is_not_found() && !failure.is_retryable());
    assert_eq!(failure.to_string(), "unrecognized response with status 404: its body was not read");
    assert_eq!(unrecognized(failure).reason(), &Reason::Cut);
    // Where the status is all there is to know, it is enough.
    let failure = get(&Server::new([send(answer(429, "", ""))]));
    assert_eq!(failure.api(), Some(&ApiError::RateLimited { retry_after: None }));
    // No status.
    check(&Failure::from(ureq::Error::StatusCode(7)), TransportKind::Other, true, false, false);
}

// No answer.

fn failed(agent: Agent, url: impl Into<String>) -> Failure {
    let url = url.into();
    patiently(move || agent.get(url).call().error_for::<ApiError>()).unwrap_err()
}

#[test]
fn a_refused_connection() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let url = format!("http://{}/?key=secret", listener.local_addr().unwrap());
    drop(listener);
    let failure = failed(agent(), url);
    check(&failure, TransportKind::Connect, false, true, true);
    let text = failure.to_string();
    assert!(text.starts_with("could not connect: ") && text.contains("refused"), "{text}");
}

#[test]
fn a_name_without_an_address() {
    // Longer than the label of a name can be, so that nobody is asked.
    let name = "a".repeat(64);
    let failure = failed(agent(), format!("http://{name}.invalid/?key=secret"));
    check(&failure, TransportKind::Connect, false, true, true);
    check(&ureq::Error::HostNotFound.into(), TransportKind::Connect, false, true, true);
}

#[test]
fn a_host_that_cannot_be_reached() {
    for kind in [io::ErrorKind::HostUnreachable, io::ErrorKind::NetworkUnreachable] {
        let failure = Failure::from(ureq::Error::Io(kind.into()));
        check(&failure, TransportKind::Connect, true, true, false);
    }
}

#[test]
fn a_connection_that_is_not_secure() {
    // Plain text where TLS is expected.
    let server = Server::with(|mut stream| {
        drop(stream.read(&mut [0; 1024]));
        drop(stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n"));
    });
    let failure = failed(agent(), server.url.replace("http:", "https:"));
    let CallError::Transport(transport) = &failure else { panic!("{failure:?}") };
    assert_eq!((transport.kind(), transport.retry()), (TransportKind::Tls, Retry::Never), "{transport:?}");
    server.ended();

    // The shape in which a failed handshake of rustls is reported.
    let refused = io::Error::new(io::ErrorKind::InvalidData, "invalid peer certificate: UnknownIssuer");
    check(&Failure::from(ureq::Error::Io(refused)), TransportKind::Tls, true, false, false);
    check(&Failure::from(ureq::Error::Tls("no roots")), TransportKind::Tls, false, false, false);
}

/// An agent with the server as its proxy, which ureq counts as part of connecting.
fn through(server: &Server) -> ConfigBuilder<AgentScope> {
    config().proxy(Some(ureq::Proxy::new(server.url.split("/orders").next().unwrap()).unwrap()))
}

#[test]
fn a_timeout_before_there_is_a_connection() {
    let server = Server::new([Stall]);
    let agent = through(&server).timeout_connect(Some(MOMENT)).build().new_agent();
    let failure = failed(agent, "http://shop.invalid/?key=secret");
    check(&failure, TransportKind::Timeout, false, true, true);
    assert!(failure.is_timeout());
    server.ended();
    let failure = Failure::from(ureq::Error::Timeout(ureq::Timeout::Resolve));
    check(&failure, TransportKind::Timeout, false, true, true);
}

#[test]
fn a_proxy_that_does_not_connect() {
    let server = Server::new([send(answer(502, "", ""))]);
    let failure = failed(through(&server).build().new_agent(), "http://shop.invalid/?key=secret");
    check(&failure, TransportKind::Connect, false, true, true);
    server.ended();
}

#[test]
fn a_timeout_after_the_request_was_sent() {
    for config in [
        config().timeout_global(Some(Duration::from_secs(1))),
        config().timeout_per_call(Some(Duration::from_secs(1))),
        config().timeout_recv_response(Some(MOMENT)),
    ] {
        let server = Server::new([Stall]);
        let failure = failed(config.build().new_agent(), &server.url);
        check(&failure, TransportKind::Timeout, true, true, false);
        server.ended();
    }
}

#[test]
fn a_connection_that_breaks_before_the_answer() {
    for server in [
        // Closed.
        Server::new([]),
        // Closed in the middle of the head.
        Server::new([send("HTTP/1.1 200 OK\r\ncontent-")]),
        // Not HTTP.
        Server::new([send("220 mail.example.com ESMTP\r\n")]),
    ] {
        check(&failed(agent(), &server.url), TransportKind::Broken, true, true, false);
        server.ended();
    }
    // Reset: what was received is not read.
    let server = Server::with(|stream| {
        stream.peek(&mut [0]).unwrap();
    });
    let texts = check(&failed(agent(), &server.url), TransportKind::Broken, true, true, false);
    assert!(texts.contains("reset"), "{texts}");
}

#[test]
fn a_request_that_cannot_be_built() {
    for url in ["no-such-scheme://shop/?key=secret", "/?key=secret", "http://", "http://a b/?key=secret"] {
        check(&failed(agent(), url), TransportKind::Request, false, false, false);
    }
    let failure = agent().get("http://127.0.0.1/").header("a b", "c").call().error_for::<ApiError>();
    check(&failure.unwrap_err(), TransportKind::Request, false, false, false);
    let secure = config().https_only(true).build().new_agent();
    check(&failed(secure, "http://127.0.0.1/?key=secret"), TransportKind::Request, false, false, false);
    // Found only when it is about to be sent.
    let server = Server::with(drop);
    let purge = http::Request::builder().method("PURGE").uri(&server.url).body(()).unwrap();
    let failure = patiently(|| agent().run(purge).error_for::<ApiError>()).unwrap_err();
    check(&failure, TransportKind::Request, false, false, false);
    server.ended();
}

#[test]
fn redirects_that_lead_nowhere() {
    for headers in ["", "location: ../../../secret\r\n"] {
        let server = Server::new([send(answer(302, headers, ""))]);
        check(&failed(agent(), &server.url), TransportKind::Other, true, false, false);
        server.ended();
    }
    // Over and over.
    let server = Server::with(|mut stream| {
        for _ in 0..2 {
            read_request(&mut stream);
            stream.write_all(&answer(302, "location: /other?key=secret\r\n", "")).unwrap();
        }
    });
    let agent = config().max_redirects(1).build().new_agent();
    check(&failed(agent, &server.url), TransportKind::Other, true, false, false);
    server.ended();
}

// Failures after `error_for`, through `?`.

fn number(server: Server, config: ConfigBuilder<AgentScope>) -> Result<u64, Failure> {
    patiently(move || {
        let mut response = config.build().new_agent().get(&server.url).call().error_for::<ApiError>()?;
        Ok(response.body_mut().read_json()?)
    })
}

#[test]
fn the_body_of_a_success() {
    assert_eq!(number(Server::new([send(answer(200, "", "42"))]), config()).unwrap(), 42);

    let failure = number(Server::new([send(answer(200, "", "\"many\""))]), config()).unwrap_err();
    let texts = check(&failure, TransportKind::Other, true, false, false);
    assert_eq!(failure.to_string(), "no usable answer: not the expected JSON at line 1 column 6");
    assert!(!format!("{failure:?}").contains("many"), "{texts}");

    // With and without a length, which ureq reads in two ways.
    for headers in ["content-length: 99\r\n", "transfer-encoding: chunked\r\n"] {
        let broken = send(format!("HTTP/1.1 200 OK\r\n{headers}\r\n4"));
        let failure = number(Server::new([broken]), config()).unwrap_err();
        check(&failure, TransportKind::Broken, true, true, false);
    }

    let config = config().timeout_recv_body(Some(MOMENT));
    let failure = number(Server::new([send(head(200)), Stall]), config).unwrap_err();
    check(&failure, TransportKind::Timeout, true, true, false);

    let mut large = Server::new([send(answer(200, "", "too many"))]).get().unwrap();
    let failure = large.body_mut().with_config().limit(3).read_to_vec().unwrap_err();
    check(&failure.into(), TransportKind::Other, true, false, false);
    let mut text =
        Server::new([send(b"HTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\n\xff".to_vec())]).get().unwrap();
    let failure = text.body_mut().with_config().read_to_string().unwrap_err();
    check(&failure.into(), TransportKind::Other, true, false, false);
}

#[test]
fn a_transport_failure_alone() {
    let transport = Transport::from(ureq::Error::TooManyRedirects);
    assert_eq!((transport.kind(), transport.retry()), (TransportKind::Other, Retry::Never));
}
