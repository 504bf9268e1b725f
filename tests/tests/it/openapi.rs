//! OpenAPI documents and JSON Schemas: examples are valid by their own schemas, and no other's.

use std::collections::BTreeSet;

use aura_errors::{Taxonomy, openapi, subset};
use aura_errors_docs::model::Taxonomy as Model;
use aura_errors_docs::openapi::Selection;
use aura_errors_tests::seeds::{AuraError, AuroraError};
use aura_errors_tests_foreign::{BillingError, LedgerError, StoreError};
use jsonschema::Validator;
use serde_json::{Value, json};

use crate::apis;
use crate::properties::every_taxonomy::for_every_taxonomy;
use crate::support::snapshot;

fn value(json: &impl serde::Serialize) -> Value {
    serde_json::to_value(json).unwrap()
}

/// A schema whose references lead to the components.
fn validator(schema: &Value, components: &Value) -> Validator {
    let document = json!({ "allOf": [schema], "components": components });
    jsonschema::draft202012::new(&document).unwrap_or_else(|error| panic!("{schema}: {error}"))
}

fn schema_of_key(key: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{key}") })
}

/// `(status, content type, media)` of every content there is.
fn contents(responses: &Value) -> Vec<(&str, &str, &Value)> {
    let mut out = Vec::new();
    for (status, response) in responses.as_object().unwrap() {
        for (content_type, media) in response["content"].as_object().into_iter().flatten() {
            out.push((status.as_str(), content_type.as_str(), media));
        }
    }
    out
}

fn examples_are_valid<E: Taxonomy>() {
    let responses = value(&openapi::responses(E::catalog()).unwrap());
    let components = value(&openapi::components(E::catalog()).unwrap());
    let mut shown = BTreeSet::new();
    for (status, content_type, media) in contents(&responses) {
        let validator = validator(&media["schema"], &components);
        for (name, example) in media["examples"].as_object().into_iter().flatten() {
            let found: Vec<String> =
                validator.iter_errors(&example["value"]).map(|error| error.to_string()).collect();
            assert!(found.is_empty(), "{}: {status} {content_type} {name}: {found:?}", E::catalog().name());
            shown.insert(name.clone());
        }
    }
    // Every error with a body is shown.
    for spec in E::catalog().iter().filter(|spec| spec.content_type().is_some()) {
        assert!(shown.contains(spec.name()), "{} is not shown", spec.name());
    }
}

#[test]
fn the_examples_of_every_taxonomy_are_valid() {
    for_every_taxonomy!(examples_are_valid);
}

fn alternatives_exclude_each_other<E: Taxonomy>() -> usize {
    let responses = value(&openapi::responses(E::catalog()).unwrap());
    let components = value(&openapi::components(E::catalog()).unwrap());
    let mut compared = 0;
    for (status, _, media) in contents(&responses) {
        let parts = media["schema"]["anyOf"].as_array().cloned().unwrap_or_default();
        for choice in parts.iter().filter_map(|part| part.get("oneOf")) {
            let choice = choice.as_array().unwrap();
            let validators: Vec<Validator> =
                choice.iter().map(|branch| validator(branch, &components)).collect();
            for (name, example) in media["examples"].as_object().into_iter().flatten() {
                let valid =
                    validators.iter().filter(|validator| validator.is_valid(&example["value"])).count();
                assert_eq!(valid, 1, "{}: {status} {name}", E::catalog().name());
                compared += validators.len() - 1;
            }
        }
    }
    compared
}

#[test]
fn a_body_of_another_error_is_not_valid() {
    // At the root, and inside an array.
    assert!(alternatives_exclude_each_other::<apis::matrix::MatrixError>() > 0);
    assert!(alternatives_exclude_each_other::<apis::registry::RegistryError>() > 0);
    fn check<E: Taxonomy>() {
        alternatives_exclude_each_other::<E>();
    }
    for_every_taxonomy!(check);
}

/// The content of the entry that a client of an older document takes for this response.
fn entry(responses: &Value, status: u16) -> &Value {
    let keys = [status.to_string(), format!("{}XX", status / 100), "default".to_owned()];
    keys.iter().find_map(|key| responses.get(key)).unwrap_or(&Value::Null)
}

