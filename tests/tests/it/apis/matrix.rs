//! Matrix: `M_` codes, and a 401 that asks for more instead of being an error.

use std::time::Duration;

use aura_errors::{Class, Retry, RetryAfter};
use serde::{Deserialize, Serialize};

use super::{Case, after};

/// One way to authenticate: its stages in order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Flow {
    pub stages: Vec<String>,
}

/// Errors of the Matrix client-server API.
#[derive(Debug, Clone, PartialEq, thiserror::Error, aura_errors::Taxonomy)]
#[api(
    body = { "errcode": code, "error"?: message, "retry_after_ms"?: retry_after_ms, ..fields },
    code_prefix = "M_",
    rename_all = "SCREAMING_SNAKE_CASE"
)]
#[non_exhaustive]
pub enum MatrixError {
    /// Not allowed.
    #[error("{message}")]
    #[api(403)]
    Forbidden {
        #[api(message)]
        message: String,
    },

    /// The access token is not known.
    #[error("{message}")]
    #[api(401)]
    UnknownToken {
        #[api(message)]
        message: String,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        soft_logout: bool,
    },

    /// No access token was sent.
    #[error("{message}")]
    #[api(401)]
    MissingToken {
        #[api(message)]
        message: String,
    },

    /// The server wants one more stage of authentication, or one that failed again.
    #[error("further authentication is needed")]
    #[api(
        401,
        code = "M_FORBIDDEN" | none,
        body = {
            "errcode"?: code,
            "error"?: field(error),
            "completed"?: field(completed),
            "flows": field(flows),
            "params"?: field(params),
            "session"?: field(session)
        }
    )]
    UserInteraction {
        #[api(code)]
        errcode: Option<String>,
        error: Option<String>,
        completed: Option<Vec<String>>,
        #[api(example = vec![Flow { stages: vec!["m.login.password".into()] }])]
        flows: Vec<Flow>,
        params: Option<serde_json::Value>,
        session: Option<String>,
    },

    /// The request is no JSON.
    #[error("{message}")]
    #[api(400)]
    NotJson {
        #[api(message)]
        message: String,
    },

    /// The user id is taken.
    #[error("{message}")]
    #[api(400)]
    UserInUse {
        #[api(message)]
        message: String,
    },

    /// The room's version is not one the server knows.
    #[error("{message}")]
    #[api(400)]
    IncompatibleRoomVersion {
        #[api(message)]
        message: String,
        #[api(example = "3")]
        room_version: String,
    },

    /// No such resource.
    #[error("{message}")]
    #[api(404)]
    NotFound {
        #[api(message)]
        message: String,
    },

    /// No such endpoint, or not with this method.
    #[error("{message}")]
    #[api(404)]
    Unrecognized {
        #[api(message)]
        message: String,
    },

    /// Too many requests.
    #[error("too many requests")]
    #[api(429)]
    LimitExceeded {
        #[api(message)]
        message: Option<String>,
        #[api(retry_after)]
        retry_after: Option<RetryAfter>,
    },
}

