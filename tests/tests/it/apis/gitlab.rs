//! GitLab: `message` is a text or what is wrong by field, `error` a text or an OAuth code.

use std::collections::BTreeMap;
use std::time::Duration;

use aura_errors::{Class, Retry, RetryAfter};
use http::StatusCode;

use super::{Case, after};

/// Errors of the GitLab REST API.
#[derive(Debug, Clone, PartialEq, thiserror::Error, aura_errors::Taxonomy)]
#[api(body = { "message": message } | { "error": message })]
#[non_exhaustive]
pub enum GitLabError {
    /// A parameter is missing or not valid.
    #[error("{message}")]
    #[api(400)]
    BadRequest {
        #[api(message)]
        message: String,
    },

    /// The attributes are not valid, by name.
    #[error("the attributes are not valid")]
    #[api(400, body = { "message": field(attributes) })]
    InvalidAttributes {
        #[api(example = BTreeMap::from([("name".to_owned(), vec!["has already been taken".to_owned()])]))]
        attributes: BTreeMap<String, Vec<String>>,
    },

    /// No token, or not a valid one.
    #[error("{message}")]
    #[api(401)]
    Unauthorized {
        #[api(message)]
        message: String,
    },

    /// The token is expired, revoked or impersonated.
    #[error("{message}")]
    #[api(401, code = "invalid_token", body = { "error": code, "error_description": message })]
    InvalidToken {
        #[api(message)]
        message: String,
    },

    /// Not allowed for this user.
    #[error("{message}")]
    #[api(403)]
    Forbidden {
        #[api(message)]
        message: String,
    },

    /// The token lacks a scope.
    #[error("{message}")]
    #[api(
        403,
        code = "insufficient_scope",
        body = { "error": code, "error_description": message, "scope"?: field(scope) }
    )]
    InsufficientScope {
        #[api(message)]
        message: String,
        scope: Option<String>,
    },

    /// Not there, or not visible to this user; or no such route.
    #[error("{message}")]
    #[api(404)]
    NotFound {
        #[api(message)]
        message: String,
    },

    /// Something of this name exists, or changed in the meantime.
    #[error("{message}")]
    #[api(409)]
    Conflict {
        #[api(message)]
        message: String,
    },

    /// Too many requests: JSON for one endpoint, a text for all.
    #[error("{message}")]
    #[api(429, body = { "message": { "error": message } } | text)]
    TooManyRequests {
        #[api(message)]
        message: String,
        #[api(retry_after)]
        retry_after: Option<RetryAfter>,
    },

    /// Something went wrong at GitLab.
    #[error("{message}")]
    #[api("5XX")]
    Server {
        #[api(message)]
        message: String,
        #[api(status)]
        status: StatusCode,
    },
}

pub fn cases() -> Vec<Case<GitLabError>> {
    vec![
        Case {
            source: "https://docs.gitlab.com/api/rest/troubleshooting/#status-code-400",
            status: 400,
            headers: &[("Content-Type", "application/json")],
            body: r#"{ "message": "400 (Bad request) \"title\" not given" }"#,
            expect: GitLabError::BadRequest { message: r#"400 (Bad request) "title" not given"#.into() },
            classes: &[Class::Validation],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        // The same status, and a member that elsewhere holds a code.
        Case {
            source: "https://docs.gitlab.com/api/rest/troubleshooting/, a missing parameter",
            status: 400,
            headers: &[],
            body: r#"{ "error": "title is missing" }"#,
            expect: GitLabError::BadRequest { message: "title is missing".into() },
            classes: &[Class::Validation],
            retry: Retry::Never,
            delay: None,
            reencodes: false,
        },
        Case {
            source: "https://docs.gitlab.com/api/rest/troubleshooting/#validation-errors",
            status: 400,
            headers: &[],
            body: r#"{ "message": { "bio": [ "is too long (maximum is 255 characters)" ] } }"#,
            expect: GitLabError::InvalidAttributes {
                attributes: BTreeMap::from([(
                    "bio".into(),
                    vec!["is too long (maximum is 255 characters)".into()],
                )]),
            },
            classes: &[Class::Validation],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        Case {
            source: "https://docs.gitlab.com/api/rest/authentication/, without a valid token",
            status: 401,
            headers: &[],
            body: r#"{ "message": "401 Unauthorized" }"#,
            expect: GitLabError::Unauthorized { message: "401 Unauthorized".into() },
            classes: &[Class::Auth],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        Case {
            source: "https://docs.gitlab.com/api/oauth2/, revoked",
            status: 401,
            headers: &[],
            body: r#"{ "error": "invalid_token", "error_description": "Token was revoked. You have to re-authorize from the user." }"#,
            expect: GitLabError::InvalidToken {
                message: "Token was revoked. You have to re-authorize from the user.".into(),
            },
            classes: &[Class::Auth],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        Case {
            source: "https://docs.gitlab.com/user/profile/personal_access_tokens/, scope",
            status: 403,
            headers: &[],
            body: r#"{
                "error": "insufficient_scope",
                "error_description": "The request requires higher privileges than provided by the access token.",
                "scope": "api"
            }"#,
            expect: GitLabError::InsufficientScope {
                message: "The request requires higher privileges than provided by the access token.".into(),
                scope: Some("api".into()),
            },
            classes: &[Class::Permission],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        Case {
            source: "https://docs.gitlab.com/api/rest/troubleshooting/, project",
            status: 404,
            headers: &[],
            body: r#"{ "message": "404 Project Not Found" }"#,
            expect: GitLabError::NotFound { message: "404 Project Not Found".into() },
            classes: &[Class::NotFound],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        Case {
            source: "https://docs.gitlab.com/api/rest/troubleshooting/, no such route",
            status: 404,
            headers: &[],
            body: r#"{ "error": "404 Not Found" }"#,
            expect: GitLabError::NotFound { message: "404 Not Found".into() },
            classes: &[Class::NotFound],
            retry: Retry::Never,
            delay: None,
            reencodes: false,
        },
        Case {
            source: "https://docs.gitlab.com/security/rate_limits/, of one endpoint",
            status: 429,
            headers: &[("Retry-After", "60")],
            body: r#"{ "message": { "error": "This endpoint has been requested too many times. Try again later." } }"#,
            expect: GitLabError::TooManyRequests {
                message: "This endpoint has been requested too many times. Try again later.".into(),
                retry_after: Some(after(60_000)),
            },
            classes: &[Class::RateLimit],
            retry: Retry::Always,
            delay: Some(Duration::from_secs(60)),
            reencodes: true,
        },
    ]
}

#[cfg(test)]
mod tests {
    use aura_errors::Taxonomy;

    use super::super::{bad_gateway, check, foreign, response, unknown_code};
    use super::*;

    #[test]
    fn documented_responses() {
        check(cases());
    }

    #[test]
    fn a_limit_for_all_is_plain_text() {
        let limited = response(429, &[("Retry-After", "60")], "Retry later\n");
        let expected = GitLabError::TooManyRequests {
            message: "Retry later\n".into(),
            retry_after: Some(after(60_000)),
        };
        assert_eq!(GitLabError::from_response(limited).unwrap(), expected);
    }

    #[test]
    fn anything_else_is_unrecognized() {
        bad_gateway::<GitLabError>();
        unknown_code::<GitLabError>(
            401,
            r#"{ "error": "invalid_client", "error_description": "Client authentication failed" }"#,
        );
        foreign::<GitLabError>(409, "application/json", r#"{ "message": [ "409 Conflict" ] }"#);
        foreign::<GitLabError>(422, "application/json", r#"{ "message": "422 Unprocessable Entity" }"#);
    }
}
