//! What a caller should do about a response that was not recognised.

use std::time::{Duration, SystemTime};

use aura_errors::{Class, Classes, Classify, Reason, Retry, RetryAfter, Taxonomy, Unrecognized};
use http::{HeaderMap, HeaderValue, Method, StatusCode};

use crate::support::{read, response};

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = { "error": message, "code": code, ..fields })]
enum Api {
    #[error("plain")]
    #[api(400)]
    Plain { count: u32 },
    #[error("declared")]
    #[api(404, class(permission, auth), retry = always)]
    Declared { count: u32 },
    #[error("exact")]
    #[api(503)]
    Exact {
        #[api(expose)]
        count: u32,
    },
    #[error("range")]
    #[api("5XX")]
    Range {
        #[api(expose)]
        count: u32,
        #[api(status)]
        status: StatusCode,
    },
}

fn unrecognized(status: u16, code: &str) -> Unrecognized {
    read::<Api>(status, format!(r#"{{"error":"m","code":"{code}"}}"#)).unwrap_err()
}

#[test]
fn by_status_as_the_status_alone() {
    for number in 400..=599 {
        let status = StatusCode::from_u16(number).unwrap();
        for other in [read::<Api>(number, "<html>").unwrap_err(), unrecognized(number, "new")] {
            assert_eq!(other.classes(), status.classes(), "{number}");
            assert_eq!(other.retry(), status.retry(), "{number}");
            for method in [Method::GET, Method::POST] {
                assert_eq!(other.should_retry(&method), status.should_retry(&method));
            }
        }
    }
    // Known by status alone, although the catalogue declares it exactly.
    assert_eq!(unrecognized(503, "new").retry(), Retry::IfIdempotent);
}

#[test]
fn by_the_errors_own_classes_where_only_its_fields_do_not_fit() {
    let declared = unrecognized(404, "declared");
    assert!(matches!(declared.reason(), Reason::Fields { .. }));
    assert_eq!(declared.classes(), Classes::of(Class::Permission).with(Class::Auth));
    assert!(declared.is_auth() && declared.is_permission() && !declared.is_not_found());
    assert_eq!(declared.retry(), Retry::Always);
    // Also with another status.
    assert_eq!(unrecognized(500, "declared").classes(), declared.classes());
    assert_eq!(unrecognized(500, "plain").classes(), Classes::of(Class::Validation));
    assert_eq!(unrecognized(503, "exact").retry(), Retry::Always);
    let range = unrecognized(504, "range");
    assert_eq!(range.classes(), Classes::of(Class::Timeout));
    assert_eq!(unrecognized(501, "range").retry(), Retry::Never);
    assert_eq!(unrecognized(503, "range").retry(), Retry::IfIdempotent);
}

#[test]
fn what_is_no_error_status_is_no_error_and_never_retried() {
    for status in [100, 200, 302, 399, 600, 999] {
        let other = read::<Api>(status, "").unwrap_err();
        assert!(other.classes().is_empty(), "{status}");
        assert_eq!(other.retry(), Retry::Never);
    }
}

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = { "error": message, "code": code, ..fields }, retry_header = "X-Should-Retry",
      reset_header("X-RateLimit-Reset" = epoch))]
