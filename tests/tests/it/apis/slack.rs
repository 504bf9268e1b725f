//! Slack Web API: an error is a 200 with `"ok": false`, only limits have their own status.

use std::time::Duration;

use aura_errors::{Class, Retry, RetryAfter};
use serde::{Deserialize, Serialize};

use super::{Case, after};

/// What Slack adds in words.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Metadata {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub messages: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<String>,
}

/// Errors of the Slack Web API.
#[derive(Debug, Clone, PartialEq, thiserror::Error, aura_errors::Taxonomy)]
#[api(body = { "ok": false, "error": code, ..fields }, allow_success)]
#[non_exhaustive]
pub enum SlackError {
    /// No token was sent.
    #[error("no authentication token provided")]
    #[api(200, class = auth)]
    NotAuthed,

    /// The token or the address it came from is not valid.
    #[error("the authentication token is not valid")]
    #[api(200, class = auth)]
    InvalidAuth,

    /// The token has expired.
    #[error("the authentication token has expired")]
    #[api(200, class = auth)]
    TokenExpired,

    /// The token was revoked, or the app removed.
    #[error("the authentication token was revoked")]
    #[api(200, class = auth)]
    TokenRevoked,

    /// The token does not have the scope.
    #[error("the token lacks a scope")]
    #[api(200, class = permission)]
    MissingScope {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        needed: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        provided: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        warning: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        response_metadata: Option<Metadata>,
    },

    /// The app is not a member of the channel.
    #[error("not a member of the channel")]
    #[api(200, class = permission)]
    NotInChannel,

    /// The channel does not exist, or is not visible.
    #[error("the channel does not exist")]
    #[api(200, class = not_found)]
    ChannelNotFound,

    /// The channel is archived.
    #[error("the channel is archived")]
    #[api(200, class = conflict)]
    IsArchived,

    /// The message is too long.
    #[error("the message is too long")]
    #[api(200, class = validation)]
    MsgTooLong,

    /// The arguments are not valid.
    #[error("the arguments are not valid")]
    #[api(200, class = validation)]
    InvalidArguments {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        response_metadata: Option<Metadata>,
    },

    /// Something went wrong at Slack; part of the operation may have happened.
    #[error("internal error")]
    #[api(200, class = internal, retry = if_idempotent)]
    InternalError,

    /// Too many requests to this method.
    #[error("rate limited")]
    #[api(429, code = "ratelimited")]
    RateLimited {
        #[api(retry_after)]
        retry_after: Option<RetryAfter>,
    },

    /// Too many messages posted: the same failure under another code.
    #[error("rate limited")]
    #[api(429, code = "rate_limited", body = { "retry_after"?: retry_after, "ok": false, "error": code })]
    PostingRateLimited {
        #[api(retry_after)]
        retry_after: Option<RetryAfter>,
    },
}

