//! Each placeholder by itself.

use std::time::Duration;

use aura_errors::{RetryAfter, Taxonomy};
use http::{HeaderValue, StatusCode};

use super::super::support::{body, read, response};
use super::{check, reads};

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(
    body = {
        "message": message, "title": title, "code": code, "name": name, "status": status,
        "reason": reason, "class": class, "docs": docs_url
    },
    code_prefix = "E_",
    docs_url = "https://docs.example/{name}/{code}/{status}"
)]
enum Fixed {
    /// Gone for good.
    ///
    /// What is below the first line is the description.
    #[error("It is gone")]
    #[api(410, name = "gone_for_good", docs_url = "https://elsewhere.example/gone")]
    Gone,

    #[error("No coffee")]
    #[api(418, code = "TEAPOT")]
    Teapot,

    #[error("Sign in first")]
    #[api(403, class(auth, permission))]
    SignIn,

    #[error("Numbered")]
    #[api(409, code = -1007)]
    Numbered,
}

#[test]
fn what_is_known_of_the_error_is_written_as_declared() {
    check(
        Fixed::Gone,
        r#"{"message":"It is gone","title":"Gone for good.","code":"E_gone_for_good","name":"gone_for_good","status":410,"reason":"Gone","class":"not_found","docs":"https://elsewhere.example/gone"}"#,
    );
}

#[test]
fn without_a_doc_comment_the_title_is_the_reason_phrase() {
    check(
        Fixed::Teapot,
        r#"{"message":"No coffee","title":"I'm a teapot","code":"TEAPOT","name":"teapot","status":418,"reason":"I'm a teapot","class":"request","docs":"https://docs.example/teapot/TEAPOT/418"}"#,
    );
}

#[test]
fn the_class_is_the_declared_one_and_the_first_of_several() {
    assert!(body(&Fixed::SignIn).contains(r#""class":"auth""#));
}

#[test]
fn a_numbered_code_is_a_number() {
    assert!(body(&Fixed::Numbered).contains(r#""code":-1007,"#));
    reads(
        409,
        r#"{"message":"","title":"","code":"-1007","name":"","status":0,"reason":"","class":"","docs":""}"#,
        Fixed::Numbered,
    );
}

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = { "title": title, "status": status, "reason": reason, "class": class, "message": message })]
enum Ranged {
    #[error("Server trouble")]
    #[api("5XX", code = none)]
    Server {
        #[api(status)]
        status: StatusCode,
    },
}

#[test]
fn over_a_range_status_reason_title_and_class_are_those_of_the_value() {
    check(
        Ranged::Server { status: StatusCode::SERVICE_UNAVAILABLE },
        r#"{"title":"Service Unavailable","status":503,"reason":"Service Unavailable","class":"unavailable","message":"Server trouble"}"#,
    );
    check(
        Ranged::Server { status: StatusCode::from_u16(599).unwrap() },
        r#"{"title":"Error","status":599,"reason":"Error","class":"internal","message":"Server trouble"}"#,
    );
}

#[test]
fn a_status_outside_the_range_goes_out_as_its_lowest() {
    let error = Ranged::Server { status: StatusCode::NOT_FOUND };
    assert_eq!(error.to_response().status(), StatusCode::INTERNAL_SERVER_ERROR);
    assert_eq!(error.status(), StatusCode::INTERNAL_SERVER_ERROR);
    assert_eq!(
        body(&error),
        r#"{"title":"Internal Server Error","status":500,"reason":"Internal Server Error","class":"internal","message":"Server trouble"}"#
    );
}

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = { "code": code, "detail": detail })]
enum Details {
    #[error("text")]
    #[api(400, detail = "A {{declared}} text")]
    Text,

    #[error("format")]
    #[api(400, detail = "{id} is {what:?}", body = { "code": code, "detail": detail, "id": field(id), "what": field(what) })]
    Format { id: u32, what: String },

    #[error("field")]
    #[api(400)]
    Field {
        #[api(detail)]
        reasons: Vec<String>,
    },

