//! Candidates of a response that has a code.

use aura_errors::{Code, Taxonomy};

use super::{assert_ambiguous, assert_foreign, assert_unknown_code};
use crate::support::{read, response};

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = { "error": message, "code"?: code })]
enum Api {
    #[error("a here")]
    #[api(400, code = "a")]
    AHere,
    #[error("a there")]
    #[api(404, code = "a")]
    AThere,
    #[error("b")]
    #[api(404)]
    B,
    #[error("none")]
    #[api(403, code = none)]
    Codeless,
    #[error("optional")]
    #[api(410, code = "optional" | none)]
    Optional,
    #[error("any")]
    #[api(409, code = any)]
    Rest,
}

fn api(status: u16, code: &str) -> Result<Api, aura_errors::Unrecognized> {
    read(status, format!(r#"{{"error":"x","code":"{code}"}}"#))
}

#[test]
fn the_variant_that_declares_the_code_at_this_status() {
    assert_eq!(api(400, "a").unwrap(), Api::AHere);
    assert_eq!(api(404, "a").unwrap(), Api::AThere);
    assert_eq!(api(404, "b").unwrap(), Api::B);
    assert_eq!(api(410, "optional").unwrap(), Api::Optional);
}

#[test]
fn the_only_variant_of_another_status() {
    for status in [400, 403, 409, 422, 500, 503, 599] {
        assert_eq!(api(status, "b").unwrap(), Api::B, "{status}");
        assert_eq!(api(status, "optional").unwrap(), Api::Optional, "{status}");
    }
}

#[test]
fn several_variants_of_other_statuses_are_ambiguous() {
    assert_ambiguous(api(500, "a"));
    assert_ambiguous(api(409, "a"));
}

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = { "kind"?: slot(kind), "code": code })]
enum Kinds {
    #[error("one")]
    #[api(400, code = "a", slot(kind = "one"))]
    One,
    #[error("two")]
    #[api(404, code = "a", slot(kind = "two"))]
    Two,
    #[error("three")]
    #[api(409, code = "a", when(header("X-Three")), body = { "kind"?: slot(kind), "code": code, "l": 3 })]
    Three {
        #[api(header = "X-Three")]
        three: String,
    },
}

#[test]
fn of_several_variants_of_other_statuses_the_only_one_that_fits() {
    assert_eq!(read::<Kinds>(500, r#"{"kind":"one","code":"a"}"#).unwrap(), Kinds::One);
    assert_eq!(read::<Kinds>(500, r#"{"kind":"two","code":"a"}"#).unwrap(), Kinds::Two);
    assert_ambiguous(read::<Kinds>(500, r#"{"code":"a"}"#));
    let three = |body: &'static str| Kinds::from_response(response(500, &[("X-Three", "3")], body));
    assert_eq!(three(r#"{"kind":"other","code":"a","l":3}"#).unwrap(), Kinds::Three { three: "3".into() });
    assert_foreign(three(r#"{"kind":"other","code":"a","l":4}"#));
    assert_ambiguous(three(r#"{"kind":"one","code":"a","l":3}"#));
}

#[test]
fn none_of_the_variants_of_other_statuses_fits() {
    assert_foreign(read::<Kinds>(500, r#"{"kind":"three","code":"a"}"#));
}

#[test]
fn a_variant_of_this_status_that_does_not_fit_is_not_replaced_by_one_of_another() {
    // `One` declares the code at 400: those of other statuses are not asked.
    assert_foreign(read::<Kinds>(400, r#"{"kind":"two","code":"a"}"#));
}

#[test]
fn a_code_that_no_variant_declares_is_any_of_this_status() {
    assert_eq!(api(409, "whatever").unwrap(), Api::Rest);
    assert_eq!(api(409, "☃").unwrap(), Api::Rest);
    assert_eq!(read::<Api>(409, r#"{"error":"x","code":77}"#).unwrap(), Api::Rest);
    // Its own name is only the default that is written: nobody declares it.
    assert_eq!(api(409, "rest").unwrap(), Api::Rest);
}

#[test]
fn a_code_that_no_variant_declares_is_unknown_where_none_takes_any() {
    for status in [400, 403, 404, 410, 422, 500] {
        let other = api(status, "whatever").unwrap_err();
        assert_eq!(*other.reason(), aura_errors::Reason::UnknownCode, "{status}");
        assert_eq!(*other.code(), Code::from("whatever"));
        assert_eq!(other.message(), Some("x"));
    }
}

#[test]
fn a_code_that_some_variant_declares_is_not_any() {
    assert_eq!(api(409, "b").unwrap(), Api::B);
}

#[test]
fn the_name_of_a_variant_without_a_code_is_no_code() {
    assert_unknown_code(api(403, "codeless"));
    assert_unknown_code(api(400, "rest"));
}

#[test]
fn a_response_with_a_code_is_no_variant_without_one() {
    assert_unknown_code(api(403, "whatever"));
    assert_eq!(read::<Api>(403, r#"{"error":"x"}"#).unwrap(), Api::Codeless);
}

#[test]
fn with_a_code_nothing_of_the_shape_is_asked_but_what_is_there() {
    assert_eq!(read::<Api>(404, r#"{"code":"b"}"#).unwrap(), Api::B);
    assert_eq!(read::<Api>(404, r#"{"error":[1],"code":"b"}"#).unwrap(), Api::B);
    assert_eq!(read::<Api>(409, r#"{"code":"whatever"}"#).unwrap(), Api::Rest);
}

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = { "code": code })]
enum AnyKinds {
    #[error("one")]
    #[api(400, code = any, body = { "kind": "one", "code": code })]
    One,
    #[error("two")]
    #[api(400, code = any, body = { "kind": "two", "code": code })]
    Two,
}

#[test]
fn those_that_take_any_code_have_to_fit_too() {
    assert_eq!(read::<AnyKinds>(400, r#"{"kind":"one","code":"z"}"#).unwrap(), AnyKinds::One);
    assert_eq!(read::<AnyKinds>(400, r#"{"kind":"two","code":"z"}"#).unwrap(), AnyKinds::Two);
    assert_foreign(read::<AnyKinds>(400, r#"{"kind":"three","code":"z"}"#));
}
