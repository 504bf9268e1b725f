//! Formats of another crate: one written as a template, one implemented by hand.

use std::io::{self, Write};
use std::time::Duration;

use aura_errors::body::{BodyFormat, BodyView, ErrorView, Identity};
use aura_errors::{Code, Reason, RetryAfter, Taxonomy};
use aura_errors_tests_foreign::{Acme, LedgerError, Legacy, StoreError};
use http::StatusCode;

use super::super::support::{body, http, read, response, snapshot};
use super::{check, foreign, reads};

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = Acme)]
enum InAcme {
    #[error("No such customer")]
    #[api(404, slot(kind = "invalid_request_error"), docs_url = "https://acme.example/{name}")]
    NoCustomer { param: String, tried: u8 },

    #[error("Out of order")]
    #[api(500, code = none, slot(kind = "api_error"))]
    Internal,

    #[error("Own body in between")]
    #[api(409, body = { "clash": code } | Acme)]
    Clash,
}

#[test]
fn a_named_format_of_another_crate_is_used_like_a_template() {
    check(
        InAcme::NoCustomer { param: "id".into(), tried: 2 },
        r#"{"error":{"type":"invalid_request_error","code":"no_customer","message":"No such customer","param":"id","doc_url":"https://acme.example/no_customer","tried":2}}"#,
    );
    check(InAcme::Internal, r#"{"error":{"type":"api_error","message":"Out of order"}}"#);
    check(InAcme::Clash, r#"{"clash":"clash"}"#);
    reads(409, r#"{"error":{"code":"clash","message":"m"}}"#, InAcme::Clash);
    foreign::<InAcme>(500, r#"{"error":{"type":"other_error","message":"m"}}"#);
}

#[test]
fn a_named_format_brings_its_content_type() {
    assert_eq!(InAcme::Internal.to_response().headers()["content-type"], "application/vnd.acme+json");
    assert_eq!(Acme::CONTENT_TYPE, Some("application/vnd.acme+json"));
}

#[test]
fn a_taxonomy_of_another_crate_travels_in_the_format_beside_it() {
    let errors = [
        StoreError::ArticleNotFound { param: Some("sku".into()) },
        StoreError::ArticleNotFound { param: None },
        StoreError::ShelfFull { capacity: 12 },
        StoreError::Closed { retry_after: Some(RetryAfter::from_secs(3600)) },
    ];
    snapshot("body_acme", &errors.iter().map(http).collect::<Vec<_>>().join("\n\n"));
    for error in errors {
        assert_eq!(StoreError::from_response(error.to_response()).unwrap(), error);
    }
}

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = Legacy)]
enum InLegacy {
    #[error("Not found")]
    #[api(404)]
    NotFound,

    #[error("Clash")]
    #[api(409)]
    Clash(Vec<u8>),

    #[error("{text}")]
    #[api(400, code = "bad" | none)]
    Bad {
        #[api(message)]
        text: String,
        #[serde(rename = "lineNumber", alias = "line")]
        line: Option<u32>,
    },

    #[error("Wait")]
    #[api("5XX", code = 17)]
    Wait {
        #[api(retry_after)]
        after: Option<RetryAfter>,
        #[api(status)]
        status: StatusCode,
    },

    #[error("Needs a field")]
    #[api(412)]
    Precondition { etag: String },
}

#[test]
fn a_format_by_hand_writes_from_the_view() {
    check(InLegacy::NotFound, r#"{"errorCode":"not_found","errorMessage":"Not found","httpStatus":404}"#);
    check(
        InLegacy::Bad { text: "x \"y\"".into(), line: Some(3) },
        r#"{"data":{"lineNumber":3},"errorCode":"bad","errorMessage":"x \"y\"","httpStatus":400}"#,
    );
    check(
        InLegacy::Wait { after: Some(Duration::from_millis(1_500).into()), status: StatusCode::BAD_GATEWAY },
        r#"{"errorCode":"17","errorMessage":"Wait","httpStatus":502,"waitSeconds":1.5}"#,
    );
    check(
        InLegacy::Clash(vec![1, 2]),
        r#"{"errorCode":"clash","errorMessage":"Clash","httpStatus":409,"info":[1,2]}"#,
    );
    check(
        InLegacy::Precondition { etag: "e".into() },
        r#"{"data":{"etag":"e"},"errorCode":"precondition","errorMessage":"Needs a field","httpStatus":412}"#,
    );
}

#[test]
fn a_format_by_hand_finds_the_identity_wherever_it_stands() {
    let expected = || InLegacy::Bad { text: "no luck".into(), line: None };
    reads(400, r#"{"errorCode":"bad","errorMessage":"no luck"}"#, expected());
    reads(400, r#"{"fault":{"code":"bad","string":"no luck"}}"#, expected());
    reads(400, r#"{"errorMessage":"bad: no luck"}"#, expected());
    reads(400, r#"{"errorMessage":"no luck"}"#, expected());
    reads(
        400,
        r#"{"errorMessage":"bad: no luck","data":{"line":4}}"#,
        InLegacy::Bad { text: "no luck".into(), line: Some(4) },
    );
    let by_header = response(400, &[("X-Fault-Code", "bad")], r#"{"errorMessage":"no luck"}"#);
    assert_eq!(InLegacy::from_response(by_header).unwrap(), expected());
}

#[test]
fn a_format_by_hand_is_subject_to_the_same_rules() {
    let unknown = read::<InLegacy>(404, r#"{"errorCode":"other","errorMessage":"m"}"#).unwrap_err();
    assert_eq!(*unknown.reason(), Reason::UnknownCode);
    assert_eq!((unknown.code(), unknown.message()), (&Code::from_static("other"), Some("m")));

    foreign::<InLegacy>(404, "<html>");
    foreign::<InLegacy>(404, r#"{"errorMessage":"without a code, which it always has"}"#);

    let unfit = read::<InLegacy>(412, r#"{"errorCode":"precondition","errorMessage":"m"}"#).unwrap_err();
    assert!(
        matches!(unfit.reason(), Reason::Fields { path, .. } if path.contains("etag")),
        "{:?}",
        unfit.reason()
    );
}

#[test]
fn a_format_by_hand_brings_its_content_type() {
    let response = InLegacy::NotFound.to_response();
    assert_eq!(response.headers()["content-type"], "application/x-legacy+json");
    let errors = [
        LedgerError::AccountUnknown { account: "NL-1".into() },
        LedgerError::BooksLocked { retry_after: Some(Duration::from_millis(2_250).into()) },
        LedgerError::BooksLocked { retry_after: None },
    ];
    snapshot("body_legacy", &errors.iter().map(http).collect::<Vec<_>>().join("\n\n"));
    for error in errors {
        assert_eq!(LedgerError::from_response(error.to_response()).unwrap(), error);
    }
}

/// A format that never succeeds.
struct Broken;

impl BodyFormat for Broken {}

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
enum WithBroken {
    #[error("broken")]
    #[api(400, body = Broken)]
    Broken,

    #[error("broken without a code")]
    #[api(409, code = none, body = Broken)]
    Codeless,

    #[error("Out of order")]
    #[api(500, fallback)]
    Internal,
}

#[test]
fn a_format_that_reads_nothing_finds_nothing() {
    foreign::<WithBroken>(400, "broken");
    foreign::<WithBroken>(409, "");
    assert_eq!(Broken::schema(&WithBroken::catalog().errors()[0]), None);
}

#[test]
fn a_format_that_fails_to_write_becomes_the_fallback() {
    let response = WithBroken::Broken.to_response();
    assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
    assert_eq!(response.body(), WithBroken::Internal.to_response().body());
    assert_eq!(
        body(&WithBroken::Broken),
        r#"{"error":"Out of order","error_code":"internal","detail":"Out of order"}"#
    );
}

/// Two formats by hand, which read different bodies.
struct Before;
struct After;

impl BodyFormat for Before {
    fn write(error: &ErrorView<'_>, out: &mut Vec<u8>) -> io::Result<()> {
        write!(out, "<{}", error.code())
    }

    fn identify<'a>(body: &BodyView<'a>) -> Option<Identity<'a>> {
        let code = std::str::from_utf8(body.bytes()).ok()?.strip_prefix('<')?;
        Some(Identity::new().with_code(code.to_owned()))
    }
}

impl BodyFormat for After {
    fn write(error: &ErrorView<'_>, out: &mut Vec<u8>) -> io::Result<()> {
        write!(out, "{}>", error.code())
    }

    fn identify<'a>(body: &BodyView<'a>) -> Option<Identity<'a>> {
        let code = std::str::from_utf8(body.bytes()).ok()?.strip_suffix('>')?;
        Some(Identity::new().with_code(code.to_owned()))
    }
}

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
enum TwoByHand {
    #[error("before")]
    #[api(400, body = Before)]
    Before,

    #[error("after")]
    #[api(400, body = After)]
    After,
}

#[test]
fn each_error_is_read_in_its_own_format_by_hand() {
    check(TwoByHand::Before, "<before");
    check(TwoByHand::After, "after>");
    foreign::<TwoByHand>(400, "before");
}

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = Broken)]
enum AllBroken {
    #[error("a")]
    #[api(400)]
    A,
    #[error("internal")]
    #[api(500, fallback)]
    Internal,
}

#[derive(Debug, thiserror::Error, Taxonomy)]
enum Around {
    #[error(transparent)]
    #[api(transparent)]
    Nested(#[from] AllBroken),
    #[error("own")]
    #[api(409, body = Broken)]
    Own,
}

#[derive(Debug, thiserror::Error, Taxonomy)]
enum AroundBoth {
    #[error(transparent)]
    #[api(transparent)]
    Around(#[from] Around),
}

#[test]
fn a_nested_fallback_that_cannot_be_written_is_an_empty_500() {
    let errors = || [Around::from(AllBroken::A), Around::from(AllBroken::Internal), Around::Own];
    let outer = errors().map(|error| AroundBoth::from(error).to_response());
    // The second time too.
    for response in errors().into_iter().chain(errors()).map(|error| error.to_response()).chain(outer) {
        assert_eq!((response.status().as_u16(), response.body().len()), (500, 0));
    }
}
