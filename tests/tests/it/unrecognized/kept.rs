//! Nothing of an unrecognised response is lost.

use aura_errors::{Taxonomy, Unrecognized};
use bytes::Bytes;
use http::{HeaderValue, Response, Version};

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = { "error": message, "code": code }, code_header = "X-Error-Code")]
enum Api {
    #[error("plain")]
    #[api(400)]
    Plain,
}

#[derive(Clone, Debug, PartialEq)]
struct Mark(u32);

fn received(body: Bytes) -> Response<Bytes> {
    let mut response = Response::builder()
        .status(418)
        .version(Version::HTTP_2)
        .header("Set-Cookie", "a=1")
        .header("X-Other", "o")
        .header("Set-Cookie", "b=2")
        .header("X-Bytes", HeaderValue::from_bytes(b"\xe9\xff").unwrap())
        .header("X-Empty", "")
        .body(body)
        .unwrap();
    response.extensions_mut().insert(Mark(7));
    response
}

fn unrecognized(body: impl Into<Bytes>) -> Unrecognized {
    Api::from_response(received(body.into())).unwrap_err()
}

#[test]
fn the_status_and_all_headers() {
    let other = unrecognized("x");
    assert_eq!(other.status(), 418);
    let cookies: Vec<_> = other.headers().get_all("set-cookie").iter().collect();
    assert_eq!(cookies, ["a=1", "b=2"], "in their order");
    assert_eq!(other.headers()["x-bytes"].as_bytes(), b"\xe9\xff");
    assert_eq!(other.headers()["x-empty"], "");
    assert_eq!(other.headers().len(), 5);
    assert_eq!(other.headers(), received(Bytes::new()).headers());
}

#[test]
fn the_extensions_and_the_version() {
    let other = unrecognized("x");
    assert_eq!(other.response().extensions().get(), Some(&Mark(7)));
    assert_eq!(other.response().version(), Version::HTTP_2);
}

#[test]
fn the_body_is_moved_and_not_copied() {
    for text in ["<html>".repeat(100), r#"{"error":"m","code":"new"}"#.to_owned()] {
        let body = Bytes::from(text);
        let (start, length) = (body.as_ptr(), body.len());
        let other = unrecognized(body);
        assert_eq!((other.body().as_ptr(), other.body().len()), (start, length));
        let response = other.into_response();
        assert_eq!((response.body().as_ptr(), response.body().len()), (start, length));
    }
}

#[test]
fn any_bytes_at_all() {
    let all: Vec<u8> = (0..=u8::MAX).collect();
    assert_eq!(unrecognized(all.clone()).body()[..], all);
    assert_eq!(unrecognized(Bytes::new()).body(), "");
}

#[test]
fn the_whole_response_comes_out_again() {
    let response = unrecognized("x").into_response();
    assert_eq!(response.status(), 418);
    assert_eq!(response.headers(), received(Bytes::new()).headers());
    assert_eq!(response.extensions().get(), Some(&Mark(7)));
    assert_eq!(response.body(), "x");
}

#[test]
fn a_result_stays_small() {
    assert_eq!(size_of::<Unrecognized>(), 8);
    assert_eq!(size_of::<Result<(), Unrecognized>>(), 8);
}

#[test]
fn it_travels_between_threads_and_as_a_boxed_error() {
    let other = unrecognized("x");
    let boxed: Box<dyn std::error::Error + Send + Sync> = Box::new(other);
    let back = std::thread::spawn(move || boxed).join().unwrap();
    assert!(back.downcast_ref::<Unrecognized>().is_some());
    assert!(back.source().is_none());
}
