//! `a | b` in a member, and `A | B` as a whole body.

use aura_errors::{Reason, Taxonomy};

use super::super::support::{body, read};
use super::{check, foreign, reads};

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = { "error": message, "code": code, "detail": detail | message })]
enum Fallback {
    #[error("Bad request")]
    #[api(400)]
    Optional(Option<String>),

    #[error("Bad request")]
    #[api(400)]
    Required(String),

    #[error("Bad request")]
    #[api(400)]
    List(Vec<u8>),

    #[error("Bad request")]
    #[api(400)]
    Unit,

    #[error("{said}")]
    #[api(400)]
    Said {
        #[api(message)]
        said: String,
        #[api(detail)]
        more: Option<String>,
    },
}

#[test]
fn the_second_is_written_when_the_first_is_absent() {
    check(Fallback::Unit, r#"{"error":"Bad request","code":"unit","detail":"Bad request"}"#);
    check(Fallback::Optional(None), r#"{"error":"Bad request","code":"optional","detail":"Bad request"}"#);
}

#[test]
fn the_first_is_written_when_it_is_there() {
    check(
        Fallback::Optional(Some("page".into())),
        r#"{"error":"Bad request","code":"optional","detail":"page"}"#,
    );
    check(
        Fallback::Optional(Some(String::new())),
        r#"{"error":"Bad request","code":"optional","detail":""}"#,
    );
    check(Fallback::List(vec![]), r#"{"error":"Bad request","code":"list","detail":[]}"#);
    check(
        Fallback::Said { said: "x".into(), more: Some("y".into()) },
        r#"{"error":"x","code":"said","detail":"y"}"#,
    );
    check(Fallback::Said { said: "x".into(), more: None }, r#"{"error":"x","code":"said","detail":"x"}"#);
}

#[test]
fn equal_to_the_received_second_is_absent() {
    reads(400, r#"{"error":"Другое","code":"optional","detail":"Другое"}"#, Fallback::Optional(None));
    reads(
        400,
        r#"{"error":"Another","code":"said","detail":"Another"}"#,
        Fallback::Said { said: "Another".into(), more: None },
    );
}

#[test]
fn another_text_than_the_received_second_is_the_first() {
    reads(400, r#"{"error":"A","code":"optional","detail":"B"}"#, Fallback::Optional(Some("B".into())));
}

#[test]
fn what_is_no_option_is_never_absent() {
    reads(400, r#"{"error":"A","code":"required","detail":"A"}"#, Fallback::Required("A".into()));
    let other = read::<Fallback>(400, r#"{"error":"A","code":"list","detail":"A"}"#).unwrap_err();
    assert!(
        matches!(other.reason(), Reason::Fields { path, .. } if path == "/detail"),
        "{:?}",
        other.reason()
    );
}

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = {
    "code": code,
    "param": field(param) | "none",
    "more"?: field(a) | field(b),
    "link": docs_url | "about:blank",
    "level": field(level) | 3
})]
enum Literals {
    #[error("all")]
    #[api(400)]
    All { param: Option<String>, a: Option<u8>, b: Option<u8>, level: Option<i32> },

    #[error("linked")]
    #[api(400, docs_url = "https://docs.example/{name}")]
    Linked,
}

#[test]
fn a_literal_stands_in_for_what_is_absent() {
    check(
        Literals::All { param: None, a: None, b: None, level: None },
        r#"{"code":"all","param":"none","link":"about:blank","level":3}"#,
    );
    check(
        Literals::Linked,
        r#"{"code":"linked","param":"none","link":"https://docs.example/linked","level":3}"#,
    );
}

#[test]
fn the_first_that_is_there_of_three_is_written() {
    assert_eq!(
        body(&Literals::All { param: Some("p".into()), a: Some(1), b: Some(2), level: Some(0) }),
        r#"{"code":"all","param":"p","more":1,"link":"about:blank","level":0}"#,
    );
    assert_eq!(
        body(&Literals::All { param: None, a: None, b: Some(2), level: None }),
        r#"{"code":"all","param":"none","more":2,"link":"about:blank","level":3}"#,
    );
}

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = { "error": { "message": message, "code": code, ..fields } } | { "message": message, "type": code } | text)]
enum Bodies {
    #[error("Not found")]
    #[api(404, code = "nf" | none)]
    NotFound { what: Option<String> },

    #[error("Conflict")]
    #[api(409)]
    Conflict,
}

#[test]
fn a_body_is_written_as_the_first_alternative() {
    check(
        Bodies::NotFound { what: Some("x".into()) },
        r#"{"error":{"message":"Not found","code":"nf","what":"x"}}"#,
    );
}

#[test]
fn a_body_is_read_as_the_first_alternative_whose_shape_it_has() {
    reads(404, r#"{"message":"gone","type":"nf"}"#, Bodies::NotFound { what: None });
    reads(404, "gone", Bodies::NotFound { what: None });
    reads(409, r#"{"message":"clash","type":"conflict"}"#, Bodies::Conflict);
    foreign::<Bodies>(404, " \n");
}

#[test]
fn the_content_type_is_that_of_the_first_alternative() {
    let response = Bodies::Conflict.to_response();
    assert_eq!(response.headers()["content-type"], "application/json");
}

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = { "text": title | message, "link": title | "about:blank" })]
enum Texts {
    #[error("Gone")]
    #[api(410, code = none)]
    Gone,
}

#[test]
fn a_choice_of_texts_is_a_text() {
    for body in [r#"{"text":"a","link":"b"}"#, r#"{ "link": "a", "text": "b" }"#] {
        reads(410, body, Texts::Gone);
    }
    for body in [
        r#"{"text":3,"link":"a"}"#,
        r#"{ "link": "a", "text": 3 }"#,
        r#"{"text":"a","link":3}"#,
        r#"{ "link": 3, "text": "a" }"#,
    ] {
        foreign::<Texts>(410, body);
    }
}

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = { "code": code, "what": field(what) | name })]
enum Named {
    #[error("Not found")]
    #[api(404, code = "nf", name = "not_here")]
    NotFound { what: Option<String> },
}

#[test]
fn equal_to_the_name_that_stands_in_for_it_is_absent() {
    check(Named::NotFound { what: None }, r#"{"code":"nf","what":"not_here"}"#);
    check(Named::NotFound { what: Some("nf".into()) }, r#"{"code":"nf","what":"nf"}"#);
}

fn seven() -> u32 {
    7
}

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = { "code": code, "level": field(level) | 3, "text": field(text) | message })]
enum Defaulted {
    #[error("a")]
    #[api(400)]
    A {
        #[serde(default = "seven")]
        level: u32,
        #[serde(default)]
        text: String,
    },
    #[error("skips")]
    #[api(400)]
    Skips {
        #[serde(default = "seven", skip_serializing_if = "is_seven")]
        level: u32,
        #[serde(default)]
        text: Option<String>,
    },
}

#[allow(clippy::trivially_copy_pass_by_ref)] // serde's form
fn is_seven(level: &u32) -> bool {
    *level == 7
}

#[test]
fn a_default_makes_no_option_of_a_field() {
    check(Defaulted::A { level: 3, text: "a".into() }, r#"{"code":"a","level":3,"text":"a"}"#);
    reads(400, r#"{"code":"a"}"#, Defaulted::A { level: 7, text: String::new() });
    check(Defaulted::Skips { level: 7, text: None }, r#"{"code":"skips","level":3,"text":"skips"}"#);
    check(Defaulted::Skips { level: 4, text: Some("t".into()) }, r#"{"code":"skips","level":4,"text":"t"}"#);
}

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = {
    "code": code, "reason": field(a) | reason, "status": field(b) | status, "class": field(c) | class,
    "title": field(d) | title, "kind": field(e) | slot(kind)
})]
enum Known {
    #[error("a")]
    #[api(400, slot(kind = "k" | "l"))]
    Exact { a: Option<String>, b: Option<u16>, c: Option<String>, d: Option<String>, e: Option<String> },
    #[error("b")]
    #[api(5XX, slot(kind = "k"))]
    Range {
        #[api(status)]
        status: u16,
        #[api(expose)]
        a: Option<String>,
        #[api(expose)]
        b: Option<u16>,
        #[api(expose)]
        c: Option<String>,
        #[api(expose)]
        d: Option<String>,
        #[api(expose)]
        e: Option<String>,
    },
}

#[test]
fn equal_to_what_always_stands_in_for_it_is_absent() {
    check(
        Known::Exact { a: None, b: None, c: None, d: None, e: None },
        r#"{"code":"exact","reason":"Bad Request","status":400,"class":"validation","title":"Bad Request","kind":"k"}"#,
    );
    check(
        Known::Range { status: 503, a: None, b: None, c: None, d: None, e: None },
        r#"{"code":"range","reason":"Service Unavailable","status":503,"class":"unavailable","title":"Service Unavailable","kind":"k"}"#,
    );
    let given = || Some("given".to_owned());
    check(
        Known::Exact { a: given(), b: Some(1), c: given(), d: given(), e: given() },
        r#"{"code":"exact","reason":"given","status":1,"class":"given","title":"given","kind":"given"}"#,
    );
}

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = { "code": code, "detail": detail | slot(kind) })]
enum OrSlot {
    #[error("a")]
    #[api(400, slot(kind = "a"))]
    A(Option<String>),
    #[error("list")]
    #[api(400, slot(kind = "b"))]
    List(Option<Vec<u8>>),
}

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = { "detail": detail | code, "code": code })]
enum OrCode {
    #[error("a")]
    #[api(400)]
    A(Option<String>),
}

#[test]
fn what_is_written_before_a_slot_or_a_code_is_not_compared_with_it() {
    check(OrSlot::A(Some("hello".into())), r#"{"code":"a","detail":"hello"}"#);
    check(OrSlot::A(None), r#"{"code":"a","detail":"a"}"#);
    check(OrSlot::List(Some(vec![1])), r#"{"code":"list","detail":[1]}"#);
    check(OrSlot::List(None), r#"{"code":"list","detail":"b"}"#);
    check(OrCode::A(Some("hello".into())), r#"{"detail":"hello","code":"a"}"#);
    check(OrCode::A(None), r#"{"detail":"a","code":"a"}"#);
}
