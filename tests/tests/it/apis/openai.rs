//! OpenAI: every member is always there, `param` and `code` as `null` where there is none.

use std::time::Duration;

use aura_errors::{Class, Retry, RetryAfter};

use super::{Case, after};

/// Errors of the OpenAI API.
#[derive(Debug, Clone, PartialEq, thiserror::Error, aura_errors::Taxonomy)]
#[api(
    body = {
        "error": {
            "message": message,
            "type": slot(kind),
            "param": field(param),
            "code": code
        }
    },
    retry_header = "x-should-retry"
)]
#[non_exhaustive]
pub enum OpenAiError {
    /// The request is malformed.
    #[error("{message}")]
    #[api(400, code = none, slot(kind = "invalid_request_error"))]
    InvalidRequest {
        #[api(message)]
        message: String,
        param: Option<String>,
    },

    /// The messages are longer than the model's context.
    #[error("{message}")]
    #[api(400, slot(kind = "invalid_request_error"))]
    ContextLengthExceeded {
        #[api(message)]
        message: String,
        param: Option<String>,
    },

    /// A required parameter is missing.
    #[error("{message}")]
    #[api(400, slot(kind = "invalid_request_error"))]
    MissingRequiredParameter {
        #[api(message)]
        message: String,
        param: Option<String>,
    },

    /// The model does not take this parameter.
    #[error("{message}")]
    #[api(400, slot(kind = "invalid_request_error"))]
    UnsupportedParameter {
        #[api(message)]
        message: String,
        param: Option<String>,
    },

    /// No API key was sent.
    #[error("{message}")]
    #[api(401, code = none, slot(kind = "invalid_request_error"))]
    MissingApiKey {
        #[api(message)]
        message: String,
        param: Option<String>,
    },

    /// The API key is not valid.
    #[error("{message}")]
    #[api(401, slot(kind = "invalid_request_error"))]
    InvalidApiKey {
        #[api(message)]
        message: String,
        param: Option<String>,
    },

    /// Not available where the request came from.
    #[error("{message}")]
    #[api(403, slot(kind = "request_forbidden"))]
    UnsupportedCountryRegionTerritory {
        #[api(message)]
        message: String,
        param: Option<String>,
    },

    /// No such model, or not for this key.
    #[error("{message}")]
    #[api(404, slot(kind = "invalid_request_error"))]
    ModelNotFound {
        #[api(message)]
        message: String,
        param: Option<String>,
    },

    /// Too many requests or tokens per minute: the `type` says which.
    #[error("{message}")]
    #[api(429, body = {
        "error": {
            "message": message,
            "type": field(kind),
            "param": field(param),
            "code": code
        }
    })]
    RateLimitExceeded {
        #[api(message)]
        message: String,
        #[api(example = "requests".to_owned())]
        kind: String,
        param: Option<String>,
        #[api(retry_after)]
        retry_after: Option<RetryAfter>,
    },

    /// The account has no credit left. The status says rate limit, but waiting does not help.
    #[error("{message}")]
    #[api(429, class = permission, retry = never, slot(kind = "insufficient_quota"))]
    InsufficientQuota {
        #[api(message)]
        message: String,
        param: Option<String>,
    },

    /// Something went wrong at OpenAI.
    #[error("{message}")]
    #[api(500, code = "server_error" | none, slot(kind = "server_error"))]
    Server {
        #[api(message)]
        message: String,
        #[api(expose)]
        param: Option<String>,
    },

    /// The model is overloaded.
    #[error("{message}")]
    #[api(503, code = none, slot(kind = "server_error"))]
    Overloaded {
        #[api(message)]
        message: String,
        #[api(expose)]
        param: Option<String>,
        #[api(retry_after)]
        retry_after: Option<RetryAfter>,
    },
}

