//! The documents of an API with several endpoints, as JSON and by utoipa, are the committed ones, which
//! `.ci/openapi` gives to an outside validator.

use std::fs;
use std::path::Path;

use aura_errors::{FieldError, RetryAfter, Taxonomy, openapi, subset};
use aura_errors_docs::lock::Update;
use serde_json::{Value, json};

#[cfg(feature = "utoipa6")]
mod utoipa6;

/// Errors of billing.
#[derive(Debug, thiserror::Error, Taxonomy)]
#[api(body = { "error": { "code": code, "message": message } })]
enum BillingError {
    /// The card was declined.
    #[error("The card was declined")]
    #[api(402, fix = "Use another card.")]
    CardDeclined,
    /// The plan does not allow more users.
    #[error("No seats left")]
    #[api(402)]
    NoSeats,
}

/// Errors of the users' API.
#[derive(Debug, thiserror::Error, Taxonomy)]
#[api(body = { "code": code, "message": message, ..fields }, docs_url = "https://docs.example/errors#{name}")]
#[cfg_attr(feature = "utoipa6", api(utoipa))]
enum ApiError {
    /// The user does not exist.
    #[error("There is no user {id}")]
    #[api(404, cause = "The user was deleted, or never was.")]
    UserNotFound {
        /// What was asked for.
        #[api(example = 7)]
        id: u64,
    },
    /// The team does not exist.
    #[error("There is no team {team}")]
    #[api(404)]
    TeamNotFound {
        #[api(example = "core")]
        team: String,
    },
    /// The request does not match the endpoint's schema.
    #[error("Validation error")]
    #[api(422, stands_for(body_data))]
    Invalid {
        #[api(example = vec![FieldError::missing(["body", "name"])])]
        violations: Vec<FieldError>,
    },
    /// No credentials, or wrong ones.
    #[error("Log in first")]
    #[api(401, header("WWW-Authenticate" = "Bearer"))]
    LoginRequired,
    /// The resource has other methods.
    #[error("Method not allowed")]
    #[api(405, stands_for(method))]
    Method,
    /// Too many requests.
    #[error("Slow down")]
    #[api(429)]
    RateLimited {
        #[api(retry_after)]
        retry_after: Option<RetryAfter>,
        /// How many requests are left.
        #[api(header = "X-Left", example = Some(0))]
        left: Option<u32>,
    },
    /// Nothing has changed.
    #[error("Not modified on the server")]
    #[api(412, body = empty)]
    Unmodified,
    /// The gateway speaks plain text.
    #[error("Bad gateway")]
    #[api(502, body = text)]
    Gateway,
    /// Something went wrong on our side.
    #[error("Server trouble")]
    #[api("5XX", deprecated = "there will be one for each status")]
    Server {
        #[api(status)]
        status: u16,
    },
    #[error(transparent)]
    #[api(transparent)]
    Billing(#[from] BillingError),
}

subset! {
    /// What reading a user can fail with.
    ReadErrors = ApiError: LoginRequired, UserNotFound, TeamNotFound, RateLimited, Server;
    /// What adding a user can fail with.
    AddErrors = ApiError: LoginRequired, Invalid, Billing, Gateway, Server;
    ReplaceErrors = ApiError: UserNotFound, Unmodified;
}

fn document() -> Value {
    let ok = |mut responses: Value, status: &str, description: &str| {
        responses[status] = json!({ "description": description });
        responses
    };
    let read = json!(openapi::responses(&ReadErrors::SUBSET).unwrap());
    let add = json!(openapi::responses(&AddErrors::SUBSET).unwrap());
    let replace = json!(openapi::responses(&ReplaceErrors::SUBSET).unwrap());
    let id = json!([{ "name": "id", "in": "path", "required": true, "schema": { "type": "integer" } }]);
    json!({
        "openapi": "3.1.0",
        "info": { "title": "Users", "version": "1.0.0", "license": { "name": "MIT", "identifier": "MIT" } },
        "servers": [{ "url": "https://api.example" }],
        "security": [],
        "paths": {
            "/users/{id}": {
                "parameters": id,
                "get": { "operationId": "read", "summary": "Reads a user.", "responses": ok(read, "200", "The user.") },
                "put": {
                    "operationId": "replace",
                    "summary": "Replaces a user.",
                    "responses": ok(replace, "204", "It is replaced."),
                },
                "delete": {
                    "operationId": "delete",
                    "summary": "Deletes a user; written by hand.",
                    "responses": {
                        "204": { "description": "It is gone." },
                        "401": { "$ref": "#/components/responses/ApiErrorLoginRequired" },
                        "405": { "$ref": "#/components/responses/ApiErrorMethod" },
                    },
                },
            },
            "/users": { "post": {
                "operationId": "add",
                "summary": "Adds a user.",
                "responses": ok(add, "201", "It is there."),
            } },
        },
        "components": openapi::components(ApiError::catalog()).unwrap(),
    })
}

/// With `AURA_ERRORS_UPDATE=1` it is written.
fn assert_committed(name: &str, document: &Value) {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/integrations/openapi"));
    let path = folder.join(name);
    let text = format!("{document:#}\n");
    if Update::from_env().unwrap() != Update::No {
        fs::write(&path, &text).unwrap();
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == text,
        "{} differs from what the taxonomy gives; read the difference with `AURA_ERRORS_UPDATE=1` and `git diff`",
        path.display()
    );
}

#[test]
fn an_api_with_several_endpoints() {
    assert_committed("users.json", &document());
}

#[test]
fn each_endpoint_has_its_own_errors() {
    let document = document();
    let keys = |path: &str, method: &str| -> Vec<String> {
        document["paths"][path][method]["responses"].as_object().unwrap().keys().cloned().collect()
    };
    assert_eq!(keys("/users/{id}", "get"), ["200", "401", "404", "429", "5XX", "default"]);
    assert_eq!(keys("/users/{id}", "put"), ["204", "404", "412", "default"]);
    assert_eq!(keys("/users", "post"), ["201", "401", "402", "422", "502", "5XX", "default"]);

    let of_404 = |method: &str| {
        document["paths"]["/users/{id}"][method]["responses"]["404"]["content"]["application/json"].clone()
    };
    let several = of_404("get");
    assert_eq!(several["schema"]["anyOf"][0]["discriminator"]["propertyName"], "code");
    assert_eq!(several["schema"]["anyOf"][0]["oneOf"].as_array().unwrap().len(), 2);
    assert_eq!(several["examples"].as_object().unwrap().len(), 2);
    assert_eq!(of_404("put")["schema"]["anyOf"][0]["$ref"], "#/components/schemas/ApiErrorUserNotFound");

    // Codes inside another object: no discriminator, but no body is that of two.
    let declined = &document["paths"]["/users"]["post"]["responses"]["402"]["content"]["application/json"];
    assert_eq!(declined["schema"]["anyOf"][0]["oneOf"].as_array().unwrap().len(), 2);
    assert!(declined["schema"]["anyOf"][0].get("discriminator").is_none());
}

#[test]
fn every_reference_leads_somewhere() {
    assert_references(&document());
}

fn assert_references(document: &Value) {
    let mut rest = vec![document];
    let mut references = 0;
    while let Some(value) = rest.pop() {
        match value {
            Value::Object(members) => {
                if let Some(target) = members.get("$ref").and_then(Value::as_str) {
                    references += 1;
                    assert!(document.pointer(target.trim_start_matches('#')).is_some(), "{target}");
                }
                rest.extend(members.values());
            }
            Value::Array(elements) => rest.extend(elements),
            _ => {}
        }
    }
    assert!(references > 10);
}
