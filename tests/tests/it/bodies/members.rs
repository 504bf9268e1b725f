//! Members: left out when absent, flattened, bound.

use std::collections::BTreeMap;

use aura_errors::{Reason, Taxonomy};
use http::StatusCode;
use serde_json::{Value, json};

use super::super::support::read;
use super::{check, foreign, reads};

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = {
    "first"?: field(a),
    "code": code,
    "source"?: { "pointer"?: field(pointer), "inner"?: { "b": field(b) }, "kind"?: "fixed" },
    "plain": { "b"?: field(b) },
    "last"?: field(c)
})]
enum Optional {
    #[error("some")]
    #[api(400)]
    Some { a: Option<u8>, pointer: Option<String>, b: Option<u8>, c: Option<u8> },

    #[error("none of them")]
    #[api(400)]
    Bare,
}

#[test]
fn optional_members_are_written_when_they_are_there() {
    check(
        Optional::Some { a: Some(1), pointer: Some("/x".into()), b: Some(2), c: Some(3) },
        r#"{"first":1,"code":"some","source":{"pointer":"/x","inner":{"b":2},"kind":"fixed"},"plain":{"b":2},"last":3}"#,
    );
}

#[test]
fn optional_members_are_left_out_when_absent_wherever_they_stand() {
    check(Optional::Some { a: None, pointer: None, b: None, c: None }, r#"{"code":"some","plain":{}}"#);
    check(
        Optional::Some { a: None, pointer: None, b: None, c: Some(3) },
        r#"{"code":"some","plain":{},"last":3}"#,
    );
    check(Optional::Bare, r#"{"code":"bare","plain":{}}"#);
}

#[test]
fn an_object_is_left_out_when_every_placeholder_in_it_is_absent() {
    check(
        Optional::Some { a: Some(1), pointer: None, b: None, c: None },
        r#"{"first":1,"code":"some","plain":{}}"#,
    );
    check(
        Optional::Some { a: None, pointer: None, b: Some(2), c: None },
        r#"{"code":"some","source":{"inner":{"b":2},"kind":"fixed"},"plain":{"b":2}}"#,
    );
}

#[test]
fn null_is_absent() {
    reads(
        400,
        r#"{"first":null,"code":"some","source":null,"plain":{"b":null},"last":null}"#,
        Optional::Some { a: None, pointer: None, b: None, c: None },
    );
}

#[test]
fn unknown_members_are_ignored() {
    reads(400, r#"{"x":[{}],"code":"bare","plain":{"y":1},"source":{"z":[]}}"#, Optional::Bare);
}

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = { ..fields, "code": code })]
enum Leading {
    #[error("two")]
    #[api(400)]
    Two { a: u8, b: u8 },

    #[error("maybe")]
    #[api(400)]
    Maybe {
        #[serde(skip_serializing_if = "Option::is_none")]
        a: Option<u8>,
        #[serde(skip_serializing_if = "Option::is_none")]
        b: Option<u8>,
    },

    #[error("none")]
    #[api(400)]
    None,
}

#[test]
fn flattened_fields_may_stand_first() {
    check(Leading::Two { a: 1, b: 2 }, r#"{"a":1,"b":2,"code":"two"}"#);
    check(Leading::Maybe { a: Some(1), b: None }, r#"{"a":1,"code":"maybe"}"#);
    check(Leading::Maybe { a: None, b: Some(2) }, r#"{"b":2,"code":"maybe"}"#);
    check(Leading::Maybe { a: None, b: None }, r#"{"code":"maybe"}"#);
    check(Leading::None, r#"{"code":"none"}"#);
}

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = { "error": { "code"?: code, ..fields, "last"?: field(last) } })]
enum Middle {
    #[error("all")]
    #[api(400)]
    All {
        #[serde(skip_serializing_if = "Option::is_none")]
        a: Option<u8>,
        last: Option<u8>,
    },

    #[error("no code")]
    #[api(409, code = none)]
    NoCode {
        #[serde(skip_serializing_if = "Option::is_none")]
        a: Option<u8>,
        last: Option<u8>,
    },
}

#[test]
fn commas_are_right_around_flattened_fields() {
    check(Middle::All { a: Some(1), last: Some(2) }, r#"{"error":{"code":"all","a":1,"last":2}}"#);
    check(Middle::All { a: None, last: Some(2) }, r#"{"error":{"code":"all","last":2}}"#);
    check(Middle::All { a: Some(1), last: None }, r#"{"error":{"code":"all","a":1}}"#);
    check(Middle::NoCode { a: Some(1), last: Some(2) }, r#"{"error":{"a":1,"last":2}}"#);
    check(Middle::NoCode { a: None, last: Some(2) }, r#"{"error":{"last":2}}"#);
    check(Middle::NoCode { a: None, last: None }, r#"{"error":{}}"#);
}

/// The list of violations, of which the first one's message is the message.
#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = { "errors": detail @ [ { "message": message, "code"?: code } ] })]
enum Bound {
    #[error("invalid")]
    #[api(422, code = "invalid" | none)]
    Invalid(Value),
}

#[test]
fn a_bound_shape_is_read_and_never_written() {
    check(
        Bound::Invalid(json!([{ "message": "first", "code": "invalid" }, { "message": "second" }])),
        r#"{"errors":[{"code":"invalid","message":"first"},{"message":"second"}]}"#,
    );
    let written = super::super::support::body(&Bound::Invalid(json!("anything")));
    assert_eq!(written, r#"{"errors":"anything"}"#);
}

#[test]
fn a_bound_shape_says_what_a_body_has_to_look_like() {
    foreign::<Bound>(422, r#"{"errors":{"message":"no list"}}"#);
    // A list without elements has nothing to read the shape in.
    assert_eq!(read::<Bound>(422, r#"{"errors":[]}"#).unwrap(), Bound::Invalid(json!([])));
    let unknown = read::<Bound>(422, r#"{"errors":[{"message":"read here","code":"other"}]}"#).unwrap_err();
    assert_eq!(*unknown.reason(), Reason::UnknownCode);
    assert_eq!(unknown.message(), Some("read here"));
    assert_eq!(*unknown.code(), "other");
}

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = { "error": field(error) @ { "type": slot(kind), "code": code }, ..fields })]
enum BoundField {
    #[error("bound")]
    #[api(400, slot(kind = "request"))]
    Bound { error: BTreeMap<String, String>, more: u8 },
}

#[test]
fn a_field_is_bound_too() {
    let error =
        [("code", "bound"), ("type", "request")].map(|(key, value)| (key.into(), value.into())).into();
    check(BoundField::Bound { error, more: 1 }, r#"{"error":{"code":"bound","type":"request"},"more":1}"#);
    foreign::<BoundField>(400, r#"{"error":{"code":"bound","type":"other"},"more":1}"#);
}

/// Of the array the first element whose literals are equal is read.
#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = { "errors": detail @ [ { "domain": "global", "code": code } ] })]
enum BoundPick {
    #[error("a")]
    #[api(400)]
    A(Value),
    #[error("b")]
    #[api(400)]
    B(Value),
}

#[test]
fn of_a_bound_array_the_first_element_with_equal_literals_is_read() {
    let list = json!([{ "domain": "local", "code": "a" }, { "domain": "global", "code": "b" }]);
    check(BoundPick::B(list), r#"{"errors":[{"code":"a","domain":"local"},{"code":"b","domain":"global"}]}"#);
}

/// Each of the objects holds one placeholder of another kind.
#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = { "code": code, "number"?: { "status": status }, "said"?: { "text": message } })]
enum Lone {
    #[error("said")]
    #[api(400)]
    Said {
        #[api(message)]
        text: String,
    },

    #[error("range")]
    #[api("4XX", body = { "code": code, "number"?: { "status": status }, "rest"?: { ..fields } })]
    Range {
        #[api(status)]
        status: StatusCode,
        #[serde(flatten)]
        rest: BTreeMap<String, u8>,
    },
}

#[test]
fn an_object_is_written_when_the_one_placeholder_in_it_is_there() {
    check(Lone::Said { text: "x".into() }, r#"{"code":"said","number":{"status":400},"said":{"text":"x"}}"#);
    check(
        Lone::Range { status: StatusCode::GONE, rest: [("a".to_owned(), 1)].into() },
        r#"{"code":"range","number":{"status":410},"rest":{"a":1}}"#,
    );
}

/// A name whose raw bytes are those of an escape.
#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = { "a\\u0062": message })]
enum Escaped {
    #[error("gone")]
    #[api(410, code = none)]
    Gone,
}

#[test]
fn a_name_is_compared_by_what_its_escapes_mean() {
    check(Escaped::Gone, r#"{"a\\u0062":"gone"}"#);
    reads(410, r#"{"\u0061\\u0062":"gone"}"#, Escaped::Gone);
    foreign::<Escaped>(410, r#"{"a\u0062":"gone"}"#);
}

/// An element that is bound is chosen by its literals too.
#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = { "errors": [ detail @ { "domain": "global", "code": code } ] })]
enum BoundElement {
    #[error("a")]
    #[api(400)]
    A(Value),
    #[error("b")]
    #[api(400)]
    B(Value),
}

#[test]
fn of_an_array_the_first_bound_element_with_equal_literals_is_read() {
    reads(
        400,
        r#"{"errors":[{"domain":"local","code":"a"},{"domain":"global","code":"b"}]}"#,
        BoundElement::B(json!({ "domain": "global", "code": "b" })),
    );
}

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = { "code": code, "rest"?: { ..fields }, "mark"?: { "kind": "x", ..fields }, "or": { ..fields } | null })]
enum Spread {
    #[error("with")]
    #[api(400)]
    With { a: u8 },

    #[error("without")]
    #[api(400)]
    Without,
}

#[test]
fn an_object_of_fields_is_left_out_where_an_error_has_none() {
    check(Spread::With { a: 1 }, r#"{"code":"with","rest":{"a":1},"mark":{"kind":"x","a":1},"or":{"a":1}}"#);
    check(Spread::Without, r#"{"code":"without","or":null}"#);
}

/// Optional parts before others, in the order of the fields.
#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = {
    "code": code,
    "about"?: { "a": field(a), "b"?: field(b) },
    "more"?: field(more),
    "last": field(last)
})]
enum Steps {
    #[error("four")]
    #[api(400)]
    Four { a: Option<u8>, b: Option<u8>, more: Option<u8>, last: u8 },
}

#[test]
fn a_field_after_what_is_left_out_is_not_taken_for_it() {
    for (a, b, more, expected) in [
        (Some(1), Some(2), Some(3), r#"{"code":"four","about":{"a":1,"b":2},"more":3,"last":4}"#),
        (Some(1), None, None, r#"{"code":"four","about":{"a":1},"last":4}"#),
        (None, None, Some(3), r#"{"code":"four","more":3,"last":4}"#),
        (None, None, None, r#"{"code":"four","last":4}"#),
    ] {
        check(Steps::Four { a, b, more, last: 4 }, expected);
    }
}

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = { "code": code, "detail": detail @ { "kind": "plain", "type"?: slot(of) } })]
enum BoundAfterCode {
    #[error("a")]
    #[api(400, slot(of = "x"))]
    A(Value),
}

#[test]
fn a_bound_shape_is_compared_whatever_the_white_space() {
    for body in [
        r#"{"code":"a","detail":{"kind":"other"}}"#,
        r#"{"code":"a","detail":{"kind":"other"}} "#,
        r#"{"code":"a","detail":{"kind":"plain","type":"y"}}"#,
    ] {
        foreign::<BoundAfterCode>(400, body);
    }
    let fitting = r#"{"code":"a","detail":{"kind":"plain","type":"x"}}"#;
    reads(400, fitting, BoundAfterCode::A(json!({ "kind": "plain", "type": "x" })));
}
