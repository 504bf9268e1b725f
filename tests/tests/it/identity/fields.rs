//! What is read once the variant is known, and which part of the body it is read from.

use aura_errors::{Reason, RetryAfter, Taxonomy};

use super::{assert_foreign, misfit};
use crate::support::{body, read, response};

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = { "error": { "code": code, "message": message, "a/b~c"?: field(odd), "info": [ field(info) ], ..fields } })]
enum Api {
    #[error("flat")]
    #[api(400)]
    Flat {
        count: u32,
        #[serde(rename = "userName")]
        user: String,
    },
    #[error("odd")]
    #[api(400)]
    Odd { odd: bool },
    #[error("info")]
    #[api(400)]
    Info { info: u8 },
    #[error("header")]
    #[api(400)]
    Header {
        #[api(header = "X-Count")]
        count: u32,
    },
    #[error("delay")]
    #[api(429)]
    Delay {
        #[api(retry_after)]
        retry_after: RetryAfter,
    },
    /// Without fields: it would fit wherever the others do not.
    #[error("fallback")]
    #[api(400, code = any)]
    Rest,
}

fn error(members: &str) -> Result<Api, aura_errors::Unrecognized> {
    read(400, format!(r#"{{"error":{{{members}}}}}"#))
}

#[test]
fn a_required_field_that_is_missing_is_named_by_its_path() {
    assert_eq!(misfit(error(r#""code":"flat""#)), ("Flat", "/error/count".into()));
    assert_eq!(misfit(error(r#""code":"flat","count":1"#)), ("Flat", "/error/userName".into()));
    assert_eq!(misfit(error(r#""code":"info","info":[]"#)), ("Info", "/error/info/0".into()));
    assert_eq!(misfit(error(r#""code":"info""#)), ("Info", "/error/info/0".into()));
}

#[test]
fn a_required_field_of_the_wrong_type_is_named_by_its_path() {
    for count in [r#""1""#, "null", "-1", "1.5", "[]", "4294967296"] {
        let result = error(&format!(r#""code":"flat","userName":"u","count":{count}"#));
        assert_eq!(misfit(result), ("Flat", "/error/count".into()), "{count}");
    }
    // A JSON Pointer escapes what its own syntax uses.
    assert_eq!(misfit(error(r#""code":"odd","a/b~c":1"#)), ("Odd", "/error/a~1b~0c".into()));
    assert_eq!(misfit(error(r#""code":"info","info":[256]"#)), ("Info", "/error/info/0".into()));
}

#[test]
fn a_required_header_that_is_missing_or_wrong_is_named() {
    let with =
        |headers| Api::from_response(response(400, headers, r#"{"error":{"code":"header","count":1}}"#));
    assert_eq!(misfit(with(&[])), ("Header", "header X-Count".into()));
    assert_eq!(misfit(with(&[("X-Count", "many")])), ("Header", "header X-Count".into()));
    assert_eq!(with(&[("X-Count", " 7 ")]).unwrap(), Api::Header { count: 7 });
}

#[test]
fn a_required_delay_that_is_missing_is_named() {
    let body = r#"{"error":{"code":"delay"}}"#;
    assert_eq!(misfit(read::<Api>(429, body)), ("Delay", "header Retry-After".into()));
    let found = Api::from_response(response(429, &[("Retry-After", "7")], body)).unwrap();
    assert_eq!(found, Api::Delay { retry_after: RetryAfter::from_secs(7) });
}

#[test]
fn where_the_fields_do_not_fit_no_other_is_tried() {
    assert_eq!(error(r#""code":"else""#).unwrap(), Api::Rest);
    assert_eq!(misfit(error(r#""code":"flat""#)).0, "Flat");
    // Nor with another status.
    assert_eq!(misfit(read::<Api>(500, r#"{"error":{"code":"flat"}}"#)).0, "Flat");
}

#[test]
fn a_misfit_says_what_is_wrong() {
    let Reason::Fields { problem, .. } = super::reason(error(r#""code":"flat""#)) else { panic!() };
    assert!(problem.contains("missing"), "{problem}");
    let wrong = error(r#""code":"flat","count":"x""#);
    let Reason::Fields { problem, .. } = super::reason(wrong) else { panic!() };
    assert!(problem.contains("u32"), "{problem}");
}

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = { "error": message, "code": code, "detail": detail | message, "param"?: field(param) })]
enum Lenient {
    #[error("optional")]
    #[api(400)]
    Optional { param: Option<u32> },
    #[error("default")]
    #[api(400)]
    Default {
        #[serde(default)]
        param: u32,
    },
    #[error("detail")]
    #[api(400)]
    Detail(Option<Vec<u32>>),
    #[error("header")]
    #[api(429)]
    Header {
        #[api(header = "X-Count")]
        count: Option<u32>,
        #[api(retry_after)]
        retry_after: Option<RetryAfter>,
    },
}

fn lenient(code: &str, members: &str) -> Lenient {
    read(400, format!(r#"{{"error":"m","code":"{code}"{members}}}"#)).unwrap()
}

#[test]
fn an_optional_field_that_is_missing_null_or_of_the_wrong_type_is_absent() {
    for members in ["", r#","param":null"#, r#","param":"1""#, r#","param":-1"#, r#","param":{}"#] {
        assert_eq!(lenient("optional", members), Lenient::Optional { param: None }, "{members}");
        assert_eq!(lenient("default", members), Lenient::Default { param: 0 }, "{members}");
    }
    assert_eq!(lenient("optional", r#","param":1"#), Lenient::Optional { param: Some(1) });
    assert_eq!(lenient("default", r#","param":1"#), Lenient::Default { param: 1 });
    for members in ["", r#","detail":null"#, r#","detail":"m""#, r#","detail":["1"]"#, r#","detail":{}"#] {
        assert_eq!(lenient("detail", members), Lenient::Detail(None), "{members}");
    }
    assert_eq!(lenient("detail", r#","detail":[1]"#), Lenient::Detail(Some(vec![1])));
}

#[test]
fn an_optional_header_or_delay_of_the_wrong_type_is_absent() {
    let absent = Lenient::Header { count: None, retry_after: None };
    let body = r#"{"error":"m","code":"header"}"#;
    for headers in [&[][..], &[("X-Count", "x"), ("Retry-After", "soon")], &[("X-Count", "")]] {
        assert_eq!(Lenient::from_response(response(429, headers, body)).unwrap(), absent);
    }
}

#[test]
fn unknown_members_are_ignored() {
    let body = r#"{
        "new": [1], "error": "m", "code": "optional", "also": { "code": "default" }, "param": 1, "Param": 2
    }"#;
    assert_eq!(read::<Lenient>(400, body).unwrap(), Lenient::Optional { param: Some(1) });
}

#[test]
fn no_content_type_is_asked_for() {
    let body = r#"{"error":"m","code":"optional"}"#;
    for content_type in
        ["application/json", "text/html", "text/plain; charset=latin1", "image/png", "", "nonsense"]
    {
        let response = response(400, &[("Content-Type", content_type)], body);
        assert_eq!(Lenient::from_response(response).unwrap(), Lenient::Optional { param: None });
    }
    assert_eq!(read::<Lenient>(400, body).unwrap(), Lenient::Optional { param: None });
}

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = { "error": { "message": message, "code"?: code, "id"?: field(id) } }
           | { "message": message, "code"?: code, "id"?: field(id) }
           | [ { "message": message, "id"?: field(id) } ])]
enum Alternatives {
    #[error("coded")]
    #[api(400)]
    Coded { id: Option<u32> },
    #[error("codeless")]
    #[api(404, code = none)]
    Codeless { id: Option<u32> },
    #[error("required")]
    #[api(409)]
    Required { id: u32 },
}

#[test]
fn the_first_alternative_is_written() {
    let error = Alternatives::Codeless { id: Some(1) };
    assert_eq!(body(&error), r#"{"error":{"message":"codeless","id":1}}"#);
}

#[test]
fn the_first_alternative_whose_shape_the_body_has_is_read() {
    let found = |body: &'static str| read::<Alternatives>(404, body).unwrap();
    let codeless = |id| Alternatives::Codeless { id: Some(id) };
    assert_eq!(found(r#"{"error":{"message":"m","id":1}}"#), codeless(1));
    assert_eq!(found(r#"{"message":"m","id":2}"#), codeless(2));
    assert_eq!(found(r#"[{"message":"m","id":3}]"#), codeless(3));
    assert_eq!(found(r#"{"message":"m","id":2,"error":{"message":"m","id":1}}"#), codeless(1));
    // The first has no message here, so it is the second.
    assert_eq!(found(r#"{"message":"m","id":2,"error":{"id":1}}"#), codeless(2));
    assert_foreign(read::<Alternatives>(404, r#"{"error":{"id":1}}"#));
}

#[test]
fn the_code_is_found_in_each_alternative() {
    let coded = |id| Alternatives::Coded { id: Some(id) };
    let found = |body: &'static str| read::<Alternatives>(400, body).unwrap();
    assert_eq!(found(r#"{"error":{"message":"m","code":"coded","id":1}}"#), coded(1));
    assert_eq!(found(r#"{"message":"m","code":"coded","id":2}"#), coded(2));
}

#[test]
fn the_path_of_a_misfit_is_that_of_the_alternative_that_was_read() {
    let first = read::<Alternatives>(409, r#"{"error":{"message":"m","code":"required","id":"x"}}"#);
    assert_eq!(misfit(first), ("Required", "/error/id".into()));
    let second = read::<Alternatives>(409, r#"{"message":"m","code":"required","id":"x"}"#);
    assert_eq!(misfit(second), ("Required", "/id".into()));
}

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = { "errors": detail @ [ { "message": message, "code": code, "delay"?: retry_after } ] })]
enum Bound {
    #[error("bound")]
    #[api(429)]
    Bound {
        #[api(detail)]
        errors: Vec<serde_json::Value>,
        #[api(retry_after)]
        retry_after: Option<RetryAfter>,
    },
}

#[test]
fn a_bound_placeholder_is_the_member_and_its_shape_is_read_there_too() {
    let json = r#"{"errors":[{"message":"m","code":"bound","delay":7},{"code":"other"}]}"#;
    let found = read::<Bound>(400, json).unwrap();
    let Bound::Bound { errors, retry_after } = &found;
    assert_eq!(errors.len(), 2);
    assert_eq!(*retry_after, Some(RetryAfter::from_secs(7)));
    // The shape is never written: it comes back because the payload holds it.
    let written: serde_json::Value = serde_json::from_str(&body(&found)).unwrap();
    assert_eq!(written, serde_json::from_str::<serde_json::Value>(json).unwrap());
    assert_eq!(body(&Bound::Bound { errors: vec![], retry_after: None }), r#"{"errors":[]}"#);
}

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = {
    "code": code,
    "details": [
        { "@type": "info", "reason"?: field(reason) },
        { "@type": "limit", "quota": { "kind": "daily" }, "left": field(left) }
    ]
})]
enum Elements {
    #[error("elements")]
    #[api(400)]
    Elements { reason: Option<String>, left: Option<u32> },
}

#[test]
fn of_an_array_the_first_element_whose_literals_are_equal_is_read() {
    let found = |details: &str| {
        read::<Elements>(400, format!(r#"{{"code":"elements","details":{details}}}"#)).unwrap()
    };
    let elements = |reason: Option<&str>, left| Elements::Elements { reason: reason.map(Into::into), left };
    assert_eq!(
        found(
            r#"[
                1, null, {}, { "@type": "other", "reason": "x" },
                { "@type": "limit", "quota": { "kind": "hourly" }, "left": 1 },
                { "@type": "limit", "quota": { "kind": "daily" }, "left": 2 },
                { "@type": "limit", "quota": { "kind": "daily" }, "left": 3 },
                { "@type": "info", "reason": "y" }, { "@type": "info", "reason": "z" }
            ]"#
        ),
        elements(Some("y"), Some(2))
    );
    assert_eq!(found(r#"[{"@type":"info","reason":"y"}]"#), elements(Some("y"), None));
    assert_eq!(found(r#"[]"#), elements(None, None));
}

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = [ { "message": message, "code": code, "id"?: field(id) } ])]
enum Listed {
    #[error("listed")]
    #[api(400)]
    Listed { id: Option<u32> },
}

#[test]
fn of_an_array_without_literals_the_first_element_is_read() {
    let json = r#"[{"message":"m","code":"listed","id":1},{"message":"m","code":"else","id":2}]"#;
    assert_eq!(read::<Listed>(400, json).unwrap(), Listed::Listed { id: Some(1) });
    assert_eq!(body(&Listed::Listed { id: Some(1) }), r#"[{"message":"listed","code":"listed","id":1}]"#);
}

#[test]
fn an_element_that_is_no_object_is_not_passed_over() {
    assert_foreign(read::<Listed>(400, r#"[null,{"message":"m","code":"listed","id":1}]"#));
}