pub fn cases() -> Vec<Case<SlackError>> {
    vec![
        Case {
            source: "https://docs.slack.dev/reference/methods/auth.test",
            status: 200,
            headers: &[("Content-Type", "application/json; charset=utf-8")],
            body: r#"{ "ok": false, "error": "invalid_auth" }"#,
            expect: SlackError::InvalidAuth,
            classes: &[Class::Auth],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        Case {
            source: "https://docs.slack.dev/reference/methods/chat.postMessage, channel_not_found",
            status: 200,
            headers: &[],
            body: r#"{ "ok": false, "error": "channel_not_found" }"#,
            expect: SlackError::ChannelNotFound,
            classes: &[Class::NotFound],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        Case {
            source: "https://docs.slack.dev/reference/methods/chat.postMessage, missing_scope",
            status: 200,
            headers: &[],
            body: r#"{
                "ok": false,
                "error": "missing_scope",
                "needed": "chat:write:bot",
                "provided": "identify,bot,incoming-webhook,channels:read,channels:write,chat:write",
                "warning": "missing_charset",
                "response_metadata": { "warnings": [ "missing_charset" ] }
            }"#,
            expect: SlackError::MissingScope {
                needed: Some("chat:write:bot".into()),
                provided: Some(
                    "identify,bot,incoming-webhook,channels:read,channels:write,chat:write".into(),
                ),
                warning: Some("missing_charset".into()),
                response_metadata: Some(Metadata {
                    messages: vec![],
                    warnings: vec!["missing_charset".into()],
                }),
            },
            classes: &[Class::Permission],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        Case {
            source: "https://docs.slack.dev/reference/methods/conversations.history, invalid_arguments",
            status: 200,
            headers: &[],
            body: r#"{
                "ok": false,
                "error": "invalid_arguments",
                "response_metadata": { "messages": [ "[ERROR] missing required field: channel" ] }
            }"#,
            expect: SlackError::InvalidArguments {
                response_metadata: Some(Metadata {
                    messages: vec!["[ERROR] missing required field: channel".into()],
                    warnings: vec![],
                }),
            },
            classes: &[Class::Validation],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        Case {
            source: "https://docs.slack.dev/reference/methods/chat.postMessage, internal_error",
            status: 200,
            headers: &[],
            body: r#"{ "ok": false, "error": "internal_error" }"#,
            expect: SlackError::InternalError,
            classes: &[Class::Internal],
            retry: Retry::IfIdempotent,
            delay: None,
            reencodes: true,
        },
        Case {
            source: "https://docs.slack.dev/apis/web-api/rate-limits",
            status: 429,
            headers: &[("Retry-After", "30"), ("X-Slack-Req-Id", "64b0e921-a5a2-4cd4-a98f-c5aadf995a10")],
            body: r#"{ "ok": false, "error": "ratelimited" }"#,
            expect: SlackError::RateLimited { retry_after: Some(after(30_000)) },
            classes: &[Class::RateLimit],
            retry: Retry::Always,
            delay: Some(Duration::from_secs(30)),
            reencodes: true,
        },
        Case {
            source: "https://docs.slack.dev/apis/web-api/rate-limits, posting messages",
            status: 429,
            headers: &[("Retry-After", "1")],
            body: r#"{ "retry_after": 1, "ok": false, "error": "rate_limited" }"#,
            expect: SlackError::PostingRateLimited { retry_after: Some(after(1_000)) },
            classes: &[Class::RateLimit],
            retry: Retry::Always,
            delay: Some(Duration::from_secs(1)),
            reencodes: true,
        },
        // The delay is in the body alone.
        Case {
            source: "https://docs.slack.dev/apis/web-api/rate-limits, incoming webhooks",
            status: 429,
            headers: &[],
            body: r#"{ "retry_after": 1, "ok": false, "error": "rate_limited" }"#,
            expect: SlackError::PostingRateLimited { retry_after: Some(after(1_000)) },
            classes: &[Class::RateLimit],
            retry: Retry::Always,
            delay: Some(Duration::from_secs(1)),
            reencodes: true,
        },
    ]
}

#[cfg(test)]
mod tests {
    use super::super::{bad_gateway, check, unknown_code, unrecognized};
    use super::*;

    #[test]
    fn documented_responses() {
        check(cases());
    }

    #[test]
    fn anything_else_is_unrecognized() {
        unknown_code::<SlackError>(200, r#"{ "ok": false, "error": "duplicate_channel_not_found" }"#);
        bad_gateway::<SlackError>();
    }

    #[test]
    fn a_success_is_no_error() {
        unrecognized::<SlackError>(200, r#"{ "ok": true, "channel": "C123456", "ts": "1503435956.000247" }"#);
        // Every literal has to be there: a success may well have a member of that name.
        unrecognized::<SlackError>(200, r#"{ "ok": true, "error": "invalid_auth" }"#);
        unrecognized::<SlackError>(200, r#"{ "error": "invalid_auth" }"#);
    }
}
