//! Reading error bodies beneath other middlewares.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use aura_errors::reqwest_middleware::{Idempotent, Limits, ReadErrors, ResponseExt};
use aura_errors::{
    CallError, Classify, Cut, Reason, Retry, RetryAfter, Taxonomy, Transport, TransportKind, Verdict,
};
use http::{HeaderMap, Method};
use reqwest::Client;
use reqwest_middleware::{ClientBuilder, ClientWithMiddleware, Error};
use tokio::time::timeout;

use crate::retries::{ApiError, PATIENCE, Scripted, answer, of};

fn client(read: ReadErrors<ApiError>) -> ClientWithMiddleware {
    ClientBuilder::new(Client::new()).with(read).build()
}

async fn ask(read: ReadErrors<ApiError>, method: Method, answer: Vec<u8>) -> reqwest::Response {
    let server = Scripted::new([answer]).await;
    timeout(PATIENCE, client(read).request(method, &server.url).send()).await.unwrap().unwrap()
}

async fn get(answer: Vec<u8>) -> reqwest::Response {
    ask(ReadErrors::new(), Method::GET, answer).await
}

#[tokio::test]
async fn an_error_is_judged_and_read_again() {
    let server = Scripted::new([of(&ApiError::Duplicate { id: 7 }, "x-more: 1\r\nx-more: 2\r\n")]).await;
    let sent = client(ReadErrors::new()).post(&server.url).send();
    let response = timeout(PATIENCE, sent).await.unwrap().unwrap();

    let verdict = response.extensions().get::<Verdict>().unwrap();
    assert_eq!(verdict.spec().unwrap().name(), "duplicate");
    assert!(verdict.is_conflict() && verdict.retry() == Retry::Never);
    assert_eq!(response.extensions().get(), Some(&Idempotent(false)));

    assert_eq!(response.url().as_str(), server.url);
    assert_eq!(response.version(), http::Version::HTTP_11);
    assert_eq!(response.headers().get_all("x-more").iter().count(), 2);
    assert!(response.remote_addr().is_some());
    let body = ApiError::Duplicate { id: 7 }.to_response().into_body();
    assert_eq!(response.content_length(), Some(body.len() as u64));
    assert_eq!(response.headers()["content-length"], body.len().to_string().as_str());

    let failure = response.error_for::<ApiError>().await.unwrap_err();
    assert_eq!(failure.api(), Some(&ApiError::Duplicate { id: 7 }));
    assert_eq!(failure.response().unwrap().body(), &body);
}

#[tokio::test]
async fn the_verdict_has_the_servers_word_and_delay() {
    let response = get(of(&ApiError::Internal, "x-should-retry: no\r\nretry-after: 7\r\n")).await;
    let verdict = response.extensions().get::<Verdict>().unwrap();
    assert_eq!((verdict.retry(), verdict.retry_after()), (Retry::Never, Some(RetryAfter::from_secs(7))));
    assert_eq!(response.extensions().get(), Some(&Idempotent(true)));

    // What is not of the API is judged too, and left whole.
    let response = get(answer(502, "", "<html>")).await;
    let verdict = response.extensions().get::<Verdict>().unwrap();
    assert!(verdict.spec().is_none() && verdict.is_unavailable());
    assert_eq!(response.text().await.unwrap(), "<html>");
}

#[tokio::test]
async fn a_success_passes() {
    let response = get(answer(200, "", "hello")).await;
    assert!(response.extensions().get::<Verdict>().is_none());
    assert!(response.extensions().get::<Idempotent>().is_none());
    assert_eq!(response.error_for::<ApiError>().await.unwrap().text().await.unwrap(), "hello");
}

