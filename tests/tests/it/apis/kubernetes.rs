//! Kubernetes: every error is a `Status` object.

use std::time::Duration;

use aura_errors::{Class, Retry, RetryAfter};
use serde::{Deserialize, Serialize};

use super::{Case, after};

/// `StatusDetails`: all of it is optional.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Details {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uid: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub causes: Vec<Cause>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after_seconds: Option<u32>,
}

/// `StatusCause`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Cause {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
}

aura_errors::body_format! {
    pub Status = {
        "kind": "Status",
        "apiVersion": "v1",
        "metadata": {},
        "status": "Failure",
        "message": message,
        "reason": code,
        "details"?: field(details) @ { "retryAfterSeconds"?: retry_after },
        "code": status
    }
}

/// Errors of the Kubernetes API server.
#[derive(Debug, Clone, PartialEq, thiserror::Error, aura_errors::Taxonomy)]
#[api(body = Status, rename_all = "PascalCase")]
#[non_exhaustive]
pub enum KubernetesError {
    /// The request is malformed.
    #[error("{message}")]
    #[api(400)]
    BadRequest {
        #[api(message)]
        message: String,
        details: Option<Details>,
    },

    /// The caller cannot be authenticated.
    #[error("{message}")]
    #[api(401)]
    Unauthorized {
        #[api(message)]
        message: String,
        details: Option<Details>,
    },

    /// The caller may not do this.
    #[error("{message}")]
    #[api(403)]
    Forbidden {
        #[api(message)]
        message: String,
        details: Option<Details>,
    },

    /// The object does not exist.
    #[error("{message}")]
    #[api(404)]
    NotFound {
        #[api(message)]
        message: String,
        details: Option<Details>,
    },

    /// The resource does not have this method.
    #[error("{message}")]
    #[api(405)]
    MethodNotAllowed {
        #[api(message)]
        message: String,
        details: Option<Details>,
    },

    /// An object of this name exists.
    #[error("{message}")]
    #[api(409)]
    AlreadyExists {
        #[api(message)]
        message: String,
        details: Option<Details>,
    },

    /// The object changed in the meantime: read it again and apply the change to that.
    #[error("{message}")]
    #[api(409)]
    Conflict {
        #[api(message)]
        message: String,
        details: Option<Details>,
    },

    /// The version asked for is no longer there: list again.
    #[error("{message}")]
    #[api(410)]
    Expired {
        #[api(message)]
        message: String,
        details: Option<Details>,
    },

    /// The object is not valid.
    #[error("{message}")]
    #[api(422)]
    Invalid {
        #[api(message)]
        message: String,
        details: Option<Details>,
    },

    /// Too many requests, or a disruption budget that does not permit an eviction now.
    #[error("{message}")]
    #[api(429)]
    TooManyRequests {
        #[api(message)]
        message: String,
        details: Option<Details>,
        #[api(retry_after)]
        retry_after: Option<RetryAfter>,
    },

    /// Something went wrong in the server, or in a webhook it asked.
    #[error("{message}")]
    #[api(500)]
    InternalError {
        #[api(message)]
        message: String,
        #[api(expose)]
        details: Option<Details>,
    },

    /// The server could not act in time. It answers with 500, and says when to come back.
    #[error("{message}")]
    #[api(500, class = timeout)]
    ServerTimeout {
        #[api(message)]
        message: String,
        #[api(expose)]
        details: Option<Details>,
        #[api(retry_after)]
        retry_after: Option<RetryAfter>,
    },

    /// The server, or one it aggregates, is unavailable.
    #[error("{message}")]
    #[api(503)]
    ServiceUnavailable {
        #[api(message)]
        message: String,
        #[api(expose)]
        details: Option<Details>,
        #[api(retry_after)]
        retry_after: Option<RetryAfter>,
    },

    /// The request took longer than its deadline.
    #[error("{message}")]
    #[api(504)]
    Timeout {
        #[api(message)]
        message: String,
        #[api(expose)]
        details: Option<Details>,
        #[api(retry_after)]
        retry_after: Option<RetryAfter>,
    },
}

