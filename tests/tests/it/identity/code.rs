//! Which statuses are read, and where the code is found.

use aura_errors::{Reason, Taxonomy};
use http::StatusCode;

use super::{assert_foreign, assert_unknown_code, reason};
use crate::support::{read, response};

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = none)]
enum Any {
    #[error("client")]
    #[api("4XX")]
    Client {
        #[api(status)]
        status: StatusCode,
    },
    #[error("server")]
    #[api("5XX")]
    Server {
        #[api(status)]
        status: StatusCode,
    },
}

#[test]
fn only_400_to_599_is_read() {
    for number in 100..=999 {
        let status = StatusCode::from_u16(number).unwrap();
        let result = read::<Any>(number, "");
        match number {
            400..=499 => assert_eq!(result.unwrap(), Any::Client { status }),
            500..=599 => assert_eq!(result.unwrap(), Any::Server { status }),
            _ => assert_foreign(result),
        }
    }
}

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = { "ok": false, "error": code }, allow_success)]
enum Successful {
    #[error("a")]
    #[api(200)]
    A,
    #[error("b")]
    #[api(202)]
    B,
    #[error("c")]
    #[api(400)]
    C,
}

#[test]
fn a_success_is_read_where_an_error_is_allowed_that_status() {
    let a = r#"{"ok":false,"error":"a"}"#;
    assert_eq!(read::<Successful>(200, a).unwrap(), Successful::A);
    assert_eq!(read::<Successful>(202, r#"{"ok":false,"error":"b"}"#).unwrap(), Successful::B);
    for status in [100, 199, 201, 203, 204, 299, 300, 302, 399, 600] {
        assert_foreign(read::<Successful>(status, a));
    }
}

#[test]
fn a_success_is_only_what_declares_that_very_status() {
    for (status, code) in [(200, "b"), (202, "a"), (200, "c")] {
        let body = format!(r#"{{"ok":false,"error":"{code}"}}"#);
        assert_foreign(read::<Successful>(status, body));
    }
}

#[test]
fn an_error_status_may_hold_the_code_of_a_success() {
    assert_eq!(read::<Successful>(500, r#"{"ok":false,"error":"a"}"#).unwrap(), Successful::A);
}

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = { "error": message, "code"?: code }, code_header = "X-Error-Code")]
enum Headed {
    #[error("a")]
    #[api(400)]
    A,
    #[error("b")]
    #[api(400)]
    B,
    #[error("numbered")]
    #[api(400, code = 1007)]
    Numbered,
    #[error("optional")]
    #[api(404, code = "optional" | none)]
    Optional,
    #[error("rest")]
    #[api(409, code = any)]
    Rest {
        #[api(code)]
        code: Option<String>,
    },
}

fn headed(status: u16, header: &str, body: &'static str) -> Result<Headed, aura_errors::Unrecognized> {
    Headed::from_response(response(status, &[("X-Error-Code", header)], body))
}

#[test]
fn the_code_comes_from_the_header() {
    assert_eq!(headed(400, "a", r#"{"error":"x"}"#).unwrap(), Headed::A);
    assert_eq!(headed(400, "b", r#"{"error":"x"}"#).unwrap(), Headed::B);
    assert_eq!(headed(400, "  b\t", "").unwrap(), Headed::B, "spaces around it");
    assert_unknown_code(headed(400, "c", r#"{"error":"x"}"#));
}

#[test]
fn the_code_comes_from_the_body_where_the_header_has_none() {
    assert_eq!(read::<Headed>(400, r#"{"error":"x","code":"b"}"#).unwrap(), Headed::B);
    for empty in ["", "  "] {
        assert_eq!(headed(400, empty, r#"{"error":"x","code":"b"}"#).unwrap(), Headed::B);
    }
}

#[test]
fn a_header_that_is_no_text_has_no_code() {
    let mut response = response(400, &[], r#"{"error":"x","code":"b"}"#);
    let value = http::HeaderValue::from_bytes(b"\xff\xfe").unwrap();
    response.headers_mut().insert("x-error-code", value);
    assert_eq!(Headed::from_response(response).unwrap(), Headed::B);
}

#[test]
fn the_header_comes_before_the_body() {
    // The body's code is none of the catalogue's, so nothing contradicts the header.
    assert_eq!(headed(400, "a", r#"{"error":"x","code":"z"}"#).unwrap(), Headed::A);
    assert_unknown_code(headed(400, "z", r#"{"error":"x","code":"a"}"#));
    let rest = headed(409, "z", r#"{"error":"x","code":"y"}"#).unwrap();
    assert_eq!(rest, Headed::Rest { code: Some("z".into()) });
}

#[test]
fn header_and_body_that_name_two_errors_are_a_conflict() {
    assert_eq!(reason(headed(400, "a", r#"{"error":"x","code":"b"}"#)), Reason::Conflict);
    assert_eq!(reason(headed(400, "optional", r#"{"error":"x","code":"a"}"#)), Reason::Conflict);
    assert_eq!(reason(headed(500, "a", r#"{"code":1007}"#)), Reason::Conflict);
}

#[test]
fn header_and_body_that_name_one_error_agree() {
    assert_eq!(headed(400, "a", r#"{"error":"x","code":"a"}"#).unwrap(), Headed::A);
    assert_eq!(headed(400, "1007", r#"{"error":"x","code":1007}"#).unwrap(), Headed::Numbered);
}

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = { "error": message, "code": code })]
enum Own {
    #[error("a")]
    #[api(400)]
    A,
    #[error("b")]
    #[api(400, body = { "fault": { "code": code } })]
    B,
    #[error("c")]
    #[api(400, body = { "fault": { "code": code }, "more": 1 })]
    C,
}

#[test]
fn the_types_template_has_the_code_before_a_variants_own() {
    assert_eq!(read::<Own>(400, r#"{"code":"a","fault":{"code":"b"}}"#).unwrap(), Own::A);
    assert_eq!(read::<Own>(400, r#"{"fault":{"code":"b"},"code":"a"}"#).unwrap(), Own::A);
}

#[test]
fn a_variants_own_template_may_have_the_code() {
    assert_eq!(read::<Own>(400, r#"{"fault":{"code":"b"}}"#).unwrap(), Own::B);
    assert_eq!(read::<Own>(400, r#"{"fault":{"code":"c"}}"#).unwrap(), Own::C);
    assert_unknown_code(read::<Own>(400, r#"{"fault":{"code":"z"}}"#));
}

#[test]
fn a_code_in_neither_place_is_none() {
    assert_foreign(read::<Own>(400, r#"{"error":{"code":"a"}}"#));
}

#[test]
fn null_empty_and_absent_mean_no_code() {
    for body in [r#"{"error":"x","code":null}"#, r#"{"error":"x","code":""}"#, r#"{"error":"x"}"#] {
        assert_eq!(read::<Headed>(404, body).unwrap(), Headed::Optional, "{body}");
        assert_eq!(read::<Headed>(409, body).unwrap(), Headed::Rest { code: None }, "{body}");
        assert_foreign(read::<Headed>(400, body));
    }
    assert_eq!(headed(404, "", r#"{"error":"x"}"#).unwrap(), Headed::Optional);
}

#[test]
fn a_code_that_is_neither_text_nor_number_is_none() {
    for code in ["true", "[]", r#"["a"]"#, "{}", r#"{"a":"a"}"#] {
        let body = format!(r#"{{"error":"x","code":{code}}}"#);
        assert_foreign(read::<Headed>(400, body.clone()));
        assert_eq!(read::<Headed>(404, body).unwrap(), Headed::Optional, "{code}");
    }
}

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = { "code": code })]
enum Numbers {
    #[error("number")]
    #[api(400, code = 1007)]
    Number,
    #[error("text")]
    #[api(400, code = "2008")]
    Text,
    #[error("negative")]
    #[api(400, code = -3)]
    Negative,
    #[error("zero")]
    #[api(400, code = 0)]
    Zero,
}

#[test]
fn a_number_equals_its_text_both_ways() {
    for (json, expected) in [
        ("1007", Numbers::Number),
        (r#""1007""#, Numbers::Number),
        ("2008", Numbers::Text),
        (r#""2008""#, Numbers::Text),
        ("-3", Numbers::Negative),
        (r#""-3""#, Numbers::Negative),
        ("0", Numbers::Zero),
        (r#""0""#, Numbers::Zero),
        (r#""\u0031007""#, Numbers::Number),
    ] {
        assert_eq!(read::<Numbers>(400, format!(r#"{{"code":{json}}}"#)).unwrap(), expected, "{json}");
    }
}

#[test]
fn another_spelling_of_a_number_is_another_code() {
    for json in [r#""01007""#, r#"" 1007""#, r#""+1007""#, r#""1007 ""#, "10070", "100", r#""one""#] {
        assert_unknown_code(read::<Numbers>(400, format!(r#"{{"code":{json}}}"#)));
    }
}

#[test]
fn codes_are_compared_exactly() {
    for code in ["A", "a ", " a", "aa", "a\\u0000", "\\u0430"] {
        assert_unknown_code(read::<Headed>(400, format!(r#"{{"error":"x","code":"{code}"}}"#)));
    }
    assert_eq!(read::<Headed>(400, r#"{"error":"x","code":"\u0061"}"#).unwrap(), Headed::A);
}
