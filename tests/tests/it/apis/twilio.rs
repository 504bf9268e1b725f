//! Twilio: numbered codes, each with a page of its own.

use std::time::Duration;

use aura_errors::{Class, Retry, RetryAfter};
use http::StatusCode;

use super::{Case, after};

/// Errors of the Twilio REST API.
#[derive(Debug, Clone, PartialEq, thiserror::Error, aura_errors::Taxonomy)]
#[api(body = {
    "code": code,
    "message": message,
    "more_info": "https://www.twilio.com/docs/errors/{code}",
    "status": status,
    ..fields
})]
#[non_exhaustive]
pub enum TwilioError {
    /// The request is not acceptable.
    ///
    /// Of the hundreds of codes, those of no other error here come to this one. They stay numbers, as
    /// its own is one.
    #[error("{message}")]
    #[api(400, code = 20001 | any)]
    BadRequest {
        #[api(message)]
        message: String,
        #[api(code, example = Some("20001".into()))]
        code: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        details: Option<serde_json::Value>,
    },

    /// The number to call or write to is not valid.
    #[error("{message}")]
    #[api(400, code = 21211 | 21217 | 21614)]
    InvalidTo {
        #[api(message)]
        message: String,
    },

    /// The recipient does not want messages.
    #[error("{message}")]
    #[api(400, code = 21610, class = permission)]
    Unsubscribed {
        #[api(message)]
        message: String,
    },

    /// The account or its token is not valid.
    #[error("{message}")]
    #[api(401, code = 20003)]
    Authenticate {
        #[api(message)]
        message: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        detail: Option<String>,
    },

    /// The resource does not exist.
    #[error("{message}")]
    #[api(404, code = 20404)]
    NotFound {
        #[api(message)]
        message: String,
    },

    /// Too many requests at once.
    #[error("{message}")]
    #[api(429, code = 20429)]
    TooManyRequests {
        #[api(message)]
        message: String,
        #[api(retry_after)]
        retry_after: Option<RetryAfter>,
    },

    /// Something went wrong at Twilio.
    #[error("{message}")]
    #[api("5XX", code = 20500 | 20503)]
    Server {
        #[api(message)]
        message: String,
        #[api(status)]
        status: StatusCode,
    },
}

pub fn cases() -> Vec<Case<TwilioError>> {
    vec![
        Case {
            source: "https://www.twilio.com/docs/usage/twilios-response, exceptions",
            status: 404,
            headers: &[("Content-Type", "application/json")],
            body: r#"{
                "code": 20404,
                "message": "The requested resource /2010-04-01/Accounts/a/Messages.json was not found",
                "more_info": "https://www.twilio.com/docs/errors/20404",
                "status": 404
            }"#,
            expect: TwilioError::NotFound {
                message: "The requested resource /2010-04-01/Accounts/a/Messages.json was not found".into(),
            },
            classes: &[Class::NotFound],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        Case {
            source: "https://www.twilio.com/docs/api/errors/20003",
            status: 401,
            headers: &[("WWW-Authenticate", "Basic realm=\"Twilio API\"")],
            body: r#"{
                "code": 20003,
                "detail": "Your AccountSid or AuthToken was incorrect.",
                "message": "Authenticate",
                "more_info": "https://www.twilio.com/docs/errors/20003",
                "status": 401
            }"#,
            expect: TwilioError::Authenticate {
                message: "Authenticate".into(),
                detail: Some("Your AccountSid or AuthToken was incorrect.".into()),
            },
            classes: &[Class::Auth],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        Case {
            source: "https://github.com/twilio/twilio-go, error with details",
            status: 400,
            headers: &[],
            body: r#"{
                "status": 400,
                "message": "Bad request",
                "code": 20001,
                "more_info": "https://www.twilio.com/docs/errors/20001",
                "details": { "foo": "bar" }
            }"#,
            expect: TwilioError::BadRequest {
                message: "Bad request".into(),
                code: Some("20001".into()),
                details: Some(serde_json::json!({ "foo": "bar" })),
            },
            classes: &[Class::Validation],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        // The code is not listed here: it is kept, a number as it was, and the link is made from it.
        Case {
            source: "https://www.twilio.com/docs/api/errors/21603",
            status: 400,
            headers: &[],
            body: r#"{
                "code": 21603,
                "message": "A 'From' phone number is required.",
                "more_info": "https://www.twilio.com/docs/errors/21603",
                "status": 400
            }"#,
            expect: TwilioError::BadRequest {
                message: "A 'From' phone number is required.".into(),
                code: Some("21603".into()),
                details: None,
            },
            classes: &[Class::Validation],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        Case {
            source: "https://www.twilio.com/docs/api/errors/21211",
            status: 400,
            headers: &[],
            body: r#"{
                "code": 21211,
                "message": "The 'To' number 1234567 is not a valid phone number.",
                "more_info": "https://www.twilio.com/docs/errors/21211",
                "status": 400
            }"#,
            expect: TwilioError::InvalidTo {
                message: "The 'To' number 1234567 is not a valid phone number.".into(),
            },
            classes: &[Class::Validation],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        Case {
            source: "https://www.twilio.com/docs/api/errors/20429",
            status: 429,
            headers: &[("Retry-After", "1")],
            body: r#"{
                "code": 20429,
                "message": "Too Many Requests",
                "more_info": "https://www.twilio.com/docs/errors/20429",
                "status": 429
            }"#,
            expect: TwilioError::TooManyRequests {
                message: "Too Many Requests".into(),
                retry_after: Some(after(1_000)),
            },
            classes: &[Class::RateLimit],
            retry: Retry::Always,
            delay: Some(Duration::from_secs(1)),
            reencodes: true,
        },
        Case {
            source: "https://www.twilio.com/docs/api/errors/20500",
            status: 500,
            headers: &[],
            body: r#"{
                "code": 20500,
                "message": "An internal server error has occurred",
                "more_info": "https://www.twilio.com/docs/errors/20500",
                "status": 500
            }"#,
            expect: TwilioError::Server {
                message: "An internal server error has occurred".into(),
                status: StatusCode::INTERNAL_SERVER_ERROR,
            },
            classes: &[Class::Internal],
            retry: Retry::IfIdempotent,
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
        unknown_code::<TwilioError>(
            403,
            r#"{ "code": 20403, "message": "Forbidden", "more_info": "https://www.twilio.com/docs/errors/20403", "status": 403 }"#,
        );
        bad_gateway::<TwilioError>();
        // The oldest version of the API speaks XML.
        foreign::<TwilioError>(
            404,
            "application/xml",
            "<TwilioResponse><RestException><Status>404</Status></RestException></TwilioResponse>",
        );
    }
}
