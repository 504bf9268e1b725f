//! Whether a given request may be sent again.

use aura_errors::{Classify, Retry, RetryAfter, Taxonomy};
use http::{HeaderMap, HeaderValue, Method};

#[derive(Debug, thiserror::Error, Taxonomy)]
#[api(body = none)]
enum Api {
    #[error("never")]
    #[api(404)]
    Never,
    #[error("if idempotent")]
    #[api(500)]
    IfIdempotent,
    #[error("always")]
    #[api(429)]
    Always {
        #[api(retry_after)]
        retry_after: Option<RetryAfter>,
    },
}

const ALWAYS: Api = Api::Always { retry_after: None };

/// Every method of RFC 9110 and RFC 5789, some of other specifications, and whether the former calls
/// it idempotent.
fn methods() -> Vec<(Method, bool)> {
    let other = |name: &str| Method::from_bytes(name.as_bytes()).unwrap();
    vec![
        (Method::GET, true),
        (Method::HEAD, true),
        (Method::PUT, true),
        (Method::DELETE, true),
        (Method::OPTIONS, true),
        (Method::TRACE, true),
        (Method::POST, false),
        (Method::PATCH, false),
        (Method::CONNECT, false),
        (other("PROPFIND"), false),
        (other("PURGE"), false),
        (other("get"), false),
    ]
}

#[test]
fn each_verdict_for_each_method() {
    for (method, idempotent) in methods() {
        assert!(!Api::Never.should_retry(&method), "{method}");
        assert_eq!(Api::IfIdempotent.should_retry(&method), idempotent, "{method}");
        assert!(ALWAYS.should_retry(&method), "{method}");
    }
}

#[test]
fn without_a_key_the_request_counts_as_its_method() {
    let headers = HeaderMap::new();
    for (method, _) in methods() {
        for error in [Api::Never, Api::IfIdempotent, ALWAYS] {
            assert_eq!(
                error.should_retry_request(&method, &headers),
                error.should_retry(&method),
                "{method}"
            );
        }
    }
}

fn with_key(key: &[u8]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert("Idempotency-Key", HeaderValue::from_bytes(key).unwrap());
    headers
}

#[test]
fn a_request_with_an_idempotency_key_is_idempotent() {
    for key in [&b"k"[..], b"\"8e03978e-40d5-43dd-bc93-6894a57f9324\"", b" k ", b"\xff"] {
        let headers = with_key(key);
        for (method, _) in methods() {
            assert!(Api::IfIdempotent.should_retry_request(&method, &headers), "{method}");
            assert!(ALWAYS.should_retry_request(&method, &headers), "{method}");
            assert!(!Api::Never.should_retry_request(&method, &headers), "{method}");
        }
    }
}

#[test]
fn an_empty_idempotency_key_is_none() {
    for key in [&b""[..], b"  ", b"\"\""] {
        assert!(!Api::IfIdempotent.should_retry_request(&Method::POST, &with_key(key)));
        assert!(Api::IfIdempotent.should_retry_request(&Method::GET, &with_key(key)));
    }
}

#[test]
fn another_header_is_no_key() {
    let mut headers = HeaderMap::new();
    headers.insert("X-Idempotency-Key", HeaderValue::from_static("k"));
    assert!(!Api::IfIdempotent.should_retry_request(&Method::POST, &headers));
}

#[derive(Debug, thiserror::Error, Taxonomy)]
#[api(body = none)]
enum Delayed {
    #[error("not implemented")]
    #[api("5XX")]
    Server {
        #[api(status)]
        status: http::StatusCode,
        #[api(retry_after)]
        retry_after: Option<RetryAfter>,
    },
}

#[test]
fn a_delay_never_makes_an_error_retryable() {
    let retry_after = Some(RetryAfter::from_secs(1));
    let never = Delayed::Server { status: http::StatusCode::NOT_IMPLEMENTED, retry_after };
    assert_eq!(never.retry_after(), retry_after);
    assert_eq!(never.retry(), Retry::Never);
    let depends = Delayed::Server { status: http::StatusCode::BAD_GATEWAY, retry_after };
    assert_eq!(depends.retry(), Retry::IfIdempotent);
    assert!(!depends.should_retry(&Method::POST));
}

#[test]
fn no_delay_changes_no_verdict_either() {
    let always = Api::Always { retry_after: Some(RetryAfter::from_secs(0)) };
    assert_eq!(always.retry(), Retry::Always);
    assert_eq!(ALWAYS.retry(), Retry::Always);
}
