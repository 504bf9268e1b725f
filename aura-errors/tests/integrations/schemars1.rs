//! `#[api(schemars)]`: the types of fields describe themselves.

use aura_errors::Taxonomy;
use schemars::JsonSchema;
use serde_json::json;

#[derive(Debug, serde::Serialize, serde::Deserialize, JsonSchema)]
struct Limit {
    /// Requests in a minute.
    per_minute: u32,
}

#[derive(Debug, thiserror::Error, Taxonomy)]
#[api(schemars, body = { "code": code, "message": message, ..fields })]
enum ApiError {
    #[error("Too much")]
    #[api(429)]
    TooMuch {
        /// What is allowed.
        limit: Limit,
        hint: Option<String>,
    },
}

#[test]
fn a_type_describes_itself() {
    let schema = ApiError::catalog().errors()[0].body_schema().unwrap();
    assert_eq!(
        schema["properties"]["limit"],
        json!({
            "type": "object",
            "properties": { "per_minute": {
                "type": "integer", "format": "uint32", "minimum": 0, "description": "Requests in a minute."
            } },
            "required": ["per_minute"],
            "description": "What is allowed.",
        })
    );
    assert_eq!(schema["properties"]["hint"], json!({ "type": ["string", "null"] }));
    assert_eq!(schema["required"], json!(["code", "message", "limit"]));
}
