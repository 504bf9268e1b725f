//! Stripe: a `type` and, for most errors, a `code` inside `error`.

use std::time::Duration;

use aura_errors::{Class, Retry, RetryAfter};
use http::StatusCode;
use serde::{Deserialize, Serialize};

use super::{Case, after};

aura_errors::body_format! {
    pub Stripe = {
        "error": {
            "type": slot(kind),
            "code"?: code,
            "message": message,
            "param"?: field(param),
            ..fields
        }
    }
}

/// Where to read more; newer accounts get both.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Links {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doc_url: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_log_url: Option<String>,
}

/// Errors of the Stripe API.
#[derive(Debug, Clone, PartialEq, thiserror::Error, aura_errors::Taxonomy)]
#[api(body = Stripe, retry_header = "Stripe-Should-Retry")]
#[non_exhaustive]
pub enum StripeError {
    /// The parameters are not acceptable.
    #[error("{message}")]
    #[api(400, code = any, slot(kind = "invalid_request_error"))]
    InvalidRequest {
        #[api(message)]
        message: String,
        #[api(code)]
        code: Option<String>,
        param: Option<String>,
        #[serde(flatten)]
        #[api(example = Links::default())]
        links: Links,
    },

    /// A required parameter is missing.
    #[error("{message}")]
    #[api(400, slot(kind = "invalid_request_error"))]
    ParameterMissing {
        #[api(message)]
        message: String,
        param: Option<String>,
        #[serde(flatten)]
        #[api(example = Links::default())]
        links: Links,
    },

    /// The amount is below the minimum.
    #[error("{message}")]
    #[api(400, slot(kind = "invalid_request_error"))]
    AmountTooSmall {
        #[api(message)]
        message: String,
        param: Option<String>,
        #[serde(flatten)]
        #[api(example = Links::default())]
        links: Links,
    },

    /// An idempotency key was used again with other parameters.
    #[error("{message}")]
    #[api(400, code = none, class = conflict, slot(kind = "idempotency_error"))]
    IdempotencyMismatch {
        #[api(message)]
        message: String,
        #[serde(flatten)]
        #[api(example = Links::default())]
        links: Links,
    },

    /// No valid API key.
    #[error("{message}")]
    #[api(401, code = none, slot(kind = "invalid_request_error"))]
    InvalidApiKey {
        #[api(message)]
        message: String,
    },

    /// The API key has expired.
    #[error("{message}")]
    #[api(401, slot(kind = "invalid_request_error"))]
    ApiKeyExpired {
        #[api(message)]
        message: String,
        #[serde(flatten)]
        #[api(example = Links::default())]
        links: Links,
    },

    /// The card was declined.
    #[error("{message}")]
    #[api(402, slot(kind = "card_error"))]
    CardDeclined {
        #[api(message)]
        message: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        decline_code: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        charge: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        payment_intent: Option<serde_json::Value>,
        param: Option<String>,
        #[serde(flatten)]
        #[api(example = Links::default())]
        links: Links,
    },

    /// The card has expired.
    #[error("{message}")]
    #[api(402, slot(kind = "card_error"))]
    ExpiredCard {
        #[api(message)]
        message: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        charge: Option<String>,
        param: Option<String>,
        #[serde(flatten)]
        #[api(example = Links::default())]
        links: Links,
    },

    /// The card's security code is incorrect.
    #[error("{message}")]
    #[api(402, class = validation, slot(kind = "card_error"))]
    IncorrectCvc {
        #[api(message)]
        message: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        charge: Option<String>,
        param: Option<String>,
        #[serde(flatten)]
        #[api(example = Links::default())]
        links: Links,
    },

    /// The object does not exist. Answered with 404 for the path and 400 for a parameter.
    #[error("{message}")]
    #[api(404, slot(kind = "invalid_request_error"))]
    ResourceMissing {
        #[api(message)]
        message: String,
        param: Option<String>,
        #[serde(flatten)]
        #[api(example = Links::default())]
        links: Links,
    },

    /// No such endpoint.
    #[error("{message}")]
    #[api(404, code = none, slot(kind = "invalid_request_error"))]
    UnknownUrl {
        #[api(message)]
        message: String,
    },

    /// Another request with the same idempotency key is running.
    #[error("{message}")]
    #[api(409, retry = always, slot(kind = "idempotency_error" | "invalid_request_error"))]
    IdempotencyKeyInUse {
        #[api(message)]
        message: String,
        #[serde(flatten)]
        #[api(example = Links::default())]
        links: Links,
    },

