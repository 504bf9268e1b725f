//! GitHub REST: no codes. What an error is, its status says, and for a 403 a header.

use std::time::Duration;

use aura_errors::{Class, Retry, RetryAfter};
use http::StatusCode;
use serde::{Deserialize, Serialize};

use super::{Case, after};

/// One problem of a 422: an object, or for some endpoints only a text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Problem {
    Text(String),
    Field {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        resource: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        field: Option<String>,
        code: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        message: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        value: Option<serde_json::Value>,
    },
}

/// Why a repository is blocked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Block {
    pub reason: String,
    pub created_at: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub html_url: Option<String>,
}

/// Errors of the GitHub REST API.
#[derive(Debug, Clone, PartialEq, thiserror::Error, aura_errors::Taxonomy)]
#[api(
    body = { "message": message, "status"?: "{status}", ..fields },
    reset_header("X-RateLimit-Reset" = epoch)
)]
#[non_exhaustive]
pub enum GitHubError {
    /// The body is not acceptable JSON.
    #[error("{message}")]
    #[api(400)]
    BadRequest {
        #[api(message)]
        message: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        documentation_url: Option<String>,
    },

    /// The credentials are not valid.
    #[error("{message}")]
    #[api(401)]
    BadCredentials {
        #[api(message)]
        message: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        documentation_url: Option<String>,
    },

    /// The hourly allowance is used up.
    #[error("{message}")]
    #[api(403, class = rate_limit, retry = always, when(header("X-RateLimit-Remaining") = "0"))]
    PrimaryRateLimit {
        #[api(message)]
        message: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        documentation_url: Option<String>,
        #[api(retry_after)]
        retry_after: Option<RetryAfter>,
    },

    /// Too much at once.
    #[error("{message}")]
    #[api(403, class = rate_limit, retry = always, when(header("Retry-After")))]
    SecondaryRateLimit {
        #[api(message)]
        message: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        documentation_url: Option<String>,
        #[api(retry_after, example = after(60_000))]
        retry_after: RetryAfter,
    },

    /// The credentials do not permit this.
    #[error("{message}")]
    #[api(403)]
    Forbidden {
        #[api(message)]
        message: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        documentation_url: Option<String>,
    },

    /// Not there, or not visible with these credentials.
    #[error("{message}")]
    #[api(404)]
    NotFound {
        #[api(message)]
        message: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        documentation_url: Option<String>,
        #[api(header = "X-GitHub-Request-Id")]
        request_id: Option<String>,
    },

    /// The state of the resource does not allow this.
    #[error("{message}")]
    #[api(409)]
    Conflict {
        #[api(message)]
        message: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        documentation_url: Option<String>,
    },

    /// The feature or resource is no longer there.
    #[error("{message}")]
    #[api(410)]
    Gone {
        #[api(message)]
        message: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        documentation_url: Option<String>,
    },

    /// The fields are not valid.
    #[error("{message}")]
    #[api(422)]
    ValidationFailed {
        #[api(message)]
        message: String,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        errors: Vec<Problem>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        documentation_url: Option<String>,
    },

    /// Both limits may be told with 429 too.
    #[error("{message}")]
    #[api(429)]
    TooManyRequests {
        #[api(message)]
        message: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        documentation_url: Option<String>,
        #[api(retry_after)]
        retry_after: Option<RetryAfter>,
    },

    /// Taken down for legal reasons.
    #[error("{message}")]
    #[api(451)]
    Blocked {
        #[api(message)]
        message: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        block: Option<Block>,
    },

    /// Something went wrong at GitHub.
    #[error("{message}")]
    #[api("5XX")]
    Server {
        #[api(message)]
        message: String,
        #[api(expose)]
        #[serde(default, skip_serializing_if = "Option::is_none")]
        documentation_url: Option<String>,
        #[api(status)]
        status: StatusCode,
        #[api(header = "X-GitHub-Request-Id")]
        request_id: Option<String>,
    },
}

