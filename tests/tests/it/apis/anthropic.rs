//! Anthropic: the type of an error is its code, and an overload has a status of its own.

use std::time::Duration;

use aura_errors::{Class, Retry, RetryAfter};

use super::{Case, after};

/// Errors of the Claude API.
#[derive(Debug, Clone, PartialEq, thiserror::Error, aura_errors::Taxonomy)]
#[api(
    body = {
        "type": "error",
        "error": { "type": code, "message": message },
        "request_id"?: header("request-id")
    },
    retry_header = "x-should-retry"
)]
#[non_exhaustive]
pub enum AnthropicError {
    /// The request is malformed, or asks for what there is not.
    #[error("{message}")]
    #[api(400)]
    InvalidRequestError {
        #[api(message)]
        message: String,
        #[api(header = "request-id")]
        request_id: Option<String>,
    },

    /// The API key is not valid.
    #[error("{message}")]
    #[api(401)]
    AuthenticationError {
        #[api(message)]
        message: String,
        #[api(header = "request-id")]
        request_id: Option<String>,
    },

    /// Something is wrong with the payment.
    #[error("{message}")]
    #[api(402)]
    BillingError {
        #[api(message)]
        message: String,
        #[api(header = "request-id")]
        request_id: Option<String>,
    },

    /// The API key may not use this.
    #[error("{message}")]
    #[api(403)]
    PermissionError {
        #[api(message)]
        message: String,
        #[api(header = "request-id")]
        request_id: Option<String>,
    },

    /// The resource or the model does not exist.
    #[error("{message}")]
    #[api(404)]
    NotFoundError {
        #[api(message)]
        message: String,
        #[api(header = "request-id")]
        request_id: Option<String>,
    },

    /// The request is larger than allowed.
    #[error("{message}")]
    #[api(413)]
    RequestTooLarge {
        #[api(message)]
        message: String,
        #[api(header = "request-id")]
        request_id: Option<String>,
    },

    /// The account's limit is reached.
    #[error("{message}")]
    #[api(429)]
    RateLimitError {
        #[api(message)]
        message: String,
        #[api(header = "request-id")]
        request_id: Option<String>,
        #[api(retry_after)]
        retry_after: Option<RetryAfter>,
    },

    /// Something went wrong inside.
    #[error("{message}")]
    #[api(500)]
    ApiError {
        #[api(message)]
        message: String,
        #[api(header = "request-id")]
        request_id: Option<String>,
    },

    /// The request took too long.
    #[error("{message}")]
    #[api(504)]
    TimeoutError {
        #[api(message)]
        message: String,
        #[api(header = "request-id")]
        request_id: Option<String>,
    },

    /// The API has more to do than it can, for all users together.
    #[error("{message}")]
    #[api(529, class = unavailable, retry = always)]
    OverloadedError {
        #[api(message)]
        message: String,
        #[api(header = "request-id")]
        request_id: Option<String>,
        #[api(retry_after)]
        retry_after: Option<RetryAfter>,
    },
}

pub fn cases() -> Vec<Case<AnthropicError>> {
    vec![
        Case {
            source: "https://docs.claude.com/en/api/errors, error shapes",
            status: 404,
            headers: &[("request-id", "req_011CSHoEeqs5C35K2UUqR7Fy")],
            body: r#"{
                "type": "error",
                "error": {
                    "type": "not_found_error",
                    "message": "The requested resource could not be found."
                },
                "request_id": "req_011CSHoEeqs5C35K2UUqR7Fy"
            }"#,
            expect: AnthropicError::NotFoundError {
                message: "The requested resource could not be found.".into(),
                request_id: Some("req_011CSHoEeqs5C35K2UUqR7Fy".into()),
            },
            classes: &[Class::NotFound],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        // In the body alone: the header was lost on the way.
        Case {
            source: "https://docs.claude.com/en/api/errors, invalid_request_error",
            status: 400,
            headers: &[],
            body: r#"{
                "type": "error",
                "error": {
                    "type": "invalid_request_error",
                    "message": "messages: roles must alternate between \"user\" and \"assistant\""
                },
                "request_id": "req_011CSHoEeqs5C35K2UUqR7Fy"
            }"#,
            expect: AnthropicError::InvalidRequestError {
                message: r#"messages: roles must alternate between "user" and "assistant""#.into(),
                request_id: Some("req_011CSHoEeqs5C35K2UUqR7Fy".into()),
            },
            classes: &[Class::Validation],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        Case {
            source: "https://docs.claude.com/en/api/errors, authentication_error",
            status: 401,
            headers: &[("x-should-retry", "false")],
            body: r#"{"type":"error","error":{"type":"authentication_error","message":"invalid x-api-key"}}"#,
            expect: AnthropicError::AuthenticationError {
                message: "invalid x-api-key".into(),
                request_id: None,
            },
            classes: &[Class::Auth],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        Case {
            source: "https://docs.claude.com/en/api/rate-limits",
            status: 429,
            headers: &[
                ("retry-after", "29"),
                ("anthropic-ratelimit-requests-remaining", "0"),
                ("x-should-retry", "true"),
            ],
            body: r#"{"type":"error","error":{"type":"rate_limit_error","message":"This request would exceed your organization's rate limit of 40,000 input tokens per minute."}}"#,
            expect: AnthropicError::RateLimitError {
                message: "This request would exceed your organization's rate limit of 40,000 input tokens per minute.".into(),
                request_id: None,
                retry_after: Some(after(29_000)),
            },
            classes: &[Class::RateLimit],
            retry: Retry::Always,
            delay: Some(Duration::from_secs(29)),
            reencodes: true,
        },
        // A status that no registry knows.
        Case {
            source: "https://docs.claude.com/en/api/errors, 529",
            status: 529,
            headers: &[],
            body: r#"{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}"#,
            expect: AnthropicError::OverloadedError {
                message: "Overloaded".into(),
                request_id: None,
                retry_after: None,
            },
            classes: &[Class::Unavailable],
            retry: Retry::Always,
            delay: None,
            reencodes: true,
        },
        Case {
            source: "https://docs.claude.com/en/api/errors, 500",
            status: 500,
            headers: &[],
            body: r#"{"type":"error","error":{"type":"api_error","message":"Internal server error"},"request_id":null}"#,
            expect: AnthropicError::ApiError { message: "Internal server error".into(), request_id: None },
            classes: &[Class::Internal],
            retry: Retry::IfIdempotent,
            delay: None,
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
        unknown_code::<AnthropicError>(
            400,
            r#"{"type":"error","error":{"type":"context_error","message":"No."}}"#,
        );
        bad_gateway::<AnthropicError>();
    }
}
