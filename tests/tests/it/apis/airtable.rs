//! Airtable: `error` is the code alone, or an object with it; one limit has a third shape.

use std::time::Duration;

use aura_errors::{Class, Retry, RetryAfter};

use super::{Case, after};

/// Errors of the Airtable Web API.
#[derive(Debug, Clone, PartialEq, thiserror::Error, aura_errors::Taxonomy)]
#[api(
    body = { "error": { "type": code, "message"?: message } } | { "error": code },
    rename_all = "SCREAMING_SNAKE_CASE"
)]
#[non_exhaustive]
pub enum AirtableError {
    /// The body is no JSON.
    #[error("the body is not valid JSON")]
    #[api(400, code = "BAD_REQUEST", body = { "error": code } | { "error": { "type": code } })]
    BadRequest,

    /// No token was sent, or it is not valid.
    #[error("{message}")]
    #[api(401)]
    AuthenticationRequired {
        #[api(message)]
        message: String,
    },

    /// Not allowed with this token.
    #[error("{message}")]
    #[api(403)]
    NotAuthorized {
        #[api(message)]
        message: String,
    },

    /// Not allowed, or not there: the API does not say which.
    #[error("{message}")]
    #[api(403, class(permission, not_found))]
    InvalidPermissionsOrModelNotFound {
        #[api(message)]
        message: String,
    },

    /// The path or the record does not exist.
    #[error("not found")]
    #[api(404, body = { "error": code } | { "error": { "type": code } })]
    NotFound,

    /// The body does not match the table.
    #[error("{message}")]
    #[api(422)]
    InvalidRequestUnknown {
        #[api(message)]
        message: String,
    },

    /// The table does not have this field.
    #[error("{message}")]
    #[api(422)]
    UnknownFieldName {
        #[api(message)]
        message: String,
    },

    /// More than five requests a second: wait for thirty.
    #[error("{message}")]
    #[api(429, code = "RATE_LIMIT_REACHED", body = { "errors": [ { "error": code, "message": message } ] })]
    RateLimitReached {
        #[api(message)]
        message: String,
        #[api(retry_after)]
        retry_after: Option<RetryAfter>,
    },
}

pub fn cases() -> Vec<Case<AirtableError>> {
    vec![
        Case {
            source: "https://airtable.com/developers/web/api/errors, 404",
            status: 404,
            headers: &[("Content-Type", "application/json; charset=utf-8")],
            body: r#"{"error":"NOT_FOUND"}"#,
            expect: AirtableError::NotFound,
            classes: &[Class::NotFound],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        // The other form of the same.
        Case {
            source: "https://airtable.com/developers/web/api/errors, 404 with a type",
            status: 404,
            headers: &[],
            body: r#"{"error":{"type":"NOT_FOUND"}}"#,
            expect: AirtableError::NotFound,
            classes: &[Class::NotFound],
            retry: Retry::Never,
            delay: None,
            reencodes: false,
        },
        Case {
            source: "https://airtable.com/developers/web/api/errors, 401",
            status: 401,
            headers: &[],
            body: r#"{"error":{"type":"AUTHENTICATION_REQUIRED","message":"Authentication required"}}"#,
            expect: AirtableError::AuthenticationRequired { message: "Authentication required".into() },
            classes: &[Class::Auth],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        Case {
            source: "https://airtable.com/developers/web/api/create-records, 403",
            status: 403,
            headers: &[],
            body: r#"{
                "error": {
                    "type": "INVALID_PERMISSIONS_OR_MODEL_NOT_FOUND",
                    "message": "Invalid permissions, or the requested model was not found. Check that both your user and your token have the required permissions, and that the model names and/or ids are correct."
                }
            }"#,
            expect: AirtableError::InvalidPermissionsOrModelNotFound {
                message: "Invalid permissions, or the requested model was not found. Check that both your user and your token have the required permissions, and that the model names and/or ids are correct.".into(),
            },
            classes: &[Class::Permission, Class::NotFound],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        Case {
            source: "https://airtable.com/developers/web/api/errors, 422",
            status: 422,
            headers: &[],
            body: r#"{"error":{"type":"UNKNOWN_FIELD_NAME","message":"Unknown field name: \"foo\""}}"#,
            expect: AirtableError::UnknownFieldName { message: r#"Unknown field name: "foo""#.into() },
            classes: &[Class::Validation],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        Case {
            source: "https://airtable.com/developers/web/api/rate-limits",
            status: 429,
            headers: &[("Retry-After", "30")],
            body: r#"{"errors":[{"error":"RATE_LIMIT_REACHED","message":"Rate limit exceeded. Please try again later"}]}"#,
            expect: AirtableError::RateLimitReached {
                message: "Rate limit exceeded. Please try again later".into(),
                retry_after: Some(after(30_000)),
            },
            classes: &[Class::RateLimit],
            retry: Retry::Always,
            delay: Some(Duration::from_secs(30)),
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
        unknown_code::<AirtableError>(422, r#"{"error":"INVALID_OFFSET_VALUE"}"#);
        unknown_code::<AirtableError>(422, r#"{"error":{"type":"INVALID_VALUE_FOR_COLUMN","message":"x"}}"#);
        bad_gateway::<AirtableError>();
    }
}
