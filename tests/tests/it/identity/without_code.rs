//! Candidates of a response that has no code: those that can travel without one, by their shape.

use aura_errors::{FieldError, Taxonomy};

use super::assert_foreign;
use crate::support::read;

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = { "error": message, "code"?: code })]
enum Api {
    #[error("always")]
    #[api(400)]
    Always,
    #[error("none")]
    #[api(401, code = none)]
    Codeless,
    #[error("optional")]
    #[api(402, code = "optional" | none)]
    Optional,
    #[error("any")]
    #[api(403, code = any)]
    Rest,
    #[error("no place")]
    #[api(404, body = { "problem": message })]
    NoPlace,
}

#[test]
fn those_that_can_travel_without_a_code() {
    assert_eq!(read::<Api>(401, r#"{"error":"x"}"#).unwrap(), Api::Codeless);
    assert_eq!(read::<Api>(402, r#"{"error":"x"}"#).unwrap(), Api::Optional);
    assert_eq!(read::<Api>(403, r#"{"error":"x"}"#).unwrap(), Api::Rest);
    assert_eq!(read::<Api>(404, r#"{"problem":"x"}"#).unwrap(), Api::NoPlace);
}

#[test]
fn one_that_always_has_a_code_is_none_of_them() {
    assert_foreign(read::<Api>(400, r#"{"error":"x"}"#));
}

#[test]
fn those_of_another_status_are_none_of_them() {
    for status in [400, 405, 500] {
        assert_foreign(read::<Api>(status, r#"{"error":"x"}"#));
    }
    assert_foreign(read::<Api>(404, r#"{"error":"x"}"#));
    assert_foreign(read::<Api>(401, r#"{"problem":"x"}"#));
}

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[error("shaped")]
#[api(400, code = none, body = {
    "type": "error",
    "nothing": null,
    "error": {
        "items": [ { "message": message, "version": 2 } ],
        "required": field(required),
        "optional"?: field(optional),
        "status"?: "{status}"
    }
})]
struct Shaped {
    required: Option<u32>,
    optional: Option<u32>,
}

/// The body with one text replaced by another.
#[track_caller]
fn shaped(from: &str, to: &str) -> Result<Shaped, aura_errors::Unrecognized> {
    let body = concat!(
        r#"{"type":"error","nothing":null,"error":"#,
        r#"{"items":[{"message":"m","version":2}],"required":1,"optional":2,"status":"400"}}"#,
    );
    assert!(body.contains(from));
    read(400, body.replacen(from, to, 1))
}

const WHOLE: Shaped = Shaped { required: Some(1), optional: Some(2) };

#[test]
fn a_body_of_the_whole_shape() {
    assert_eq!(shaped("", "").unwrap(), WHOLE);
}

#[test]
fn every_object_and_array_of_the_template_is_there() {
    for (from, to) in [
        (r#"[{"message":"m","version":2}]"#, "[]"),
        (r#"[{"message":"m","version":2}]"#, r#"{"message":"m","version":2}"#),
        (r#"[{"message":"m","version":2}]"#, r#"["m"]"#),
        (r#"[{"message":"m","version":2}]"#, "null"),
        (r#"{"items":[{"message":"m","version":2}],"required":1,"optional":2,"status":"400"}"#, "[]"),
        (r#"{"items":[{"message":"m","version":2}],"required":1,"optional":2,"status":"400"}"#, "null"),
        (r#"{"items":[{"message":"m","version":2}],"required":1,"optional":2,"status":"400"}"#, r#""error""#),
        (r#""items":[{"message":"m","version":2}],"#, ""),
    ] {
        assert_foreign(shaped(from, to));
    }
    assert_foreign(read::<Shaped>(400, "[]"));
    assert_foreign(read::<Shaped>(400, "{}"));
}

#[test]
fn every_literal_is_equal() {
    for (from, to) in [
        (r#""type":"error""#, r#""type":"Error""#),
        (r#""type":"error""#, r#""type":["error"]"#),
        (r#""type":"error""#, r#""type":null"#),
        (r#""type":"error","#, ""),
        (r#""nothing":null"#, r#""nothing":false"#),
        (r#""nothing":null,"#, ""),
        (r#""version":2"#, r#""version":3"#),
        (r#""version":2"#, r#""version":"2""#),
        (r#","version":2"#, ""),
    ] {
        assert_foreign(shaped(from, to));
    }
    // One number, two spellings.
    assert_eq!(shaped(r#""version":2"#, r#""version":2.0"#).unwrap(), WHOLE);
}

#[test]
fn every_member_that_is_not_optional_is_there() {
    assert_foreign(shaped(r#""required":1,"#, ""));
    let without = shaped(r#""optional":2,"#, "").unwrap();
    assert_eq!(without, Shaped { required: Some(1), optional: None });
    assert_eq!(shaped(r#","status":"400""#, "").unwrap(), WHOLE);
}

#[test]
fn a_member_that_is_null_is_there() {
    let null = shaped(r#""required":1"#, r#""required":null"#).unwrap();
    assert_eq!(null, Shaped { required: None, optional: Some(2) });
}

#[test]
fn the_message_is_a_string() {
    for message in ["null", "1", "true", "[]", r#"["m"]"#, r#"{"m":"m"}"#] {
        assert_foreign(shaped(r#""message":"m""#, &format!(r#""message":{message}"#)));
    }
    assert_foreign(shaped(r#""message":"m","#, ""));
    assert_eq!(shaped(r#""message":"m""#, r#""message":"""#).unwrap(), WHOLE);
}

#[test]
fn a_text_that_is_filled_in_is_not_compared() {
    assert_eq!(shaped(r#""status":"400""#, r#""status":"500""#).unwrap(), WHOLE);
}

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = { "message"?: message, "code"?: code })]
enum Sparse {
    #[error("sparse")]
    #[api(400, code = none)]
    Sparse,
}

#[test]
fn an_optional_message_may_be_missing_and_is_else_a_string() {
    for body in ["{}", r#"{"message":"x"}"#, r#"{"message":null}"#, r#"{"other":1}"#] {
        assert_eq!(read::<Sparse>(400, body).unwrap(), Sparse::Sparse, "{body}");
    }
    for body in [r#"{"message":1}"#, r#"{"message":{}}"#, "[]", "null", ""] {
        assert_foreign(read::<Sparse>(400, body));
    }
}

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = detail)]
enum Payloads {
    #[error("fields")]
    #[api(422)]
    Invalid(Vec<FieldError>),
    #[error("number")]
    #[api(400)]
    Number(u32),
    #[error("wrapped")]
    #[api(409, body = { "detail": detail })]
    Wrapped(u32),
}

#[test]
fn a_template_without_message_and_code_is_fitted_by_a_payload_that_decodes() {
    assert_eq!(read::<Payloads>(422, "[]").unwrap(), Payloads::Invalid(vec![]));
    let body = r#"[{"loc":["body","name"],"msg":"field required","type":"value_error.missing"}]"#;
    let expected = FieldError::missing(["body", "name"]);
    assert_eq!(read::<Payloads>(422, body).unwrap(), Payloads::Invalid(vec![expected]));
    assert_eq!(read::<Payloads>(400, " 7 ").unwrap(), Payloads::Number(7));
    assert_eq!(read::<Payloads>(409, r#"{"detail":7}"#).unwrap(), Payloads::Wrapped(7));
}

#[test]
fn a_payload_that_does_not_decode_is_foreign() {
    for body in ["{}", "null", "7", r#"[{"loc":"body"}]"#, "[1]", "", "<html>"] {
        assert_foreign(read::<Payloads>(422, body));
    }
    for body in ["-7", r#""7""#, "[7]", "7 7"] {
        assert_foreign(read::<Payloads>(400, body));
    }
    for body in ["7", r#"{"detail":"7"}"#, r#"{"detail":null}"#, "{}"] {
        assert_foreign(read::<Payloads>(409, body));
    }
}

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = none)]
enum Bodiless {
    #[error("anything")]
    #[api(400)]
    Anything,
    #[error("message")]
    #[api(404, body = text)]
    Text,
    #[error("empty")]
    #[api(409, body = empty)]
    Empty,
}

#[test]
fn a_body_of_none_asks_no_shape() {
    for body in ["", "{}", "<html>", r#"{"error":"x","code":"y"}"#, "\u{0}"] {
        assert_eq!(read::<Bodiless>(400, body).unwrap(), Bodiless::Anything);
    }
    assert_eq!(read::<Bodiless>(400, &b"\xff\xfe"[..]).unwrap(), Bodiless::Anything);
}

#[test]
fn a_body_of_text_asks_for_some_text() {
    assert_eq!(read::<Bodiless>(404, "Not found").unwrap(), Bodiless::Text);
    for body in [&b""[..], b" \r\n", b"\xff\xfe"] {
        assert_foreign(read::<Bodiless>(404, body));
    }
}

#[test]
fn an_empty_body_is_empty() {
    assert_eq!(read::<Bodiless>(409, "").unwrap(), Bodiless::Empty);
    for body in ["x", "{}", "null"] {
        assert_foreign(read::<Bodiless>(409, body));
    }
}
