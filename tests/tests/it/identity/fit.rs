//! What a candidate has to fit: conditions, literals, slots.

use aura_errors::Taxonomy;

use super::assert_foreign;
use crate::support::{read, response};

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = { "error": message, "code"?: code })]
enum Conditional {
    #[error("value")]
    #[api(403, code = none, when(header("X-Remaining") = "0"))]
    Value,
    #[error("presence")]
    #[api(404, code = none, when(header("X-Trace")))]
    Presence {
        #[api(header = "X-Trace")]
        trace: String,
    },
    #[error("several")]
    #[api(409, code = none, when(header("X-One") = "1", header("X-Two") = "2"))]
    Several,
    #[error("coded")]
    #[api(410, code = "coded", when(header("X-One") = "1"))]
    Coded,
}

fn conditional(
    status: u16,
    headers: &[(&'static str, &str)],
) -> Result<Conditional, aura_errors::Unrecognized> {
    Conditional::from_response(response(status, headers, r#"{"error":"x"}"#))
}

#[test]
fn a_condition_with_a_value_must_hold() {
    assert_eq!(conditional(403, &[("X-Remaining", "0")]).unwrap(), Conditional::Value);
    assert_eq!(conditional(403, &[("x-remaining", " 0 ")]).unwrap(), Conditional::Value);
    for headers in [&[][..], &[("X-Remaining", "1")], &[("X-Remaining", "")], &[("X-Remaining", "00")]] {
        assert_foreign(conditional(403, headers));
    }
}

#[test]
fn one_line_of_a_repeated_header_is_enough() {
    let headers = [("X-Remaining", "5"), ("X-Remaining", "0")];
    assert_eq!(conditional(403, &headers).unwrap(), Conditional::Value);
}

#[test]
fn a_condition_without_a_value_asks_for_the_header() {
    for value in ["7f", "0"] {
        let found = conditional(404, &[("X-Trace", value)]).unwrap();
        assert_eq!(found, Conditional::Presence { trace: value.into() });
    }
    assert_foreign(conditional(404, &[]));
    assert_foreign(conditional(404, &[("X-Other", "7f")]));
}

#[test]
fn any_one_of_several_conditions_is_enough() {
    for headers in [&[("X-One", "1")][..], &[("X-Two", "2")], &[("X-One", "0"), ("X-Two", "2")]] {
        assert_eq!(conditional(409, headers).unwrap(), Conditional::Several);
    }
    for headers in [&[][..], &[("X-One", "2")], &[("X-Two", "1")]] {
        assert_foreign(conditional(409, headers));
    }
}

#[test]
fn a_condition_must_hold_with_a_code_too() {
    let coded =
        |headers| Conditional::from_response(response(410, headers, r#"{"error":"x","code":"coded"}"#));
    assert_eq!(coded(&[("X-One", "1")]).unwrap(), Conditional::Coded);
    assert_foreign(coded(&[]));
}

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = { "version": 2, "nested": { "kind": "error" }, "flag"?: true, "code": code }, allow_success)]
enum Literals {
    #[error("a")]
    #[api(400)]
    A,
    #[error("b")]
    #[api(200)]
    B,
}

#[test]
fn a_literal_that_is_there_must_be_equal() {
    for body in [
        r#"{"version":2,"nested":{"kind":"error"},"flag":true,"code":"a"}"#,
        r#"{"version":2.0,"nested":{"kind":"\u0065rror"},"code":"a"}"#,
    ] {
        assert_eq!(read::<Literals>(400, body).unwrap(), Literals::A, "{body}");
    }
    for body in [
        r#"{"version":3,"nested":{"kind":"error"},"code":"a"}"#,
        r#"{"version":"2","nested":{"kind":"error"},"code":"a"}"#,
        r#"{"version":null,"nested":{"kind":"error"},"code":"a"}"#,
        r#"{"version":2,"nested":{"kind":"event"},"code":"a"}"#,
        r#"{"version":2,"nested":{"kind":"error"},"flag":false,"code":"a"}"#,
    ] {
        assert_foreign(read::<Literals>(400, body));
    }
}

#[test]
fn a_literal_that_is_not_there_is_not_asked_for_where_there_is_a_code() {
    for body in [r#"{"code":"a"}"#, r#"{"version":2,"code":"a"}"#, r#"{"nested":{},"code":"a"}"#] {
        assert_eq!(read::<Literals>(400, body).unwrap(), Literals::A, "{body}");
    }
}

#[test]
fn on_a_success_every_literal_must_be_there() {
    let whole = r#"{"version":2,"nested":{"kind":"error"},"code":"b"}"#;
    assert_eq!(read::<Literals>(200, whole).unwrap(), Literals::B);
    for body in [
        r#"{"code":"b"}"#,
        r#"{"version":2,"code":"b"}"#,
        r#"{"version":2,"nested":{},"code":"b"}"#,
        r#"{"nested":{"kind":"error"},"code":"b"}"#,
    ] {
        assert_foreign(read::<Literals>(200, body));
    }
}

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = { "type": slot(kind), "part"?: slot(part), "code": code })]
enum Slots {
    #[error("a")]
    #[api(400, slot(kind = "first" | "second", part = "p"))]
    A,
    #[error("b")]
    #[api(400, slot(kind = "first"))]
    B,
    #[error("numbered")]
    #[api(400, slot(kind = "7"))]
    Numbered,
}

#[test]
fn a_slot_that_is_there_must_be_equal_to_one_of_its_values() {
    for kind in ["first", "second"] {
        let body = format!(r#"{{"type":"{kind}","part":"p","code":"a"}}"#);
        assert_eq!(read::<Slots>(400, body).unwrap(), Slots::A);
    }
    for body in [
        r#"{"type":"third","part":"p","code":"a"}"#,
        r#"{"type":"first","part":"q","code":"a"}"#,
        r#"{"type":["first"],"part":"p","code":"a"}"#,
        r#"{"type":true,"part":"p","code":"a"}"#,
    ] {
        assert_foreign(read::<Slots>(400, body));
    }
}

#[test]
fn a_slot_that_is_not_there_is_not_asked_for_where_there_is_a_code() {
    for body in [r#"{"code":"a"}"#, r#"{"type":"second","code":"a"}"#, r#"{"part":"p","code":"a"}"#] {
        assert_eq!(read::<Slots>(400, body).unwrap(), Slots::A, "{body}");
    }
    assert_eq!(read::<Slots>(400, r#"{"type":null,"part":null,"code":"a"}"#).unwrap(), Slots::A);
}

#[test]
fn a_slot_without_a_value_takes_any() {
    for part in [r#""p""#, r#""q""#, "1", "null", "{}"] {
        let body = format!(r#"{{"type":"first","part":{part},"code":"b"}}"#);
        assert_eq!(read::<Slots>(400, body).unwrap(), Slots::B, "{part}");
    }
}

#[test]
fn a_slot_may_come_as_a_number() {
    for kind in ["7", r#""7""#] {
        let body = format!(r#"{{"type":{kind},"code":"numbered"}}"#);
        assert_eq!(read::<Slots>(400, body).unwrap(), Slots::Numbered, "{kind}");
    }
}

#[test]
fn the_first_value_of_a_slot_is_written() {
    assert_eq!(crate::support::body(&Slots::A), r#"{"type":"first","part":"p","code":"a"}"#);
    assert_eq!(crate::support::body(&Slots::B), r#"{"type":"first","code":"b"}"#);
}
