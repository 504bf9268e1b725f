//! HTTP by hand, so that nothing but the server under test decides what is sent.

use std::net::SocketAddr;
use std::time::Duration;

use bytes::Bytes;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Sends `head` (`GET /`, further lines are headers) and the body, and reads until the end.
pub(crate) async fn call(server: SocketAddr, head: &str, body: &str) -> http::Response<Bytes> {
    let whole = bytes_of(head, body);
    tokio::time::timeout(Duration::from_secs(60), exchange(server, &whole)).await.unwrap()
}

fn bytes_of(head: &str, body: &str) -> Vec<u8> {
    let (line, headers) = head.split_once('\n').unwrap_or((head, ""));
    let mut request = format!("{line} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n");
    for header in headers.lines() {
        request += &format!("{}\r\n", header.trim());
    }
    if !body.is_empty() {
        request += &format!("content-length: {}\r\n", body.len());
    }
    request += &format!("\r\n{body}");
    request.into_bytes()
}

/// Sends these bytes, and reads until the end.
pub(crate) async fn exchange(server: SocketAddr, request: &[u8]) -> http::Response<Bytes> {
    let mut stream = TcpStream::connect(server).await.unwrap();
    stream.write_all(request).await.unwrap();
    let mut received = Vec::new();
    stream.read_to_end(&mut received).await.unwrap();
    let end = received.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
    let mut lines = received[..end].split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii);
    let status = std::str::from_utf8(lines.next().unwrap()).unwrap().split(' ').nth(1).unwrap();
    let mut response = http::Response::builder().status(status);
    for line in lines {
        // The value may be no text.
        let colon = line.iter().position(|byte| *byte == b':').unwrap();
        response = response.header(&line[..colon], line[colon + 1..].trim_ascii());
    }
    response.body(Bytes::copy_from_slice(&received[end + 4..])).unwrap()
}

/// Fails if a body has something that a framework or a type prints for debugging.
pub(crate) fn no_debug_text(response: &http::Response<Bytes>) {
    const WORDS: [&str; 12] = [
        "123",
        "deserialize",
        "line 1",
        "panicked",
        "Cannot",
        "can not",
        "expected struct",
        "u64",
        "secret",
        "Content type",
        "payload",
        "os error",
    ];
    let body = std::str::from_utf8(response.body()).unwrap();
    for word in WORDS {
        assert!(!body.contains(word), "{word}: {response:?}");
    }
}
