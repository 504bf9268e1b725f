//! The ready-made bodies: one snapshot each of whole responses, and each of them read back.

use std::fmt::Debug;
use std::time::Duration;

use aura_errors::{FieldError, Reason, RetryAfter, Taxonomy};
use http::StatusCode;

use super::super::support::{http, read, snapshot};
use super::{foreign, reads};

/// Compares the responses with the snapshot, and reads each back.
#[track_caller]
fn look<E: Taxonomy + PartialEq + Debug>(name: &str, errors: Vec<E>) {
    let texts: Vec<String> = errors.iter().map(http).collect();
    snapshot(name, &texts.join("\n\n"));
    for error in errors {
        let back = E::from_response(error.to_response());
        assert_eq!(back.unwrap_or_else(|other| panic!("{:?}: {other}", other.reason())), error);
    }
}

fn half_a_minute() -> Option<RetryAfter> {
    Some(Duration::from_millis(29_500).into())
}

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
enum InAura {
    #[error("Not found")]
    #[api(404)]
    NotFound,
    #[error("Not signed in")]
    #[api(401, code = none)]
    NotSignedIn,
    #[error("Bad page")]
    #[api(400)]
    BadPage(Option<String>),
    #[error("Invalid")]
    #[api(422)]
    Invalid(Vec<FieldError>),
    #[error("Price was {price}")]
    #[api(409)]
    Price { price: u32, currency: Option<String> },
    #[error("Slow down")]
    #[api(429, detail = "Once in a second")]
    SlowDown {
        #[api(retry_after)]
        retry_after: Option<RetryAfter>,
    },
}

#[test]
fn aura() {
    look(
        "body_aura",
        vec![
            InAura::NotFound,
            InAura::NotSignedIn,
            InAura::BadPage(None),
            InAura::BadPage(Some("page must be positive".into())),
            InAura::Invalid(vec![FieldError::missing(["body", "items"]).at(0).at("name")]),
            InAura::Price { price: 50, currency: None },
            InAura::SlowDown { retry_after: Some(RetryAfter::from_secs(30)) },
        ],
    );
}

#[test]
fn aura_is_the_default() {
    #[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
    #[api(body = aura)]
    enum Named {
        #[error("Not found")]
        #[api(404)]
        NotFound,
    }
    assert_eq!(http(&Named::NotFound), http(&InAura::NotFound));
}

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = problem)]
enum InProblem {
    /// Out of credit.
    #[error("Your balance is {balance}, but that costs {price}")]
    #[api(403, docs_url = "https://example.com/errors/{name}")]
    OutOfCredit { balance: u32, price: u32 },
    #[error("Not found")]
    #[api(404)]
    NotFound,
    #[error("Not signed in")]
    #[api(401, code = none)]
    NotSignedIn,
    /// Too many requests at once.
    #[error("Slow down")]
    #[api(429)]
    SlowDown {
        #[api(detail)]
        detail: Option<String>,
        #[api(retry_after)]
        retry_after: Option<RetryAfter>,
    },
    #[error("Server trouble")]
    #[api("5XX")]
    Server {
        #[api(status)]
        status: StatusCode,
    },
}

#[test]
fn problem() {
    look(
        "body_problem",
        vec![
            InProblem::OutOfCredit { balance: 30, price: 50 },
            InProblem::NotFound,
            InProblem::NotSignedIn,
            InProblem::SlowDown { detail: None, retry_after: None },
            InProblem::SlowDown {
                detail: Some("Once in a second".into()),
                retry_after: Some(RetryAfter::from_secs(30)),
            },
            InProblem::Server { status: StatusCode::GATEWAY_TIMEOUT },
        ],
    );
}

#[test]
fn every_member_of_a_problem_is_optional() {
    reads(401, "{}", InProblem::NotSignedIn);
    reads(404, r#"{"code":"not_found"}"#, InProblem::NotFound);
    reads(
        403,
        r#"{"code":"out_of_credit","balance":1,"price":2}"#,
        InProblem::OutOfCredit { balance: 1, price: 2 },
    );
}

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = problem(type), code_prefix = "https://example.com/probs/", rename_all = "kebab-case")]
enum InProblemType {
    /// Out of credit.
    #[error("Your balance is {balance}, but that costs {price}")]
    #[api(403)]
    OutOfCredit { balance: u32, price: u32 },
    #[error("Nothing more to say")]
    #[api(404, code = "about:blank" | none)]
    Blank,
}

#[test]
fn problem_whose_type_is_the_identity() {
    look(
        "body_problem_type",
        vec![InProblemType::OutOfCredit { balance: 30, price: 50 }, InProblemType::Blank],
    );
    reads(404, r#"{"title":"Not Found"}"#, InProblemType::Blank);
    let other = read::<InProblemType>(403, r#"{"type":"https://example.com/probs/other"}"#).unwrap_err();
    assert_eq!(*other.reason(), Reason::UnknownCode);
}

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = google, rename_all = "SCREAMING_SNAKE_CASE", fields(rename_all = "camelCase"))]
enum InGoogle {
    #[error("No such zone")]
    #[api(404)]
    NotFound,
    #[error("API key not valid")]
    #[api(400, code = "INVALID_ARGUMENT", slot(reason = "API_KEY_INVALID", domain = "googleapis.com"))]
    ApiKeyInvalid { service_name: String },
    #[error("{text}")]
    #[api(400)]
    InvalidArgument {
        #[api(message)]
        text: String,
    },
    #[error("Out of quota")]
    #[api(429, slot(reason = "RATE_LIMIT_EXCEEDED"))]
    ResourceExhausted {
        #[api(retry_after)]
        retry_after: Option<RetryAfter>,
    },
}

