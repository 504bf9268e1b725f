//! Notion: plain codes, and the status once more in the body.

use std::time::Duration;

use aura_errors::{Class, Retry, RetryAfter};

use super::{Case, after};

/// Errors of the Notion API.
#[derive(Debug, Clone, PartialEq, thiserror::Error, aura_errors::Taxonomy)]
#[api(body = {
    "object": "error",
    "status": status,
    "code": code,
    "message": message,
    "request_id"?: header("X-Notion-Request-Id")
})]
#[non_exhaustive]
pub enum NotionError {
    /// The body is no JSON.
    #[error("{message}")]
    #[api(400)]
    InvalidJson {
        #[api(message)]
        message: String,
        #[api(header = "X-Notion-Request-Id")]
        request_id: Option<String>,
    },

    /// The body does not match what the endpoint takes.
    #[error("{message}")]
    #[api(400)]
    ValidationError {
        #[api(message)]
        message: String,
        #[api(header = "X-Notion-Request-Id")]
        request_id: Option<String>,
    },

    /// The `Notion-Version` header is missing.
    #[error("{message}")]
    #[api(400)]
    MissingVersion {
        #[api(message)]
        message: String,
        #[api(header = "X-Notion-Request-Id")]
        request_id: Option<String>,
    },

    /// The token is not valid.
    #[error("{message}")]
    #[api(401)]
    Unauthorized {
        #[api(message)]
        message: String,
        #[api(header = "X-Notion-Request-Id")]
        request_id: Option<String>,
    },

    /// The token may not do this.
    #[error("{message}")]
    #[api(403)]
    RestrictedResource {
        #[api(message)]
        message: String,
        #[api(header = "X-Notion-Request-Id")]
        request_id: Option<String>,
    },

    /// It does not exist, or is not shared with the integration.
    #[error("{message}")]
    #[api(404)]
    ObjectNotFound {
        #[api(message)]
        message: String,
        #[api(header = "X-Notion-Request-Id")]
        request_id: Option<String>,
    },

    /// Something else changed the data at the same time.
    #[error("{message}")]
    #[api(409, retry = if_idempotent)]
    ConflictError {
        #[api(message)]
        message: String,
        #[api(header = "X-Notion-Request-Id")]
        request_id: Option<String>,
    },

    /// Too many requests.
    #[error("{message}")]
    #[api(429)]
    RateLimited {
        #[api(message)]
        message: String,
        #[api(header = "X-Notion-Request-Id")]
        request_id: Option<String>,
        #[api(retry_after)]
        retry_after: Option<RetryAfter>,
    },

    /// Something went wrong at Notion.
    #[error("{message}")]
    #[api(500)]
    InternalServerError {
        #[api(message)]
        message: String,
        #[api(header = "X-Notion-Request-Id")]
        request_id: Option<String>,
    },

    /// Notion, or its database, cannot be reached.
    #[error("{message}")]
    #[api(503, code = "service_unavailable" | "database_connection_unavailable", retry = if_idempotent)]
    ServiceUnavailable {
        #[api(message)]
        message: String,
        #[api(header = "X-Notion-Request-Id")]
        request_id: Option<String>,
    },
}

pub fn cases() -> Vec<Case<NotionError>> {
    vec![
        Case {
            source: "https://developers.notion.com/reference/retrieve-a-page, object_not_found",
            status: 404,
            headers: &[("Content-Type", "application/json; charset=utf-8")],
            body: r#"{
                "object": "error",
                "status": 404,
                "code": "object_not_found",
                "message": "Could not find page with ID: 4cc3b486-0b48-4cfe-8ce9-67c47100eb6a. Make sure the relevant pages and databases are shared with your integration."
            }"#,
            expect: NotionError::ObjectNotFound {
                message: "Could not find page with ID: 4cc3b486-0b48-4cfe-8ce9-67c47100eb6a. Make sure the relevant pages and databases are shared with your integration.".into(),
                request_id: None,
            },
            classes: &[Class::NotFound],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        Case {
            source: "https://developers.notion.com/reference/status-codes, restricted_resource",
            status: 403,
            headers: &[],
            body: r#"{"object":"error","status":403,"code":"restricted_resource","message":"Insufficient permissions for this endpoint.","request_id":"c4e35d81-6853-4d36-b061-939f24e4f9c8"}"#,
            expect: NotionError::RestrictedResource {
                message: "Insufficient permissions for this endpoint.".into(),
                request_id: Some("c4e35d81-6853-4d36-b061-939f24e4f9c8".into()),
            },
            classes: &[Class::Permission],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        Case {
            source: "https://developers.notion.com/reference/versioning, missing_version",
            status: 400,
            headers: &[],
            body: r#"{"object":"error","status":400,"code":"missing_version","message":"Notion-Version header failed validation: Notion-Version header should be defined, instead was `undefined`."}"#,
            expect: NotionError::MissingVersion {
                message: "Notion-Version header failed validation: Notion-Version header should be defined, instead was `undefined`.".into(),
                request_id: None,
            },
            classes: &[Class::Validation],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        Case {
            source: "https://developers.notion.com/reference/request-limits",
            status: 429,
            headers: &[("Retry-After", "2")],
            body: r#"{"object":"error","status":429,"code":"rate_limited","message":"You have been rate limited. Please try again in a few minutes."}"#,
            expect: NotionError::RateLimited {
                message: "You have been rate limited. Please try again in a few minutes.".into(),
                request_id: None,
                retry_after: Some(after(2_000)),
            },
            classes: &[Class::RateLimit],
            retry: Retry::Always,
            delay: Some(Duration::from_secs(2)),
            reencodes: true,
        },
        // A request that takes longer than a minute ends like this: it may have been carried out.
        Case {
            source: "https://developers.notion.com/reference/status-codes, service_unavailable",
            status: 503,
            headers: &[],
            body: r#"{"object":"error","status":503,"code":"service_unavailable","message":"Notion is unavailable. Please try again later."}"#,
            expect: NotionError::ServiceUnavailable {
                message: "Notion is unavailable. Please try again later.".into(),
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
    use super::super::{bad_gateway, check, foreign, unknown_code};
    use super::*;

    #[test]
    fn documented_responses() {
        check(cases());
    }

    #[test]
    fn anything_else_is_unrecognized() {
        unknown_code::<NotionError>(
            400,
            r#"{"object":"error","status":400,"code":"invalid_grant","message":"Invalid code."}"#,
        );
        bad_gateway::<NotionError>();
        // Another object that happens to have the members.
        foreign::<NotionError>(
            400,
            "application/json",
            r#"{"object":"page","status":400,"code":"validation_error","message":"x"}"#,
        );
    }
}
