//! PayPal: the name is the code, and for what makes a difference, the first detail's issue.

use std::time::Duration;

use aura_errors::{Class, Retry, RetryAfter};
use serde::{Deserialize, Serialize};

use super::{Case, after};

/// One thing that is wrong.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Detail {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<String>,
    pub issue: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

/// Where to go on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Link {
    pub href: String,
    pub rel: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
}

aura_errors::body_format! {
    pub PayPal = {
        "name": code,
        "message": message,
        "debug_id"?: header("Paypal-Debug-Id"),
        "details"?: field(details) @ [ { "issue"?: slot(issue) } ],
        "links"?: field(links)
    }
}

/// Errors of the PayPal REST API.
#[derive(Debug, Clone, PartialEq, thiserror::Error, aura_errors::Taxonomy)]
#[api(body = PayPal, rename_all = "SCREAMING_SNAKE_CASE")]
#[non_exhaustive]
pub enum PayPalError {
    /// The request does not match the schema.
    #[error("{message}")]
    #[api(400)]
    InvalidRequest {
        #[api(message)]
        message: String,
        #[api(header = "Paypal-Debug-Id")]
        debug_id: Option<String>,
        details: Option<Vec<Detail>>,
        links: Option<Vec<Link>>,
    },

    /// The token is missing or not valid.
    #[error("{message}")]
    #[api(401)]
    AuthenticationFailure {
        #[api(message)]
        message: String,
        #[api(header = "Paypal-Debug-Id")]
        debug_id: Option<String>,
    },

    /// The app may not do this.
    #[error("{message}")]
    #[api(403)]
    NotAuthorized {
        #[api(message)]
        message: String,
        #[api(header = "Paypal-Debug-Id")]
        debug_id: Option<String>,
        details: Option<Vec<Detail>>,
    },

    /// The resource does not exist.
    #[error("{message}")]
    #[api(404)]
    ResourceNotFound {
        #[api(message)]
        message: String,
        #[api(header = "Paypal-Debug-Id")]
        debug_id: Option<String>,
        details: Option<Vec<Detail>>,
        links: Option<Vec<Link>>,
    },

    /// What was asked cannot be done.
    #[error("{message}")]
    #[api(422)]
    UnprocessableEntity {
        #[api(message)]
        message: String,
        #[api(header = "Paypal-Debug-Id")]
        debug_id: Option<String>,
        details: Option<Vec<Detail>>,
        links: Option<Vec<Link>>,
    },

    /// The payer's card was declined: let them choose another.
    #[error("{message}")]
    #[api(422, code = "UNPROCESSABLE_ENTITY", slot(issue = "INSTRUMENT_DECLINED"), class = request)]
    InstrumentDeclined {
        #[api(message)]
        message: String,
        #[api(header = "Paypal-Debug-Id")]
        debug_id: Option<String>,
        #[api(example = Some(vec![Detail { issue: "INSTRUMENT_DECLINED".into(), ..Detail::default() }]))]
        details: Option<Vec<Detail>>,
        links: Option<Vec<Link>>,
    },

    /// The order was captured before.
    #[error("{message}")]
    #[api(422, code = "UNPROCESSABLE_ENTITY", slot(issue = "ORDER_ALREADY_CAPTURED"), class = conflict)]
    OrderAlreadyCaptured {
        #[api(message)]
        message: String,
        #[api(header = "Paypal-Debug-Id")]
        debug_id: Option<String>,
        #[api(example = Some(vec![Detail { issue: "ORDER_ALREADY_CAPTURED".into(), ..Detail::default() }]))]
        details: Option<Vec<Detail>>,
        links: Option<Vec<Link>>,
    },

    /// Too many requests.
    #[error("{message}")]
    #[api(429, code = "RATE_LIMIT_REACHED")]
    RateLimited {
        #[api(message)]
        message: String,
        #[api(header = "Paypal-Debug-Id")]
        debug_id: Option<String>,
        #[api(retry_after)]
        retry_after: Option<RetryAfter>,
    },

    /// Something went wrong at PayPal.
    #[error("{message}")]
    #[api(500)]
    InternalServerError {
        #[api(message)]
        message: String,
        #[api(header = "Paypal-Debug-Id")]
        debug_id: Option<String>,
    },

    /// The token endpoint's own form.
    #[error("{message}")]
    #[api(401, code = "invalid_client", body = { "error": code, "error_description": message })]
    InvalidClient {
        #[api(message)]
        message: String,
    },
}

const SEMANTIC: &str =
    "The requested action could not be performed, semantically incorrect, or failed business validation.";

fn link(href: &str, rel: &str) -> Link {
    Link { href: href.into(), rel: rel.into(), method: Some("GET".into()) }
}

