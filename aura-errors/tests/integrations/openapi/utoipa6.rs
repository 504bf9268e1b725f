//! `#[api(utoipa)]`, and subsets as responses.

use std::collections::BTreeSet;

use aura_errors::Taxonomy;
use serde_json::{Value, json};
use utoipa::{IntoResponses, OpenApi, PartialSchema, ToSchema};

use super::{AddErrors, ApiError, ReadErrors, ReplaceErrors, assert_committed, assert_references, document};

#[derive(ToSchema)]
#[allow(dead_code)]
struct User {
    name: String,
}

/// Reads a user.
#[utoipa::path(
    get, path = "/users/{id}", params(("id" = u64, Path)),
    responses((status = 200, description = "The user.", body = User), ReadErrors)
)]
#[allow(dead_code)]
async fn read() {}

/// Replaces a user.
#[utoipa::path(
    put, path = "/users/{id}", params(("id" = u64, Path)),
    responses((status = 204, description = "It is replaced."), ReplaceErrors)
)]
#[allow(dead_code)]
async fn replace() {}

/// Adds a user.
#[utoipa::path(post, path = "/users", responses((status = 201, description = "It is there."), AddErrors))]
#[allow(dead_code)]
async fn add() {}

/// Whatever it is.
#[utoipa::path(post, path = "/other", responses((status = 204, description = "Done."), ApiError))]
#[allow(dead_code)]
async fn any() {}

#[derive(OpenApi)]
#[openapi(
    info(title = "Users", version = "1.0.0", license(name = "MIT", identifier = "MIT")),
    servers((url = "https://api.example")),
    paths(read, replace, add, any),
    components(schemas(ApiError))
)]
struct Document;

fn collected() -> Value {
    serde_json::to_value(Document::openapi()).unwrap()
}

#[test]
fn a_document_that_utoipa_collects() {
    assert_committed("utoipa.json", &collected());
    assert_references(&collected());
}

#[test]
fn its_responses_are_those_of_the_plain_document() {
    let (plain, collected) = (document(), collected());
    for (path, method) in [("/users/{id}", "get"), ("/users/{id}", "put"), ("/users", "post")] {
        let of = |document: &Value| document["paths"][path][method]["responses"].clone();
        let mut responses = of(&collected);
        let mut expected = of(&plain);
        // The one of the operation itself.
        for status in ["200", "201", "204"] {
            for responses in [&mut responses, &mut expected] {
                responses.as_object_mut().unwrap().remove(status);
            }
        }
        assert_eq!(responses, enumerated(&expected), "{path} {method}");
    }
    let mut schemas = collected["components"]["schemas"].clone();
    schemas.as_object_mut().unwrap().remove("User");
    assert_eq!(schemas, enumerated(&plain["components"]["schemas"]));
}

/// utoipa has no `const`, no `true`, and an empty text for none.
fn enumerated(value: &Value) -> Value {
    match value {
        Value::Object(members) => members
            .iter()
            .map(|(key, value)| match &**key {
                "const" => ("enum".to_owned(), json!([value])),
                _ => (key.clone(), enumerated(value)),
            })
            .collect(),
        Value::Array(elements) => elements.iter().map(enumerated).collect(),
        other => other.clone(),
    }
}

#[test]
fn a_taxonomy_is_a_schema() {
    assert_eq!(<ApiError as ToSchema>::name(), "ApiError");
    let schema = serde_json::to_value(ApiError::schema()).unwrap();
    assert_eq!(schema["anyOf"][0]["$ref"], "#/components/schemas/ApiErrorUserNotFound");
    let mut schemas = Vec::new();
    ApiError::schemas(&mut schemas);
    let names: BTreeSet<String> = schemas.into_iter().map(|(name, _)| name).collect();
    assert!(names.contains("BillingErrorNoSeats") && names.contains("ApiErrorBody"), "{names:?}");
}

#[derive(Debug, thiserror::Error, Taxonomy)]
#[api(utoipa, body = { "ok": false, "error": code })]
enum SlackLike {
    #[error("a")]
    #[api(200, allow_success)]
    NotAuthed,
    #[error("b")]
    #[api(429)]
    Limited,
}

#[test]
fn an_error_that_comes_as_a_success_leaves_the_operations_own_response() {
    let keys: Vec<String> = SlackLike::responses().into_keys().collect();
    assert_eq!(keys, ["429", "default"]);
}

/// Everything that a schema may say survives.
#[test]
fn schemas_are_converted_whole() {
    #[derive(Debug, thiserror::Error, Taxonomy)]
    #[api(utoipa, body = { "fixed": 1, "list": [ { "n": field(n) } ], "map": field(map), ..fields })]
    enum Shapes {
        #[error("a")]
        #[api(400, body = { "fixed": 1, "list": [ { "n": field(n) } ], "map": field(map), "any": field(any), "code": code })]
        All {
            #[api(example = 'x')]
            n: char,
            map: Option<std::collections::HashMap<String, Vec<u8>>>,
            #[api(example = (1, 2))]
            any: (u8, u8),
        },
    }
    let plain: Value = json!(aura_errors::openapi::components(Shapes::catalog()).unwrap());
    let schemas = <Shapes as ToSchema>::schemas;
    let mut collected = Vec::new();
    schemas(&mut collected);
    let collected: serde_json::Map<String, Value> =
        collected.into_iter().map(|(name, schema)| (name, serde_json::to_value(schema).unwrap())).collect();
    let mut expected = enumerated(&plain["schemas"]);
    // What nothing is known about.
    expected["ShapesAll"]["properties"]["any"] = json!({});
    assert_eq!(Value::Object(collected), expected);
}
