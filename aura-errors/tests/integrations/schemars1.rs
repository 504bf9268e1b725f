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

#[derive(Debug, serde::Serialize, serde::Deserialize, JsonSchema)]
struct Tree {
    name: String,
    children: Vec<Tree>,
}

mod as_text {
    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(value: &std::time::Instant, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(&value.elapsed().as_secs())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<std::time::Instant, D::Error> {
        String::deserialize(from).map(|_| std::time::Instant::now())
    }
}

#[derive(Debug, thiserror::Error, Taxonomy)]
#[api(schemars, body = { "code": code, ..fields })]
enum Recursive<T: std::fmt::Debug + Send + Sync + 'static> {
    #[error("trees")]
    #[api(409)]
    Trees {
        tree: Tree,
        trees: Vec<Tree>,
        generic: Option<T>,
        /// Of a type that does not describe itself.
        #[serde(with = "as_text")]
        at: std::time::Instant,
    },
}

/// A reference would lead into another document.
#[test]
fn a_type_that_contains_itself() {
    let schema = Recursive::<u8>::catalog().errors()[0].body_schema().unwrap();
    let text = schema.to_string();
    assert!(!text.contains("$ref") && !text.contains("$defs"), "{text}");
    let tree = &schema["properties"]["tree"];
    assert_eq!(tree["properties"]["name"], json!({ "type": "string" }));
    assert_eq!(tree["properties"]["children"], json!({ "type": "array", "items": true }));
    assert_eq!(schema["properties"]["trees"]["type"], "array");
    assert_eq!(schema["properties"]["at"], json!(true));
}
