//! Elasticsearch: the type of the exception is the code, the reason the message.

use aura_errors::{Class, Retry};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::Case;

/// One exception. What else it has depends on its type.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Exception {
    #[serde(rename = "type")]
    pub kind: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    #[serde(flatten)]
    pub more: Map<String, Value>,
}

/// Errors of Elasticsearch.
#[derive(Debug, Clone, PartialEq, thiserror::Error, aura_errors::Taxonomy)]
#[api(
    body = {
        "error": { "root_cause"?: field(root_cause), "type": code, "reason": message, ..fields },
        "status": status
    }
)]
#[non_exhaustive]
pub enum ElasticsearchError {
    /// The index does not exist.
    #[error("{message}")]
    #[api(404, code = "index_not_found_exception")]
    IndexNotFound {
        #[api(message)]
        message: String,
        root_cause: Option<Vec<Exception>>,
        #[serde(default, skip_serializing_if = "Option::is_none", rename = "resource.type")]
        resource_type: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none", rename = "resource.id")]
        resource_id: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        index_uuid: Option<String>,
        #[api(example = "person")]
        index: String,
    },

    /// The index exists already.
    #[error("{message}")]
    #[api(400, code = "resource_already_exists_exception", class = conflict)]
    AlreadyExists {
        #[api(message)]
        message: String,
        root_cause: Option<Vec<Exception>>,
        #[serde(flatten)]
        #[api(example = Map::new())]
        more: Map<String, Value>,
    },

    /// The query cannot be parsed.
    #[error("{message}")]
    #[api(400, code = "parsing_exception" | "x_content_parse_exception" | "illegal_argument_exception")]
    Parsing {
        #[api(message)]
        message: String,
        root_cause: Option<Vec<Exception>>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        line: Option<u32>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        col: Option<u32>,
    },

    /// No credentials, or not valid ones.
    #[error("{message}")]
    #[api(401, code = "security_exception")]
    Unauthenticated {
        #[api(message)]
        message: String,
        root_cause: Option<Vec<Exception>>,
    },

    /// The user may not do this.
    #[error("{message}")]
    #[api(403, code = "security_exception")]
    Unauthorized {
        #[api(message)]
        message: String,
        root_cause: Option<Vec<Exception>>,
    },

    /// The path does not have this method. The one error that is a text.
    #[error("{message}")]
    #[api(405, code = none, body = { "error": message, "status": status })]
    MethodNotAllowed {
        #[api(message)]
        message: String,
    },

    /// The document has another version by now.
    #[error("{message}")]
    #[api(409, code = "version_conflict_engine_exception")]
    VersionConflict {
        #[api(message)]
        message: String,
        root_cause: Option<Vec<Exception>>,
        #[serde(flatten)]
        #[api(example = Map::new())]
        more: Map<String, Value>,
    },

    /// The node has no room for the request.
    #[error("{message}")]
    #[api(429, code = "circuit_breaking_exception" | "es_rejected_execution_exception", class = unavailable)]
    Overloaded {
        #[api(message)]
        message: String,
        root_cause: Option<Vec<Exception>>,
        #[serde(flatten)]
        #[api(example = Map::new())]
        more: Map<String, Value>,
    },
}

fn object(value: Value) -> Map<String, Value> {
    value.as_object().cloned().unwrap_or_default()
}

