//! Jira: texts for the request, texts by field, and no codes at all.

use std::collections::BTreeMap;
use std::time::Duration;

use aura_errors::{Class, Retry, RetryAfter};
use http::StatusCode;
use serde::{Deserialize, Serialize};

use super::{Case, after};

/// What Jira says, whatever the status.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Said {
    pub error_messages: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub errors: Option<BTreeMap<String, String>>,
}

/// Errors of the Jira REST API.
#[derive(Debug, Clone, PartialEq, thiserror::Error, aura_errors::Taxonomy)]
#[api(body = detail)]
#[non_exhaustive]
pub enum JiraError {
    /// The request is not valid.
    #[error("the request is not valid")]
    #[api(400)]
    BadRequest(#[api(example = Said::default())] Said),

    /// Not authenticated, in the form of the gateway.
    #[error("{message}")]
    #[api(401, body = { "message": message, "status-code"?: status })]
    ClientMustAuthenticate {
        #[api(message)]
        message: String,
    },

    /// Not authenticated, in the form of the API.
    #[error("not authenticated")]
    #[api(401)]
    Unauthorized(#[api(example = Said::default())] Said),

    /// Not allowed.
    #[error("forbidden")]
    #[api(403)]
    Forbidden(#[api(example = Said::default())] Said),

    /// Not there, or not visible.
    #[error("not found")]
    #[api(404)]
    NotFound(#[api(example = Said::default())] Said),

    /// Too many requests; the body may be anything.
    #[error("too many requests")]
    #[api(429, body = none)]
    TooManyRequests {
        #[api(retry_after)]
        retry_after: Option<RetryAfter>,
        #[api(header = "RateLimit-Reason")]
        reason: Option<String>,
    },

    /// Something went wrong at Atlassian.
    #[error("server error")]
    #[api("5XX")]
    Server {
        #[api(detail, example = Said::default())]
        said: Said,
        #[api(status)]
        status: StatusCode,
    },
}

fn said(messages: &[&str], errors: &[(&str, &str)]) -> Said {
    Said {
        error_messages: messages.iter().map(|text| (*text).to_owned()).collect(),
        errors: Some(errors.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()),
    }
}

pub fn cases() -> Vec<Case<JiraError>> {
    vec![
        Case {
            source: "https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/, 404",
            status: 404,
            headers: &[("Content-Type", "application/json;charset=UTF-8")],
            body: r#"{"errorMessages":["Issue does not exist or you do not have permission to see it."],"errors":{}}"#,
            expect: JiraError::NotFound(said(
                &["Issue does not exist or you do not have permission to see it."],
                &[],
            )),
            classes: &[Class::NotFound],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        Case {
            source: "https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/, 400",
            status: 400,
            headers: &[],
            body: r#"{"errorMessages":[],"errors":{"customfield_10042":"Field 'customfield_10042' cannot be set. It is not on the appropriate screen, or unknown."}}"#,
            expect: JiraError::BadRequest(said(
                &[],
                &[(
                    "customfield_10042",
                    "Field 'customfield_10042' cannot be set. It is not on the appropriate screen, or unknown.",
                )],
            )),
            classes: &[Class::Validation],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        Case {
            source: "https://developer.atlassian.com/cloud/jira/platform/rest/v3/intro/, 401",
            status: 401,
            headers: &[],
            body: r#"{"message":"Client must be authenticated to access this resource.","status-code":401}"#,
            expect: JiraError::ClientMustAuthenticate {
                message: "Client must be authenticated to access this resource.".into(),
            },
            classes: &[Class::Auth],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        Case {
            source: "https://developer.atlassian.com/cloud/jira/platform/rest/v3/intro/, 401 in the API's form",
            status: 401,
            headers: &[],
            body: r#"{"errorMessages":["You are not authenticated. Authentication required to perform this operation."],"errors":{}}"#,
            expect: JiraError::Unauthorized(said(
                &["You are not authenticated. Authentication required to perform this operation."],
                &[],
            )),
            classes: &[Class::Auth],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        Case {
            source: "https://developer.atlassian.com/cloud/jira/platform/rate-limiting/",
            status: 429,
            headers: &[("Retry-After", "5"), ("RateLimit-Reason", "jira-burst-based")],
            body: r#"{"message":"Rate limit exceeded"}"#,
            expect: JiraError::TooManyRequests {
                retry_after: Some(after(5_000)),
                reason: Some("jira-burst-based".into()),
            },
            classes: &[Class::RateLimit],
            retry: Retry::Always,
            delay: Some(Duration::from_secs(5)),
            reencodes: false,
        },
    ]
}

#[cfg(test)]
mod tests {
    use super::super::{bad_gateway, check, foreign};
    use super::*;

    #[test]
    fn documented_responses() {
        check(cases());
    }

    #[test]
    fn anything_else_is_unrecognized() {
        bad_gateway::<JiraError>();
        foreign::<JiraError>(404, "application/json", r#"{"message":"null for uri: /rest/api/3/x"}"#);
        foreign::<JiraError>(404, "application/json", r#"{"errorMessages":"x"}"#);
    }
}
