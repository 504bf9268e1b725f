//! Which of several fitting candidates it is, one step after the other.

use aura_errors::Taxonomy;
use http::StatusCode;

use super::{assert_ambiguous, assert_foreign};
use crate::support::{read, response};

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = { "error": message, "code"?: code })]
enum Ranges {
    #[error("wide")]
    #[api(400..=599, code = "x" | none)]
    Wide {
        #[api(status)]
        status: u16,
    },
    #[error("narrow")]
    #[api("5XX", code = "x" | none, when(header("X-Narrow") = "1"))]
    NarrowIf {
        #[api(status)]
        status: u16,
    },
    #[error("narrow")]
    #[api("5XX", code = "x" | none)]
    Narrow {
        #[api(status)]
        status: u16,
    },
    #[error("exact")]
    #[api(503, code = "x" | none)]
    Exact,
}

const BODIES: [&str; 2] = [r#"{"error":"m"}"#, r#"{"error":"m","code":"x"}"#];

#[test]
fn an_exact_status_before_a_range() {
    for body in BODIES {
        assert_eq!(read::<Ranges>(503, body).unwrap(), Ranges::Exact);
    }
}

#[test]
fn an_exact_status_before_a_range_whose_condition_holds() {
    for body in BODIES {
        let response = response(503, &[("X-Narrow", "1")], body);
        assert_eq!(Ranges::from_response(response).unwrap(), Ranges::Exact);
    }
}

#[test]
fn a_narrower_range_before_a_wider_one() {
    for body in BODIES {
        assert_eq!(read::<Ranges>(502, body).unwrap(), Ranges::Narrow { status: 502 });
        assert_eq!(read::<Ranges>(418, body).unwrap(), Ranges::Wide { status: 418 });
    }
}

#[test]
fn a_condition_before_none() {
    for body in BODIES {
        let response = response(502, &[("X-Narrow", "1")], body);
        assert_eq!(Ranges::from_response(response).unwrap(), Ranges::NarrowIf { status: 502 });
    }
}

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = { "type"?: slot(kind), "error": message, "code"?: code })]
enum Conditions {
    #[error("plain")]
    #[api(403, code = none, slot(kind = "k"))]
    Plain,
    #[error("first")]
    #[api(403, code = none, when(header("X-First") = "1"))]
    First,
    #[error("second")]
    #[api(403, code = none, when(header("X-Second") = "1"), slot(kind = "k"))]
    Second,
}

#[test]
fn conditions_are_tried_in_declaration_order() {
    let read =
        |headers| Conditions::from_response(response(403, headers, r#"{"type":"k","error":"m"}"#)).unwrap();
    assert_eq!(read(&[("X-First", "1")]), Conditions::First);
    assert_eq!(read(&[("X-Second", "1")]), Conditions::Second);
    // Also where the second has an equal slot and the first has none.
    assert_eq!(read(&[("X-Second", "1"), ("X-First", "1")]), Conditions::First);
    assert_eq!(read(&[]), Conditions::Plain);
}

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = { "type"?: slot(kind), "part"?: slot(part), "error": message, "code"?: code })]
enum Slots {
    #[error("none")]
    #[api(400, code = none)]
    Neither,
    #[error("kind")]
    #[api(400, code = none, slot(kind = "k"))]
    Kind,
    #[error("part")]
    #[api(400, code = none, slot(part = "p"))]
    Part,
    #[error("same kind")]
    #[api(400, code = none, slot(kind = "k", part = "q"))]
    KindAndPart,
}

