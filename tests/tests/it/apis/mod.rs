//! The errors of existing APIs, described from their public documentation, each with
//! documented responses that must be recognised and written again as they came.

#![allow(unreachable_pub, reason = "written as the crate of a client would write them")]
#![allow(missing_docs)]

use std::fmt::Debug;
use std::time::Duration;

use aura_errors::{Class, Reason, Retry, RetryAfter, Taxonomy, Unrecognized};
use bytes::Bytes;
use http::Response;

pub mod airtable;
pub mod anthropic;
pub mod aws;
pub mod azure;
pub mod cloudflare;
pub mod discord;
pub mod elasticsearch;
pub mod github;
pub mod gitlab;
pub mod google;
pub mod jira;
pub mod kubernetes;
pub mod matrix;
pub mod notion;
pub mod openai;
pub mod paypal;
pub mod registry;
pub mod salesforce;
pub mod shopify;
pub mod slack;
pub mod spotify;
pub mod stripe;
pub mod telegram;
pub mod twilio;

/// One documented response and what a client should make of it.
pub struct Case<E> {
    /// Title or address of the documentation page.
    pub source: &'static str,
    pub status: u16,
    pub headers: &'static [(&'static str, &'static str)],
    pub body: &'static str,
    pub expect: E,
    /// All of them, and no other.
    pub classes: &'static [Class],
    pub retry: Retry,
    pub delay: Option<Duration>,
    /// Whether the value is written as the same status and the same JSON.
    pub reencodes: bool,
}

const CLASSES: [Class; 10] = [
    Class::Auth,
    Class::Permission,
    Class::Validation,
    Class::NotFound,
    Class::Conflict,
    Class::RateLimit,
    Class::Timeout,
    Class::Unavailable,
    Class::Internal,
    Class::Request,
];

const HTML_502: &str = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n\
    <center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n";

/// Reads every case, compares value, classes, verdict and delay, and writes it again.
pub fn check<E: Taxonomy + Clone + PartialEq + Debug>(cases: Vec<Case<E>>) {
    let api = api::<E>();
    assert!(cases.len() >= 5, "{api}: only {} cases", cases.len());
    for (index, case) in cases.into_iter().enumerate() {
        let at = format!("{api}, case {index} ({})", case.source);

        let value = match E::from_response(response(case.status, case.headers, case.body)) {
            Ok(value) => value,
            Err(other) => panic!("{at}: not recognised: {:?}: {other}", other.reason()),
        };
        assert_eq!(value, case.expect, "{at}: another value");

        for class in CLASSES {
            let expected = case.classes.contains(&class);
            assert_eq!(value.is(class), expected, "{at}: {class:?} in its classes");
        }
        assert_eq!(value.retry(), case.retry, "{at}: another verdict");
        let delay = value.retry_after().and_then(|after| after.as_delay());
        assert_eq!(delay, case.delay, "{at}: another delay");

        if !case.reencodes {
            continue;
        }
        let written = value.to_response();
        assert_eq!(written.status().as_u16(), case.status, "{at}: written with another status");
        assert_eq!(json(&at, written.body()), json(&at, case.body.as_bytes()), "{at}: written otherwise");
    }
}

/// A response with this code must not be guessed at.
pub fn unknown_code<E: Taxonomy + Debug>(status: u16, body: &'static str) {
    let other = refused::<E>(status, &[("Content-Type", "application/json")], body);
    assert!(
        matches!(other.reason(), Reason::UnknownCode),
        "{}: {:?} instead of an unknown code for {body}",
        api::<E>(),
        other.reason(),
    );
}

/// A response of none of the API's shapes.
pub fn foreign<E: Taxonomy + Debug>(status: u16, content_type: &'static str, body: &'static str) {
    let other = refused::<E>(status, &[("Content-Type", content_type)], body);
    assert!(
        matches!(other.reason(), Reason::Foreign { .. }),
        "{}: {:?} instead of a foreign body for {body}",
        api::<E>(),
        other.reason(),
    );
}

/// A response that must not be taken for an error, whatever the reason given.
pub fn unrecognized<E: Taxonomy + Debug>(status: u16, body: &'static str) {
    refused::<E>(status, &[("Content-Type", "application/json")], body);
}

/// A proxy's page.
pub fn bad_gateway<E: Taxonomy + Debug>() {
    foreign::<E>(502, "text/html", HTML_502);
}

/// The expected value of a `retry_after` field.
pub fn after(millis: u64) -> RetryAfter {
    RetryAfter::from(Duration::from_millis(millis))
}

fn refused<E: Taxonomy + Debug>(status: u16, headers: &[(&str, &str)], body: &'static str) -> Unrecognized {
    match E::from_response(response(status, headers, body)) {
        Ok(value) => panic!("{}: {body} was taken for {value:?}", api::<E>()),
        Err(other) => other,
    }
}

fn response(status: u16, headers: &[(&str, &str)], body: &'static str) -> Response<Bytes> {
    let mut response = Response::builder().status(status);
    for (name, value) in headers {
        response = response.header(*name, *value);
    }
    response.body(Bytes::from_static(body.as_bytes())).expect("status and headers are written here")
}

fn json(at: &str, body: &[u8]) -> serde_json::Value {
    serde_json::from_slice(body).unwrap_or_else(|e| panic!("{at}: {e} in {}", String::from_utf8_lossy(body)))
}

fn api<E>() -> &'static str {
    std::any::type_name::<E>()
}
