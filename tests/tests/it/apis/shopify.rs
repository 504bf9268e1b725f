//! Shopify: `errors` is a text, a list of texts, or what is wrong by field. No codes.

use std::collections::BTreeMap;
use std::time::Duration;

use aura_errors::{Class, Retry, RetryAfter};
use http::StatusCode;
use serde::{Deserialize, Serialize};

use super::{Case, after};

/// What is wrong with the request.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Problems {
    ByField(BTreeMap<String, Messages>),
    Messages(Messages),
}

/// One text or several.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Messages {
    One(String),
    Many(Vec<String>),
}

/// Errors of the Shopify REST Admin API.
#[derive(Debug, Clone, PartialEq, thiserror::Error, aura_errors::Taxonomy)]
#[api(body = { "errors": message }, retry_header = "x-should-retry")]
#[non_exhaustive]
pub enum ShopifyError {
    /// A parameter is missing or malformed.
    #[error("the request is malformed")]
    #[api(400, body = { "errors": field(problems) })]
    BadRequest {
        #[api(example = Problems::Messages(Messages::One("expected String to be a Hash".into())))]
        problems: Problems,
    },

    /// The token endpoint's own form.
    #[error("{message}")]
    #[api(
        400,
        code = "invalid_request" | "application_cannot_be_found" | "invalid_client",
        class = auth,
        body = { "error": code, "error_description": message }
    )]
    TokenRefused {
        #[api(message)]
        message: String,
    },

    /// The access token is not valid.
    #[error("{message}")]
    #[api(401)]
    Unauthorized {
        #[api(message)]
        message: String,
    },

    /// The shop's plan is not paid.
    #[error("{message}")]
    #[api(402)]
    PaymentRequired {
        #[api(message)]
        message: String,
    },

    /// The access token lacks a scope.
    #[error("{message}")]
    #[api(403)]
    Forbidden {
        #[api(message)]
        message: String,
    },

    /// The resource does not exist.
    #[error("{message}")]
    #[api(404)]
    NotFound {
        #[api(message)]
        message: String,
    },

    /// The content is not valid.
    #[error("the content is not valid")]
    #[api(422, body = { "errors": field(problems) })]
    Unprocessable {
        #[api(example = Problems::ByField(BTreeMap::new()))]
        problems: Problems,
    },

    /// The shop's bucket is full.
    #[error("{message}")]
    #[api(429)]
    TooManyRequests {
        #[api(message)]
        message: String,
        #[api(retry_after)]
        retry_after: Option<RetryAfter>,
    },

    /// Something went wrong at Shopify.
    #[error("{message}")]
    #[api("5XX")]
    Server {
        #[api(message)]
        message: String,
        #[api(status)]
        status: StatusCode,
        #[api(header = "X-Request-Id")]
        request_id: Option<String>,
    },
}

fn texts(of: &[&str]) -> Messages {
    Messages::Many(of.iter().map(|text| (*text).to_owned()).collect())
}

pub fn cases() -> Vec<Case<ShopifyError>> {
    vec![
        Case {
            source: "https://shopify.dev/docs/api/usage/response-codes, 401",
            status: 401,
            headers: &[("Content-Type", "application/json; charset=utf-8")],
            body: r#"{ "errors": "[API] Invalid API key or access token (unrecognized login or wrong password)" }"#,
            expect: ShopifyError::Unauthorized {
                message: "[API] Invalid API key or access token (unrecognized login or wrong password)".into(),
            },
            classes: &[Class::Auth],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        Case {
            source: "https://shopify.dev/docs/api/usage/response-codes, 404",
            status: 404,
            headers: &[],
            body: r#"{ "errors": "Not Found" }"#,
            expect: ShopifyError::NotFound { message: "Not Found".into() },
            classes: &[Class::NotFound],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        Case {
            source: "https://shopify.dev/docs/api/usage/response-codes, 400",
            status: 400,
            headers: &[],
            body: r#"{ "errors": { "order": "Required parameter missing or invalid" } }"#,
            expect: ShopifyError::BadRequest {
                problems: Problems::ByField(BTreeMap::from([(
                    "order".into(),
                    Messages::One("Required parameter missing or invalid".into()),
                )])),
            },
            classes: &[Class::Validation],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        Case {
            source: "https://shopify.dev/docs/api/admin-rest/latest/resources/product, without a title",
            status: 422,
            headers: &[],
            body: r#"{ "errors": { "title": [ "can't be blank" ], "base": [ "Options are not unique", "x" ] } }"#,
            expect: ShopifyError::Unprocessable {
                problems: Problems::ByField(BTreeMap::from([
                    ("title".into(), texts(&["can't be blank"])),
                    ("base".into(), texts(&["Options are not unique", "x"])),
                ])),
            },
            classes: &[Class::Validation],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        Case {
            source: "https://shopify.dev/docs/api/admin-rest/latest/resources/fulfillment, order not open",
            status: 422,
            headers: &[],
            body: r#"{ "errors": [ "The fulfillment order is not in an open state." ] }"#,
            expect: ShopifyError::Unprocessable {
                problems: Problems::Messages(texts(&["The fulfillment order is not in an open state."])),
            },
            classes: &[Class::Validation],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        Case {
            source: "https://shopify.dev/docs/api/usage/rate-limits",
            status: 429,
            headers: &[("Retry-After", "2.0"), ("X-Shopify-Shop-Api-Call-Limit", "40/40")],
            body: r#"{ "errors": "Exceeded 2 calls per second for api client. Reduce request rates to resume uninterrupted service." }"#,
            expect: ShopifyError::TooManyRequests {
                message: "Exceeded 2 calls per second for api client. Reduce request rates to resume uninterrupted service.".into(),
                retry_after: Some(after(2_000)),
            },
            classes: &[Class::RateLimit],
            retry: Retry::Always,
            delay: Some(Duration::from_secs(2)),
            reencodes: true,
        },
        // The same status as a malformed request, told apart by the code.
        Case {
            source: "https://shopify.dev/docs/apps/build/authentication-authorization/access-tokens, errors",
            status: 400,
            headers: &[],
            body: r#"{ "error": "invalid_request", "error_description": "The authorization code was not found or was already used" }"#,
            expect: ShopifyError::TokenRefused {
                message: "The authorization code was not found or was already used".into(),
            },
            classes: &[Class::Auth],
            retry: Retry::Never,
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
        bad_gateway::<ShopifyError>();
        foreign::<ShopifyError>(404, "application/json", r#"{ "errors": { "base": [ "x" ] } }"#);
        foreign::<ShopifyError>(422, "application/json", r#"{ "errors": 7 }"#);
    }
}