#[test]
fn more_equal_slots_before_fewer() {
    for (body, expected) in [
        (r#"{"type":"k","part":"q","error":"m"}"#, Slots::KindAndPart),
        (r#"{"type":"k","part":"r","error":"m"}"#, Slots::Kind),
        (r#"{"type":"l","part":"p","error":"m"}"#, Slots::Part),
        (r#"{"type":"l","part":"r","error":"m"}"#, Slots::Neither),
    ] {
        assert_eq!(read::<Slots>(400, body).unwrap(), expected, "{body}");
    }
}

#[test]
fn fewer_declared_slots_that_are_not_there_before_more() {
    assert_eq!(read::<Slots>(400, r#"{"error":"m"}"#).unwrap(), Slots::Neither);
    assert_eq!(read::<Slots>(400, r#"{"type":"k","error":"m"}"#).unwrap(), Slots::Kind);
    assert_eq!(read::<Slots>(400, r#"{"part":"q","error":"m"}"#).unwrap(), Slots::KindAndPart);
}

#[test]
fn candidates_that_nothing_separates_are_ambiguous() {
    assert_ambiguous(read::<Slots>(400, r#"{"type":"k","part":"p","error":"m"}"#));
}

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = { "error": message })]
enum Asking {
    #[error("little")]
    #[api(400, code = none)]
    Little,
    #[error("member")]
    #[api(400, code = none, body = { "error": message, "more": field(more) })]
    Member { more: u32 },
    #[error("literal")]
    #[api(400, code = none, body = { "error": message, "more": "literal" })]
    Literal,
    #[error("payload")]
    #[api(400, code = none, body = detail)]
    Payload(std::collections::BTreeMap<String, serde_json::Value>),
}

#[test]
fn the_template_that_asks_for_more_before_the_one_that_asks_for_less() {
    assert_eq!(read::<Asking>(400, r#"{"error":"m"}"#).unwrap(), Asking::Little);
    assert_eq!(read::<Asking>(400, r#"{"error":"m","more":1}"#).unwrap(), Asking::Member { more: 1 });
    assert_eq!(read::<Asking>(400, r#"{"error":"m","more":"literal"}"#).unwrap(), Asking::Literal);
}

#[test]
fn a_body_that_is_the_detail_asks_for_nothing() {
    let Ok(Asking::Payload(payload)) = read(400, r#"{"fault":"m"}"#) else { panic!() };
    assert_eq!(payload["fault"], "m");
    assert_foreign(read::<Asking>(400, "[]"));
}

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
enum Places {
    #[error("text")]
    #[api(400, code = none, body = { "error": message })]
    Text,
    #[error("object")]
    #[api(400, code = none, body = { "error": { "message"?: message } })]
    Object,
    #[error("array")]
    #[api(400, code = none, body = [ { "message"?: message } ])]
    Array,
}

#[test]
fn a_text_and_an_object_or_array_in_one_place_exclude_each_other() {
    assert_eq!(read::<Places>(400, r#"{"error":"m"}"#).unwrap(), Places::Text);
    assert_eq!(read::<Places>(400, r#"{"error":{"message":"m"}}"#).unwrap(), Places::Object);
    assert_eq!(read::<Places>(400, r#"{"error":{}}"#).unwrap(), Places::Object);
    assert_eq!(read::<Places>(400, r#"[{"message":"m"}]"#).unwrap(), Places::Array);
}

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
enum Literals {
    #[error("text")]
    #[api(400, code = none, body = { "kind": "one", "error": message })]
    One,
    #[error("object")]
    #[api(400, code = none, body = { "kind": "two", "error": message })]
    Two,
}

#[test]
fn two_literals_in_one_place_exclude_each_other() {
    assert_eq!(read::<Literals>(400, r#"{"kind":"one","error":"m"}"#).unwrap(), Literals::One);
    assert_eq!(read::<Literals>(400, r#"{"kind":"two","error":"m"}"#).unwrap(), Literals::Two);
    assert_foreign(read::<Literals>(400, r#"{"kind":"three","error":"m"}"#));
}

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = none)]
enum ByStatus {
    #[error("server")]
    #[api("5XX")]
    Server {
        #[api(status)]
        status: StatusCode,
    },
    #[error("gateway")]
    #[api(502..=504)]
    Gateway {
        #[api(status)]
        status: StatusCode,
    },
    #[error("unavailable")]
    #[api(503)]
    Unavailable,
}

#[test]
fn ranges_without_any_body() {
    let status = |number| StatusCode::from_u16(number).unwrap();
    for number in 500..=599 {
        let expected = match number {
            503 => ByStatus::Unavailable,
            502 | 504 => ByStatus::Gateway { status: status(number) },
            _ => ByStatus::Server { status: status(number) },
        };
        assert_eq!(read::<ByStatus>(number, "<html>").unwrap(), expected);
    }
}