pub fn cases() -> Vec<Case<GitHubError>> {
    vec![
        Case {
            source: "https://docs.github.com/en/rest/authentication/authenticating-to-the-rest-api",
            status: 401,
            headers: &[("Content-Type", "application/json; charset=utf-8")],
            body: r#"{
                "message": "Bad credentials",
                "documentation_url": "https://docs.github.com/rest",
                "status": "401"
            }"#,
            expect: GitHubError::BadCredentials {
                message: "Bad credentials".into(),
                documentation_url: Some("https://docs.github.com/rest".into()),
            },
            classes: &[Class::Auth],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        // The documentation's own example of a used up allowance: no `status` in the body then.
        Case {
            source: "GitHub REST API, rate limiting (developer.github.com/v3/#rate-limiting)",
            status: 403,
            headers: &[
                ("Date", "Tue, 20 Aug 2013 14:50:41 GMT"),
                ("X-RateLimit-Limit", "60"),
                ("X-RateLimit-Remaining", "0"),
                ("X-RateLimit-Reset", "1377013266"),
            ],
            body: r#"{
                "message": "API rate limit exceeded for xxx.xxx.xxx.xxx. (But here's the good news: Authenticated requests get a higher rate limit. Check out the documentation for more details.)",
                "documentation_url": "https://developer.github.com/v3/#rate-limiting"
            }"#,
            expect: GitHubError::PrimaryRateLimit {
                message: "API rate limit exceeded for xxx.xxx.xxx.xxx. (But here's the good news: Authenticated requests get a higher rate limit. Check out the documentation for more details.)".into(),
                documentation_url: Some("https://developer.github.com/v3/#rate-limiting".into()),
                retry_after: Some(after(3_025_000)),
            },
            classes: &[Class::RateLimit],
            retry: Retry::Always,
            delay: Some(Duration::from_secs(3_025)),
            reencodes: false,
        },
        Case {
            source: "https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api, secondary limits",
            status: 403,
            headers: &[("Retry-After", "60"), ("X-RateLimit-Remaining", "4928")],
            body: r#"{
                "documentation_url": "https://docs.github.com/free-pro-team@latest/rest/overview/rate-limits-for-the-rest-api#about-secondary-rate-limits",
                "message": "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.",
                "status": "403"
            }"#,
            expect: GitHubError::SecondaryRateLimit {
                message: "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.".into(),
                documentation_url: Some("https://docs.github.com/free-pro-team@latest/rest/overview/rate-limits-for-the-rest-api#about-secondary-rate-limits".into()),
                retry_after: after(60_000),
            },
            classes: &[Class::RateLimit],
            retry: Retry::Always,
            delay: Some(Duration::from_secs(60)),
            reencodes: true,
        },
        Case {
            source: "https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api, resource not accessible",
            status: 403,
            headers: &[("X-RateLimit-Remaining", "4999"), ("X-RateLimit-Reset", "1377013266")],
            body: r#"{
                "message": "Resource not accessible by integration",
                "documentation_url": "https://docs.github.com/rest/issues/comments#create-an-issue-comment",
                "status": "403"
            }"#,
            expect: GitHubError::Forbidden {
                message: "Resource not accessible by integration".into(),
                documentation_url: Some(
                    "https://docs.github.com/rest/issues/comments#create-an-issue-comment".into(),
                ),
            },
            classes: &[Class::Permission],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        Case {
            source: "https://docs.github.com/en/rest/repos/repos#get-a-repository",
            status: 404,
            headers: &[("X-GitHub-Request-Id", "FA2D:87B1:8879E3:1176C87:6570B7E6")],
            body: r#"{
                "message": "Not Found",
                "documentation_url": "https://docs.github.com/rest/repos/repos#get-a-repository",
                "status": "404"
            }"#,
            expect: GitHubError::NotFound {
                message: "Not Found".into(),
                documentation_url: Some(
                    "https://docs.github.com/rest/repos/repos#get-a-repository".into(),
                ),
                request_id: Some("FA2D:87B1:8879E3:1176C87:6570B7E6".into()),
            },
            classes: &[Class::NotFound],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        Case {
            source: "https://docs.github.com/en/rest/pulls/pulls#create-a-pull-request, validation failed",
            status: 422,
            headers: &[],
            body: r#"{
                "message": "Validation Failed",
                "errors": [
                    {
                        "resource": "PullRequest",
                        "code": "custom",
                        "message": "A pull request already exists for owner:branch."
                    }
                ],
                "documentation_url": "https://docs.github.com/rest/pulls/pulls#create-a-pull-request",
                "status": "422"
            }"#,
            expect: GitHubError::ValidationFailed {
                message: "Validation Failed".into(),
                errors: vec![Problem::Field {
                    resource: Some("PullRequest".into()),
                    field: None,
                    code: "custom".into(),
                    message: Some("A pull request already exists for owner:branch.".into()),
                    value: None,
                }],
                documentation_url: Some(
                    "https://docs.github.com/rest/pulls/pulls#create-a-pull-request".into(),
                ),
            },
            classes: &[Class::Validation],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        // As the documentation has it, without `status`.
        Case {
            source: "GitHub REST API, client errors: missing_field",
            status: 422,
            headers: &[],
            body: r#"{
                "message": "Validation Failed",
                "errors": [ { "resource": "Issue", "field": "title", "code": "missing_field" } ]
            }"#,
            expect: GitHubError::ValidationFailed {
                message: "Validation Failed".into(),
                errors: vec![Problem::Field {
                    resource: Some("Issue".into()),
                    field: Some("title".into()),
                    code: "missing_field".into(),
                    message: None,
                    value: None,
                }],
                documentation_url: None,
            },
            classes: &[Class::Validation],
            retry: Retry::Never,
            delay: None,
            reencodes: false,
        },
        Case {
            source: "https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api, exceeding the rate limit",
            status: 429,
            headers: &[("Retry-After", "33")],
            body: r#"{
                "message": "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.",
                "documentation_url": "https://docs.github.com/rest/overview/rate-limits-for-the-rest-api#about-secondary-rate-limits",
                "status": "429"
            }"#,
            expect: GitHubError::TooManyRequests {
                message: "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.".into(),
                documentation_url: Some("https://docs.github.com/rest/overview/rate-limits-for-the-rest-api#about-secondary-rate-limits".into()),
                retry_after: Some(after(33_000)),
            },
            classes: &[Class::RateLimit],
            retry: Retry::Always,
            delay: Some(Duration::from_secs(33)),
            reencodes: true,
        },
        Case {
            source: "https://developer.github.com/changes/2016-03-17-the-451-status-code-is-now-supported",
            status: 451,
            headers: &[],
            body: r#"{
                "message": "Repository access blocked",
                "block": { "reason": "dmca", "created_at": "2016-03-17T15:39:46-07:00" }
            }"#,
            expect: GitHubError::Blocked {
                message: "Repository access blocked".into(),
                block: Some(Block {
                    reason: "dmca".into(),
                    created_at: "2016-03-17T15:39:46-07:00".into(),
                    html_url: None,
                }),
            },
            classes: &[Class::Permission],
            retry: Retry::Never,
            delay: None,
            reencodes: false,
        },
        Case {
            source: "https://docs.github.com/en/rest/search/search, service unavailable",
            status: 503,
            headers: &[],
            body: r#"{
                "message": "Service unavailable",
                "documentation_url": "https://docs.github.com/rest",
                "status": "503"
            }"#,
            expect: GitHubError::Server {
                message: "Service unavailable".into(),
                documentation_url: Some("https://docs.github.com/rest".into()),
                status: StatusCode::SERVICE_UNAVAILABLE,
                request_id: None,
            },
            classes: &[Class::Unavailable],
            retry: Retry::IfIdempotent,
            delay: None,
            reencodes: true,
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
        // There are no codes: a status that nobody documented is foreign.
        foreign::<GitHubError>(
            418,
            "application/json",
            r#"{"message":"I'm a teapot","code":"short_and_stout"}"#,
        );
        bad_gateway::<GitHubError>();
    }
}
