//! Corners where two rules meet.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use aura_errors::body::{BodyFormat, BodyView, ErrorView, Identity};
use aura_errors::{CallError, Classify, Reason, RetryAfter, Sent, Taxonomy};
use http::StatusCode;
use serde::{Serialize, Serializer};

use crate::support::{body, read, response};

/// A value that can neither be displayed nor serialised.
#[derive(Debug, Clone, PartialEq)]
struct Broken;

impl fmt::Display for Broken {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        Err(fmt::Error)
    }
}

impl FromStr for Broken {
    type Err = fmt::Error;

    fn from_str(_: &str) -> Result<Self, fmt::Error> {
        Ok(Broken)
    }
}

impl Serialize for Broken {
    fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        Err(serde::ser::Error::custom("broken"))
    }
}

impl<'de> serde::Deserialize<'de> for Broken {
    fn deserialize<D: serde::Deserializer<'de>>(_: D) -> Result<Self, D::Error> {
        Ok(Broken)
    }
}

/// All fields as one line of text.
struct Fields;

impl BodyFormat for Fields {
    fn write(error: &ErrorView<'_>, out: &mut Vec<u8>) -> std::io::Result<()> {
        Ok(serde_json::to_writer(out, &error.fields())?)
    }

    fn identify<'a>(body: &BodyView<'a>) -> Option<Identity<'a>> {
        let members: BTreeMap<String, serde_json::Value> = serde_json::from_slice(body.bytes()).ok()?;
        let identity = Identity::new().with_code("rest");
        Some(
            members
                .into_iter()
                .fold(identity, |identity, (name, json)| identity.with_field(name, json.to_string())),
        )
    }
}

#[derive(Debug, thiserror::Error, Taxonomy)]
enum Failing {
    #[error("bad {value}")]
    #[api(409, body = text)]
    Displayed {
        #[api(header = "X-Value")]
        value: Broken,
    },
    #[error("bad")]
    #[api(410, body = Fields)]
    ByHand { value: Broken },
    #[error("bad")]
    #[api(401, body = text)]
    Message {
        #[api(message)]
        value: Broken,
    },
    #[error("failed")]
    #[api(500, fallback)]
    Internal,
}

