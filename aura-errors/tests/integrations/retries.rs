//! What every adapter for retries has to do: one table of cases, over the loopback interface.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use aura_errors::{CallError, RetryAfter, Taxonomy, TransportKind};
use http::Method;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::task::JoinHandle;

pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

#[derive(Debug, Clone, PartialEq, thiserror::Error, Taxonomy)]
#[api(retry_header = "x-should-retry")]
pub(crate) enum ApiError {
    #[error("Not found")]
    #[api(404)]
    NotFound,
    #[error("There is an order {id} already")]
    #[api(409)]
    Duplicate { id: u64 },
    #[error("Too many requests")]
    #[api(429)]
    RateLimited {
        #[api(retry_after)]
        retry_after: Option<RetryAfter>,
    },
    #[error("Something went wrong on our side")]
    #[api(500, fallback)]
    Internal,
    #[error("Try later")]
    #[api(503)]
    Busy,
}

/// A server that answers one request after the other, each on a connection of its own.
pub(crate) struct Scripted {
    pub(crate) url: String,
    seen: Arc<Mutex<Vec<Seen>>>,
    task: JoinHandle<()>,
}

#[derive(Clone)]
pub(crate) struct Seen {
    pub(crate) at: Instant,
    pub(crate) text: String,
}

impl Scripted {
    /// A request beyond the last answer gets a 418.
    pub(crate) async fn new(answers: impl IntoIterator<Item = Vec<u8>>) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let url = format!("http://{}/orders?key=secret", listener.local_addr().unwrap());
        let seen = Arc::new(Mutex::new(Vec::new()));
        let mut answers = answers.into_iter().collect::<Vec<_>>().into_iter();
        let task = tokio::spawn({
            let seen = seen.clone();
            async move {
                loop {
                    let (mut stream, _) = listener.accept().await.unwrap();
                    let Some(text) = read_request(&mut stream).await else { continue };
                    seen.lock().unwrap().push(Seen { at: Instant::now(), text });
                    let answer = answers.next().unwrap_or_else(|| answer(418, "", ""));
                    drop(stream.write_all(&answer).await);
                }
            }
        });
        Self { url, seen, task }
    }

    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }
}