    /// Too many requests.
    #[error("{message}")]
    #[api(429, slot(kind = "invalid_request_error"))]
    RateLimit {
        #[api(message)]
        message: String,
        #[api(retry_after)]
        retry_after: Option<RetryAfter>,
        #[serde(flatten)]
        #[api(example = Links::default())]
        links: Links,
    },

    /// Another request holds the object.
    #[error("{message}")]
    #[api(429, class = conflict, slot(kind = "invalid_request_error"))]
    LockTimeout {
        #[api(message)]
        message: String,
        #[serde(flatten)]
        #[api(example = Links::default())]
        links: Links,
    },

    /// Something went wrong at Stripe.
    #[error("{message}")]
    #[api("5XX", code = none, slot(kind = "api_error"))]
    Api {
        #[api(message)]
        message: String,
        #[api(status)]
        status: StatusCode,
    },
}

fn docs(code: &str) -> Links {
    Links { doc_url: Some(format!("https://stripe.com/docs/error-codes/{code}")), request_log_url: None }
}

pub fn cases() -> Vec<Case<StripeError>> {
    vec![
        Case {
            source: "https://docs.stripe.com/api/errors, card errors",
            status: 402,
            headers: &[("Content-Type", "application/json")],
            body: r#"{
                "error": {
                    "message": "Your card was declined.",
                    "type": "card_error",
                    "code": "card_declined",
                    "decline_code": "generic_decline",
                    "charge": "ch_1A6og3EKzP5C7dKHbsJ4insn"
                }
            }"#,
            expect: StripeError::CardDeclined {
                message: "Your card was declined.".into(),
                decline_code: Some("generic_decline".into()),
                charge: Some("ch_1A6og3EKzP5C7dKHbsJ4insn".into()),
                payment_intent: None,
                param: None,
                links: Links::default(),
            },
            classes: &[Class::Request],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        Case {
            source: "https://docs.stripe.com/error-codes, incorrect_cvc",
            status: 402,
            headers: &[("Stripe-Should-Retry", "false")],
            body: r#"{
                "error": {
                    "code": "incorrect_cvc",
                    "doc_url": "https://stripe.com/docs/error-codes/incorrect-cvc",
                    "message": "Your card's security code is incorrect.",
                    "param": "cvc",
                    "type": "card_error"
                }
            }"#,
            expect: StripeError::IncorrectCvc {
                message: "Your card's security code is incorrect.".into(),
                charge: None,
                param: Some("cvc".into()),
                links: docs("incorrect-cvc"),
            },
            classes: &[Class::Validation],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        Case {
            source: "https://docs.stripe.com/error-codes, resource_missing on a path",
            status: 404,
            headers: &[],
            body: r#"{
                "error": {
                    "code": "resource_missing",
                    "doc_url": "https://stripe.com/docs/error-codes/resource-missing",
                    "message": "No such customer: 'cus_PD6LSQd0tEf6Dh'",
                    "param": "id",
                    "request_log_url": "https://dashboard.stripe.com/test/logs/req_zgxnSj0ZmjQvcL?t=1702903325",
                    "type": "invalid_request_error"
                }
            }"#,
            expect: StripeError::ResourceMissing {
                message: "No such customer: 'cus_PD6LSQd0tEf6Dh'".into(),
                param: Some("id".into()),
                links: Links {
                    request_log_url: Some(
                        "https://dashboard.stripe.com/test/logs/req_zgxnSj0ZmjQvcL?t=1702903325"
                            .into(),
                    ),
                    ..docs("resource-missing")
                },
            },
            classes: &[Class::NotFound],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        // The only variant with this code is of another status, and fits: still this error.
        Case {
            source: "https://docs.stripe.com/error-codes, resource_missing on a parameter",
            status: 400,
            headers: &[],
            body: r#"{
                "error": {
                    "code": "resource_missing",
                    "doc_url": "https://stripe.com/docs/error-codes/resource-missing",
                    "message": "No such customer: '5'",
                    "param": "customer",
                    "type": "invalid_request_error"
                }
            }"#,
            expect: StripeError::ResourceMissing {
                message: "No such customer: '5'".into(),
                param: Some("customer".into()),
                links: docs("resource-missing"),
            },
            classes: &[Class::NotFound],
            retry: Retry::Never,
            delay: None,
            reencodes: false,
        },
        Case {
            source: "https://docs.stripe.com/keys, an invalid key",
            status: 401,
            headers: &[("WWW-Authenticate", "Bearer realm=\"Stripe\"")],
            body: r#"{
                "error": {
                    "message": "Invalid API Key provided: sk_test_****1234",
                    "type": "invalid_request_error"
                }
            }"#,
            expect: StripeError::InvalidApiKey {
                message: "Invalid API Key provided: sk_test_****1234".into(),
            },
            classes: &[Class::Auth],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        Case {
            source: "https://docs.stripe.com/api/idempotent_requests, other parameters",
            status: 400,
            headers: &[],
            body: r#"{
                "error": {
                    "message": "Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than 'da52b99a-712a-436a-8fc5-e2e4b4e290a8' if you meant to execute a different request.",
                    "type": "idempotency_error"
                }
            }"#,
            expect: StripeError::IdempotencyMismatch {
                message: "Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than 'da52b99a-712a-436a-8fc5-e2e4b4e290a8' if you meant to execute a different request.".into(),
                links: Links::default(),
            },
            classes: &[Class::Conflict],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        // The second spelling of the slot is read, the first would be written.
        Case {
            source: "https://docs.stripe.com/error-codes, idempotency_key_in_use",
            status: 409,
            headers: &[("Stripe-Should-Retry", "true")],
            body: r#"{
                "error": {
                    "code": "idempotency_key_in_use",
                    "doc_url": "https://stripe.com/docs/error-codes/idempotency-key-in-use",
                    "message": "There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, and the other request is still going through): foobar. Please try again later.",
                    "type": "invalid_request_error"
                }
            }"#,
            expect: StripeError::IdempotencyKeyInUse {
                message: "There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, and the other request is still going through): foobar. Please try again later.".into(),
                links: docs("idempotency-key-in-use"),
            },
            classes: &[Class::Conflict],
            retry: Retry::Always,
            delay: None,
            reencodes: false,
        },
        Case {
            source: "https://docs.stripe.com/rate-limits",
            status: 429,
            headers: &[("Retry-After", "2")],
            body: r#"{
                "error": {
                    "message": "Request rate limit exceeded. Learn more about rate limits here https://stripe.com/docs/rate-limits.",
                    "type": "invalid_request_error",
                    "code": "rate_limit",
                    "doc_url": "https://stripe.com/docs/error-codes/rate-limit"
                }
            }"#,
            expect: StripeError::RateLimit {
                message: "Request rate limit exceeded. Learn more about rate limits here https://stripe.com/docs/rate-limits.".into(),
                retry_after: Some(after(2_000)),
                links: docs("rate-limit"),
            },
            classes: &[Class::RateLimit],
            retry: Retry::Always,
            delay: Some(Duration::from_secs(2)),
            reencodes: true,
        },
        // Any code this client does not list; written again, it gets the default one.
        Case {
            source: "https://docs.stripe.com/error-codes, parameter_unknown",
            status: 400,
            headers: &[],
            body: r#"{
                "error": {
                    "code": "parameter_unknown",
                    "doc_url": "https://stripe.com/docs/error-codes/parameter-unknown",
                    "message": "Received unknown parameter: foo",
                    "param": "foo",
                    "type": "invalid_request_error"
                }
            }"#,
            expect: StripeError::InvalidRequest {
                message: "Received unknown parameter: foo".into(),
                code: Some("parameter_unknown".into()),
                param: Some("foo".into()),
                links: docs("parameter-unknown"),
            },
            classes: &[Class::Validation],
            retry: Retry::Never,
            delay: None,
            reencodes: false,
        },
        Case {
            source: "https://docs.stripe.com/api/errors, api_error",
            status: 502,
            headers: &[],
            body: r#"{
                "error": {
                    "message": "An unknown error occurred",
                    "type": "api_error"
                }
            }"#,
            expect: StripeError::Api {
                message: "An unknown error occurred".into(),
                status: StatusCode::BAD_GATEWAY,
            },
            // One entry for all of 5xx: what each status means still holds.
            classes: &[Class::Unavailable],
            retry: Retry::IfIdempotent,
            delay: None,
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
        unknown_code::<StripeError>(
            402,
            r#"{"error":{"code":"surcharge_declined","message":"No.","type":"card_error"}}"#,
        );
        bad_gateway::<StripeError>();
    }
}
