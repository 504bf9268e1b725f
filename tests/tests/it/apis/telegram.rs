//! Telegram bots: the description says what happened, sometimes word for word.

use std::time::Duration;

use aura_errors::{Class, Retry, RetryAfter};
use http::StatusCode;

use super::{Case, after};

/// Errors of the Telegram Bot API.
#[derive(Debug, Clone, PartialEq, thiserror::Error, aura_errors::Taxonomy)]
#[api(body = {
    "ok": false,
    "error_code": status,
    "description": code,
    "parameters"?: { "retry_after"?: retry_after, "migrate_to_chat_id"?: field(migrate_to_chat_id) }
})]
#[non_exhaustive]
pub enum TelegramError {
    /// The request is not acceptable.
    #[error("bad request")]
    #[api(400, code = any)]
    BadRequest {
        #[api(code, example = Some("Bad Request: message text is empty".into()))]
        description: Option<String>,
    },

    /// The chat does not exist, or the bot has never seen it.
    #[error("chat not found")]
    #[api(400, code = "Bad Request: chat not found", class = not_found)]
    ChatNotFound,

    /// An edit that changes nothing.
    #[error("message is not modified")]
    #[api(
        400,
        code = "Bad Request: message is not modified"
            | "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message",
        class = conflict
    )]
    MessageNotModified,

    /// The group has become a supergroup, with another id.
    #[error("the chat has moved")]
    #[api(400, code = "Bad Request: group chat was upgraded to a supergroup chat", class = conflict)]
    ChatMoved {
        #[api(example = Some(-1_001_234_567_890))]
        migrate_to_chat_id: Option<i64>,
    },

    /// The token is not valid.
    #[error("unauthorized")]
    #[api(401, code = "Unauthorized")]
    Unauthorized,

    /// The bot may not do this.
    #[error("forbidden")]
    #[api(403, code = any)]
    Forbidden {
        #[api(code, example = Some("Forbidden: bot is not a member of the group chat".into()))]
        description: Option<String>,
    },

    /// The user has blocked the bot.
    #[error("blocked by the user")]
    #[api(403, code = "Forbidden: bot was blocked by the user")]
    Blocked,

    /// The method does not exist, or the token is none.
    #[error("not found")]
    #[api(404, code = "Not Found")]
    NotFound,

    /// Another process of the bot polls.
    #[error("another instance is running")]
    #[api(409, code = any)]
    Conflict {
        #[api(code, example = Some("Conflict: terminated by other getUpdates request".into()))]
        description: Option<String>,
    },

    /// Too many requests.
    #[error("too many requests")]
    #[api(429, code = any)]
    TooManyRequests {
        #[api(code, example = Some("Too Many Requests: retry after 30".into()))]
        description: Option<String>,
        #[api(retry_after)]
        retry_after: Option<RetryAfter>,
    },

    /// Something went wrong at Telegram.
    #[error("server error")]
    #[api("5XX", code = any)]
    Server {
        #[api(code, example = Some("Internal Server Error".into()))]
        description: Option<String>,
        #[api(status)]
        status: StatusCode,
    },
}

pub fn cases() -> Vec<Case<TelegramError>> {
    vec![
        Case {
            source: "https://core.telegram.org/bots/api#making-requests, an unsuccessful request",
            status: 400,
            headers: &[("Content-Type", "application/json")],
            body: r#"{"ok":false,"error_code":400,"description":"Bad Request: chat not found"}"#,
            expect: TelegramError::ChatNotFound,
            classes: &[Class::NotFound],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        Case {
            source: "https://core.telegram.org/bots/api#making-requests, another description",
            status: 400,
            headers: &[],
            body: r#"{"ok":false,"error_code":400,"description":"Bad Request: message text is empty"}"#,
            expect: TelegramError::BadRequest {
                description: Some("Bad Request: message text is empty".into()),
            },
            classes: &[Class::Validation],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        Case {
            source: "https://core.telegram.org/bots/api#responseparameters, migrate_to_chat_id",
            status: 400,
            headers: &[],
            body: r#"{"ok":false,"error_code":400,"description":"Bad Request: group chat was upgraded to a supergroup chat","parameters":{"migrate_to_chat_id":-1001234567890}}"#,
            expect: TelegramError::ChatMoved { migrate_to_chat_id: Some(-1_001_234_567_890) },
            classes: &[Class::Conflict],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        Case {
            source: "https://core.telegram.org/bots/api#getme, with a wrong token",
            status: 401,
            headers: &[],
            body: r#"{"ok":false,"error_code":401,"description":"Unauthorized"}"#,
            expect: TelegramError::Unauthorized,
            classes: &[Class::Auth],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        Case {
            source: "https://core.telegram.org/bots/api#sendmessage, blocked",
            status: 403,
            headers: &[],
            body: r#"{"ok":false,"error_code":403,"description":"Forbidden: bot was blocked by the user"}"#,
            expect: TelegramError::Blocked,
            classes: &[Class::Permission],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        // The delay stands in the text and in the parameters: those are read.
        Case {
            source: "https://core.telegram.org/bots/api#responseparameters, retry_after",
            status: 429,
            headers: &[],
            body: r#"{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 7","parameters":{"retry_after":7}}"#,
            expect: TelegramError::TooManyRequests {
                description: Some("Too Many Requests: retry after 7".into()),
                retry_after: Some(after(7_000)),
            },
            classes: &[Class::RateLimit],
            retry: Retry::Always,
            delay: Some(Duration::from_secs(7)),
            reencodes: true,
        },
        Case {
            source: "https://core.telegram.org/bots/api#making-requests, a server's fault",
            status: 502,
            headers: &[],
            body: r#"{"ok":false,"error_code":502,"description":"Bad Gateway"}"#,
            expect: TelegramError::Server {
                description: Some("Bad Gateway".into()),
                status: StatusCode::BAD_GATEWAY,
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
    use aura_errors::Taxonomy;

    use super::super::{bad_gateway, check, foreign, response, unknown_code};
    use super::*;

    #[test]
    fn documented_responses() {
        check(cases());
    }

    /// As servers before the parameters answered.
    #[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
    #[error("too many requests")]
    #[api(429, body = { "ok": false, "description": "Too Many Requests: retry after {retry_after}" })]
    struct Limited {
        #[api(retry_after)]
        retry_after: Option<RetryAfter>,
    }

    #[test]
    fn the_delay_is_read_out_of_the_text() {
        let body = r#"{"ok":false,"description":"Too Many Requests: retry after 7"}"#;
        let limited = Limited::from_response(response(429, &[], body)).unwrap();
        assert_eq!(limited, Limited { retry_after: Some(after(7_000)) });
        assert_eq!(&limited.to_response().body()[..], body.as_bytes());

        // Another text says nothing of a delay.
        let body = r#"{"ok":false,"description":"Too Many Requests: retry later"}"#;
        let limited = Limited::from_response(response(429, &[], body)).unwrap();
        assert_eq!(limited, Limited { retry_after: None });
    }

    #[test]
    fn anything_else_is_unrecognized() {
        unknown_code::<TelegramError>(404, r#"{"ok":false,"error_code":404,"description":"Gone"}"#);
        bad_gateway::<TelegramError>();
        foreign::<TelegramError>(400, "application/json", r#"{"ok":true,"result":{}}"#);
    }
}