pub fn cases() -> Vec<Case<PayPalError>> {
    vec![
        Case {
            source: "https://developer.paypal.com/docs/checkout/standard/customize/handle-funding-failures/",
            status: 422,
            headers: &[("Paypal-Debug-Id", "2df44f01e4caa")],
            body: r#"{
                "name": "UNPROCESSABLE_ENTITY",
                "details": [
                    {
                        "issue": "INSTRUMENT_DECLINED",
                        "description": "The instrument presented  was either declined by the processor or bank, or it can't be used for this payment."
                    }
                ],
                "message": "The requested action could not be performed, semantically incorrect, or failed business validation.",
                "debug_id": "2df44f01e4caa",
                "links": [
                    {
                        "href": "https://developer.paypal.com/docs/api/orders/v2/#error-INSTRUMENT_DECLINED",
                        "rel": "information_link",
                        "method": "GET"
                    },
                    {
                        "href": "https://www.sandbox.paypal.com/checkoutnow?token=61M72432BD444010V",
                        "rel": "redirect",
                        "method": "GET"
                    }
                ]
            }"#,
            expect: PayPalError::InstrumentDeclined {
                message: SEMANTIC.into(),
                debug_id: Some("2df44f01e4caa".into()),
                details: Some(vec![Detail {
                    issue: "INSTRUMENT_DECLINED".into(),
                    description: Some("The instrument presented  was either declined by the processor or bank, or it can't be used for this payment.".into()),
                    ..Detail::default()
                }]),
                links: Some(vec![
                    link(
                        "https://developer.paypal.com/docs/api/orders/v2/#error-INSTRUMENT_DECLINED",
                        "information_link",
                    ),
                    link("https://www.sandbox.paypal.com/checkoutnow?token=61M72432BD444010V", "redirect"),
                ]),
            },
            classes: &[Class::Request],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        // An issue that no variant names: the same code without it.
        Case {
            source: "https://developer.paypal.com/api/rest/reference/orders/v2/errors/, CARD_CLOSED",
            status: 422,
            headers: &[],
            body: r#"{
                "name": "UNPROCESSABLE_ENTITY",
                "details": [
                    {
                        "field": "payment_source/card",
                        "location": "body",
                        "issue": "CARD_CLOSED",
                        "description": "The card is closed."
                    }
                ],
                "message": "The requested action could not be performed, semantically incorrect, or failed business validation.",
                "debug_id": "990b09d46b647",
                "links": [
                    {
                        "href": "https://developer.paypal.com/api/rest/reference/orders/v2/errors/#CARD_CLOSED",
                        "rel": "information_link",
                        "method": "GET"
                    }
                ]
            }"#,
            expect: PayPalError::UnprocessableEntity {
                message: SEMANTIC.into(),
                debug_id: Some("990b09d46b647".into()),
                details: Some(vec![Detail {
                    field: Some("payment_source/card".into()),
                    location: Some("body".into()),
                    issue: "CARD_CLOSED".into(),
                    description: Some("The card is closed.".into()),
                    ..Detail::default()
                }]),
                links: Some(vec![link(
                    "https://developer.paypal.com/api/rest/reference/orders/v2/errors/#CARD_CLOSED",
                    "information_link",
                )]),
            },
            classes: &[Class::Validation],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        Case {
            source: "https://developer.paypal.com/api/rest/reference/orders/v2/errors/, without details",
            status: 422,
            headers: &[],
            body: r#"{
                "name": "UNPROCESSABLE_ENTITY",
                "message": "The requested action could not be performed, semantically incorrect, or failed business validation.",
                "debug_id": "990b09d46b647"
            }"#,
            expect: PayPalError::UnprocessableEntity {
                message: SEMANTIC.into(),
                debug_id: Some("990b09d46b647".into()),
                details: None,
                links: None,
            },
            classes: &[Class::Validation],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        Case {
            source: "https://developer.paypal.com/api/rest/responses/, 404",
            status: 404,
            headers: &[],
            body: r#"{
                "name": "RESOURCE_NOT_FOUND",
                "message": "The specified resource does not exist.",
                "debug_id": "b1d1f06c7246c",
                "details": [
                    {
                        "issue": "INVALID_RESOURCE_ID",
                        "description": "Specified resource ID does not exist. Please check the resource ID and try again."
                    }
                ]
            }"#,
            expect: PayPalError::ResourceNotFound {
                message: "The specified resource does not exist.".into(),
                debug_id: Some("b1d1f06c7246c".into()),
                details: Some(vec![Detail {
                    issue: "INVALID_RESOURCE_ID".into(),
                    description: Some(
                        "Specified resource ID does not exist. Please check the resource ID and try again."
                            .into(),
                    ),
                    ..Detail::default()
                }]),
                links: None,
            },
            classes: &[Class::NotFound],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        Case {
            source: "https://developer.paypal.com/api/rest/responses/, RATE_LIMIT_REACHED",
            status: 429,
            headers: &[("Retry-After", "5")],
            body: r#"{ "name": "RATE_LIMIT_REACHED", "message": "Too many requests. Blocked due to rate limiting.", "debug_id": "b1d1f06c7246c" }"#,
            expect: PayPalError::RateLimited {
                message: "Too many requests. Blocked due to rate limiting.".into(),
                debug_id: Some("b1d1f06c7246c".into()),
                retry_after: Some(after(5_000)),
            },
            classes: &[Class::RateLimit],
            retry: Retry::Always,
            delay: Some(Duration::from_secs(5)),
            reencodes: true,
        },
        Case {
            source: "https://developer.paypal.com/api/rest/authentication/, wrong secret",
            status: 401,
            headers: &[],
            body: r#"{ "error": "invalid_client", "error_description": "Client Authentication failed" }"#,
            expect: PayPalError::InvalidClient { message: "Client Authentication failed".into() },
            classes: &[Class::Auth],
            retry: Retry::Never,
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
        unknown_code::<PayPalError>(
            409,
            r#"{ "name": "RESOURCE_CONFLICT", "message": "The server has detected a conflict.", "debug_id": "x" }"#,
        );
        bad_gateway::<PayPalError>();
    }
}