pub fn cases() -> Vec<Case<KubernetesError>> {
    vec![
        Case {
            source: "https://kubernetes.io/docs/reference/access-authn-authz/authentication/",
            status: 401,
            headers: &[("Content-Type", "application/json")],
            body: r#"{
                "kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Failure",
                "message": "Unauthorized", "reason": "Unauthorized", "code": 401
            }"#,
            expect: KubernetesError::Unauthorized { message: "Unauthorized".into(), details: None },
            classes: &[Class::Auth],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        Case {
            source: "https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/status/, Forbidden",
            status: 403,
            headers: &[],
            body: r#"{
                "kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Failure",
                "message": "pods is forbidden: User \"system:serviceaccount:gluu:default\" cannot list resource \"pods\" in API group \"\" in the namespace \"gluu\"",
                "reason": "Forbidden",
                "details": { "kind": "pods" },
                "code": 403
            }"#,
            expect: KubernetesError::Forbidden {
                message: r#"pods is forbidden: User "system:serviceaccount:gluu:default" cannot list resource "pods" in API group "" in the namespace "gluu""#.into(),
                details: Some(Details { kind: Some("pods".into()), ..Details::default() }),
            },
            classes: &[Class::Permission],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        Case {
            source: "https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/status/, AlreadyExists",
            status: 409,
            headers: &[],
            body: r#"{
                "kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Failure",
                "message": "templates.template.openshift.io \"hono-tenant\" already exists",
                "reason": "AlreadyExists",
                "details": { "name": "hono-tenant", "group": "template.openshift.io", "kind": "templates" },
                "code": 409
            }"#,
            expect: KubernetesError::AlreadyExists {
                message: r#"templates.template.openshift.io "hono-tenant" already exists"#.into(),
                details: Some(Details {
                    name: Some("hono-tenant".into()),
                    group: Some("template.openshift.io".into()),
                    kind: Some("templates".into()),
                    ..Details::default()
                }),
            },
            classes: &[Class::Conflict],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        Case {
            source: "https://github.com/kubernetes/community, api-conventions.md, optimistic concurrency",
            status: 409,
            headers: &[],
            body: r#"{
                "kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Failure",
                "message": "Operation cannot be fulfilled on resourcequotas \"quota\": the object has been modified; please apply your changes to the latest version and try again",
                "reason": "Conflict",
                "details": { "name": "quota", "kind": "resourcequotas" },
                "code": 409
            }"#,
            expect: KubernetesError::Conflict {
                message: r#"Operation cannot be fulfilled on resourcequotas "quota": the object has been modified; please apply your changes to the latest version and try again"#.into(),
                details: Some(Details {
                    name: Some("quota".into()),
                    kind: Some("resourcequotas".into()),
                    ..Details::default()
                }),
            },
            classes: &[Class::Conflict],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        Case {
            source: "https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/status/, Invalid with causes",
            status: 422,
            headers: &[],
            body: r#"{
                "kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Failure",
                "message": "Secret \"\" is invalid: metadata.name: required value, Details: name or generateName is required",
                "reason": "Invalid",
                "details": {
                    "kind": "Secret",
                    "causes": [
                        {
                            "reason": "FieldValueRequired",
                            "message": "required value, Details: name or generateName is required",
                            "field": "metadata.name"
                        }
                    ]
                },
                "code": 422
            }"#,
            expect: KubernetesError::Invalid {
                message: r#"Secret "" is invalid: metadata.name: required value, Details: name or generateName is required"#.into(),
                details: Some(Details {
                    kind: Some("Secret".into()),
                    causes: vec![Cause {
                        reason: Some("FieldValueRequired".into()),
                        message: Some(
                            "required value, Details: name or generateName is required".into(),
                        ),
                        field: Some("metadata.name".into()),
                    }],
                    ..Details::default()
                }),
            },
            classes: &[Class::Validation],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        // The delay is read inside the details, which hold it too.
        Case {
            source: "https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/status/, TooManyRequests",
            status: 429,
            headers: &[],
            body: r#"{
                "kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Failure",
                "message": "storage is (re)initializing",
                "reason": "TooManyRequests",
                "details": { "retryAfterSeconds": 1 },
                "code": 429
            }"#,
            expect: KubernetesError::TooManyRequests {
                message: "storage is (re)initializing".into(),
                details: Some(Details { retry_after_seconds: Some(1), ..Details::default() }),
                retry_after: Some(after(1_000)),
            },
            classes: &[Class::RateLimit],
            retry: Retry::Always,
            delay: Some(Duration::from_secs(1)),
            reencodes: true,
        },
        Case {
            source: "https://kubernetes.io/docs/concepts/scheduling-eviction/api-eviction/, disruption budget",
            status: 429,
            headers: &[],
            body: r#"{
                "kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Failure",
                "message": "Cannot evict pod as it would violate the pod's disruption budget.",
                "reason": "TooManyRequests",
                "details": {
                    "causes": [
                        {
                            "reason": "DisruptionBudget",
                            "message": "The disruption budget zookeeper needs 11 healthy pods and has 12 currently"
                        }
                    ]
                },
                "code": 429
            }"#,
            expect: KubernetesError::TooManyRequests {
                message: "Cannot evict pod as it would violate the pod's disruption budget.".into(),
                details: Some(Details {
                    causes: vec![Cause {
                        reason: Some("DisruptionBudget".into()),
                        message: Some(
                            "The disruption budget zookeeper needs 11 healthy pods and has 12 currently".into(),
                        ),
                        field: None,
                    }],
                    ..Details::default()
                }),
                retry_after: None,
            },
            classes: &[Class::RateLimit],
            retry: Retry::Always,
            delay: None,
            reencodes: true,
        },
        Case {
            source: "https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/status/, ServerTimeout",
            status: 500,
            headers: &[],
            body: r#"{
                "kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Failure",
                "message": "The POST operation against Pod could not be completed at this time, please try again.",
                "reason": "ServerTimeout",
                "details": { "name": "POST", "kind": "Pod", "retryAfterSeconds": 10 },
                "code": 500
            }"#,
            expect: KubernetesError::ServerTimeout {
                message: "The POST operation against Pod could not be completed at this time, please try again.".into(),
                details: Some(Details {
                    name: Some("POST".into()),
                    kind: Some("Pod".into()),
                    retry_after_seconds: Some(10),
                    ..Details::default()
                }),
                retry_after: Some(after(10_000)),
            },
            classes: &[Class::Timeout],
            retry: Retry::IfIdempotent,
            delay: Some(Duration::from_secs(10)),
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
        unknown_code::<KubernetesError>(
            406,
            r#"{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"only the following media types are accepted: application/json","reason":"NotAcceptable","code":406}"#,
        );
        bad_gateway::<KubernetesError>();
        // What the server says before it knows the resource.
        foreign::<KubernetesError>(404, "text/plain; charset=utf-8", "404 page not found\n");
    }
}
