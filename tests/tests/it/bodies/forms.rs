//! What a whole body may be: a single placeholder, a body of the variant's own, a content type.

use aura_errors::{FieldError, Reason, Taxonomy};

use super::super::support::read;
use super::{check, foreign, reads};

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = detail)]
enum Payload {
    #[error("invalid")]
    #[api(422)]
    Invalid(Vec<FieldError>),

    #[error("conflict")]
    #[api(409)]
    Conflict { id: u32, what: Option<String> },
}

#[test]
fn the_whole_body_may_be_the_detail() {
    check(
        Payload::Invalid(vec![FieldError::missing(["body", "name"])]),
        r#"[{"loc":["body","name"],"msg":"field required","type":"value_error.missing"}]"#,
    );
    check(Payload::Conflict { id: 1, what: None }, r#"{"id":1,"what":null}"#);
}

#[test]
fn a_body_that_is_the_payload_is_fitted_by_one_that_decodes() {
    reads(409, r#"{"id":2,"more":true}"#, Payload::Conflict { id: 2, what: None });
    for unfit in [r#"{"id":"x"}"#, "[]", "3", "<html>", ""] {
        foreign::<Payload>(409, unfit);
    }
}

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
enum Single {
    #[error("a \"message\"")]
    #[api(400, body = message)]
    Message,

    #[error("{0}")]
    #[api(404, body = message)]
    MessageField(#[api(message)] String),

    #[error("field")]
    #[api(410, body = field(what))]
    Field { what: u8 },

    #[error("fields")]
    #[api(412, body = fields)]
    Fields { what: u8, r#else: u8 },

    #[error("either")]
    #[api(413, body = detail | message)]
    Either(Option<String>),

    #[error("fixed")]
    #[api(415, body = "just this")]
    Literal,

    #[error("text")]
    #[api(416, body = "{status} {name}")]
    Text,
}

#[test]
fn the_whole_body_may_be_any_single_value() {
    check(Single::Message, r#""a \"message\"""#);
    check(Single::MessageField("x".into()), r#""x""#);
    check(Single::Field { what: 3 }, "3");
    check(Single::Fields { what: 3, r#else: 4 }, r#"{"what":3,"else":4}"#);
    check(Single::Either(Some("x".into())), r#""x""#);
    check(Single::Either(None), r#""either""#);
    check(Single::Literal, r#""just this""#);
    check(Single::Text, r#""416 text""#);
}

#[test]
fn a_literal_body_is_compared_and_a_message_has_to_be_a_string() {
    foreign::<Single>(415, r#""just that""#);
    foreign::<Single>(400, "{}");
}

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = code)]
enum OnlyCode {
    #[error("a")]
    #[api(409)]
    Clash,
    #[error("b")]
    #[api(409, code = 7)]
    Seven,
}

#[test]
fn the_whole_body_may_be_the_code() {
    check(OnlyCode::Clash, r#""clash""#);
    check(OnlyCode::Seven, "7");
    let other = read::<OnlyCode>(409, r#""other""#).unwrap_err();
    assert_eq!(*other.reason(), Reason::UnknownCode);
}

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = { "message": message, "code": code }, content_type = "application/vnd.type+json; charset=utf-8")]
enum Overridden {
    #[error("the type's")]
    #[api(400)]
    Type,

    #[error("own body")]
    #[api(400, body = { "fault": { "code": code, "text": message } })]
    Own,

    #[error("own content type")]
    #[api(400, content_type = "application/json; charset=utf-8")]
    ContentType,

    #[error("both")]
    #[api(400, body = { "c": code }, content_type = "application/x-c")]
    Both,

    #[error("plain")]
    #[api(404, body = text)]
    Plain,

    #[error("empty")]
    #[api(405, body = empty)]
    Empty,

    #[error("nothing")]
    #[api(406, body = none)]
    Nothing,
}

fn content_type(error: &Overridden) -> Option<String> {
    let response = error.to_response();
    Some(response.headers().get("content-type")?.to_str().unwrap().to_owned())
}

#[test]
fn a_variants_body_takes_the_place_of_the_types() {
    check(Overridden::Type, r#"{"message":"the type's","code":"type"}"#);
    check(Overridden::Own, r#"{"fault":{"code":"own","text":"own body"}}"#);
    check(Overridden::Both, r#"{"c":"both"}"#);
    check(Overridden::Plain, "plain");
    check(Overridden::Empty, "");
    check(Overridden::Nothing, "");
}

#[test]
fn the_content_type_is_the_variants_else_the_types_else_the_bodys() {
    let of = |error| content_type(&error);
    assert_eq!(of(Overridden::Type).unwrap(), "application/vnd.type+json; charset=utf-8");
    assert_eq!(of(Overridden::ContentType).unwrap(), "application/json; charset=utf-8");
    assert_eq!(of(Overridden::Both).unwrap(), "application/x-c");
}

#[test]
fn a_content_type_of_the_type_speaks_of_the_types_body_only() {
    let of = |error| content_type(&error);
    assert_eq!(of(Overridden::Own).unwrap(), "application/json");
    assert_eq!(of(Overridden::Plain).unwrap(), "text/plain; charset=utf-8");
    assert_eq!(of(Overridden::Empty), None);
    assert_eq!(of(Overridden::Nothing), None);
}

#[test]
fn no_content_type_is_required_to_read_a_body() {
    reads(400, r#"{"message":"m","code":"type"}"#, Overridden::Type);
}
