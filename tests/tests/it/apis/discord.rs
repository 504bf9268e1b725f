//! Discord: numbered codes; a limit says its delay in the body, with a fraction.

use std::time::Duration;

use aura_errors::{Class, Retry, RetryAfter};
use http::StatusCode;

use super::{Case, after};

/// Errors of the Discord HTTP API.
#[derive(Debug, Clone, PartialEq, thiserror::Error, aura_errors::Taxonomy)]
#[api(
    body = { "message": message, "code": code, ..fields },
    reset_header("X-RateLimit-Reset-After" = seconds)
)]
#[non_exhaustive]
pub enum DiscordError {
    /// The channel does not exist.
    #[error("{message}")]
    #[api(404, code = 10003)]
    UnknownChannel {
        #[api(message)]
        message: String,
    },

    /// The guild does not exist.
    #[error("{message}")]
    #[api(404, code = 10004)]
    UnknownGuild {
        #[api(message)]
        message: String,
    },

    /// The message does not exist.
    #[error("{message}")]
    #[api(404, code = 10008)]
    UnknownMessage {
        #[api(message)]
        message: String,
    },

    /// The route does not exist.
    #[error("{message}")]
    #[api(404, code = 0)]
    NotFound {
        #[api(message)]
        message: String,
    },

    /// The token is not valid.
    #[error("{message}")]
    #[api(401, code = 0)]
    Unauthorized {
        #[api(message)]
        message: String,
    },

    /// The account has no access to the resource.
    #[error("{message}")]
    #[api(403, code = 50001)]
    MissingAccess {
        #[api(message)]
        message: String,
    },

    /// The user does not take messages from this account.
    #[error("{message}")]
    #[api(403, code = 50007)]
    CannotMessageUser {
        #[api(message)]
        message: String,
    },

    /// The account lacks a permission.
    #[error("{message}")]
    #[api(403, code = 50013)]
    MissingPermissions {
        #[api(message)]
        message: String,
    },

    /// A message needs some content.
    #[error("{message}")]
    #[api(400, code = 50006)]
    EmptyMessage {
        #[api(message)]
        message: String,
    },

    /// Members of the body are not valid: a tree of them, with the problems under `_errors`.
    #[error("{message}")]
    #[api(400, code = 50035)]
    InvalidFormBody {
        #[api(message)]
        message: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        errors: Option<serde_json::Value>,
    },

    /// Too many requests in all.
    #[error("{message}")]
    #[api(
        429,
        code = none,
        when(header("X-RateLimit-Global") = "true"),
        body = { "message": message, "retry_after": retry_after, "global": true }
    )]
    GlobalRateLimit {
        #[api(message)]
        message: String,
        #[api(retry_after, example = Some(after(64_570)))]
        retry_after: Option<RetryAfter>,
    },

    /// Too many requests to this route or resource.
    #[error("{message}")]
    #[api(
        429,
        code = none,
        body = { "message": message, "retry_after": retry_after, "global": field(global) }
    )]
    RateLimit {
        #[api(message)]
        message: String,
        #[api(retry_after, example = Some(after(64_570)))]
        retry_after: Option<RetryAfter>,
        #[api(example = false)]
        global: bool,
        #[api(header = "X-RateLimit-Scope")]
        scope: Option<String>,
    },

    /// The channel's own write limit.
    #[error("{message}")]
    #[api(
        429,
        code = 20028,
        body = { "message": message, "retry_after": retry_after, "global": field(global), "code": code }
    )]
    ChannelWriteLimit {
        #[api(message)]
        message: String,
        #[api(retry_after, example = Some(after(1_250)))]
        retry_after: Option<RetryAfter>,
        #[api(example = false)]
        global: bool,
    },

    /// The resource is overloaded for now.
    #[error("{message}")]
    #[api(503, code = 130000)]
    Overloaded {
        #[api(message)]
        message: String,
    },

    /// Something went wrong at Discord.
    #[error("{message}")]
    #[api("5XX", code = 0)]
    Server {
        #[api(message)]
        message: String,
        #[api(status)]
        status: StatusCode,
    },
}