impl Drop for Scripted {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Head and body. `None`: the client has gone.
pub(crate) async fn read_request(stream: &mut TcpStream) -> Option<String> {
    let mut text = Vec::new();
    while !text.ends_with(b"\r\n\r\n") {
        text.push(stream.read_u8().await.ok()?);
    }
    let head = String::from_utf8(text).unwrap().to_ascii_lowercase();
    let mut body = Vec::new();
    if let Some((_, length)) = head.split_once("content-length: ") {
        body.resize(length.split_once("\r\n").unwrap().0.parse().unwrap(), 0);
        stream.read_exact(&mut body).await.ok()?;
    } else if head.contains("transfer-encoding: chunked") {
        while !body.ends_with(b"0\r\n\r\n") {
            body.push(stream.read_u8().await.ok()?);
        }
    }
    Some(head + std::str::from_utf8(&body).unwrap())
}

pub(crate) fn answer(status: u16, headers: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!(
        "HTTP/1.1 {status} Whatever\r\nconnection: close\r\n{headers}content-length: {length}\r\n\r\n{body}"
    )
    .into_bytes()
}

pub(crate) fn of(error: &ApiError, headers: &str) -> Vec<u8> {
    let response = error.to_response();
    answer(response.status().as_u16(), headers, std::str::from_utf8(response.body()).unwrap())
}

pub(crate) fn ok() -> Vec<u8> {
    answer(200, "", "done")
}

/// One call through an adapter, with tiny backoffs.
pub(crate) struct Asked {
    pub(crate) url: String,
    pub(crate) method: Method,
    /// With an `Idempotency-Key`.
    pub(crate) key: bool,
}

/// A status below 400, or the failure.
pub(crate) type Outcome = Result<u16, CallError<ApiError>>;

struct Case {
    name: &'static str,
    method: Method,
    key: bool,
    answers: Vec<Vec<u8>>,
    /// How many requests the server has to see.
    requests: usize,
    /// `None`: success.
    failure: Option<ApiError>,
}

fn cases() -> Vec<Case> {
    let case = |name, method, answers, requests, failure| Case {
        name,
        method,
        key: false,
        answers,
        requests,
        failure,
    };
    let limited = ApiError::RateLimited { retry_after: None };
    let limited = || of(&limited, "");
    let page = || answer(503, "", "<html>503</html>");
    let internal = |headers| of(&ApiError::Internal, headers);
    let failed = Some(ApiError::Internal);
    let busy = Some(ApiError::Busy);
    vec![
        case("success", Method::GET, vec![ok()], 1, None),
        case("final", Method::GET, vec![of(&ApiError::NotFound, "")], 1, Some(ApiError::NotFound)),
        case("rate limit", Method::POST, vec![limited(), limited(), ok()], 3, None),
        case("500 of GET", Method::GET, vec![internal(""), ok()], 2, None),
        case("500 of POST", Method::POST, vec![internal("")], 1, failed.clone()),
        Case { key: true, ..case("500 of POST with a key", Method::POST, vec![internal(""), ok()], 2, None) },
        case("declared 503 of POST", Method::POST, vec![of(&ApiError::Busy, ""), ok()], 2, None),
        case("503 of a proxy, of GET", Method::GET, vec![page(), ok()], 2, None),
        case(
            "declared 503, but told not to",
            Method::GET,
            vec![of(&ApiError::Busy, "x-should-retry: false\r\n")],
            1,
            busy.clone(),
        ),
        case("told to", Method::POST, vec![internal("x-should-retry: true\r\n"), ok()], 2, None),
        case(
            "told to, though a 409",
            Method::POST,
            vec![of(&ApiError::Duplicate { id: 7 }, "x-should-retry: true\r\n"), ok()],
            2,
            None,
        ),
        case("three tries", Method::GET, vec![internal(""), page(), of(&ApiError::Busy, "")], 3, busy),
        case(
            "too long a delay",
            Method::GET,
            vec![of(&ApiError::Internal, "retry-after: 121\r\n")],
            1,
            failed.clone(),
        ),
        case(
            "the last failure is final",
            Method::GET,
            vec![internal(""), of(&ApiError::Duplicate { id: 7 }, "")],
            2,
            Some(ApiError::Duplicate { id: 7 }),
        ),
    ]
}

/// Every case of the table.
pub(crate) async fn check(call: impl AsyncFn(Asked) -> Outcome) {
    for case in cases() {
        let server = Scripted::new(case.answers).await;
        let asked = Asked { url: server.url.clone(), method: case.method, key: case.key };
        let outcome = tokio::time::timeout(PATIENCE, call(asked)).await.expect(case.name);
        assert_eq!(server.seen().len(), case.requests, "{}: {outcome:?}", case.name);
        match (outcome, case.failure) {
            (Ok(200), None) => {}
            (Err(CallError::Api { error, response, .. }), Some(expected)) => {
                assert_eq!(error, expected, "{}", case.name);
                assert_eq!(response.body(), expected.to_response().body(), "{}", case.name);
            }
            (outcome, _) => panic!("{}: {outcome:?}", case.name),
        }
        // Every try was the same request.
        for seen in server.seen() {
            assert_eq!(seen.text, server.seen()[0].text, "{}", case.name);
        }
    }
    delays(&call).await;
    no_connection(&call).await;
    broken(&call).await;
}

/// The server's delay is the least.
async fn delays(call: &impl AsyncFn(Asked) -> Outcome) {
    let millis = |delay: u64| of(&ApiError::Busy, &format!("retry-after-ms: {delay}\r\n"));
    let server = Scripted::new([millis(300), millis(500), ok()]).await;
    let asked = Asked { url: server.url.clone(), method: Method::POST, key: false };
    assert_eq!(tokio::time::timeout(PATIENCE, call(asked)).await.unwrap().unwrap(), 200);
    let seen = server.seen();
    assert!(seen[1].at - seen[0].at >= Duration::from_millis(300));
    assert!(seen[2].at - seen[1].at >= Duration::from_millis(500));
}

/// A port that is taken, and on which nobody listens.
pub(crate) fn refusing() -> (TcpSocket, String) {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind(([127, 0, 0, 1], 0).into()).unwrap();
    let url = format!("http://{}/orders?key=secret", socket.local_addr().unwrap());
    (socket, url)
}

async fn no_connection(call: &impl AsyncFn(Asked) -> Outcome) {
    let (_port, url) = refusing();
    let asked = Asked { url, method: Method::POST, key: false };
    match tokio::time::timeout(PATIENCE, call(asked)).await.unwrap() {
        Err(CallError::Transport(transport)) => {
            assert_eq!((transport.kind(), transport.was_sent()), (TransportKind::Connect, false));
        }
        other => panic!("{other:?}"),
    }
}

/// The connection closes without an answer: the server may have acted.
async fn broken(call: &impl AsyncFn(Asked) -> Outcome) {
    for (method, requests) in [(Method::GET, 3), (Method::POST, 1)] {
        let server = Scripted::new([vec![], vec![], vec![]]).await;
        let asked = Asked { url: server.url.clone(), method, key: false };
        match tokio::time::timeout(PATIENCE, call(asked)).await.unwrap() {
            Err(CallError::Transport(transport)) => assert!(transport.was_sent()),
            other => panic!("{other:?}"),
        }
        assert_eq!(server.seen().len(), requests);
    }
}
