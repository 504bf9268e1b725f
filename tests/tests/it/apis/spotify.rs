//! Spotify: two taxonomies under one roof, the web API's and that of its accounts service.

use std::time::Duration;

use aura_errors::{Class, Retry, RetryAfter};
use http::StatusCode;

use super::{Case, after};

/// Errors of the Spotify accounts service (RFC 6749).
#[derive(Debug, Clone, PartialEq, thiserror::Error, aura_errors::Taxonomy)]
#[api(body = { "error": code, "error_description"?: message })]
#[non_exhaustive]
pub enum AccountError {
    /// The code or the refresh token is not valid.
    #[error("{message}")]
    #[api(400, class = auth)]
    InvalidGrant {
        #[api(message)]
        message: String,
    },

    /// The client's credentials are not valid.
    #[error("{message}")]
    #[api(400, class = auth)]
    InvalidClient {
        #[api(message)]
        message: String,
    },

    /// The server's own fault.
    #[error("{}", message.as_deref().unwrap_or("server error"))]
    #[api(500)]
    ServerError {
        #[api(message)]
        message: Option<String>,
    },
}

/// Errors of the Spotify Web API.
#[derive(Debug, Clone, PartialEq, thiserror::Error, aura_errors::Taxonomy)]
#[api(body = { "error": { "status": status, "message": message, "reason"?: code } }, rename_all = "SCREAMING_SNAKE_CASE")]
#[non_exhaustive]
pub enum SpotifyError {
    /// Of the accounts service.
    #[error(transparent)]
    #[api(transparent)]
    Account(#[from] AccountError),

    /// The request is not acceptable.
    #[error("{message}")]
    #[api(400, code = none)]
    BadRequest {
        #[api(message)]
        message: String,
    },

    /// The access token is not valid.
    #[error("{message}")]
    #[api(401, code = none)]
    Unauthorized {
        #[api(message)]
        message: String,
    },

    /// The token's scope or the user's plan does not allow this.
    #[error("{message}")]
    #[api(403, code = any)]
    Forbidden {
        #[api(message)]
        message: String,
        #[api(code)]
        reason: Option<String>,
    },

    /// The user has no subscription.
    #[error("{message}")]
    #[api(403)]
    PremiumRequired {
        #[api(message)]
        message: String,
    },

    /// The resource does not exist.
    #[error("{message}")]
    #[api(404, code = none)]
    NotFound {
        #[api(message)]
        message: String,
    },

    /// Nothing plays, so nothing can be controlled.
    #[error("{message}")]
    #[api(404, class = conflict)]
    NoActiveDevice {
        #[api(message)]
        message: String,
    },

    /// Too many requests in thirty seconds.
    #[error("{message}")]
    #[api(429, code = none)]
    RateLimited {
        #[api(message)]
        message: String,
        #[api(retry_after)]
        retry_after: Option<RetryAfter>,
    },

    /// Something went wrong at Spotify.
    #[error("{message}")]
    #[api("5XX", code = none)]
    Server {
        #[api(message)]
        message: String,
        #[api(status)]
        status: StatusCode,
    },
}

pub fn cases() -> Vec<Case<SpotifyError>> {
    vec![
        Case {
            source: "https://developer.spotify.com/documentation/web-api/concepts/api-calls#regular-error-object",
            status: 401,
            headers: &[("Content-Type", "application/json; charset=utf-8")],
            body: r#"{ "error": { "status": 401, "message": "The access token expired" } }"#,
            expect: SpotifyError::Unauthorized { message: "The access token expired".into() },
            classes: &[Class::Auth],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        Case {
            source: "https://developer.spotify.com/documentation/web-api/concepts/api-calls#regular-error-object, invalid id",
            status: 400,
            headers: &[],
            body: r#"{ "error": { "status": 400, "message": "invalid id" } }"#,
            expect: SpotifyError::BadRequest { message: "invalid id".into() },
            classes: &[Class::Validation],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        // The same status, the same member: a text here, an object there.
        Case {
            source: "https://developer.spotify.com/documentation/web-api/concepts/api-calls#authentication-error-object",
            status: 400,
            headers: &[],
            body: r#"{ "error": "invalid_client", "error_description": "Invalid client secret" }"#,
            expect: SpotifyError::Account(AccountError::InvalidClient {
                message: "Invalid client secret".into(),
            }),
            classes: &[Class::Auth],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        Case {
            source: "https://developer.spotify.com/documentation/web-api/tutorials/refreshing-tokens, revoked",
            status: 400,
            headers: &[],
            body: r#"{ "error": "invalid_grant", "error_description": "Refresh token revoked" }"#,
            expect: SpotifyError::Account(AccountError::InvalidGrant {
                message: "Refresh token revoked".into(),
            }),
            classes: &[Class::Auth],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        Case {
            source: "https://developer.spotify.com/documentation/web-api/reference/start-a-users-playback",
            status: 404,
            headers: &[],
            body: r#"{
                "error": {
                    "status": 404,
                    "message": "Player command failed: No active device found",
                    "reason": "NO_ACTIVE_DEVICE"
                }
            }"#,
            expect: SpotifyError::NoActiveDevice {
                message: "Player command failed: No active device found".into(),
            },
            classes: &[Class::Conflict],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        Case {
            source: "https://developer.spotify.com/documentation/web-api/reference/pause-a-users-playback",
            status: 403,
            headers: &[],
            body: r#"{
                "error": {
                    "status": 403,
                    "message": "Player command failed: Restriction violated",
                    "reason": "UNKNOWN"
                }
            }"#,
            expect: SpotifyError::Forbidden {
                message: "Player command failed: Restriction violated".into(),
                reason: Some("UNKNOWN".into()),
            },
            classes: &[Class::Permission],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        Case {
            source: "https://developer.spotify.com/documentation/web-api/concepts/rate-limits",
            status: 429,
            headers: &[("Retry-After", "11")],
            body: r#"{ "error": { "status": 429, "message": "API rate limit exceeded" } }"#,
            expect: SpotifyError::RateLimited {
                message: "API rate limit exceeded".into(),
                retry_after: Some(after(11_000)),
            },
            classes: &[Class::RateLimit],
            retry: Retry::Always,
            delay: Some(Duration::from_secs(11)),
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
        unknown_code::<SpotifyError>(
            404,
            r#"{ "error": { "status": 404, "message": "x", "reason": "CONTEXT_DISALLOW" } }"#,
        );
        unknown_code::<SpotifyError>(400, r#"{ "error": "unsupported_grant_type" }"#);
        bad_gateway::<SpotifyError>();
        // What the gateway in front says.
        foreign::<SpotifyError>(429, "text/plain", "Too many requests");
    }
}