    #[error("tuple")]
    #[api(400)]
    Tuple(Option<u32>),

    #[error("object")]
    #[api(400)]
    Object {
        id: u32,
        what: Option<String>,
        #[api(header = "X-Trace")]
        trace: Option<String>,
    },

    #[error("absent")]
    #[api(400)]
    Absent,
}

#[test]
fn the_detail_is_a_declared_text() {
    check(Details::Text, r#"{"code":"text","detail":"A {declared} text"}"#);
}

#[test]
fn a_declared_detail_has_its_placeholders_filled_in() {
    check(
        Details::Format { id: 7, what: "a\nb".into() },
        r#"{"code":"format","detail":"7 is \"a\\nb\"","id":7,"what":"a\nb"}"#,
    );
}

#[test]
fn the_detail_is_the_field_with_that_role() {
    check(Details::Field { reasons: vec!["a".into(), "b".into()] }, r#"{"code":"field","detail":["a","b"]}"#);
}

#[test]
fn the_detail_is_the_only_unnamed_field() {
    check(Details::Tuple(Some(3)), r#"{"code":"tuple","detail":3}"#);
    check(Details::Tuple(None), r#"{"code":"tuple","detail":null}"#);
    reads(400, r#"{"code":"tuple"}"#, Details::Tuple(None));
}

#[test]
fn the_detail_is_the_object_of_named_fields_without_another_role() {
    check(
        Details::Object { id: 7, what: None, trace: Some("t-1".into()) },
        r#"{"code":"object","detail":{"id":7,"what":null}}"#,
    );
    check(
        Details::Object { id: 7, what: Some("x".into()), trace: None },
        r#"{"code":"object","detail":{"id":7,"what":"x"}}"#,
    );
}

#[test]
fn without_any_of_these_the_detail_is_absent() {
    check(Details::Absent, r#"{"code":"absent","detail":null}"#);
}

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = { "code": code, "data": fields })]
enum Fields {
    #[error("some")]
    #[api(400)]
    Some { a: u8, b: Option<bool> },

    #[error("one has a place of its own")]
    #[api(400, body = { "code": code, "a": field(a), "data": fields })]
    Placed { a: u8, b: u8 },

    #[error("none")]
    #[api(400)]
    None,

    #[error("unnamed")]
    #[api(400, body = { "code": code, "value": field(0) })]
    Unnamed(String),
}

#[test]
fn fields_is_the_object_of_named_fields() {
    check(Fields::Some { a: 1, b: Some(true) }, r#"{"code":"some","data":{"a":1,"b":true}}"#);
}

#[test]
fn a_field_with_a_place_of_its_own_is_not_repeated_among_the_fields() {
    check(Fields::Placed { a: 1, b: 2 }, r#"{"code":"placed","a":1,"data":{"b":2}}"#);
}

#[test]
fn without_fields_the_object_is_absent() {
    check(Fields::None, r#"{"code":"none","data":null}"#);
}

#[test]
fn a_field_is_placed_by_its_index() {
    check(Fields::Unnamed("x".into()), r#"{"code":"unnamed","value":"x"}"#);
}

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = { "kind": slot(kind), "domain"?: slot(domain), "code": code })]
enum Slots {
    #[error("both")]
    #[api(400, slot(kind = "a" | "b", domain = "d\"d"))]
    Both,

    #[error("one")]
    #[api(400, slot(kind = "a"))]
    One,
}

#[test]
fn a_slot_is_written_with_its_first_value() {
    check(Slots::Both, r#"{"kind":"a","domain":"d\"d","code":"both"}"#);
}

#[test]
fn every_value_of_a_slot_is_read_and_no_other() {
    reads(400, r#"{"kind":"b","domain":"d\"d","code":"both"}"#, Slots::Both);
    super::foreign::<Slots>(400, r#"{"kind":"c","domain":"d\"d","code":"both"}"#);
}

#[test]
fn an_optional_slot_without_a_value_is_left_out_and_takes_any() {
    check(Slots::One, r#"{"kind":"a","code":"one"}"#);
    reads(400, r#"{"kind":"a","domain":"anything","code":"one"}"#, Slots::One);
}

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = { "code": code, "after": retry_after, "after_ms": retry_after_ms })]
enum Delays {
    #[error("slow down")]
    #[api(429)]
    SlowDown {
        #[api(retry_after)]
        retry_after: Option<RetryAfter>,
    },

    #[error("maybe")]
    #[api(503, body = { "code": code, "after"?: retry_after, "after_ms"?: retry_after_ms })]
    Maybe {
        #[api(retry_after)]
        retry_after: Option<RetryAfter>,
    },

    #[error("never said")]
    #[api(502)]
    NeverSaid,
}

fn millis(millis: u64) -> Option<RetryAfter> {
    Some(Duration::from_millis(millis).into())
}

#[test]
fn a_delay_is_written_in_seconds_with_a_fraction_where_there_is_one() {
    check(
        Delays::SlowDown { retry_after: millis(30_000) },
        r#"{"code":"slow_down","after":30,"after_ms":30000}"#,
    );
    check(
        Delays::SlowDown { retry_after: millis(1_250) },
        r#"{"code":"slow_down","after":1.25,"after_ms":1250}"#,
    );
    check(Delays::SlowDown { retry_after: millis(1) }, r#"{"code":"slow_down","after":0.001,"after_ms":1}"#);
}

#[test]
fn milliseconds_are_rounded_up() {
    let error = Delays::SlowDown { retry_after: Some(Duration::from_nanos(1).into()) };
    assert_eq!(body(&error), r#"{"code":"slow_down","after":0.000000001,"after_ms":1}"#);
}

#[test]
fn the_header_beside_it_is_rounded_up_to_whole_seconds() {
    let response = Delays::SlowDown { retry_after: millis(1_250) }.to_response();
    assert_eq!(response.headers()["retry-after"], "2");
}

#[test]
fn without_a_delay_the_members_are_null_or_left_out() {
    check(Delays::SlowDown { retry_after: None }, r#"{"code":"slow_down","after":null,"after_ms":null}"#);
    check(Delays::Maybe { retry_after: None }, r#"{"code":"maybe"}"#);
    check(Delays::NeverSaid, r#"{"code":"never_said","after":null,"after_ms":null}"#);
}

#[test]
fn a_date_stands_in_the_header_alone() {
    let date = std::time::UNIX_EPOCH + Duration::from_secs(1_700_000_000);
    let error = Delays::Maybe { retry_after: Some(RetryAfter::at(date)) };
    let response = error.to_response();
    assert_eq!(response.headers()["retry-after"], "Tue, 14 Nov 2023 22:13:20 GMT");
    check(error, r#"{"code":"maybe"}"#);
}

#[test]
fn a_delay_is_read_from_the_body_where_no_header_has_it() {
    reads(
        429,
        r#"{"code":"slow_down","after":1.25,"after_ms":null}"#,
        Delays::SlowDown { retry_after: millis(1_250) },
    );
    reads(
        429,
        r#"{"code":"slow_down","after":null,"after_ms":1251}"#,
        Delays::SlowDown { retry_after: millis(1_251) },
    );
    reads(429, r#"{"code":"slow_down","after":"48s"}"#, Delays::SlowDown { retry_after: millis(48_000) });
}

#[test]
fn a_delay_that_is_none_counts_as_absent() {
    for after in ["-1", "true", "\"soon\"", "1e400", "[]", "31536001"] {
        let body = format!(r#"{{"code":"slow_down","after":{after}}}"#);
        let error = read::<Delays>(429, body).unwrap();
        assert_eq!(error, Delays::SlowDown { retry_after: None }, "{after}");
    }
}

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(
    body = { "code": code, "request"?: header("X-Request-Id"), "realm": header("WWW-Authenticate") },
    header("WWW-Authenticate" = "Bearer realm=\"a\"")
)]
enum Headers {
    #[error("value")]
    #[api(401)]
    Value {
        #[api(header = "x-request-id")]
        id: HeaderValue,
    },

    #[error("parsed")]
    #[api(401)]
    Parsed {
        #[api(header = "X-Request-ID")]
        id: Option<u64>,
    },

    #[error("none")]
    #[api(401)]
    None,
}

#[test]
fn a_header_is_repeated_in_the_body_as_text() {
    check(
        Headers::Value { id: HeaderValue::from_static("r-1") },
        r#"{"code":"value","request":"r-1","realm":"Bearer realm=\"a\""}"#,
    );
    check(Headers::Parsed { id: Some(7) }, r#"{"code":"parsed","request":"7","realm":"Bearer realm=\"a\""}"#);
}

#[test]
fn a_header_the_error_does_not_have_is_absent_in_the_body() {
    check(Headers::Parsed { id: None }, r#"{"code":"parsed","realm":"Bearer realm=\"a\""}"#);
    check(Headers::None, r#"{"code":"none","realm":"Bearer realm=\"a\""}"#);
}

#[test]
fn a_header_field_is_read_from_the_body_where_the_header_is_missing() {
    reads(401, r#"{"code":"parsed","request":"7","realm":""}"#, Headers::Parsed { id: Some(7) });
    let both = response(401, &[("x-request-id", "8")], r#"{"code":"parsed","request":"7","realm":""}"#);
    assert_eq!(Headers::from_response(both).unwrap(), Headers::Parsed { id: Some(8) }, "the header is surer");
}

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = { "m": message, "c": code, "ü": detail })]
enum Escapes {
    /// Anything.
    #[error("{0}")]
    #[api(400)]
    Any(String),

    /// Fixed.
    #[error("a\"b\\c\td\u{7f}é\u{2028}")]
    #[api(400, code = "x\"y")]
    Fixed,
}

#[test]
fn texts_are_escaped_as_json_wants_it() {
    check(
        Escapes::Any("\"\\\u{0}\u{8}\u{c}\n\r\t\u{1f}é😀\u{2028}/".into()),
        "{\"m\":\"\\\"\\\\\\u0000\\b\\f\\n\\r\\t\\u001fé😀\u{2028}/\",\"c\":\"any\",\"ü\":\"\\\"\\\\\\u0000\\b\\f\\n\\r\\t\\u001fé😀\u{2028}/\"}",
    );
    check(Escapes::Fixed, "{\"m\":\"a\\\"b\\\\c\\td\u{7f}é\u{2028}\",\"c\":\"x\\\"y\",\"ü\":null}");
}

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = { "m": message, "c": code })]
enum Messages {
    #[error("the attribute wins, {id}")]
    #[api(400, message = "Number {id:03}", body = { "m": message, "c": code, ..fields })]
    Attribute { id: u8 },

    #[error("as displayed: {text}")]
    #[api(400)]
    Role {
        #[api(message)]
        text: String,
    },

    #[error("with {} computed", id + 1)]
    #[api(400, body = { "m": message, "c": code, ..fields })]
    Display { id: u8 },

    #[error("hides {secret:?}")]
    #[api(400)]
    Hidden {
        #[api(skip)]
        secret: Option<String>,
    },
}

#[test]
fn the_message_is_the_attribute_before_all() {
    check(Messages::Attribute { id: 7 }, r#"{"m":"Number 007","c":"attribute","id":7}"#);
}

#[test]
fn the_message_is_the_field_with_that_role_whatever_display_says() {
    check(Messages::Role { text: "só".into() }, r#"{"m":"só","c":"role"}"#);
}

#[test]
fn the_message_is_any_display_where_every_field_travels() {
    check(Messages::Display { id: 7 }, r#"{"m":"with 8 computed","c":"display","id":7}"#);
}

#[test]
fn the_message_is_the_reason_phrase_where_display_may_show_what_is_hidden() {
    assert_eq!(
        body(&Messages::Hidden { secret: Some("hunter2".into()) }),
        r#"{"m":"Bad Request","c":"hidden"}"#
    );
}
