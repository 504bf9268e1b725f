//! Google APIs (AIP-193): `status` is the code, and the reason in `ErrorInfo` tells apart what has
//! the same one.

use std::collections::BTreeMap;
use std::time::Duration;

use aura_errors::{Class, Retry, RetryAfter};
use serde::{Deserialize, Serialize};

use super::{Case, after};

/// One quota that is used up (`google.rpc.QuotaFailure`).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Violation {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quota_metric: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quota_id: Option<String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub quota_dimensions: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quota_value: Option<String>,
}

/// Where to read more (`google.rpc.Help`).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Link {
    pub description: String,
    pub url: String,
}

/// Errors of Google APIs.
#[derive(Debug, Clone, PartialEq, thiserror::Error, aura_errors::Taxonomy)]
#[api(body = google, rename_all = "SCREAMING_SNAKE_CASE", fields(rename_all = "camelCase"))]
#[non_exhaustive]
pub enum GoogleError {
    /// The request is malformed.
    #[error("{message}")]
    #[api(400)]
    InvalidArgument {
        #[api(message)]
        message: String,
    },

    /// The API key is not valid. The status says otherwise, but this is about the caller.
    #[error("{message}")]
    #[api(
        400,
        code = "INVALID_ARGUMENT",
        class = auth,
        slot(reason = "API_KEY_INVALID", domain = "googleapis.com")
    )]
    ApiKeyInvalid {
        #[api(message)]
        message: String,
        service: Option<String>,
    },

    /// The state of the system does not allow this.
    #[error("{message}")]
    #[api(400)]
    FailedPrecondition {
        #[api(message)]
        message: String,
    },

    /// No credentials, or none that are valid.
    #[error("{message}")]
    #[api(401)]
    Unauthenticated {
        #[api(message)]
        message: String,
    },

    /// The caller may not do this.
    #[error("{message}")]
    #[api(403)]
    PermissionDenied {
        #[api(message)]
        message: String,
    },

    /// The API is not enabled for the project.
    #[error("{message}")]
    #[api(403, code = "PERMISSION_DENIED", slot(reason = "SERVICE_DISABLED", domain = "googleapis.com"))]
    ServiceDisabled {
        #[api(message)]
        message: String,
        #[api(example = "compute.googleapis.com")]
        service: String,
        #[api(example = "projects/123")]
        consumer: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        activation_url: Option<String>,
    },

    /// The project is suspended.
    #[error("{message}")]
    #[api(403, code = "PERMISSION_DENIED", slot(reason = "CONSUMER_SUSPENDED", domain = "googleapis.com"))]
    ConsumerSuspended {
        #[api(message)]
        message: String,
        #[api(example = "compute.googleapis.com")]
        service: String,
        #[api(example = "projects/123")]
        consumer: String,
    },

    /// The access token lacks a scope.
    #[error("{message}")]
    #[api(
        403,
        code = "PERMISSION_DENIED",
        class(permission, auth),
        slot(reason = "ACCESS_TOKEN_SCOPE_INSUFFICIENT", domain = "googleapis.com")
    )]
    AccessTokenScopeInsufficient {
        #[api(message)]
        message: String,
        #[api(example = "google.cloud.compute.v1.Instances.List")]
        method: String,
        #[api(example = "compute.googleapis.com")]
        service: String,
    },

    /// The resource does not exist.
    #[error("{message}")]
    #[api(404)]
    NotFound {
        #[api(message)]
        message: String,
    },

    /// The resource exists.
    #[error("{message}")]
    #[api(409)]
    AlreadyExists {
        #[api(message)]
        message: String,
    },

    /// A quota is used up.
    #[error("{message}")]
    #[api(429, body = {
        "error": {
            "code": status,
            "message": message,
            "status": code,
            "details"?: [
                {
                    "@type": "type.googleapis.com/google.rpc.QuotaFailure",
                    "violations"?: field(violations)
                },
                { "@type": "type.googleapis.com/google.rpc.Help", "links"?: field(links) },
                {
                    "@type": "type.googleapis.com/google.rpc.RetryInfo",
                    "retryDelay": "{retry_after}s"
                }
            ]
        }
    })]
    ResourceExhausted {
        #[api(message)]
        message: String,
        violations: Option<Vec<Violation>>,
        links: Option<Vec<Link>>,
        #[api(retry_after)]
        retry_after: Option<RetryAfter>,
    },

    /// The zone has no such machine left: another zone may have.
    #[error("{message}")]
    #[api(
        429,
        code = "RESOURCE_EXHAUSTED",
        class = unavailable,
        slot(reason = "RESOURCE_AVAILABILITY", domain = "compute.googleapis.com"),
        body = {
            "error": {
                "code": status,
                "message": message,
                "status": code,
                "details": [
                    {
                        "@type": "type.googleapis.com/google.rpc.ErrorInfo",
                        "reason": slot(reason),
                        "domain": slot(domain),
                        "metadata": field(metadata)
                    },
                    {
                        "@type": "type.googleapis.com/google.rpc.LocalizedMessage",
                        "locale"?: field(locale),
                        "message"?: field(localized)
                    },
                    { "@type": "type.googleapis.com/google.rpc.Help", "links"?: field(links) }
                ]
            }
        }
    )]
    ResourceAvailability {
        #[api(message)]
        message: String,
        #[api(example = BTreeMap::from([("zone".to_owned(), "us-east1-a".to_owned())]))]
        metadata: BTreeMap<String, String>,
        locale: Option<String>,
        localized: Option<String>,
        links: Option<Vec<Link>>,
    },

    /// Something went wrong at Google.
    #[error("{message}")]
    #[api(500)]
    Internal {
        #[api(message)]
        message: String,
    },

    /// The service is unavailable for now.
    #[error("{message}")]
    #[api(503)]
    Unavailable {
        #[api(message)]
        message: String,
        #[api(retry_after)]
        retry_after: Option<RetryAfter>,
    },

    /// The deadline passed first.
    #[error("{message}")]
    #[api(504)]
    DeadlineExceeded {
        #[api(message)]
        message: String,
    },
}

