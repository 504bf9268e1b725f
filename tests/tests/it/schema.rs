//! The JSON Schema of bodies: the template with the types of the fields.

use aura_errors::{FieldError, RetryAfter, Taxonomy};
use aura_errors_tests::seeds::{AuraError, AuroraError};
use serde_json::{Value, json};

fn schema<E: Taxonomy>(name: &str) -> Value {
    E::catalog().by_name(name).unwrap().body_schema().unwrap()
}

#[test]
fn the_seed() {
    assert_eq!(
        schema::<AuraError>("not_found"),
        json!({
            "type": "object",
            "properties": {
                "error": { "type": "string", "const": "Not found" },
                "error_code": { "type": "null" },
                "detail": { "type": "string", "const": "Not found" },
            },
            "required": ["error", "error_code", "detail"],
        })
    );
    let validation = schema::<AuraError>("validation");
    assert_eq!(validation["properties"]["detail"]["type"], "array");
    assert_eq!(validation["properties"]["detail"]["items"]["required"], json!(["loc", "msg", "type"]));
    assert_eq!(validation["required"], json!(["error", "detail"]));
    assert_eq!(AuroraError::catalog().by_name("not_found").unwrap().body_schema(), None);
}

#[derive(Debug, thiserror::Error, Taxonomy)]
#[api(body = { "error": {
    "kind": slot(kind), "code"?: code, "status": status, "wait"?: retry_after, "at": "{status}", "list": [ { "n"?: field(n) } ],
    "fixed": true, ..fields
} })]
enum Rich {
    #[error("Busy {n:?}")]
    #[api(429, code = 7, slot(kind = "a" | "b"))]
    Busy {
        #[api(retry_after)]
        wait: Option<RetryAfter>,
        n: Option<u8>,
        names: std::collections::HashMap<String, Vec<FieldError>>,
        other: (u8, u8),
    },
    #[error("Down")]
    #[api("5XX", slot(kind = "c"))]
    Down {
        #[api(status)]
        status: u16,
    },
}

#[test]
fn every_form() {
    let busy = schema::<Rich>("busy");
    let error = &busy["properties"]["error"];
    assert_eq!(error["required"], json!(["kind", "code", "status", "at", "list", "fixed", "names", "other"]));
    let of = |name: &str| error["properties"][name].clone();
    assert_eq!(of("kind"), json!({ "type": "string", "enum": ["a", "b"] }));
    assert_eq!(of("code"), json!({ "type": "integer", "const": 7 }));
    assert_eq!(of("status"), json!({ "type": "integer", "const": 429 }));
    assert_eq!(of("wait"), json!({ "type": "number", "minimum": 0 }));
    assert_eq!(of("at"), json!({ "type": "string", "const": "429" }));
    assert_eq!(of("fixed"), json!({ "const": true }));
    assert_eq!(of("names")["additionalProperties"]["type"], "array");
    assert_eq!(of("other"), json!(true));
    assert_eq!(
        of("list")["items"]["properties"]["n"]["anyOf"][0],
        json!({ "type": "integer", "minimum": 0, "maximum": 255 })
    );

    let down = schema::<Rich>("down");
    let error = &down["properties"]["error"];
    assert_eq!(error["properties"]["status"], json!({ "type": "integer", "minimum": 500, "maximum": 599 }));
    assert_eq!(error["properties"]["code"], json!({ "type": "string", "const": "down" }));
    assert_eq!(error["properties"].get("wait"), None);
}
