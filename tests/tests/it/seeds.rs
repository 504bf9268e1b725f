//! The two APIs this project started from: every documented fact of their error pages.

use std::time::{Duration, UNIX_EPOCH};

use aura_errors::{Class, Classes, Classify, Code, FieldError, Reason, Retry, RetryAfter, Taxonomy};
use aura_errors_tests::seeds::{AuraError, AuroraError};
use http::{Method, StatusCode};

use crate::support::{body, http, read, response, snapshot};

/// The bodies that the Aura API's page shows.
const FORMAT: &str = include_str!("../fixtures/aura/format.json");
const NOT_AUTHENTICATED: &str = include_str!("../fixtures/aura/401.json");
const NOT_FOUND: &str = include_str!("../fixtures/aura/404.json");
const VALIDATION: &str = include_str!("../fixtures/aura/422.json");

const ALWAYS: Retry = Retry::Always;
const IF_IDEMPOTENT: Retry = Retry::IfIdempotent;
const NEVER: Retry = Retry::Never;

fn classes(classes: &[Class]) -> Classes {
    classes.iter().copied().collect()
}

fn said() -> Option<String> {
    Some("Additional context or validation details".to_owned())
}

fn missing_name() -> AuraError {
    AuraError::Validation(vec![FieldError::missing(["body", "name"])])
}

// ---------------------------------------------------------------------------------------------
// Aura
// ---------------------------------------------------------------------------------------------

#[test]
fn aura_responses() {
    let errors = [
        AuraError::BadRequest(None),
        AuraError::BadRequest(Some("page must be positive".into())),
        AuraError::NotAuthenticated,
        AuraError::WrongAuthScheme,
        AuraError::NotFound,
        missing_name(),
        AuraError::Validation(vec![]),
        AuraError::RateLimited { retry_after: None },
        AuraError::RateLimited { retry_after: Some(Duration::from_millis(29_500).into()) },
        AuraError::RateLimited {
            retry_after: Some(RetryAfter::at(UNIX_EPOCH + Duration::from_secs(1_700_000_000))),
        },
        AuraError::Internal,
    ];
    snapshot("seed_aura", &errors.iter().map(http).collect::<Vec<_>>().join("\n\n"));
    for spec in AuraError::catalog() {
        assert!(errors.iter().any(|error| error.spec() == spec), "{} is not shown", spec.variant());
    }
}

#[test]
fn aura_documented_bodies_are_the_variants_they_document() {
    assert_eq!(read::<AuraError>(401, NOT_AUTHENTICATED).unwrap(), AuraError::NotAuthenticated);
    assert_eq!(read::<AuraError>(404, NOT_FOUND).unwrap(), AuraError::NotFound);
    assert_eq!(read::<AuraError>(422, VALIDATION).unwrap(), missing_name());
}

#[test]
fn aura_documented_bodies_are_written_as_documented() {
    for (error, documented) in [
        (AuraError::NotAuthenticated, NOT_AUTHENTICATED),
        (AuraError::NotFound, NOT_FOUND),
        (missing_name(), VALIDATION),
    ] {
        let written: serde_json::Value = serde_json::from_str(&body(&error)).unwrap();
        assert_eq!(written, serde_json::from_str::<serde_json::Value>(documented).unwrap());
        // As it stands on the page, but for the spaces.
        let compact: String = documented.split('"').enumerate().fold(String::new(), |mut out, (at, part)| {
            if at > 0 {
                out.push('"');
            }
            if at % 2 == 0 {
                out.extend(part.chars().filter(|character| !character.is_whitespace()));
            } else {
                out.push_str(part);
            }
            out
        });
        assert_eq!(body(&error), compact);
    }
}

#[test]
fn aura_status_table() {
    let rows: [(u16, &str, AuraError, &[Class], Retry); 7] = [
        (400, FORMAT, AuraError::BadRequest(said()), &[Class::Validation], NEVER),
        (401, NOT_AUTHENTICATED, AuraError::NotAuthenticated, &[Class::Auth], NEVER),
        (403, FORMAT, AuraError::WrongAuthScheme, &[Class::Auth], NEVER),
        (404, NOT_FOUND, AuraError::NotFound, &[Class::NotFound], NEVER),
        (422, VALIDATION, missing_name(), &[Class::Validation], NEVER),
        (429, FORMAT, AuraError::RateLimited { retry_after: None }, &[Class::RateLimit], ALWAYS),
        (500, FORMAT, AuraError::Internal, &[Class::Internal], IF_IDEMPOTENT),
    ];
    for (status, body, expected, expected_classes, retry) in rows {
        let error = read::<AuraError>(status, body).unwrap_or_else(|other| panic!("{status}: {other}"));
        assert_eq!(error, expected, "{status}");
        assert_eq!(error.classes(), classes(expected_classes), "{status}");
        assert_eq!(error.retry(), retry, "{status}");
        assert_eq!(error.status().as_u16(), status);
    }
    let documented: Vec<u16> = AuraError::catalog().iter().map(|spec| spec.status().as_u16()).collect();
    assert_eq!(documented, [400, 401, 403, 404, 422, 429, 500]);
}