pub fn cases() -> Vec<Case<MatrixError>> {
    vec![
        Case {
            source: "https://spec.matrix.org/v1.10/client-server-api/#standard-error-response",
            status: 403,
            headers: &[("Content-Type", "application/json")],
            body: r#"{ "errcode": "M_FORBIDDEN", "error": "You are not a member of the room" }"#,
            expect: MatrixError::Forbidden { message: "You are not a member of the room".into() },
            classes: &[Class::Permission],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        Case {
            source: "https://spec.matrix.org/v1.10/client-server-api/#soft-logout",
            status: 401,
            headers: &[],
            body: r#"{ "errcode": "M_UNKNOWN_TOKEN", "error": "Access token has expired", "soft_logout": true }"#,
            expect: MatrixError::UnknownToken {
                message: "Access token has expired".into(),
                soft_logout: true,
            },
            classes: &[Class::Auth],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        Case {
            source: "https://spec.matrix.org/v1.10/client-server-api/#rate-limiting",
            status: 429,
            headers: &[],
            body: r#"{ "errcode": "M_LIMIT_EXCEEDED", "error": "Too many requests", "retry_after_ms": 2000 }"#,
            expect: MatrixError::LimitExceeded {
                message: Some("Too many requests".into()),
                retry_after: Some(after(2_000)),
            },
            classes: &[Class::RateLimit],
            retry: Retry::Always,
            delay: Some(Duration::from_secs(2)),
            reencodes: true,
        },
        // Some servers leave the text out.
        Case {
            source: "https://spec.matrix.org/v1.10/client-server-api/#rate-limiting, without a text",
            status: 429,
            headers: &[],
            body: r#"{ "errcode": "M_LIMIT_EXCEEDED", "retry_after_ms": 4200 }"#,
            expect: MatrixError::LimitExceeded { message: None, retry_after: Some(after(4_200)) },
            classes: &[Class::RateLimit],
            retry: Retry::Always,
            delay: Some(Duration::from_millis(4_200)),
            reencodes: true,
        },
        Case {
            source: "https://spec.matrix.org/v1.10/client-server-api/#user-interactive-authentication-api",
            status: 401,
            headers: &[],
            body: r#"{
                "flows": [
                    { "stages": [ "example.type.foo", "example.type.bar" ] },
                    { "stages": [ "example.type.foo", "example.type.baz" ] }
                ],
                "params": { "example.type.baz": { "example_key": "foobar" } },
                "session": "xxxxxx"
            }"#,
            expect: MatrixError::UserInteraction {
                errcode: None,
                error: None,
                completed: None,
                flows: vec![
                    Flow { stages: vec!["example.type.foo".into(), "example.type.bar".into()] },
                    Flow { stages: vec!["example.type.foo".into(), "example.type.baz".into()] },
                ],
                params: Some(serde_json::json!({ "example.type.baz": { "example_key": "foobar" } })),
                session: Some("xxxxxx".into()),
            },
            classes: &[Class::Auth],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        // A stage failed: the same with a code, which elsewhere is another error.
        Case {
            source: "https://spec.matrix.org/v1.10/client-server-api/#user-interactive-authentication-api, a failed stage",
            status: 401,
            headers: &[],
            body: r#"{
                "errcode": "M_FORBIDDEN",
                "error": "Invalid password",
                "completed": [ "example.type.foo" ],
                "flows": [ { "stages": [ "example.type.foo", "example.type.bar" ] } ],
                "session": "xxxxxx"
            }"#,
            expect: MatrixError::UserInteraction {
                errcode: Some("M_FORBIDDEN".into()),
                error: Some("Invalid password".into()),
                completed: Some(vec!["example.type.foo".into()]),
                flows: vec![Flow { stages: vec!["example.type.foo".into(), "example.type.bar".into()] }],
                params: None,
                session: Some("xxxxxx".into()),
            },
            classes: &[Class::Auth],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        Case {
            source: "https://spec.matrix.org/v1.10/client-server-api/#post_matrixclientv3joinroomidoralias",
            status: 400,
            headers: &[],
            body: r#"{ "errcode": "M_INCOMPATIBLE_ROOM_VERSION", "error": "Your homeserver does not support the features required to join this room", "room_version": "3" }"#,
            expect: MatrixError::IncompatibleRoomVersion {
                message: "Your homeserver does not support the features required to join this room".into(),
                room_version: "3".into(),
            },
            classes: &[Class::Validation],
            retry: Retry::Never,
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
        unknown_code::<MatrixError>(
            403,
            r#"{ "errcode": "COM.MYDOMAIN.HERE_FORBIDDEN", "error": "You shall not pass" }"#,
        );
        bad_gateway::<MatrixError>();
        foreign::<MatrixError>(401, "application/json", r#"{ "session": "xxxxxx" }"#);
    }
}