#[tokio::test]
async fn a_body_that_is_cut_says_so() {
    let body = "x".repeat(100);
    let limited = ReadErrors::new().limits(Limits::new().body(10));
    let response = ask(limited, Method::GET, answer(500, "", &body)).await;
    assert_eq!(response.extensions().get(), Some(&Cut));
    assert_eq!(response.headers()["content-length"], "10");
    let failure = response.error_for::<ApiError>().await.unwrap_err();
    assert_eq!(failure.response().unwrap().body(), "xxxxxxxxxx");
    let CallError::Unrecognized(unrecognized) = failure else { panic!("{failure:?}") };
    assert_eq!(unrecognized.reason(), &Reason::Cut);

    // Broken off by the server.
    let response = get(b"HTTP/1.1 500 E\r\ncontent-length: 100\r\n\r\npart".to_vec()).await;
    assert_eq!(response.extensions().get(), Some(&Cut));
    assert_eq!(response.headers()["content-length"], "4");

    // A limit of time, for a body that never ends: the connection stays open.
    let stalled = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let url = format!("http://{}/", stalled.local_addr().unwrap());
    let server = tokio::spawn(async move {
        use tokio::io::{AsyncReadExt, AsyncWriteExt};
        let (mut stream, _) = stalled.accept().await.unwrap();
        crate::retries::read_request(&mut stream).await.unwrap();
        stream.write_all(b"HTTP/1.1 500 E\r\ncontent-length: 100\r\n\r\npart").await.unwrap();
        while stream.read(&mut [0; 1024]).await.is_ok_and(|read| read > 0) {}
    });
    let limits = Limits::new().timeout(Duration::from_millis(300));
    let sent = client(ReadErrors::new().limits(limits)).get(url).send();
    let response = timeout(PATIENCE, sent).await.unwrap().unwrap();
    assert_eq!(response.extensions().get(), Some(&Cut));
    drop(response);
    timeout(PATIENCE, server).await.unwrap().unwrap();
}

#[tokio::test]
async fn the_length_that_head_tells_is_kept() {
    let head = b"HTTP/1.1 404 Not Found\r\nconnection: close\r\ncontent-length: 46\r\n\r\n".to_vec();
    let response = ask(ReadErrors::new(), Method::HEAD, head).await;
    assert_eq!(response.headers()["content-length"], "46");
    assert_eq!(response.extensions().get::<Cut>(), None);
    assert!(response.extensions().get::<Verdict>().unwrap().is_not_found());
}

#[tokio::test]
async fn an_idempotency_key() {
    let server = Scripted::new([of(&ApiError::Internal, "")]).await;
    let headers = HeaderMap::from_iter([("idempotency-key".parse().unwrap(), "8e03".parse().unwrap())]);
    let sent = client(ReadErrors::new()).post(&server.url).headers(headers).send();
    let response = timeout(PATIENCE, sent).await.unwrap().unwrap();
    assert_eq!(response.extensions().get(), Some(&Idempotent(true)));
}

// Failures without an answer.

/// What a middleware may make of a client's error.
#[derive(Debug)]
struct Wrapped(reqwest::Error);

impl fmt::Display for Wrapped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "wrapped: {}", self.0)
    }
}

impl StdError for Wrapped {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&self.0)
    }
}

async fn refused() -> reqwest::Error {
    let (_port, url) = crate::retries::refusing();
    Client::new().get(url).send().await.unwrap_err()
}

fn texts(transport: &Transport) -> String {
    let mut texts = format!("{transport} {transport:?}");
    let mut source = transport.source();
    while let Some(cause) = source {
        texts.push_str(&format!(" {cause}"));
        source = cause.source();
    }
    texts
}

#[tokio::test]
async fn errors_of_the_client_keep_their_kind_and_lose_their_url() {
    let errors = [
        Error::Reqwest(refused().await),
        Error::Middleware(refused().await.into()),
        Error::middleware(Wrapped(refused().await)),
    ];
    for error in errors {
        assert!(error.to_string().contains("secret"));
        let transport = Transport::from(error);
        assert_eq!((transport.kind(), transport.was_sent()), (TransportKind::Connect, false));
        assert!(!texts(&transport).contains("secret"), "{}", texts(&transport));
    }
    let failure = CallError::<ApiError>::from(Error::middleware(Wrapped(refused().await)));
    assert_eq!(failure.retry(), Retry::Always);
}

#[tokio::test]
async fn an_error_of_a_middleware_is_never_tried_again() {
    let error = Error::middleware(std::io::Error::other("no token"));
    let failure = Err(error).error_for::<ApiError>().await.unwrap_err();
    let CallError::Transport(transport) = failure else { panic!("{failure:?}") };
    assert_eq!((transport.kind(), transport.retry()), (TransportKind::Other, Retry::Never));
    assert!(transport.to_string().contains("no token"), "{transport}");
}