enum Judged {
    #[error("plain")]
    #[api(400)]
    Plain { count: u32 },
    #[error("always")]
    #[api(429)]
    Limited { count: u32 },
}

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = none)]
enum Outer {
    #[error(transparent)]
    #[api(transparent)]
    Judged(#[from] Judged),
}

fn judged(status: u16, verdict: &str) -> Unrecognized {
    Judged::from_response(response(status, &[("X-Should-Retry", verdict)], "")).unwrap_err()
}

#[test]
fn the_servers_own_verdict_wins_both_ways() {
    for (verdict, expected) in
        [("true", Retry::Always), ("false", Retry::Never), (" TRUE ", Retry::Always), ("False", Retry::Never)]
    {
        for status in [400, 404, 429, 500, 501, 503] {
            assert_eq!(judged(status, verdict).retry(), expected, "{status} {verdict}");
        }
    }
    assert!(judged(400, "true").should_retry(&Method::POST));
    assert!(!judged(429, "false").is_retryable());
    // Over that of the error whose fields do not fit, too.
    let body = r#"{"error":"m","code":"limited"}"#;
    let headers = [("X-Should-Retry", "false")];
    let other = Judged::from_response(response(429, &headers, body)).unwrap_err();
    assert!(matches!(other.reason(), Reason::Fields { .. }));
    assert_eq!(other.retry(), Retry::Never);
    assert!(other.is_rate_limit());
}

#[test]
fn a_verdict_that_is_none_changes_nothing() {
    for verdict in ["", "maybe", "2", "truefalse"] {
        assert_eq!(judged(429, verdict).retry(), Retry::Always, "{verdict}");
        assert_eq!(judged(404, verdict).retry(), Retry::Never, "{verdict}");
    }
    let mut response = response(404, &[], "");
    response.headers_mut().insert("x-should-retry", HeaderValue::from_bytes(b"\xfftrue").unwrap());
    assert_eq!(Judged::from_response(response).unwrap_err().retry(), Retry::Never);
}

#[test]
fn a_verdict_counts_only_where_its_header_is_declared() {
    let other = Api::from_response(response(404, &[("X-Should-Retry", "true")], "")).unwrap_err();
    assert_eq!(other.retry(), Retry::Never);
    let nested = Outer::from_response(response(404, &[("X-Should-Retry", "true")], "")).unwrap_err();
    assert_eq!(nested.retry(), Retry::Always);
}

const DATE: &str = "Tue, 14 Nov 2023 22:13:20 GMT"; // 1700000000

fn delay(status: u16, headers: &[(&'static str, &str)]) -> Option<RetryAfter> {
    Judged::from_response(response(status, headers, "")).unwrap_err().retry_after()
}

#[test]
fn the_delay_of_the_headers() {
    assert_eq!(delay(503, &[]), None);
    assert_eq!(delay(503, &[("Retry-After", "7")]), Some(RetryAfter::from_secs(7)));
    let millis = [("Retry-After", "7"), ("retry-after-ms", "1500")];
    assert_eq!(delay(503, &millis), Some(Duration::from_millis(1500).into()));
    let date = [("Retry-After", "Tue, 14 Nov 2023 22:13:50 GMT"), ("Date", DATE)];
    assert_eq!(delay(503, &date), Some(RetryAfter::from_secs(30)));
    let without_date = delay(503, &date[..1]).unwrap();
    let moment = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_030);
    assert_eq!(without_date.as_date(), Some(moment));
    assert_eq!(delay(503, &[("Retry-After", "soon")]), None);
}

#[test]
fn quotas_count_for_a_rate_limit_only() {
    let reset = [("X-RateLimit-Reset", "1700000060"), ("Date", DATE)];
    let quota = [("RateLimit", "\"default\";r=0;t=5")];
    assert_eq!(delay(429, &reset), Some(RetryAfter::from_secs(60)));
    assert_eq!(delay(429, &quota), Some(RetryAfter::from_secs(5)));
    let both = [reset[0], reset[1], quota[0]];
    assert_eq!(delay(429, &both), Some(RetryAfter::from_secs(5)));
    for status in [400, 403, 500, 503] {
        assert_eq!(delay(status, &both), None, "{status}");
    }
    // A rate limit by the error's own class, though its fields do not fit.
    let body = r#"{"error":"m","code":"limited"}"#;
    let other = Judged::from_response(response(400, &both, body)).unwrap_err();
    assert_eq!(other.retry_after(), Some(RetryAfter::from_secs(5)));
    // Not declared by this taxonomy.
    let other = Api::from_response(response(429, &reset, "")).unwrap_err();
    assert_eq!(other.retry_after(), None);
}

#[test]
fn a_delay_never_makes_it_retryable() {
    let other = Api::from_response(response(404, &[("Retry-After", "7")], "")).unwrap_err();
    assert_eq!(other.retry_after(), Some(RetryAfter::from_secs(7)));
    assert!(!other.is_retryable());
    assert!(!other.should_retry(&Method::GET));
}

#[test]
fn an_idempotency_key_makes_a_request_repeatable() {
    let other = read::<Api>(500, "").unwrap_err();
    let mut headers = HeaderMap::new();
    assert!(!other.should_retry_request(&Method::POST, &headers));
    headers.insert("idempotency-key", HeaderValue::from_static("k"));
    assert!(other.should_retry_request(&Method::POST, &headers));
}
