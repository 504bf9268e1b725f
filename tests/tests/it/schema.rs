//! The JSON Schema of bodies: the template with the types of the fields.

use aura_errors::{FieldError, RetryAfter, Taxonomy};
use aura_errors_tests::seeds::{AuraError, AuroraError};
use serde_json::{Value, json};

use crate::support::read;

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

mod as_text {
    use serde::{Deserialize, Deserializer, Serializer};

    #[allow(clippy::trivially_copy_pass_by_ref)] // serde's form
    pub(super) fn serialize<S: Serializer>(value: &u32, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(value)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<u32, D::Error> {
        String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
    }

    pub(super) fn perhaps<'de, D: Deserializer<'de>>(from: D) -> Result<Option<u32>, D::Error> {
        Option::<String>::deserialize(from)?
            .map(|text| text.parse())
            .transpose()
            .map_err(serde::de::Error::custom)
    }
}

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = { "code": code, ..fields })]
enum Functions {
    #[error("a")]
    #[api(400)]
    A {
        #[serde(with = "as_text")]
        number: u32,
        #[serde(deserialize_with = "as_text::perhaps")]
        read: Option<u32>,
        #[serde(default, deserialize_with = "as_text::perhaps")]
        default: Option<u32>,
    },
}

/// A function decides, not the type, and is not asked for what did not come.
#[test]
fn of_what_a_function_writes_or_reads_nothing_is_known() {
    let a = schema::<Functions>("a");
    for name in ["number", "read", "default"] {
        assert_eq!(a["properties"][name], true, "{name}");
    }
    assert_eq!(a["required"], json!(["code", "number", "read"]));
    let catalog: Value = serde_json::to_value(Functions::catalog()).unwrap();
    let types: Vec<_> = (0..3).map(|field| &catalog["errors"][0]["fields"][field]["type"]).collect();
    assert_eq!(
        types,
        [
            "u32 with as_text::serialize, as_text::deserialize",
            "Option<u32> with as_text::perhaps",
            "Option<u32> with as_text::perhaps",
        ]
    );
    let without = r#"{"code":"a","number":"1"}"#;
    assert!(read::<Functions>(400, without).is_err());
    let with = r#"{"code":"a","number":"1","read":null}"#;
    assert_eq!(read::<Functions>(400, with).unwrap(), Functions::A { number: 1, read: None, default: None });
}