fn a_new_error_is_accepted<E: Taxonomy>() {
    let model = Model::of(E::catalog()).unwrap();
    for (at, error) in model.errors.iter().enumerate() {
        let mut older = model.clone();
        older.errors.remove(at);
        // One in a format of its own is a new format, and so is the first with a code or without.
        let first_of_its_kind = error.code.is_none() != older.errors.iter().any(|other| other.code.is_none())
            || !older.errors.iter().any(|other| other.body.is_none());
        let Some(body) = error.example().and_then(|example| example.body.as_ref()) else { continue };
        if error.body.is_some() || first_of_its_kind || error.content_type != older.errors[0].content_type {
            continue;
        }
        let responses = value(&aura_errors_docs::openapi::responses(&Selection::all(&older)));
        let components = value(&aura_errors_docs::openapi::components(&Selection::all(&older)));
        let media = &entry(&responses, error.status)["content"][error.content_type.as_deref().unwrap()];
        if media.is_null() {
            // All errors of the status so far are without a body.
            continue;
        }
        let body = value(body);
        let found: Vec<String> = validator(&media["schema"], &components)
            .iter_errors(&body)
            .map(|found| found.to_string())
            .collect();
        assert!(found.is_empty(), "{}: {} {body}: {found:?}", model.name, error.name);
    }
}

#[test]
fn a_document_accepts_errors_that_are_added_later() {
    for_every_taxonomy!(a_new_error_is_accepted);
}

fn schemas_stand_alone<E: Taxonomy>() {
    let model = Model::of(E::catalog()).unwrap();
    let documents = openapi::json_schemas(E::catalog(), "https://api.example/schemas/").unwrap();
    let with_schema = E::catalog().iter().filter(|spec| spec.body_schema().is_some()).count();
    assert_eq!(documents.len(), with_schema);
    let mut ids = BTreeSet::new();
    for (file, document) in documents {
        let document = value(&document);
        jsonschema::meta::validate(&document).unwrap_or_else(|error| panic!("{file}: {error}"));
        assert_eq!(document["$id"], format!("https://api.example/schemas/{file}"));
        assert!(ids.insert(file.clone()), "{file} twice");
        assert!(document["title"].is_string());
        let validator = jsonschema::draft202012::new(&document).unwrap();
        for example in document["examples"].as_array().unwrap() {
            assert!(validator.is_valid(example), "{file}: {example}");
        }
    }
    let Some(bundle) = aura_errors_docs::json_schema::bundle(&model, "") else {
        assert_eq!(with_schema, 0);
        return;
    };
    let bundle = value(&bundle);
    assert_eq!(bundle["$defs"].as_object().unwrap().len(), with_schema);
    let validator = jsonschema::draft202012::new(&bundle).unwrap();
    for (_, error) in model.all().filter(|(_, error)| error.body_schema.is_some()) {
        let body = value(error.example().unwrap().body.as_ref().unwrap());
        assert!(validator.is_valid(&body), "{}: {body}", error.name);
    }
}

#[test]
fn each_body_has_a_json_schema_of_its_own() {
    for_every_taxonomy!(schemas_stand_alone);
}

#[test]
fn a_component_has_the_same_name_in_every_document() {
    let names = |components: &Value| -> BTreeSet<String> {
        components["schemas"].as_object().unwrap().keys().cloned().collect()
    };
    let of_billing = names(&value(&openapi::components(BillingError::catalog()).unwrap()));
    let of_ledger = names(&value(&openapi::components(LedgerError::catalog()).unwrap()));
    assert!(of_ledger.contains("LedgerErrorBooksLocked"), "{of_ledger:?}");
    // But for the schema of all bodies, which is that of the outer taxonomy.
    let missing: Vec<_> = of_ledger.difference(&of_billing).collect();
    assert_eq!(missing, ["LedgerError"]);
}

#[test]
fn the_seeds() {
    snapshot("openapi_aura", &openapi::document(AuraError::catalog(), "1").unwrap().pretty());
    snapshot("openapi_aura_responses", &openapi::responses(AuraError::catalog()).unwrap().pretty());
    snapshot("openapi_aurora_responses", &openapi::responses(AuroraError::catalog()).unwrap().pretty());
}

