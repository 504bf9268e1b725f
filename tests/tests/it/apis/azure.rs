//! Azure Resource Manager: OData errors, wrapped in `error` by most providers.

use std::time::Duration;

use aura_errors::{Class, Retry, RetryAfter};
use serde::{Deserialize, Serialize};

use super::{Case, after};

/// An error inside an error.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Detail {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub details: Vec<Detail>,
}

/// What else there is to know; the same in every error.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct More {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub details: Vec<Detail>,
    #[serde(default, skip_serializing_if = "Option::is_none", alias = "innerError")]
    pub innererror: Option<serde_json::Value>,
    #[serde(default, skip_serializing_if = "Vec::is_empty", rename = "additionalInfo")]
    pub additional_info: Vec<serde_json::Value>,
}

aura_errors::body_format! {
    pub OData = { "error": { "code": code, "message": message, ..fields } }
}

aura_errors::body_format! {
    pub Unwrapped = { "code": code, "message": message, ..fields }
}

/// Errors of Azure Resource Manager.
#[derive(Debug, Clone, PartialEq, thiserror::Error, aura_errors::Taxonomy)]
#[api(body = OData | Unwrapped, rename_all = "PascalCase", code_header = "x-ms-error-code")]
#[non_exhaustive]
pub enum AzureError {
    /// The template or a parameter of it is not valid.
    #[error("{message}")]
    #[api(400)]
    InvalidTemplate {
        #[api(message)]
        message: String,
        #[serde(flatten)]
        #[api(example = More::default())]
        more: More,
    },

    /// The provider is not registered for the subscription.
    #[error("{message}")]
    #[api(409)]
    MissingSubscriptionRegistration {
        #[api(message)]
        message: String,
        #[serde(flatten)]
        #[api(example = More::default())]
        more: More,
    },

    /// The token is not valid.
    #[error("{message}")]
    #[api(401, code = "InvalidAuthenticationToken" | "ExpiredAuthenticationToken" | "AuthenticationFailed")]
    InvalidAuthenticationToken {
        #[api(message)]
        message: String,
    },

    /// The caller may not do this.
    #[error("{message}")]
    #[api(403)]
    AuthorizationFailed {
        #[api(message)]
        message: String,
    },

    /// The subscription does not exist.
    #[error("{message}")]
    #[api(404)]
    SubscriptionNotFound {
        #[api(message)]
        message: String,
    },

    /// The resource does not exist.
    #[error("{message}")]
    #[api(404, code = "ResourceNotFound" | "ResourceGroupNotFound" | "NotFound")]
    ResourceNotFound {
        #[api(message)]
        message: String,
        #[serde(flatten)]
        #[api(example = More::default())]
        more: More,
    },

    /// The deployment failed: why, the details say.
    #[error("{message}")]
    #[api(409)]
    DeploymentFailed {
        #[api(message)]
        message: String,
        #[serde(flatten)]
        #[api(example = More::default())]
        more: More,
    },

    /// Too many requests for a subscription or a tenant.
    #[error("{message}")]
    #[api(429, code = "TooManyRequests" | "SubscriptionRequestsThrottled")]
    TooManyRequests {
        #[api(message)]
        message: String,
        #[api(retry_after)]
        retry_after: Option<RetryAfter>,
    },

    /// Something went wrong in a provider.
    #[error("{message}")]
    #[api(500)]
    InternalServerError {
        #[api(message)]
        message: String,
        #[serde(flatten)]
        #[api(expose, example = More::default())]
        more: More,
    },
}