pub fn cases() -> Vec<Case<OpenAiError>> {
    vec![
        Case {
            source: "https://platform.openai.com/docs/guides/error-codes, 401 incorrect API key",
            status: 401,
            headers: &[("Content-Type", "application/json; charset=utf-8")],
            body: r#"{
                "error": {
                    "message": "Incorrect API key provided: sk-VKMIs***************************************wjh3. You can find your API key at https://platform.openai.com/account/api-keys.",
                    "type": "invalid_request_error",
                    "param": null,
                    "code": "invalid_api_key"
                }
            }"#,
            expect: OpenAiError::InvalidApiKey {
                message: "Incorrect API key provided: sk-VKMIs***************************************wjh3. You can find your API key at https://platform.openai.com/account/api-keys.".into(),
                param: None,
            },
            classes: &[Class::Auth],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        Case {
            source: "https://platform.openai.com/docs/api-reference/authentication, no key",
            status: 401,
            headers: &[],
            body: r#"{
                "error": {
                    "message": "You didn't provide an API key. You need to provide your API key in an Authorization header using Bearer auth (i.e. Authorization: Bearer YOUR_KEY).",
                    "type": "invalid_request_error",
                    "param": null,
                    "code": null
                }
            }"#,
            expect: OpenAiError::MissingApiKey {
                message: "You didn't provide an API key. You need to provide your API key in an Authorization header using Bearer auth (i.e. Authorization: Bearer YOUR_KEY).".into(),
                param: None,
            },
            classes: &[Class::Auth],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        Case {
            source: "https://platform.openai.com/docs/guides/error-codes, context length",
            status: 400,
            headers: &[],
            body: r#"{
                "error": {
                    "message": "This model's maximum context length is 4097 tokens. However, your messages resulted in 4363 tokens. Please reduce the length of the messages.",
                    "type": "invalid_request_error",
                    "param": "messages",
                    "code": "context_length_exceeded"
                }
            }"#,
            expect: OpenAiError::ContextLengthExceeded {
                message: "This model's maximum context length is 4097 tokens. However, your messages resulted in 4363 tokens. Please reduce the length of the messages.".into(),
                param: Some("messages".into()),
            },
            classes: &[Class::Validation],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        Case {
            source: "https://platform.openai.com/docs/guides/error-codes, 400 without a code",
            status: 400,
            headers: &[],
            body: r#"{
                "error": {
                    "message": "That model does not exist",
                    "type": "invalid_request_error",
                    "param": null,
                    "code": null
                }
            }"#,
            expect: OpenAiError::InvalidRequest {
                message: "That model does not exist".into(),
                param: None,
            },
            classes: &[Class::Validation],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        Case {
            source: "https://platform.openai.com/docs/guides/error-codes, 403 country not supported",
            status: 403,
            headers: &[],
            body: r#"{
                "error": {
                    "code": "unsupported_country_region_territory",
                    "message": "Country, region, or territory not supported",
                    "param": null,
                    "type": "request_forbidden"
                }
            }"#,
            expect: OpenAiError::UnsupportedCountryRegionTerritory {
                message: "Country, region, or territory not supported".into(),
                param: None,
            },
            classes: &[Class::Permission],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        Case {
            source: "https://platform.openai.com/docs/guides/rate-limits",
            status: 429,
            headers: &[("Retry-After-Ms", "1500"), ("Retry-After", "2"), ("x-should-retry", "true")],
            body: r#"{
                "error": {
                    "message": "Rate limit reached for gpt-4 on tokens per min (TPM): Limit 10000, Used 8000, Requested 2250. Please try again in 1.5s.",
                    "type": "tokens",
                    "param": null,
                    "code": "rate_limit_exceeded"
                }
            }"#,
            expect: OpenAiError::RateLimitExceeded {
                message: "Rate limit reached for gpt-4 on tokens per min (TPM): Limit 10000, Used 8000, Requested 2250. Please try again in 1.5s.".into(),
                kind: "tokens".into(),
                param: None,
                retry_after: Some(after(1_500)),
            },
            classes: &[Class::RateLimit],
            retry: Retry::Always,
            delay: Some(Duration::from_millis(1_500)),
            reencodes: true,
        },
        Case {
            source: "https://platform.openai.com/docs/guides/error-codes, 429 exceeded quota",
            status: 429,
            headers: &[],
            body: r#"{
                "error": {
                    "message": "You exceeded your current quota, please check your plan and billing details. For more information on this error, read the docs: https://platform.openai.com/docs/guides/error-codes/api-errors.",
                    "type": "insufficient_quota",
                    "param": null,
                    "code": "insufficient_quota"
                }
            }"#,
            expect: OpenAiError::InsufficientQuota {
                message: "You exceeded your current quota, please check your plan and billing details. For more information on this error, read the docs: https://platform.openai.com/docs/guides/error-codes/api-errors.".into(),
                param: None,
            },
            classes: &[Class::Permission],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        // The code is `null` or `server_error`; written again, it is there.
        Case {
            source: "https://platform.openai.com/docs/guides/error-codes, 500",
            status: 500,
            headers: &[],
            body: r#"{
                "error": {
                    "message": "The server had an error while processing your request. Sorry about that!",
                    "type": "server_error",
                    "param": null,
                    "code": null
                }
            }"#,
            expect: OpenAiError::Server {
                message: "The server had an error while processing your request. Sorry about that!".into(),
                param: None,
            },
            classes: &[Class::Internal],
            retry: Retry::IfIdempotent,
            delay: None,
            reencodes: false,
        },
        Case {
            source: "https://platform.openai.com/docs/guides/error-codes, 500 with a code",
            status: 500,
            headers: &[],
            body: r#"{
                "error": {
                    "type": "server_error",
                    "code": "server_error",
                    "message": "An error occurred while processing your request. You can retry your request, or contact us through our help center at help.openai.com if the error persists. Please include the request ID req_1332ed8a813a4caaa2f0f3c55a6a68cb in your message.",
                    "param": null
                }
            }"#,
            expect: OpenAiError::Server {
                message: "An error occurred while processing your request. You can retry your request, or contact us through our help center at help.openai.com if the error persists. Please include the request ID req_1332ed8a813a4caaa2f0f3c55a6a68cb in your message.".into(),
                param: None,
            },
            classes: &[Class::Internal],
            retry: Retry::IfIdempotent,
            delay: None,
            reencodes: true,
        },
        Case {
            source: "https://platform.openai.com/docs/guides/error-codes, 503 overloaded",
            status: 503,
            headers: &[("Retry-After", "20")],
            body: r#"{
                "error": {
                    "message": "The engine is currently overloaded, please try again later",
                    "type": "server_error",
                    "param": null,
                    "code": null
                }
            }"#,
            expect: OpenAiError::Overloaded {
                message: "The engine is currently overloaded, please try again later".into(),
                param: None,
                retry_after: Some(after(20_000)),
            },
            classes: &[Class::Unavailable],
            retry: Retry::Always,
            delay: Some(Duration::from_secs(20)),
            reencodes: true,
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
        unknown_code::<OpenAiError>(
            400,
            r#"{"error":{"message":"No.","type":"invalid_request_error","param":null,"code":"string_above_max_length"}}"#,
        );
        bad_gateway::<OpenAiError>();
    }
}