pub fn cases() -> Vec<Case<DiscordError>> {
    vec![
        Case {
            source: "https://discord.com/developers/docs/topics/opcodes-and-status-codes, 10003",
            status: 404,
            headers: &[("Content-Type", "application/json")],
            body: r#"{ "message": "Unknown Channel", "code": 10003 }"#,
            expect: DiscordError::UnknownChannel { message: "Unknown Channel".into() },
            classes: &[Class::NotFound],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        Case {
            source: "https://discord.com/developers/docs/topics/opcodes-and-status-codes, 50013",
            status: 403,
            headers: &[],
            body: r#"{ "message": "Missing Permissions", "code": 50013 }"#,
            expect: DiscordError::MissingPermissions { message: "Missing Permissions".into() },
            classes: &[Class::Permission],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        // Three errors have the code 0: the status tells them apart.
        Case {
            source: "https://discord.com/developers/docs/topics/opcodes-and-status-codes, 401",
            status: 401,
            headers: &[],
            body: r#"{ "message": "401: Unauthorized", "code": 0 }"#,
            expect: DiscordError::Unauthorized { message: "401: Unauthorized".into() },
            classes: &[Class::Auth],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        Case {
            source: "https://discord.com/developers/docs/reference#error-messages, object error",
            status: 400,
            headers: &[],
            body: r#"{
                "code": 50035,
                "errors": {
                    "access_token": {
                        "_errors": [
                            { "code": "BASE_TYPE_REQUIRED", "message": "This field is required" }
                        ]
                    }
                },
                "message": "Invalid Form Body"
            }"#,
            expect: DiscordError::InvalidFormBody {
                message: "Invalid Form Body".into(),
                errors: Some(serde_json::json!({
                    "access_token": {
                        "_errors": [
                            { "code": "BASE_TYPE_REQUIRED", "message": "This field is required" }
                        ]
                    }
                })),
            },
            classes: &[Class::Validation],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        // The header has the delay rounded up, the body has it exactly: the exact one counts.
        Case {
            source: "https://discord.com/developers/docs/topics/rate-limits, exceeded user rate limit",
            status: 429,
            headers: &[
                ("Content-Type", "application/json"),
                ("Retry-After", "65"),
                ("X-RateLimit-Limit", "10"),
                ("X-RateLimit-Remaining", "0"),
                ("X-RateLimit-Reset", "1470173023.123"),
                ("X-RateLimit-Reset-After", "64.57"),
                ("X-RateLimit-Bucket", "abcd1234"),
                ("X-RateLimit-Scope", "user"),
            ],
            body: r#"{ "message": "You are being rate limited.", "retry_after": 64.57, "global": false }"#,
            expect: DiscordError::RateLimit {
                message: "You are being rate limited.".into(),
                retry_after: Some(after(64_570)),
                global: false,
                scope: Some("user".into()),
            },
            classes: &[Class::RateLimit],
            retry: Retry::Always,
            delay: Some(Duration::from_millis(64_570)),
            reencodes: true,
        },
        // The same body without the header, as proxies leave it.
        Case {
            source: "https://discord.com/developers/docs/topics/rate-limits, exceeded resource rate limit",
            status: 429,
            headers: &[("X-RateLimit-Scope", "shared")],
            body: r#"{ "message": "The resource is being rate limited.", "retry_after": 1336.57, "global": false }"#,
            expect: DiscordError::RateLimit {
                message: "The resource is being rate limited.".into(),
                retry_after: Some(after(1_336_570)),
                global: false,
                scope: Some("shared".into()),
            },
            classes: &[Class::RateLimit],
            retry: Retry::Always,
            delay: Some(Duration::from_millis(1_336_570)),
            reencodes: true,
        },
        Case {
            source: "https://discord.com/developers/docs/topics/rate-limits, exceeded global rate limit",
            status: 429,
            headers: &[("X-RateLimit-Global", "true"), ("X-RateLimit-Scope", "global")],
            body: r#"{ "message": "You are being rate limited.", "retry_after": 64.57, "global": true }"#,
            expect: DiscordError::GlobalRateLimit {
                message: "You are being rate limited.".into(),
                retry_after: Some(after(64_570)),
            },
            classes: &[Class::RateLimit],
            retry: Retry::Always,
            delay: Some(Duration::from_millis(64_570)),
            reencodes: true,
        },
        // The structure is documented with an optional `code`, the codes on their own page.
        Case {
            source: "https://discord.com/developers/docs/topics/rate-limits, response structure with a code",
            status: 429,
            headers: &[],
            body: r#"{
                "message": "The write action you are performing on the channel has hit the write rate limit.",
                "retry_after": 1.25,
                "global": false,
                "code": 20028
            }"#,
            expect: DiscordError::ChannelWriteLimit {
                message: "The write action you are performing on the channel has hit the write rate limit."
                    .into(),
                retry_after: Some(after(1_250)),
                global: false,
            },
            classes: &[Class::RateLimit],
            retry: Retry::Always,
            delay: Some(Duration::from_millis(1_250)),
            reencodes: true,
        },
        Case {
            source: "https://discord.com/developers/docs/topics/opcodes-and-status-codes, 5xx",
            status: 500,
            headers: &[],
            body: r#"{ "message": "500: Internal Server Error", "code": 0 }"#,
            expect: DiscordError::Server {
                message: "500: Internal Server Error".into(),
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
        unknown_code::<DiscordError>(404, r#"{ "message": "Unknown Sticker", "code": 10060 }"#);
        bad_gateway::<DiscordError>();
        // Cloudflare's ban is no rate limit of the API.
        foreign::<DiscordError>(429, "text/plain", "error code: 1015");
    }
}
