//! OpenAPI documents and JSON Schemas from a lock.

use aura_errors_docs::openapi::{self, Selection};
use aura_errors_docs::{Json, Lock, json_schema};

fn aura() -> Lock {
    Lock::read(concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/locks/aura.lock.json")).unwrap()
}

fn keys(json: Option<&Json>) -> Vec<&str> {
    json.and_then(Json::as_object)
        .map(|members| members.keys().map(String::as_str).collect())
        .unwrap_or_default()
}

#[test]
fn a_document_of_a_lock() {
    let lock = aura();
    let document = openapi::document(&lock.taxonomy, "2.1");
    assert_eq!(document.get("openapi").and_then(Json::as_str), Some("3.1.0"));
    let version = document.get("info").and_then(|info| info.get("version"));
    assert_eq!(version.and_then(Json::as_str), Some("2.1"));
    let components = document.get("components").unwrap();
    let names: Vec<String> =
        lock.taxonomy.errors.iter().map(|error| format!("AuraError{}", error.variant)).collect();
    let schemas = keys(components.get("schemas"));
    assert_eq!(schemas.first(), Some(&"AuraError"));
    assert_eq!(schemas.last(), Some(&"AuraErrorBody"));
    assert_eq!(schemas[1..schemas.len() - 1], names);
    assert_eq!(keys(components.get("responses")), names);
}

#[test]
fn a_selection_by_names() {
    let lock = aura();
    let selection = Selection::named(&lock.taxonomy, ["rate_limited", "not_found"]).unwrap();
    let responses = openapi::responses(&selection);
    assert_eq!(keys(Some(&responses)), ["404", "429", "default"]);
    assert_eq!(
        keys(openapi::components(&selection).get("schemas")),
        ["AuraError", "AuraErrorNotFound", "AuraErrorRateLimited", "AuraErrorBody"]
    );
    let unknown = Selection::named(&lock.taxonomy, ["not_found", "not_fond"]).unwrap_err();
    assert_eq!(unknown.to_string(), "`AuraError` has no error named `not_fond`");
    let none = Selection::named(&lock.taxonomy, [""; 0]).unwrap();
    assert_eq!(openapi::responses(&none), Json::object::<String, Json>([]));
}

/// A lock is a file: the statuses in it may be any numbers.
#[test]
fn statuses_that_no_derive_writes() {
    for (first, last, text, key) in
        [(404, 400, "404–400", "404"), (65_500, 65_535, "65500–65535", "655XX"), (0, 0, "0–0", "0")]
    {
        let mut lock = aura();
        lock.taxonomy.errors.truncate(1);
        lock.taxonomy.errors[0].status = first;
        lock.taxonomy.errors[0].last_status = Some(last);
        assert_eq!(lock.taxonomy.errors[0].status_text(), text);
        assert!(lock.taxonomy.errors[0].statuses().contains(&first));
        let responses = openapi::responses(&Selection::all(&lock.taxonomy));
        assert_eq!(keys(Some(&responses)), [key, "default"]);
    }
}

#[test]
fn schemas_of_a_lock() {
    let lock = aura();
    let documents = json_schema::documents(&lock.taxonomy, "");
    let document = &documents["AuraErrorNotFound.json"];
    assert_eq!(
        keys(Some(document)),
        ["$schema", "$id", "title", "description", "properties", "required", "type", "examples"]
    );
    assert_eq!(document.get("$schema").and_then(Json::as_str), Some(json_schema::DIALECT));
    assert_eq!(document.get("$id").and_then(Json::as_str), Some("AuraErrorNotFound.json"));
    let bundle = json_schema::bundle(&lock.taxonomy, "https://api.example/").unwrap();
    assert_eq!(bundle.get("$id").and_then(Json::as_str), Some("https://api.example/AuraError.json"));
    assert_eq!(keys(bundle.get("$defs")).len(), documents.len());
}
