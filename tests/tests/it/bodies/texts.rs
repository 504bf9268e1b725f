//! Strings with placeholders: written filled in, not compared.

use std::time::Duration;

use aura_errors::{RetryAfter, Taxonomy};
use http::StatusCode;

use super::{check, foreign, reads};

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = {
    "status": "{status}",
    "urn"?: "urn:{name}:{code}",
    "wait"?: "{retry_after}s",
    "id": code,
    "message": message
})]
enum Texts {
    #[error("All")]
    #[api(429, name = "everything", code = "ALL")]
    All {
        #[api(retry_after)]
        after: Option<RetryAfter>,
    },

    #[error("No code")]
    #[api(404, code = none)]
    NoCode,

    #[error("Range")]
    #[api("5XX")]
    Range {
        #[api(status)]
        status: StatusCode,
    },
}

#[test]
fn placeholders_in_a_string_are_filled_in() {
    check(
        Texts::All { after: Some(Duration::from_millis(2_500).into()) },
        r#"{"status":"429","urn":"urn:everything:ALL","wait":"2.5s","id":"ALL","message":"All"}"#,
    );
    check(
        Texts::Range { status: StatusCode::BAD_GATEWAY },
        r#"{"status":"502","urn":"urn:range:range","id":"range","message":"Range"}"#,
    );
}

#[test]
fn a_string_is_absent_with_what_it_shows() {
    check(Texts::NoCode, r#"{"status":"404","id":null,"message":"No code"}"#);
    check(
        Texts::All { after: None },
        r#"{"status":"429","urn":"urn:everything:ALL","id":"ALL","message":"All"}"#,
    );
}

#[test]
fn such_a_string_is_not_compared() {
    reads(404, r#"{"status":"whatever","urn":"x","id":null,"message":"m"}"#, Texts::NoCode);
}

#[test]
fn it_has_to_be_there_and_a_string() {
    foreign::<Texts>(404, r#"{"id":null,"message":"m"}"#);
    foreign::<Texts>(404, r#"{"status":404,"id":null,"message":"m"}"#);
}

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[error("padded")]
#[api(404, message = "{name:>width$}|{ratio:.digits$}", body = { "code": code, "message": message, ..fields })]
struct Padded {
    name: String,
    width: usize,
    ratio: f64,
    digits: usize,
}

#[test]
fn a_width_and_a_precision_may_be_fields() {
    let error = Padded { name: "a".into(), width: 3, ratio: 0.25, digits: 1 };
    assert_eq!(error.message(), "  a|0.2");
}