#[test]
fn aura_successes_are_no_errors() {
    for status in [200, 201] {
        let other = read::<AuraError>(status, FORMAT).unwrap_err();
        assert!(other.classes().is_empty(), "{status}");
        assert!(!other.is_retryable());
    }
}

#[test]
fn aura_403_is_about_who_calls_not_about_what_it_may() {
    let error = read::<AuraError>(403, FORMAT).unwrap();
    assert!(error.is_auth() && !error.is_permission());
}

#[test]
fn aura_statuses_without_a_documented_code_take_any_and_none() {
    for (status, expected) in [
        (400, AuraError::BadRequest(None)),
        (403, AuraError::WrongAuthScheme),
        (429, AuraError::RateLimited { retry_after: None }),
        (500, AuraError::Internal),
    ] {
        for code in [
            "",
            r#","error_code":null"#,
            r#","error_code":"""#,
            r#","error_code":"whatever""#,
            r#","error_code":7"#,
        ] {
            let complete = !code.is_empty();
            let body = format!(r#"{{"error":"m","detail":"m"{code}}}"#);
            let result = read::<AuraError>(status, body.clone());
            // The page promises one shape, of which the code is a part.
            assert_eq!(result.is_ok(), complete, "{status} {body}");
            if let Ok(error) = result {
                assert_eq!(error, expected, "{status} {body}");
            }
        }
    }
}

#[test]
fn aura_unknown_codes_of_documented_statuses_are_unknown() {
    for status in [401, 404, 422] {
        let other = read::<AuraError>(status, FORMAT).unwrap_err();
        assert_eq!(*other.reason(), Reason::UnknownCode, "{status}");
        assert_eq!(*other.code(), "machine_readable_code");
        assert_eq!(other.message(), Some("Human-readable message"));
        assert_eq!(other.body(), FORMAT);
    }
}

#[test]
fn aura_other_statuses_are_not_guessed_at() {
    for status in [402, 405, 409, 502, 503, 504] {
        let other = read::<AuraError>(status, NOT_FOUND).unwrap_err();
        assert!(matches!(other.reason(), Reason::Foreign { .. }), "{status}");
        assert_eq!(other.classes(), Classes::of_status(status), "{status}");
    }
}

#[test]
fn aura_delay_is_that_of_the_retry_after_header() {
    let delay = |headers: &[(&'static str, &str)]| {
        let error = AuraError::from_response(response(429, headers, FORMAT)).unwrap();
        let AuraError::RateLimited { retry_after } = &error else { panic!("{error:?}") };
        assert_eq!(*retry_after, error.retry_after());
        retry_after.and_then(RetryAfter::as_delay)
    };
    assert_eq!(delay(&[("Retry-After", "30")]), Some(Duration::from_secs(30)));
    assert_eq!(
        delay(&[("Date", "Tue, 14 Nov 2023 22:13:20 GMT"), ("Retry-After", "Tue, 14 Nov 2023 22:13:50 GMT")]),
        Some(Duration::from_secs(30))
    );
    assert_eq!(delay(&[]), None);
    assert_eq!(delay(&[("Retry-After", "soon")]), None);
}

#[test]
fn aura_a_limit_may_be_retried_whatever_the_method_and_a_failure_only_where_that_is_safe() {
    let limited = AuraError::RateLimited { retry_after: None };
    assert!(limited.should_retry(&Method::GET) && limited.should_retry(&Method::POST));
    assert!(
        AuraError::Internal.should_retry(&Method::GET) && !AuraError::Internal.should_retry(&Method::POST)
    );
    assert!(!AuraError::NotFound.should_retry(&Method::GET));
}

#[test]
fn aura_a_limit_without_a_body_of_theirs_is_still_a_limit() {
    let headers = [("Retry-After", "7")];
    let other = AuraError::from_response(response(429, &headers, "<html>slow down</html>")).unwrap_err();
    assert!(other.is_rate_limit());
    assert_eq!(other.retry(), ALWAYS);
    assert_eq!(other.retry_after(), Some(RetryAfter::from_secs(7)));
}

#[test]
fn aura_writes_default_codes_where_the_page_names_none() {
    assert_eq!(AuraError::BadRequest(None).code(), "bad_request");
    assert_eq!(AuraError::NotFound.code(), Code::None);
    assert_eq!(AuraError::Validation(vec![]).code(), "validation");
    assert_eq!(AuraError::catalog().fallback().map(|spec| spec.variant()), Some("Internal"));
}

// ---------------------------------------------------------------------------------------------
// Aurora
// ---------------------------------------------------------------------------------------------

#[test]
fn aurora_responses() {
    let errors = [
        AuroraError::Unauthorized,
        AuroraError::NotFound,
        AuroraError::Unprocessable,
        AuroraError::TooManyRequests { retry_after: None },
        AuroraError::TooManyRequests { retry_after: Some(RetryAfter::from_secs(60)) },
        AuroraError::Internal { status: StatusCode::INTERNAL_SERVER_ERROR },
        AuroraError::Internal { status: StatusCode::SERVICE_UNAVAILABLE },
        AuroraError::Internal { status: StatusCode::NOT_FOUND },
    ];
    snapshot("seed_aurora", &errors.iter().map(http).collect::<Vec<_>>().join("\n\n"));
    for spec in AuroraError::catalog() {
        assert!(errors.iter().any(|error| error.spec() == spec), "{} is not shown", spec.variant());
    }
}

/// Whatever the body holds.
const BODIES: [&str; 8] = [
    "",
    "{}",
    "null",
    "<html><h1>Error</h1></html>",
    r#"{"error":"Not found","error_code":"not_found","detail":"x"}"#,
    r#"{"code":"unauthorized","status":401}"#,
    "{\"broken\":",
    "\u{0}\u{1}",
];

#[test]
fn aurora_status_table() {
    let rows: [(u16, AuroraError, &[Class], Retry); 4] = [
        (401, AuroraError::Unauthorized, &[Class::Permission], NEVER),
        (404, AuroraError::NotFound, &[Class::NotFound], NEVER),
        (422, AuroraError::Unprocessable, &[Class::Validation, Class::Auth], NEVER),
        (429, AuroraError::TooManyRequests { retry_after: None }, &[Class::RateLimit], ALWAYS),
    ];
    for (status, expected, expected_classes, retry) in rows {
        for body in BODIES {
            let error = read::<AuroraError>(status, body).unwrap_or_else(|other| panic!("{status}: {other}"));
            assert_eq!(error, expected, "{status} {body:?}");
            assert_eq!(error.classes(), classes(expected_classes), "{status}");
            assert_eq!(error.retry(), retry, "{status}");
        }
    }
}

#[test]
fn aurora_401_is_about_what_the_caller_may_and_422_about_both() {
    assert!(AuroraError::Unauthorized.is_permission() && !AuroraError::Unauthorized.is_auth());
    let unprocessable = AuroraError::Unprocessable;
    assert!(unprocessable.is_validation() && unprocessable.is_auth() && !unprocessable.is_permission());
}

#[test]
fn aurora_every_5xx_is_the_one_entry_with_its_status_kept() {
    for number in 500..=599 {
        let status = StatusCode::from_u16(number).unwrap();
        for body in BODIES {
            let error = read::<AuroraError>(number, body).unwrap();
            assert_eq!(error, AuroraError::Internal { status }, "{number} {body:?}");
            assert_eq!(error.status(), status);
            assert_eq!(error.to_response().status(), status);
            assert_eq!(error.classes(), Classes::of_status(number), "{number}");
            let expected = match number {
                501 | 505 | 506 | 508 | 510 | 511 => NEVER,
                // 503 too: it is known by its status alone.
                _ => IF_IDEMPOTENT,
            };
            assert_eq!(error.retry(), expected, "{number}");
        }
    }
    let entries: Vec<_> =
        AuroraError::catalog().iter().filter(|spec| *spec.statuses().start() >= 500).collect();
    assert_eq!(entries.len(), 1);
    assert_eq!(entries[0].statuses(), 500..=599);
}

#[test]
fn aurora_statuses_that_are_not_documented_are_foreign() {
    for status in (400..500).filter(|status| ![401, 404, 422, 429].contains(status)) {
        let other = read::<AuroraError>(status, "{}").unwrap_err();
        assert!(matches!(other.reason(), Reason::Foreign { .. }), "{status}");
    }
    assert!(read::<AuroraError>(200, "").is_err());
}

#[test]
fn aurora_delay_is_that_of_the_retry_after_header() {
    let headers = [("Retry-After", "41")];
    let error = AuroraError::from_response(response(429, &headers, "")).unwrap();
    assert_eq!(error, AuroraError::TooManyRequests { retry_after: Some(RetryAfter::from_secs(41)) });
    assert_eq!(error.retry_after(), Some(RetryAfter::from_secs(41)));
    let fraction = [("Retry-After", "0.25")];
    let error = AuroraError::from_response(response(429, &fraction, "{}")).unwrap();
    assert_eq!(error.retry_after().and_then(RetryAfter::as_delay), Some(Duration::from_millis(250)));
    assert_eq!(error.to_response().headers()["retry-after"], "1");
}

#[test]
fn aurora_sends_no_body() {
    for error in AuroraError::examples() {
        let response = error.to_response();
        assert!(response.body().is_empty());
        assert!(!response.headers().contains_key("content-type"));
    }
}