fn texts(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
}

pub fn cases() -> Vec<Case<GoogleError>> {
    vec![
        Case {
            source: "https://google.aip.dev/193, JSON representation",
            status: 429,
            headers: &[("Content-Type", "application/json; charset=UTF-8")],
            body: r#"{
                "error": {
                    "code": 429,
                    "message": "The zone 'us-east1-a' does not have enough resources available to fulfill the request. Try a different zone, or try again later.",
                    "status": "RESOURCE_EXHAUSTED",
                    "details": [
                        {
                            "@type": "type.googleapis.com/google.rpc.ErrorInfo",
                            "reason": "RESOURCE_AVAILABILITY",
                            "domain": "compute.googleapis.com",
                            "metadata": {
                                "zone": "us-east1-a",
                                "vmType": "e2-medium",
                                "attachment": "local-ssd=3,nvidia-t4=2",
                                "zonesWithCapacity": "us-central1-f,us-central1-c"
                            }
                        },
                        {
                            "@type": "type.googleapis.com/google.rpc.LocalizedMessage",
                            "locale": "en-US",
                            "message": "An <e2-medium> VM instance with <local-ssd=3,nvidia-t4=2> is currently unavailable in the <us-east1-a> zone."
                        },
                        {
                            "@type": "type.googleapis.com/google.rpc.Help",
                            "links": [
                                {
                                    "description": "Additional information on this error",
                                    "url": "https://cloud.google.com/compute/docs/resource-error"
                                }
                            ]
                        }
                    ]
                }
            }"#,
            expect: GoogleError::ResourceAvailability {
                message: "The zone 'us-east1-a' does not have enough resources available to fulfill the request. Try a different zone, or try again later.".into(),
                metadata: texts(&[
                    ("zone", "us-east1-a"),
                    ("vmType", "e2-medium"),
                    ("attachment", "local-ssd=3,nvidia-t4=2"),
                    ("zonesWithCapacity", "us-central1-f,us-central1-c"),
                ]),
                locale: Some("en-US".into()),
                localized: Some("An <e2-medium> VM instance with <local-ssd=3,nvidia-t4=2> is currently unavailable in the <us-east1-a> zone.".into()),
                links: Some(vec![Link {
                    description: "Additional information on this error".into(),
                    url: "https://cloud.google.com/compute/docs/resource-error".into(),
                }]),
            },
            classes: &[Class::Unavailable],
            retry: Retry::Always,
            delay: None,
            reencodes: true,
        },
        Case {
            source: "https://ai.google.dev/gemini-api/docs/rate-limits",
            status: 429,
            headers: &[],
            body: r#"{
                "error": {
                    "code": 429,
                    "message": "You exceeded your current quota, please check your plan and billing details. For more information on this error, head to: https://ai.google.dev/gemini-api/docs/rate-limits.",
                    "status": "RESOURCE_EXHAUSTED",
                    "details": [
                        {
                            "@type": "type.googleapis.com/google.rpc.QuotaFailure",
                            "violations": [
                                {
                                    "quotaMetric": "generativelanguage.googleapis.com/generate_content_free_tier_requests",
                                    "quotaId": "GenerateRequestsPerDayPerProjectPerModel-FreeTier",
                                    "quotaDimensions": { "location": "global", "model": "gemini-2.5-flash" },
                                    "quotaValue": "250"
                                }
                            ]
                        },
                        {
                            "@type": "type.googleapis.com/google.rpc.Help",
                            "links": [
                                {
                                    "description": "Learn more about Gemini API quotas",
                                    "url": "https://ai.google.dev/gemini-api/docs/rate-limits"
                                }
                            ]
                        },
                        {
                            "@type": "type.googleapis.com/google.rpc.RetryInfo",
                            "retryDelay": "22s"
                        }
                    ]
                }
            }"#,
            expect: GoogleError::ResourceExhausted {
                message: "You exceeded your current quota, please check your plan and billing details. For more information on this error, head to: https://ai.google.dev/gemini-api/docs/rate-limits.".into(),
                violations: Some(vec![Violation {
                    quota_metric: Some("generativelanguage.googleapis.com/generate_content_free_tier_requests".into()),
                    quota_id: Some("GenerateRequestsPerDayPerProjectPerModel-FreeTier".into()),
                    quota_dimensions: texts(&[("location", "global"), ("model", "gemini-2.5-flash")]),
                    quota_value: Some("250".into()),
                    ..Violation::default()
                }]),
                links: Some(vec![Link {
                    description: "Learn more about Gemini API quotas".into(),
                    url: "https://ai.google.dev/gemini-api/docs/rate-limits".into(),
                }]),
                retry_after: Some(after(22_000)),
            },
            classes: &[Class::RateLimit],
            retry: Retry::Always,
            delay: Some(Duration::from_secs(22)),
            reencodes: true,
        },
        Case {
            source: "https://cloud.google.com/docs/authentication/api-keys, an invalid key",
            status: 400,
            headers: &[],
            body: r#"{
                "error": {
                    "code": 400,
                    "message": "API key not valid. Please pass a valid API key.",
                    "status": "INVALID_ARGUMENT",
                    "details": [
                        {
                            "@type": "type.googleapis.com/google.rpc.ErrorInfo",
                            "reason": "API_KEY_INVALID",
                            "domain": "googleapis.com",
                            "metadata": { "service": "commentanalyzer.googleapis.com" }
                        }
                    ]
                }
            }"#,
            expect: GoogleError::ApiKeyInvalid {
                message: "API key not valid. Please pass a valid API key.".into(),
                service: Some("commentanalyzer.googleapis.com".into()),
            },
            classes: &[Class::Auth],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        // The same code and status without a reason is the plain error.
        Case {
            source: "https://ai.google.dev/gemini-api/docs/troubleshooting, INVALID_ARGUMENT",
            status: 400,
            headers: &[],
            body: r#"{
                "error": {
                    "code": 400,
                    "message": "Request contains an invalid argument.",
                    "status": "INVALID_ARGUMENT"
                }
            }"#,
            expect: GoogleError::InvalidArgument {
                message: "Request contains an invalid argument.".into(),
            },
            classes: &[Class::Validation],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        Case {
            source: "https://cloud.google.com/apis/design/errors, an invalid access token",
            status: 401,
            headers: &[("WWW-Authenticate", "Bearer realm=\"https://accounts.google.com/\", error=\"invalid_token\"")],
            body: r#"{
                "error": {
                    "code": 401,
                    "message": "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project.",
                    "status": "UNAUTHENTICATED"
                }
            }"#,
            expect: GoogleError::Unauthenticated {
                message: "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project.".into(),
            },
            classes: &[Class::Auth],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        Case {
            source: "google.api.ErrorReason, CONSUMER_SUSPENDED",
            status: 403,
            headers: &[],
            body: r#"{
                "error": {
                    "code": 403,
                    "message": "Permission denied: Consumer 'project_number:578829824020' has been suspended.",
                    "status": "PERMISSION_DENIED",
                    "details": [
                        {
                            "@type": "type.googleapis.com/google.rpc.ErrorInfo",
                            "reason": "CONSUMER_SUSPENDED",
                            "domain": "googleapis.com",
                            "metadata": {
                                "service": "generativelanguage.googleapis.com",
                                "consumer": "projects/578829824020"
                            }
                        }
                    ]
                }
            }"#,
            expect: GoogleError::ConsumerSuspended {
                message: "Permission denied: Consumer 'project_number:578829824020' has been suspended.".into(),
                service: "generativelanguage.googleapis.com".into(),
                consumer: "projects/578829824020".into(),
            },
            classes: &[Class::Permission],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        Case {
            source: "google.api.ErrorReason, ACCESS_TOKEN_SCOPE_INSUFFICIENT",
            status: 403,
            headers: &[],
            body: r#"{
                "error": {
                    "code": 403,
                    "message": "Request had insufficient authentication scopes.",
                    "status": "PERMISSION_DENIED",
                    "details": [
                        {
                            "@type": "type.googleapis.com/google.rpc.ErrorInfo",
                            "reason": "ACCESS_TOKEN_SCOPE_INSUFFICIENT",
                            "domain": "googleapis.com",
                            "metadata": {
                                "method": "google.apps.drive.v3.DriveFiles.List",
                                "service": "drive.googleapis.com"
                            }
                        }
                    ]
                }
            }"#,
            expect: GoogleError::AccessTokenScopeInsufficient {
                message: "Request had insufficient authentication scopes.".into(),
                method: "google.apps.drive.v3.DriveFiles.List".into(),
                service: "drive.googleapis.com".into(),
            },
            classes: &[Class::Permission, Class::Auth],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        // The reason is not listed, and stands behind another detail: the plain error, less detail.
        Case {
            source: "https://cloud.google.com/service-usage/docs/reference/rest, AUTH_PERMISSION_DENIED",
            status: 403,
            headers: &[],
            body: r#"{
                "error": {
                    "code": 403,
                    "message": "Permission denied to enable service [geminicloudassist.googleapis.com]",
                    "status": "PERMISSION_DENIED",
                    "details": [
                        {
                            "@type": "type.googleapis.com/google.rpc.PreconditionFailure",
                            "violations": [ { "type": "googleapis.com", "subject": "110002" } ]
                        },
                        {
                            "@type": "type.googleapis.com/google.rpc.ErrorInfo",
                            "reason": "AUTH_PERMISSION_DENIED",
                            "domain": "serviceusage.googleapis.com"
                        }
                    ]
                }
            }"#,
            expect: GoogleError::PermissionDenied {
                message: "Permission denied to enable service [geminicloudassist.googleapis.com]".into(),
            },
            classes: &[Class::Permission],
            retry: Retry::Never,
            delay: None,
            reencodes: false,
        },
        Case {
            source: "https://cloud.google.com/apis/design/errors, UNAVAILABLE",
            status: 503,
            headers: &[],
            body: r#"{
                "error": {
                    "code": 503,
                    "message": "The service is currently unavailable.",
                    "status": "UNAVAILABLE"
                }
            }"#,
            expect: GoogleError::Unavailable {
                message: "The service is currently unavailable.".into(),
                retry_after: None,
            },
            classes: &[Class::Unavailable],
            retry: Retry::Always,
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
        unknown_code::<GoogleError>(
            499,
            r#"{"error":{"code":499,"message":"The operation was cancelled.","status":"CANCELLED"}}"#,
        );
        bad_gateway::<GoogleError>();
        // The token endpoint speaks OAuth, not this.
        foreign::<GoogleError>(
            400,
            "application/json",
            r#"{"error":"invalid_grant","error_description":"Bad Request"}"#,
        );
    }
}
