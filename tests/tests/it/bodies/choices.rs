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