mod users {
    #[derive(Debug, thiserror::Error, aura_errors::Taxonomy)]
    #[api(body = { "code": code })]
    pub(super) enum Error {
        #[error("a")]
        #[api(404)]
        NotFound,
    }
}

mod orders {
    #[derive(Debug, thiserror::Error, aura_errors::Taxonomy)]
    #[api(body = { "code": code })]
    pub(super) enum Error {
        #[error("b")]
        #[api(404, name = "order_not_found")]
        NotFound,
    }
}

#[derive(Debug, thiserror::Error, Taxonomy)]
#[api(body = { "code": code })]
enum Both {
    #[error(transparent)]
    #[api(transparent)]
    Users(#[from] users::Error),
    #[error(transparent)]
    #[api(transparent)]
    Orders(#[from] orders::Error),
    /// Over and out.
    #[error("c")]
    #[api(404)]
    Übrig,
}

#[test]
fn two_taxonomies_of_one_name() {
    let components = value(&openapi::components(Both::catalog()).unwrap());
    let names: Vec<&String> = components["schemas"].as_object().unwrap().keys().collect();
    for name in [
        "Both_brig",
        "ErrorNotFound",
        "OrdersErrorNotFound",
        "Both",
        "BothBody",
        "ErrorBody",
        "OrdersErrorBody",
    ] {
        assert!(names.iter().any(|other| *other == name), "{names:?}");
    }
    let code = |name: &str| components["schemas"][name]["properties"]["code"]["const"].clone();
    assert_eq!(code("ErrorNotFound"), "not_found");
    assert_eq!(code("OrdersErrorNotFound"), "order_not_found");

    let responses = value(&openapi::responses(Both::catalog()).unwrap());
    let schema = &responses["404"]["content"]["application/json"]["schema"];
    let discriminator = &schema["anyOf"][0]["discriminator"];
    assert_eq!(discriminator["propertyName"], "code");
    assert_eq!(discriminator["mapping"]["order_not_found"], "#/components/schemas/OrdersErrorNotFound");
    assert_eq!(schema["anyOf"][3], schema_of_key("OrdersErrorBody"));
}

subset! {
    /// Of one nested taxonomy, whole.
    pub(crate) OfUsers = Both: Users;
    OfNone = AuroraError: NotFound, Internal,
}

#[test]
fn subsets_hold_what_they_name() {
    let responses = value(&openapi::responses(&OfUsers::SUBSET).unwrap());
    assert_eq!(responses["404"]["description"].as_str().unwrap().lines().next(), Some("Not Found"));
    let components = value(&openapi::components(&OfUsers::SUBSET).unwrap());
    let names: Vec<&String> = components["schemas"].as_object().unwrap().keys().collect();
    assert_eq!(names.len(), 3, "{names:?}");
    assert_eq!(components["responses"].as_object().unwrap().len(), 1);

    // `body = none`: nothing is said about the body.
    let responses = value(&openapi::responses(&OfNone::SUBSET).unwrap());
    let keys: Vec<&String> = responses.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["404", "5XX", "default"]);
    assert!(responses.as_object().unwrap().values().all(|response| response.get("content").is_none()));
    assert_eq!(value(&openapi::components(&OfNone::SUBSET).unwrap())["schemas"], json!({}));
}

#[derive(Debug, thiserror::Error, Taxonomy)]
#[api(body = { "code": code, "at": status, "message": message })]
enum Ranges {
    #[error("a")]
    #[api(503)]
    Busy,
    #[error("b")]
    #[api("5XX")]
    Any {
        #[api(status)]
        status: u16,
    },
    #[error("c")]
    #[api(520..=522)]
    Few {
        #[api(status)]
        status: u16,
    },
    #[error("d")]
    #[api(430..=460)]
    Many {
        #[api(status)]
        status: u16,
    },
    #[error("e")]
    #[api(470, body = text)]
    Text,
    #[error("f")]
    #[api(471, body = empty)]
    Empty,
}

#[test]
fn ranges_and_other_bodies() {
    let responses = value(&openapi::responses(Ranges::catalog()).unwrap());
    let keys: Vec<&String> = responses.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["470", "471", "4XX", "503", "520", "521", "522", "5XX", "default"]);
    assert_eq!(responses["4XX"]["description"], "Error (status 430–460)");
    // An error of a range is told by its code there too.
    let shown = |key: &str| -> Vec<String> {
        let examples = &responses[key]["content"]["application/json"]["examples"];
        examples.as_object().map(|examples| examples.keys().cloned().collect()).unwrap_or_default()
    };
    assert_eq!(shown("503"), ["busy"]);
    assert!(responses["503"]["description"].as_str().unwrap().contains("- `any`: "));
    assert_eq!((shown("520"), shown("521")), (vec!["few".to_owned()], Vec::new()));
    assert_eq!(shown("5XX"), ["any"]);

