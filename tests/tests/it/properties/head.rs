//! The head of a response, as it goes over the wire, has the lines that were meant and no other.

use std::fmt;
use std::str::FromStr;

use aura_errors::{RetryAfter, Taxonomy};
use http::HeaderValue;
use proptest::prelude::*;

/// A type whose `Display` writes whatever it holds, in pieces.
#[derive(Debug, Clone, PartialEq)]
struct Raw(String);

impl fmt::Display for Raw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.chars().try_for_each(|character| write!(f, "{character}"))
    }
}

impl FromStr for Raw {
    type Err = fmt::Error;

    fn from_str(text: &str) -> Result<Self, fmt::Error> {
        Ok(Self(text.to_owned()))
    }
}

#[derive(Debug, thiserror::Error, Taxonomy)]
#[api(code_header = "X-Inner-Code", body = { "m": message, "t"?: header("X-Raw") })]
enum Inner {
    #[error("inner")]
    #[api(429, code = any, header("X-Fixed" = "inner"))]
    Limited {
        #[api(code)]
        code: Option<String>,
        #[api(header = "X-Raw")]
        raw: Raw,
        #[api(header = "X-Maybe")]
        maybe: Option<Raw>,
        #[api(retry_after)]
        retry_after: Option<RetryAfter>,
    },
}

#[derive(Debug, thiserror::Error, Taxonomy)]
#[api(body = text, header("X-Outer" = "outer"))]
enum Outer {
    #[error("{text}")]
    #[api(409)]
    Text {
        #[api(message)]
        text: String,
        #[api(header = "X-Value")]
        value: Option<HeaderValue>,
    },
    #[error(transparent)]
    #[api(transparent)]
    Inner(#[from] Inner),
}

/// The head as a server would write it.
fn head(error: &impl Taxonomy) -> Vec<u8> {
    let response = error.to_response();
    let mut head = format!("HTTP/1.1 {}\r\n", response.status().as_u16()).into_bytes();
    for (name, value) in response.headers() {
        head.extend_from_slice(name.as_str().as_bytes());
        head.extend_from_slice(b": ");
        head.extend_from_slice(value.as_bytes());
        head.extend_from_slice(b"\r\n");
    }
    head
}

/// The names in it, for a reader that takes any of CR, LF and NUL for the end of a line.
fn names(head: &[u8]) -> Vec<String> {
    let lines = head.split(|byte| matches!(byte, b'\r' | b'\n' | 0)).filter(|line| !line.is_empty());
    let names = lines.skip(1).map(|line| line.split(|byte| *byte == b':').next().unwrap_or_default());
    names.map(|name| String::from_utf8_lossy(name).into_owned()).collect()
}

fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("\r\nSet-Cookie: a=b\r\n".to_owned()),
        Just("\r\n\r\n<script>".to_owned()),
        Just("\n X".to_owned()),
        Just("\0".to_owned()),
        Just("\u{560d}\u{560a}".to_owned()),
        Just("x: y".to_owned()),
        any::<String>(),
    ];
    prop::collection::vec(piece, 0..4).prop_map(|pieces| pieces.concat())
}

const INNER: [&str; 7] =
    ["content-type", "x-outer", "x-fixed", "x-inner-code", "x-raw", "x-maybe", "retry-after"];

proptest! {
    #[test]
    fn nothing_that_displays_or_nests_adds_a_line(
        code in prop::option::of(hostile()),
        raw in hostile(),
        maybe in prop::option::of(hostile()),
        delay in prop::option::of(any::<std::time::Duration>()),
    ) {
        let error = Outer::from(Inner::Limited {
            code,
            raw: Raw(raw),
            maybe: maybe.map(Raw),
            retry_after: delay.map(RetryAfter::from),
        });
        let mut found = names(&head(&error));
        prop_assert!(found.iter().all(|name| INNER.contains(&name.as_str())), "{:?}", found);
        prop_assert_eq!(found.iter().any(|name| name == "retry-after"), delay.is_some());
        found.sort();
        let before = found.len();
        found.dedup();
        prop_assert_eq!(found.len(), before, "no line twice");
    }

    #[test]
    fn no_value_that_http_allows_adds_a_line(text in hostile(), value: Vec<u8>) {
        let value = HeaderValue::from_bytes(&value).ok();
        let found = names(&head(&Outer::Text { text, value: value.clone() }));
        let mut expected = vec!["content-type", "x-outer"];
        expected.extend(value.map(|_| "x-value"));
        prop_assert_eq!(found.iter().map(String::as_str).collect::<std::collections::BTreeSet<_>>(),
            expected.into_iter().collect());
    }
}