pub fn cases() -> Vec<Case<ElasticsearchError>> {
    vec![
        Case {
            source: "https://www.elastic.co/guide/en/elasticsearch/reference/current/indices-get-index.html, 404",
            status: 404,
            headers: &[("Content-Type", "application/json"), ("X-elastic-product", "Elasticsearch")],
            body: r#"{
                "error": {
                    "root_cause": [
                        {
                            "type": "index_not_found_exception",
                            "reason": "no such index [person]",
                            "resource.type": "index_or_alias",
                            "resource.id": "person",
                            "index_uuid": "_na_",
                            "index": "person"
                        }
                    ],
                    "type": "index_not_found_exception",
                    "reason": "no such index [person]",
                    "resource.type": "index_or_alias",
                    "resource.id": "person",
                    "index_uuid": "_na_",
                    "index": "person"
                },
                "status": 404
            }"#,
            expect: ElasticsearchError::IndexNotFound {
                message: "no such index [person]".into(),
                root_cause: Some(vec![Exception {
                    kind: "index_not_found_exception".into(),
                    reason: Some("no such index [person]".into()),
                    more: object(serde_json::json!({
                        "resource.type": "index_or_alias",
                        "resource.id": "person",
                        "index_uuid": "_na_",
                        "index": "person"
                    })),
                }]),
                resource_type: Some("index_or_alias".into()),
                resource_id: Some("person".into()),
                index_uuid: Some("_na_".into()),
                index: "person".into(),
            },
            classes: &[Class::NotFound],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        Case {
            source: "https://www.elastic.co/guide/en/elasticsearch/reference/current/circuit-breaker-errors.html",
            status: 429,
            headers: &[],
            body: r#"{
                "error": {
                    "root_cause": [
                        {
                            "type": "circuit_breaking_exception",
                            "reason": "[parent] Data too large",
                            "bytes_wanted": 1,
                            "bytes_limit": 0,
                            "durability": "TRANSIENT"
                        }
                    ],
                    "type": "circuit_breaking_exception",
                    "reason": "[parent] Data too large",
                    "bytes_wanted": 1,
                    "bytes_limit": 0,
                    "durability": "TRANSIENT"
                },
                "status": 429
            }"#,
            expect: ElasticsearchError::Overloaded {
                message: "[parent] Data too large".into(),
                root_cause: Some(vec![Exception {
                    kind: "circuit_breaking_exception".into(),
                    reason: Some("[parent] Data too large".into()),
                    more: object(serde_json::json!({
                        "bytes_wanted": 1, "bytes_limit": 0, "durability": "TRANSIENT"
                    })),
                }]),
                more: object(serde_json::json!({
                    "bytes_wanted": 1, "bytes_limit": 0, "durability": "TRANSIENT"
                })),
            },
            classes: &[Class::Unavailable],
            retry: Retry::Always,
            delay: None,
            reencodes: true,
        },
        // One code, two statuses, two errors.
        Case {
            source: "https://www.elastic.co/guide/en/elasticsearch/reference/current/http-clients.html, 401",
            status: 401,
            headers: &[("WWW-Authenticate", "Basic realm=\"security\", charset=\"UTF-8\"")],
            body: r#"{"error":{"type":"security_exception","reason":"missing authentication credentials"},"status":401}"#,
            expect: ElasticsearchError::Unauthenticated {
                message: "missing authentication credentials".into(),
                root_cause: None,
            },
            classes: &[Class::Auth],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        Case {
            source: "https://www.elastic.co/guide/en/elasticsearch/reference/current/security-privileges.html, 403",
            status: 403,
            headers: &[],
            body: r#"{"error":{"type":"security_exception","reason":"action [indices:admin/create] is unauthorized for user [u]"},"status":403}"#,
            expect: ElasticsearchError::Unauthorized {
                message: "action [indices:admin/create] is unauthorized for user [u]".into(),
                root_cause: None,
            },
            classes: &[Class::Permission],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        Case {
            source: "https://www.elastic.co/guide/en/elasticsearch/reference/current/rest-apis.html, 405",
            status: 405,
            headers: &[("Allow", "POST")],
            body: r#"{"error":"Incorrect HTTP method for uri [/_bulk] and method [DELETE], allowed: [POST]","status":405}"#,
            expect: ElasticsearchError::MethodNotAllowed {
                message: "Incorrect HTTP method for uri [/_bulk] and method [DELETE], allowed: [POST]".into(),
            },
            classes: &[Class::Request],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
    ]
}

#[cfg(test)]
mod tests {
    use super::super::{bad_gateway, check, foreign, unknown_code};
    use super::*;

    #[test]
    fn documented_responses() {
        check(cases());
    }

    #[test]
    fn anything_else_is_unrecognized() {
        unknown_code::<ElasticsearchError>(
            500,
            r#"{"error":{"type":"general_script_exception","reason":"Failed to compile"},"status":500}"#,
        );
        bad_gateway::<ElasticsearchError>();
        // A document that is not there is no error of this form.
        foreign::<ElasticsearchError>(
            404,
            "application/json",
            r#"{"_index":"test","_id":"1","found":false}"#,
        );
    }
}
