//! Identity over a merged catalogue: nested taxonomies keep their own templates.

use aura_errors::{Reason, Taxonomy, Unrecognized};

use super::{assert_foreign, assert_unknown_code, misfit, reason};
use crate::support::{body, read, response};

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = { "fault": { "id": code, "text": message, ..fields } })]
enum Inner {
    #[error("counted")]
    #[api(400)]
    Counted { count: u32 },
    #[error("shared")]
    #[api(404, code = "shared", name = "inner_shared")]
    Shared,
    #[error("codeless")]
    #[api(409, code = none)]
    Codeless,
    #[error("rest")]
    #[api(422, code = any)]
    Rest,
}

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = detail, code_header = "X-Deep-Code")]
enum Deep {
    #[error("deep")]
    #[api(418)]
    Deep(Vec<u32>),
}

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = empty)]
enum Middle {
    #[error("gone")]
    #[api(410)]
    Gone,
    #[error(transparent)]
    #[api(transparent)]
    Deep(#[from] Deep),
}

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = { "error": message, "code"?: code })]
enum Outer {
    #[error("plain")]
    #[api(400)]
    Plain,
    #[error("shared")]
    #[api(403, code = "shared")]
    Shared,
    #[error("codeless")]
    #[api(409, code = none, name = "outer_codeless")]
    Codeless,
    #[error(transparent)]
    #[api(transparent)]
    Inner(#[from] Inner),
    #[error(transparent)]
    #[api(transparent)]
    Middle(#[from] Middle),
}

#[test]
fn a_nested_error_is_read_by_its_own_template() {
    let found = read::<Outer>(400, r#"{"fault":{"id":"counted","text":"t","count":7}}"#).unwrap();
    assert_eq!(found, Outer::Inner(Inner::Counted { count: 7 }));
    assert_eq!(body(&found), r#"{"fault":{"id":"counted","text":"counted","count":7}}"#);
    assert_eq!(read::<Outer>(400, r#"{"error":"e","code":"plain"}"#).unwrap(), Outer::Plain);
}

#[test]
fn a_misfit_of_a_nested_error_has_the_path_in_its_own_template() {
    let result = read::<Outer>(400, r#"{"fault":{"id":"counted","text":"t"}}"#);
    assert_eq!(misfit(result), ("Counted", "/fault/count".into()));
}

#[test]
fn candidates_come_from_the_whole_merged_catalogue() {
    let shared = |status, json: &'static str| read::<Outer>(status, json);
    assert_eq!(shared(403, r#"{"error":"e","code":"shared"}"#).unwrap(), Outer::Shared);
    assert_eq!(shared(404, r#"{"fault":{"id":"shared"}}"#).unwrap(), Outer::Inner(Inner::Shared));
    // Declared at two statuses, neither of which is this one.
    assert_eq!(reason(shared(500, r#"{"error":"e","code":"shared"}"#)), Reason::Ambiguous);
}

#[test]
fn without_a_code_each_nested_template_is_asked() {
    assert_eq!(read::<Outer>(409, r#"{"error":"e"}"#).unwrap(), Outer::Codeless);
    let inner = read::<Outer>(409, r#"{"fault":{"id":null,"text":"t"}}"#).unwrap();
    assert_eq!(inner, Outer::Inner(Inner::Codeless));
    assert_eq!(read::<Outer>(410, "").unwrap(), Outer::Middle(Middle::Gone));
    assert_foreign(read::<Outer>(410, r#"{"error":"e"}"#));
}

#[test]
fn any_code_counts_where_a_nested_error_takes_any() {
    let rest = read::<Outer>(422, r#"{"fault":{"id":"new","text":"t"}}"#).unwrap();
    assert_eq!(rest, Outer::Inner(Inner::Rest));
    assert_unknown_code(read::<Outer>(400, r#"{"fault":{"id":"new","text":"t"}}"#));
}

#[test]
fn the_code_header_of_a_nested_taxonomy_counts() {
    let deep = |headers| Outer::from_response(response(418, headers, "[1,2]"));
    let expected = Outer::Middle(Middle::Deep(Deep::Deep(vec![1, 2])));
    assert_eq!(deep(&[("X-Deep-Code", "deep")]).unwrap(), expected);
    assert_eq!(expected.to_response().headers()["x-deep-code"], "deep");
    assert_foreign(deep(&[]));
}

#[test]
fn a_code_in_both_templates_is_the_one_that_some_error_declares() {
    let found = read::<Outer>(400, r#"{"code":"new","fault":{"id":"counted","count":1}}"#).unwrap();
    assert_eq!(found, Outer::Inner(Inner::Counted { count: 1 }));
    let found = read::<Outer>(400, r#"{"code":"plain","fault":{"id":"new"}}"#).unwrap();
    assert_eq!(found, Outer::Plain);
}

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = { "error": message })]
enum Plain {
    #[error("plain")]
    #[api(400)]
    Plain,
}

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = { "error": { "message": message } })]
enum Wrapped {
    #[error("wrapped")]
    #[api(400)]
    Wrapped,
}

/// Two APIs behind one client: nothing but the shape tells their errors apart.
#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = none)]
enum Both {
    #[error(transparent)]
    #[api(transparent)]
    Plain(#[from] Plain),
    #[error(transparent)]
    #[api(transparent)]
    Wrapped(#[from] Wrapped),
}

#[test]
fn shapes_alone_may_tell_nested_taxonomies_apart() {
    assert_eq!(read::<Both>(400, r#"{"error":"m"}"#).unwrap(), Both::Plain(Plain::Plain));
    let wrapped = read::<Both>(400, r#"{"error":{"message":"m"}}"#).unwrap();
    assert_eq!(wrapped, Both::Wrapped(Wrapped::Wrapped));
    let neither: Result<Both, Unrecognized> = read(400, r#"{"error":1}"#);
    assert_foreign(neither);
}