pub fn cases() -> Vec<Case<AzureError>> {
    vec![
        Case {
            source: "https://learn.microsoft.com/rest/api/aks/managed-clusters/list, unknown subscription",
            status: 404,
            headers: &[("Content-Type", "application/json"), ("x-ms-failure-cause", "gateway")],
            body: r#"{"error":{"code":"SubscriptionNotFound","message":"The subscription '1234' could not be found."}}"#,
            expect: AzureError::SubscriptionNotFound {
                message: "The subscription '1234' could not be found.".into(),
            },
            classes: &[Class::NotFound],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        Case {
            source: "https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/find-error-code, deployment",
            status: 409,
            headers: &[],
            body: r#"{
                "error": {
                    "code": "DeploymentFailed",
                    "target": "/subscriptions/1234/resourceGroups/rg/providers/Microsoft.Resources/deployments/d",
                    "message": "At least one resource deployment operation failed. Please list deployment operations for details.",
                    "details": [
                        { "code": "StorageAccountAlreadyTaken", "message": "The storage account named mystorage is already taken." }
                    ]
                }
            }"#,
            expect: AzureError::DeploymentFailed {
                message: "At least one resource deployment operation failed. Please list deployment operations for details.".into(),
                more: More {
                    target: Some("/subscriptions/1234/resourceGroups/rg/providers/Microsoft.Resources/deployments/d".into()),
                    details: vec![Detail {
                        code: Some("StorageAccountAlreadyTaken".into()),
                        message: Some("The storage account named mystorage is already taken.".into()),
                        ..Detail::default()
                    }],
                    ..More::default()
                },
            },
            classes: &[Class::Conflict],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        // Another provider: the name in another case, deeper down.
        Case {
            source: "https://learn.microsoft.com/azure/ai-services/translator/document-translation, error response",
            status: 500,
            headers: &[],
            body: r#"{
                "error": {
                    "code": "InternalServerError",
                    "message": "Internal Server Error",
                    "innerError": {
                        "code": "InternalServerError",
                        "message": "Unexpected internal server error has occurred"
                    }
                }
            }"#,
            expect: AzureError::InternalServerError {
                message: "Internal Server Error".into(),
                more: More {
                    innererror: Some(serde_json::json!({
                        "code": "InternalServerError",
                        "message": "Unexpected internal server error has occurred"
                    })),
                    ..More::default()
                },
            },
            classes: &[Class::Internal],
            retry: Retry::IfIdempotent,
            delay: None,
            reencodes: false,
        },
        // Without the wrapper, as older providers answer.
        Case {
            source: "https://learn.microsoft.com/javascript/api/@azure/arm-mysql/errorresponse",
            status: 404,
            headers: &[],
            body: r#"{"code":"ResourceNotFound","message":"The Resource 'Microsoft.DBforMySQL/servers/s' was not found.","target":"s"}"#,
            expect: AzureError::ResourceNotFound {
                message: "The Resource 'Microsoft.DBforMySQL/servers/s' was not found.".into(),
                more: More { target: Some("s".into()), ..More::default() },
            },
            classes: &[Class::NotFound],
            retry: Retry::Never,
            delay: None,
            reencodes: false,
        },
        // The header and the body name the same error; its first code would be written.
        Case {
            source: "https://learn.microsoft.com/azure/azure-resource-manager/management/request-limits-and-throttling",
            status: 429,
            headers: &[("Retry-After", "17"), ("x-ms-error-code", "SubscriptionRequestsThrottled")],
            body: r#"{"error":{"code":"SubscriptionRequestsThrottled","message":"Number of read requests for subscription '1234' exceeded the limit of '12000' for time interval '01:00:00'. Please try again after '17' seconds."}}"#,
            expect: AzureError::TooManyRequests {
                message: "Number of read requests for subscription '1234' exceeded the limit of '12000' for time interval '01:00:00'. Please try again after '17' seconds.".into(),
                retry_after: Some(after(17_000)),
            },
            classes: &[Class::RateLimit],
            retry: Retry::Always,
            delay: Some(Duration::from_secs(17)),
            reencodes: false,
        },
    ]
}

#[cfg(test)]
mod tests {
    use super::super::{bad_gateway, check, unknown_code};
    use super::*;

    #[test]
    fn documented_responses() {
        check(cases());
    }

    #[test]
    fn anything_else_is_unrecognized() {
        unknown_code::<AzureError>(
            409,
            r#"{"error":{"code":"OperationNotAllowed","message":"Quota exceeded."}}"#,
        );
        unknown_code::<AzureError>(409, r#"{"code":"OperationNotAllowed","message":"Quota exceeded."}"#);
        bad_gateway::<AzureError>();
    }
}