#[test]
fn google() {
    look(
        "body_google",
        vec![
            InGoogle::NotFound,
            InGoogle::ApiKeyInvalid { service_name: "maps.googleapis.com".into() },
            InGoogle::InvalidArgument { text: "Not a zone".into() },
            InGoogle::ResourceExhausted { retry_after: None },
            InGoogle::ResourceExhausted { retry_after: half_a_minute() },
        ],
    );
}

#[test]
fn the_reason_of_a_google_error_tells_apart_what_has_one_status() {
    reads(
        400,
        r#"{"error":{"code":400,"message":"m","status":"INVALID_ARGUMENT","details":[{"@type":"type.googleapis.com/google.rpc.Help"},{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"API_KEY_INVALID","domain":"googleapis.com","metadata":{"serviceName":"s"}}]}}"#,
        InGoogle::ApiKeyInvalid { service_name: "s".into() },
    );
    reads(
        400,
        r#"{"error":{"code":400,"message":"m","status":"INVALID_ARGUMENT","details":[{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"OTHER","domain":"googleapis.com"}]}}"#,
        InGoogle::InvalidArgument { text: "m".into() },
    );
}

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = json_api)]
enum InJsonApi {
    /// Invalid attribute
    #[error("First name must contain at least two characters.")]
    #[api(422, docs_url = "https://example.com/errors/{name}")]
    InvalidAttribute { pointer: String },
    /// Invalid parameter
    #[error("There is no such parameter")]
    #[api(400)]
    InvalidParameter { parameter: Option<String>, header: Option<String>, allowed: Vec<String> },
    #[error("Not found")]
    #[api(404)]
    NotFound,
}

#[test]
fn json_api() {
    look(
        "body_json_api",
        vec![
            InJsonApi::InvalidAttribute { pointer: "/data/attributes/firstName".into() },
            InJsonApi::InvalidParameter {
                parameter: Some("sort".into()),
                header: None,
                allowed: vec!["page".into()],
            },
            InJsonApi::InvalidParameter { parameter: None, header: None, allowed: vec![] },
            InJsonApi::NotFound,
        ],
    );
}

#[test]
fn every_member_of_a_json_api_error_is_optional_and_the_first_error_is_read() {
    reads(404, r#"{"errors":[{"code":"not_found"},{"code":"other"}]}"#, InJsonApi::NotFound);
}

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = oauth2, header("Cache-Control" = "no-store"))]
enum InOAuth2 {
    #[error("The authorization code has expired")]
    #[api(400, docs_url = "https://example.com/errors/{code}")]
    InvalidGrant,
    #[error("Client authentication failed")]
    #[api(401, header("WWW-Authenticate" = "Basic"))]
    InvalidClient,
    #[error("No such scope")]
    #[api(400)]
    InvalidScope { scope: Option<String> },
    #[error("Try again later")]
    #[api(503)]
    TemporarilyUnavailable,
}

#[test]
fn oauth2() {
    look(
        "body_oauth2",
        vec![
            InOAuth2::InvalidGrant,
            InOAuth2::InvalidClient,
            InOAuth2::InvalidScope { scope: Some("all".into()) },
            InOAuth2::InvalidScope { scope: None },
            InOAuth2::TemporarilyUnavailable,
        ],
    );
}

#[test]
fn only_the_code_of_an_oauth2_error_is_required() {
    reads(400, r#"{"error":"invalid_grant"}"#, InOAuth2::InvalidGrant);
    foreign::<InOAuth2>(400, r#"{"error_description":"nothing more"}"#);
}

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = text)]
enum InText {
    #[error("No such page, \"sorry\" — é")]
    #[api(404)]
    NotFound,
    #[error("{0}")]
    #[api(400)]
    BadRequest(#[api(message)] String),
    #[error("Slow down")]
    #[api(429)]
    SlowDown {
        #[api(retry_after)]
        retry_after: Option<RetryAfter>,
    },
    #[error("Server trouble")]
    #[api("5XX")]
    Server {
        #[api(status)]
        status: StatusCode,
    },
}

#[test]
fn text() {
    look(
        "body_text",
        vec![
            InText::NotFound,
            InText::BadRequest("two\nlines".into()),
            InText::SlowDown { retry_after: Some(RetryAfter::from_secs(30)) },
            InText::Server { status: StatusCode::BAD_GATEWAY },
        ],
    );
    reads(404, "whatever it says", InText::NotFound);
    foreign::<InText>(404, "");
}

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = empty, header("X-Api" = "1"))]
enum InEmpty {
    #[error("Not found")]
    #[api(404)]
    NotFound,
    #[error("Slow down")]
    #[api(429)]
    SlowDown {
        #[api(retry_after)]
        retry_after: Option<RetryAfter>,
    },
}

#[test]
fn empty() {
    look(
        "body_empty",
        vec![InEmpty::NotFound, InEmpty::SlowDown { retry_after: Some(RetryAfter::from_secs(30)) }],
    );
    reads(404, "\r\n", InEmpty::NotFound);
    foreign::<InEmpty>(404, "not empty");
}

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = none)]
enum InNone {
    #[error("Not found")]
    #[api(404)]
    NotFound,
    #[error("Server trouble")]
    #[api("5XX")]
    Server {
        #[api(status)]
        status: StatusCode,
        #[api(retry_after)]
        retry_after: Option<RetryAfter>,
    },
}

#[test]
fn none() {
    look(
        "body_none",
        vec![
            InNone::NotFound,
            InNone::Server {
                status: StatusCode::SERVICE_UNAVAILABLE,
                retry_after: Some(RetryAfter::from_secs(30)),
            },
        ],
    );
    for body in ["", "not empty", "{}", r#"{"error":"x","error_code":"y"}"#, "\u{0}"] {
        reads(404, body, InNone::NotFound);
    }
}
