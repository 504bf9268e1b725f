//! Whatever a server, a proxy or an attacker may send instead of the documented body.

use aura_errors::{Code, FieldError, Taxonomy, Unrecognized};
use aura_errors_tests::seeds::AuraError;
use bytes::Bytes;

use super::{assert_foreign, assert_unknown_code, misfit};
use crate::support::read;

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = { "error": { "code": code, "message": message, ..fields } })]
enum Api {
    #[error("plain")]
    #[api(400)]
    Plain,
    #[error("counted")]
    #[api(404)]
    Counted { count: u32, note: Option<String> },
    #[error("tree")]
    #[api(409)]
    Tree { tree: serde_json::Value },
    #[error("numbered")]
    #[api(410, code = 1007)]
    Numbered,
    #[error("rest")]
    #[api(422, code = "rest" | none)]
    Rest { more: Option<serde_json::Value> },
}

fn error(status: u16, members: &str) -> Result<Api, Unrecognized> {
    read(status, format!(r#"{{"error":{{{members}}}}}"#))
}

fn counted(members: &str) -> Result<Api, Unrecognized> {
    error(404, &format!(r#""code":"counted","message":"m",{members}"#))
}

/// Comes back as it was, and for the reason `Foreign`.
#[track_caller]
fn assert_kept(status: u16, body: impl Into<Bytes>) -> Unrecognized {
    let body = body.into();
    let other = read::<Api>(status, body.clone()).unwrap_err();
    assert_eq!(*other.body(), body);
    assert_eq!(other.status().as_u16(), status);
    assert!(matches!(other.reason(), aura_errors::Reason::Foreign { .. }), "{:?}", other.reason());
    other
}

#[test]
fn an_unknown_code() {
    let other = error(400, r#""code":"new","message":"m""#).unwrap_err();
    assert_eq!(*other.code(), Code::from("new"));
    assert_eq!(other.message(), Some("m"));
    assert_unknown_code::<Api>(Err(other));
}

#[test]
fn the_right_code_with_another_status() {
    assert_eq!(error(500, r#""code":"plain","message":"m""#).unwrap(), Api::Plain);
    let found = error(500, r#""code":"counted","message":"m","count":1"#).unwrap();
    assert_eq!(found, Api::Counted { count: 1, note: None });
}

#[test]
fn the_right_code_with_fields_that_do_not_fit() {
    assert_eq!(misfit(counted(r#""count":"one""#)), ("Counted", "/error/count".into()));
    assert_eq!(misfit(counted(r#""total":1"#)), ("Counted", "/error/count".into()));
}

#[test]
fn a_page_of_html() {
    let page = "<!DOCTYPE html><html><head><title>502</title></head><body>{\"error\":1}</body></html>";
    for status in [400, 404, 502] {
        let other = assert_kept(status, page);
        assert_eq!(*other.code(), Code::None);
        assert_eq!(other.message(), None);
    }
}

#[test]
fn an_empty_body() {
    for body in ["", " ", "\r\n\t"] {
        assert_kept(400, body);
    }
}

#[test]
fn a_truncated_body() {
    let whole = r#"{"error":{"code":"counted","message":"é\u00e9","count":12,"note":[true,null]}}"#;
    assert!(read::<Api>(404, whole).is_ok());
    for end in 0..whole.len() {
        assert_kept(404, whole.as_bytes()[..end].to_vec());
    }
}

#[test]
fn something_after_the_body() {
    for tail in ["}", "{}", ",", "null", "x", "\u{0}"] {
        assert_kept(400, format!(r#"{{"error":{{"code":"plain","message":"m"}}}}{tail}"#));
    }
    let spaces = format!("\r\n\t {} \n", r#"{"error":{"code":"plain","message":"m"}}"#);
    assert_eq!(read::<Api>(400, spaces).unwrap(), Api::Plain);
}

#[test]
fn a_body_that_is_not_utf_8() {
    let mut body = br#"{"error":{"code":"plain","message":"m"}}"#.to_vec();
    body[33] = 0xff;
    assert_kept(400, body);
    assert_kept(400, &b"\xff\xfe{\0}\0"[..]);
    // UTF-16, as some servers on Windows send.
    let utf16: Vec<u8> =
        r#"{"error":{"code":"plain","message":"m"}}"#.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_kept(400, utf16);
}

#[test]
fn a_byte_order_mark_is_passed_over() {
    let found = read::<Api>(400, "\u{feff}{\"error\":{\"code\":\"plain\",\"message\":\"m\"}}");
    assert_eq!(found.unwrap(), Api::Plain);
}

#[test]
fn a_byte_order_mark_alone_or_doubled_is_foreign() {
    assert_kept(400, "\u{feff}");
    assert_kept(400, "\u{feff}\u{feff}{\"error\":{\"code\":\"plain\",\"message\":\"m\"}}");
}

#[test]
fn a_body_nested_a_hundred_thousand_deep() {
    const DEPTH: usize = 100_000;
    let arrays = "[".repeat(DEPTH) + &"]".repeat(DEPTH);
    let objects = r#"{"error":"#.repeat(DEPTH) + "1" + &"}".repeat(DEPTH);
    for body in [arrays.clone(), objects.clone(), "[".repeat(DEPTH), r#"{"error":"#.repeat(DEPTH)] {
        assert_kept(400, body);
    }
    for deep in [&arrays, &objects] {
        // In a member that nobody reads, and in one that is read as it is.
        assert_eq!(error(400, &format!(r#""code":"plain","x":{deep}"#)).unwrap(), Api::Plain);
        assert_eq!(error(400, &format!(r#""x":{deep},"code":"plain""#)).unwrap(), Api::Plain);
        let required = error(409, &format!(r#""code":"tree","tree":{deep}"#));
        assert_eq!(misfit(required), ("Tree", "/error/tree".into()));
        let optional = error(422, &format!(r#""code":"rest","more":{deep}"#));
        assert_eq!(optional.unwrap(), Api::Rest { more: None });
        // As the code and as the message.
        assert_foreign(error(400, &format!(r#""code":{deep},"message":{deep}"#)));
    }
}

#[test]
fn a_huge_body() {
    const SIZE: usize = 1 << 20;
    let text = "é".repeat(SIZE / 2);
    let found = counted(&format!(r#""note":"{text}","count":1"#)).unwrap();
    assert_eq!(found, Api::Counted { count: 1, note: Some(text.clone()) });
    let members: String = (0..SIZE / 16).map(|n| format!(r#""m{n}":{n},"#)).collect();
    assert_eq!(counted(&format!(r#"{members}"count":1"#)).unwrap(), Api::Counted { count: 1, note: None });
    let elements = format!("[{}1]", "1,".repeat(SIZE / 2));
    assert_eq!(
        counted(&format!(r#""x":{elements},"count":1"#)).unwrap(),
        Api::Counted { count: 1, note: None }
    );
    assert_kept(400, "x".repeat(SIZE));
    assert_kept(400, "[".repeat(SIZE));
    assert_kept(400, "\"".repeat(SIZE));
    assert_kept(400, " ".repeat(SIZE));
    let digits = "9".repeat(SIZE);
    assert_eq!(misfit(counted(&format!(r#""count":{digits}"#))).0, "Counted");
    assert_unknown_code(error(400, &format!(r#""code":{digits}"#)));
    assert_unknown_code(error(400, &format!(r#""code":"{text}""#)));
}

#[test]
fn arrays_and_scalars_where_an_object_is_due() {
    for body in ["[]", "[[]]", "null", "true", "0", "-1.5e3", r#""error""#, r#"[{"error":{"code":"plain"}}]"#]
    {
        assert_kept(400, body);
    }
    for inner in ["[]", "null", "false", "7", r#""plain""#, r#"[{"code":"plain"}]"#] {
        assert_kept(400, format!(r#"{{"error":{inner}}}"#));
        assert_kept(422, format!(r#"{{"error":{inner}}}"#));
    }
}

#[test]
fn a_numeric_code_sent_as_a_string_and_the_reverse() {
    for code in ["1007", r#""1007""#] {
        assert_eq!(error(410, &format!(r#""code":{code},"message":"m""#)).unwrap(), Api::Numbered);
    }
    for code in ["1", r#""1""#] {
        let other = error(410, &format!(r#""code":{code},"message":"m""#)).unwrap_err();
        assert_eq!(*other.code(), 1);
        assert_unknown_code::<Api>(Err(other));
    }
}

#[test]
fn of_duplicate_members_the_last_counts() {
    assert_eq!(error(400, r#""code":"new","message":"m","code":"plain""#).unwrap(), Api::Plain);
    assert_unknown_code(error(400, r#""code":"plain","message":"m","code":"new""#));
    assert_eq!(counted(r#""count":1,"count":2"#).unwrap(), Api::Counted { count: 2, note: None });
    assert_eq!(misfit(counted(r#""count":1,"count":"2""#)).0, "Counted");
    assert_eq!(counted(r#""count":"1","c\u006funt":2"#).unwrap(), Api::Counted { count: 2, note: None });
    let whole = r#"{"error":{"code":"counted","count":1},"error":{"code":"plain"}}"#;
    assert_eq!(read::<Api>(400, whole).unwrap(), Api::Plain);
    assert_eq!(
        error(422, r#""code":null,"message":"m","more":1,"more":null"#).unwrap(),
        Api::Rest { more: None }
    );
}

#[test]
fn extra_members() {
    let body =
        r#"{"":0,"x":{"code":"counted"},"error":{"code":"plain","message":"m","y":[{"code":1}]},"z":null}"#;
    assert_eq!(read::<Api>(400, body).unwrap(), Api::Plain);
}

#[test]
fn null_members() {
    assert_eq!(counted(r#""count":1,"note":null"#).unwrap(), Api::Counted { count: 1, note: None });
    assert_eq!(misfit(counted(r#""count":null"#)).0, "Counted");
    assert_eq!(error(400, r#""code":"plain","message":null"#).unwrap(), Api::Plain);
    assert_foreign(error(400, r#""code":null,"message":"m""#));
    assert_eq!(error(422, r#""code":null,"message":"m""#).unwrap(), Api::Rest { more: None });
    assert_foreign(error(422, r#""code":null,"message":null"#));
}

#[test]
fn names_of_members_are_compared_exactly() {
    for name in ["Error", "ERROR", "error ", "err", "errors", "error\\u0000"] {
        assert_kept(400, format!(r#"{{"{name}":{{"code":"plain","message":"m"}}}}"#));
    }
    let escaped = r#"{"\u0065rror":{"\u0063ode":"pl\u0061in","message":"m"}}"#;
    assert_eq!(read::<Api>(400, escaped).unwrap(), Api::Plain);
}

#[test]
fn half_a_surrogate_pair_is_no_text() {
    // Valid by the grammar of JSON, but no string of characters.
    for half in ["\\ud800", "\\udc00", "\\ud800x", "\\udc00\\ud800"] {
        let unread = error(400, &format!(r#""code":"plain","message":"{half}""#));
        assert!(matches!(unread, Ok(Api::Plain) | Err(_)));
        assert!(error(400, &format!(r#""code":"{half}","message":"m""#)).is_err());
        assert!(
            counted(&format!(r#""count":1,"note":"{half}""#))
                .is_ok_and(|found| found == Api::Counted { count: 1, note: None })
        );
    }
    let pair = counted(r#""count":1,"note":"\ud83d\ude00""#).unwrap();
    assert_eq!(pair, Api::Counted { count: 1, note: Some("😀".into()) });
}

#[test]
fn what_is_almost_json() {
    for body in [
        r#"{'error':{'code':'plain'}}"#,
        r#"{"error":{"code":"plain",}}"#,
        r#"{"error":{"code":"plain"},}"#,
        r#"{error:{code:"plain"}}"#,
        r#"{"error":{"code":"plain"}} // done"#,
        r#"{"error":{"code":"plain" "message":"m"}}"#,
        r#"{"error":{"code":"plain","n":01}}"#,
        r#"{"error":{"code":"plain","n":+1}}"#,
        r#"{"error":{"code":"plain","n":.5}}"#,
        r#"{"error":{"code":"plain","n":1.}}"#,
        r#"{"error":{"code":"plain","n":NaN}}"#,
        r#"{"error":{"code":"plain","n":undefined}}"#,
        r#"{"error":{"code":"plain","n":"\x41"}}"#,
        "{\"error\":{\"code\":\"plain\",\"n\":\"\n\"}}",
        r#")]}',{"error":{"code":"plain"}}"#,
    ] {
        assert_kept(400, body);
    }
}

#[test]
fn the_aura_api_in_all_its_documented_forms() {
    // `error_code` is not optional where it is documented: a body without it is another's.
    assert_foreign(read::<AuraError>(401, r#"{"error":"Not authenticated","detail":null}"#));
    for (status, body, expected) in [
        (
            400,
            r#"{"error":"Bad request","error_code":"anything","detail":"page must be positive"}"#,
            AuraError::BadRequest(Some("page must be positive".into())),
        ),
        (
            400,
            r#"{"error":"Bad request","error_code":"","detail":"Bad request"}"#,
            AuraError::BadRequest(None),
        ),
        (
            401,
            r#"{"error":"Not authenticated","error_code":null,"detail":"Not authenticated"}"#,
            AuraError::NotAuthenticated,
        ),
        (
            422,
            r#"{"error":"Validation error","detail":[{"loc":["body","name"],"msg":"field required","type":"value_error.missing"}]}"#,
            AuraError::Validation(vec![FieldError::missing(["body", "name"])]),
        ),
    ] {
        assert_eq!(read::<AuraError>(status, body).unwrap(), expected, "{body}");
    }
}