    let text = &responses["470"]["content"]["text/plain; charset=utf-8"];
    assert_eq!(text["schema"], json!({ "type": "string" }));
    assert_eq!(text["examples"]["text"]["value"], "e");
    assert!(responses["471"].get("content").is_none());
}

#[derive(Debug, thiserror::Error, Taxonomy)]
#[api(code_header = "X-Code", retry_header = "X-Should-Retry", reset_header("X-Reset" = seconds))]
enum Headers {
    #[error("a")]
    #[api(401, header("WWW-Authenticate" = "Bearer"))]
    Login,
    #[error("b")]
    #[api(405, stands_for(method))]
    Method,
    #[error("c")]
    #[api(429)]
    Limit {
        #[api(retry_after)]
        retry_after: Option<aura_errors::RetryAfter>,
        /// How many are left.
        #[api(header = "X-Left", example = Some(3))]
        left: Option<u32>,
    },
}

#[test]
fn headers_are_documented() {
    let responses = value(&openapi::responses(Headers::catalog()).unwrap());
    let of = |status: &str, name: &str| responses[status]["headers"][name].clone();
    assert_eq!(of("401", "WWW-Authenticate")["examples"]["login"]["value"], "Bearer");
    assert!(of("405", "Allow")["description"].as_str().unwrap().contains("RFC 9110"));
    assert_eq!(of("429", "Retry-After")["examples"]["limit"]["value"], "30");
    let left = of("429", "X-Left");
    assert_eq!(left["description"], "How many are left.");
    assert_eq!(left["schema"], json!({ "type": "integer", "minimum": 0, "maximum": u32::MAX }));
    assert_eq!(left["examples"]["limit"]["value"], 3);
    assert_eq!(of("429", "X-Reset")["schema"]["type"], "number");
    for status in ["401", "405", "429", "default"] {
        assert!(of(status, "X-Code").is_object() && of(status, "X-Should-Retry").is_object(), "{status}");
        assert!(of(status, "content-type").is_null());
    }
    assert!(of("401", "X-Reset").is_null());
}

#[derive(Debug, thiserror::Error, Taxonomy)]
#[api(body = { "message": message, "list": [ { "code": code } ] })]
enum Mixed {
    #[error("a")]
    #[api(404, code = 7)]
    Seven,
    #[error("b")]
    #[api(404, code = "eight")]
    Eight,
    /// Any other.
    #[error("c")]
    #[api(409, code = any)]
    Other,
    #[error("d")]
    #[api(409)]
    Known,
}

#[test]
fn alternatives_without_a_discriminator() {
    let responses = value(&openapi::responses(Mixed::catalog()).unwrap());
    let schema = |status: &str| responses[status]["content"]["application/json"]["schema"].clone();
    let of_404 = &schema("404")["anyOf"];
    assert_eq!(of_404[0], json!({ "oneOf": [schema_of_key("MixedSeven"), schema_of_key("MixedEight")] }));
    assert_eq!(of_404[1], schema_of_key("MixedBody"));
    // Any code is also that of the other.
    let keys = ["MixedOther", "MixedKnown", "MixedBody"];
    assert_eq!(schema("409"), json!({ "anyOf": keys.map(schema_of_key) }));
    let components = value(&openapi::components(Mixed::catalog()).unwrap());
    let open = &components["schemas"]["MixedBody"]["properties"]["list"]["items"]["properties"]["code"];
    assert_eq!(*open, json!({ "type": ["string", "integer"] }));
}