#[test]
fn what_cannot_be_written_becomes_the_fallback_in_every_format() {
    for error in [
        Failing::Displayed { value: Broken },
        Failing::ByHand { value: Broken },
        Failing::Message { value: Broken },
    ] {
        assert_eq!(error.to_response().status(), 500, "{}", error.name());
        assert_eq!(body(&error), r#"{"error":"failed","error_code":"internal","detail":"failed"}"#);
        assert!(!error.message().is_empty());
    }
}

#[derive(Debug, thiserror::Error, Taxonomy)]
enum WithoutFallback {
    #[error("bad")]
    #[api(409)]
    Broken { value: Broken },
}

#[derive(Debug, thiserror::Error, Taxonomy)]
enum Outer {
    #[error(transparent)]
    #[api(transparent)]
    Nested(WithoutFallback),
    #[error("outer failure")]
    #[api(500, fallback)]
    Internal,
}

#[test]
fn a_nested_error_that_cannot_be_written_becomes_the_outer_fallback() {
    let alone = WithoutFallback::Broken { value: Broken }.to_response();
    assert_eq!((alone.status(), alone.body().len()), (StatusCode::INTERNAL_SERVER_ERROR, 0));
    let nested = Outer::Nested(WithoutFallback::Broken { value: Broken });
    assert_eq!(
        body(&nested),
        r#"{"error":"outer failure","error_code":"internal","detail":"outer failure"}"#
    );
}

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[error("rest")]
#[api(400, body = Fields)]
struct Rest {
    known: u8,
    #[serde(flatten)]
    others: BTreeMap<String, u8>,
}

#[test]
fn a_flattened_field_comes_back_through_a_format_by_hand() {
    let error = Rest { known: 1, others: BTreeMap::from([("a".into(), 2), ("b".into(), 3)]) };
    assert_eq!(Rest::from_response(error.to_response()).unwrap(), error);
}

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
enum TextToo {
    #[error("not found")]
    #[api(404)]
    NotFound,
    #[error("down")]
    #[api(503, body = text)]
    Down,
}

#[test]
fn a_page_is_not_shown_as_the_message_of_an_error() {
    for (status, page) in
        [(502, "<html>secret token=abc</html>"), (503, "secret token=abc"), (404, r#"{"secret":1}"#)]
    {
        let answer = read::<TextToo>(status, page);
        let Err(unknown) = answer else { continue };
        assert!(!unknown.to_string().contains("secret"), "{unknown}");
        assert!(!format!("{unknown:?}").contains("secret"), "{unknown:?}");
        assert_eq!(unknown.message(), None);
    }
    assert_eq!(read::<TextToo>(503, "anything").unwrap(), TextToo::Down);
}

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = { "error": message, "wait": "{retry_after}s", "more"?: "see {code}" })]
enum Texts {
    #[error("slow")]
    #[api(429, code = none)]
    Slow {
        #[api(retry_after)]
        after: Option<RetryAfter>,
    },
}

#[test]
fn a_text_that_is_absent_in_a_required_place_reads_back() {
    let error = Texts::Slow { after: None };
    assert_eq!(body(&error), r#"{"error":"slow","wait":null}"#);
    assert_eq!(Texts::from_response(error.to_response()).unwrap(), error);
}

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
enum Messages {
    #[error("{0}")]
    #[api(400)]
    Number(#[api(message)] u8),
    #[error("{0}")]
    #[api(409, body = text)]
    Text(#[api(message)] String),
}

#[test]
fn a_message_field_of_any_type_reads_back() {
    assert_eq!(Messages::from_response(Messages::Number(3).to_response()).unwrap(), Messages::Number(3));
    // An empty text body would be nobody's.
    assert_eq!(body(&Messages::Text(String::new())), "Conflict");
}

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = { "error": message, "code": code } | { "message": message })]
enum Alternatives {
    #[error("gone")]
    #[api(410)]
    Gone,
}

#[test]
fn an_alternative_without_a_place_for_the_code_is_read_without_one() {
    assert_eq!(read::<Alternatives>(410, r#"{"message":"gone"}"#).unwrap(), Alternatives::Gone);
    let other = read::<Alternatives>(410, r#"{"error":"gone","code":null}"#).unwrap_err();
    assert!(matches!(other.reason(), Reason::Foreign { .. }), "{other}");
    let unknown = read::<Alternatives>(410, r#"{"error":"gone","code":"new"}"#).unwrap_err();
    assert_eq!(*unknown.reason(), Reason::UnknownCode);
}

#[derive(Debug, thiserror::Error, Taxonomy)]
enum Sensitive {
    #[error("bad token {token}")]
    #[api(401, message = "bad token")]
    Token {
        #[api(header = "X-Token", sensitive)]
        token: String,
    },
}

#[test]
fn a_sensitive_field_is_in_no_text_for_logs() {
    let error = Sensitive::Token { token: "SECRET".into() };
    let call = CallError::<Sensitive>::from_response(error.to_response());
    assert_eq!(call.to_string(), "401 token: bad token");
    assert!(!format!("{call:?}").contains("SECRET"), "{call:?}");
    let sent = error.into_http().extensions().get::<Sent>().cloned().unwrap();
    assert!(!format!("{sent:?}").contains("SECRET"), "{sent:?}");
}

#[derive(Debug, thiserror::Error, Taxonomy)]
#[api(body = { "error": message, "code": code, "retry_after"?: retry_after })]
enum Limits {
    #[error("slow")]
    #[api(429)]
    Slow {
        #[api(retry_after)]
        after: Option<RetryAfter>,
    },
    #[error("busy")]
    #[api(503)]
    Busy,
}

#[test]
fn a_delay_in_the_body_counts_for_what_is_unknown_and_for_what_has_no_field_for_it() {
    let unknown = read::<Limits>(429, r#"{"error":"x","code":"new","retry_after":12.5}"#).unwrap_err();
    assert_eq!(unknown.retry_after(), Some(RetryAfter::from_duration(Duration::from_millis(12_500))));
    let answer = response(503, &[], r#"{"error":"busy","code":"busy","retry_after":7}"#);
    let busy = CallError::<Limits>::from_response(answer);
    assert_eq!(busy.retry_after(), Some(RetryAfter::from_secs(7)));
}
