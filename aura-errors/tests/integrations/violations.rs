//! A taxonomy that takes violations, and calls over the loopback interface: for the libraries that check.

use std::time::Duration;

use aura_errors::{FieldError, Taxonomy};
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
pub(crate) enum ApiError {
    #[error("Bad request")]
    #[api(400, stands_for(query, path))]
    BadRequest(Vec<FieldError>),
    #[error("Not valid")]
    #[api(422, stands_for(body_data))]
    Invalid(Vec<FieldError>),
    #[error("Something went wrong on our side")]
    #[api(500, fallback)]
    Internal,
}

/// A request, as one sends it by hand; with a body it is JSON.
fn request(method: &str, path: &str, body: Option<&Value>) -> String {
    let body = body.map(Value::to_string).unwrap_or_default();
    let length = body.len();
    format!(
        "{method} {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\
         content-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
    )
}

/// The status and the body of the answer that comes from there.
pub(crate) async fn send(
    address: std::net::SocketAddr,
    method: &str,
    path: &str,
    body: Option<&Value>,
) -> (u16, String) {
    let exchange = async {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(request(method, path, body).as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        answer
    };
    let answer = tokio::time::timeout(Duration::from_secs(20), exchange).await.unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    (head.split(' ').nth(1).unwrap().parse().unwrap(), body.to_owned())
}

/// One call of an application.
#[cfg(feature = "axum08")]
pub(crate) async fn call(app: axum::Router, method: &str, path: &str, body: Option<&Value>) -> (u16, String) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    let server = tokio::spawn(async { axum::serve(listener, app).await });
    let answer = send(address, method, path, body).await;
    server.abort();
    answer
}
