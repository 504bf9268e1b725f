//! One taxonomy under each body, and arbitrary values of them and of the seeds.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use arbitrary::{Result, Unstructured};
use aura_errors::{FieldError, Loc, RetryAfter, Taxonomy, body_format};
use aura_errors_tests::seeds::{AuraError, AuroraError};
use aura_errors_tests_foreign::{Acme, Legacy};
use http::StatusCode;

body_format! {
    /// Whatever a template can say.
    pub Varied = {
        "ok": false,
        "errors": [{ "kind"?: slot(kind), "code": code, "text": message, "wait"?: retry_after }],
        "says": "{status} {code}",
        "wait_ms"?: retry_after_ms,
        ..fields
    };
}

/// A taxonomy whose values are made from bytes.
pub trait Made: Taxonomy + PartialEq {
    /// One that is the same after a round trip: delays in whole seconds, codes that no other error has.
    fn make(u: &mut Unstructured<'_>) -> Result<Self>
    where
        Self: Sized;
}

/// Under a body that has places for fields.
macro_rules! with_fields {
    ($($name:ident = $body:ident $(($argument:tt))?;)+) => {$(
        #[derive(Debug, Clone, PartialEq, thiserror::Error, Taxonomy)]
        #[api(
            body = $body $(($argument))?,
            docs_url = "https://docs.example/{name}",
            reset_header("X-RateLimit-Reset" = epoch),
            retry_header = "x-should-retry"
        )]
        pub enum $name {
            #[error("unit")]
            #[api(404)]
            Unit,
            #[error("named {number:?}")]
            #[api(409)]
            Named { text: String, number: Option<i64>, list: Vec<String>, flag: bool },
            #[error("{message}")]
            #[api(422, code = "said" | 1007)]
            Said {
                #[api(message)]
                message: String,
            },
            #[error("limited")]
            #[api(429)]
            Limited {
                #[api(retry_after)]
                retry_after: Option<RetryAfter>,
            },
            #[error("any")]
            #[api(400, code = any)]
            Any {
                #[api(code)]
                code: Option<String>,
            },
            #[error("server")]
            #[api("5XX")]
            Server {
                #[api(status)]
                status: StatusCode,
            },
            #[error("exact")]
            #[api(503, header("X-Fixed" = "1"))]
            Exact {
                #[api(header = "X-Request-Id")]
                id: Option<String>,
            },
        }

        impl Made for $name {
            fn make(u: &mut Unstructured<'_>) -> Result<Self> {
                Ok(match u.int_in_range(0..=6)? {
                    0 => Self::Unit,
                    1 => Self::Named {
                        text: u.arbitrary()?,
                        number: u.arbitrary()?,
                        list: u.arbitrary()?,
                        flag: u.arbitrary()?,
                    },
                    2 => Self::Said { message: u.arbitrary()? },
                    3 => Self::Limited { retry_after: seconds(u)? },
                    4 => Self::Any { code: code(u)? },
                    5 => Self::Server { status: server_status(u)? },
                    _ => Self::Exact { id: header_text(u)? },
                })
            }
        }
    )+};
}

with_fields! {
    AuraBody = aura;
    ProblemBody = problem;
    ProblemTypeBody = problem(type);
    GoogleBody = google;
    JsonApiBody = json_api;
    OAuth2Body = oauth2;
    AcmeBody = Acme;
    LegacyBody = Legacy;
    VariedBody = Varied;
}

/// Under a body without a place for a code: the status alone says which error it is.
macro_rules! by_status {
    ($($name:ident = $body:ident;)+) => {$(
        #[derive(Debug, Clone, PartialEq, thiserror::Error, Taxonomy)]
        #[api(body = $body, reset_header("X-RateLimit-Reset" = seconds))]
        pub enum $name {
            #[error("unit")]
            #[api(404)]
            Unit,
            #[error("limited")]
            #[api(429)]
            Limited {
                #[api(retry_after)]
                retry_after: Option<RetryAfter>,
            },
            #[error("server")]
            #[api("5XX")]
            Server {
                #[api(status)]
                status: StatusCode,
            },
            #[error("exact")]
            #[api(503, when(header("X-Down")))]
            Exact {
                #[api(header = "X-Down")]
                why: i32,
            },
        }

        impl Made for $name {
            fn make(u: &mut Unstructured<'_>) -> Result<Self> {
                Ok(match u.int_in_range(0..=3)? {
                    0 => Self::Unit,
                    1 => Self::Limited { retry_after: seconds(u)? },
                    2 => Self::Server { status: server_status(u)? },
                    _ => Self::Exact { why: u.arbitrary()? },
                })
            }
        }
    )+};
}

by_status! {
    TextBody = text;
    EmptyBody = empty;
    NoBody = none;
}

impl Made for AuraError {
    fn make(u: &mut Unstructured<'_>) -> Result<Self> {
        Ok(match u.int_in_range(0..=6)? {
            // A detail that equals the message is read as none: it stands for it.
            0 => Self::BadRequest(u.arbitrary::<Option<String>>()?.filter(|text| text != "Bad request")),
            1 => Self::NotAuthenticated,
            2 => Self::WrongAuthScheme,
            3 => Self::NotFound,
            4 => Self::Validation(violations(u)?),
            5 => Self::RateLimited { retry_after: seconds(u)? },
            _ => Self::Internal,
        })
    }
}

impl Made for AuroraError {
    fn make(u: &mut Unstructured<'_>) -> Result<Self> {
        Ok(match u.int_in_range(0..=4)? {
            0 => Self::Unauthorized,
            1 => Self::NotFound,
            2 => Self::Unprocessable,
            3 => Self::TooManyRequests { retry_after: seconds(u)? },
            _ => Self::Internal { status: server_status(u)? },
        })
    }
}

fn violations(u: &mut Unstructured<'_>) -> Result<Vec<FieldError>> {
    let mut violations = Vec::new();
    for _ in 0..u.int_in_range(0..=3)? {
        let mut loc = Vec::new();
        for _ in 0..u.int_in_range(0..=3)? {
            loc.push(match u.arbitrary()? {
                true => Loc::from(u.arbitrary::<String>()?),
                false => Loc::from(u.arbitrary::<u32>()? as usize),
            });
        }
        violations.push(FieldError::new(loc, u.arbitrary::<String>()?, u.arbitrary::<String>()?));
    }
    Ok(violations)
}

/// What a header can hold: whole seconds, or a date.
fn seconds(u: &mut Unstructured<'_>) -> Result<Option<RetryAfter>> {
    Ok(match u.int_in_range(0..=3)? {
        0 => None,
        1 => Some(RetryAfter::at(moment(u)?)),
        _ => Some(RetryAfter::from_secs(u.int_in_range(0..=31_536_000)?)),
    })
}

fn moment(u: &mut Unstructured<'_>) -> Result<SystemTime> {
    Ok(UNIX_EPOCH + Duration::from_secs(u.int_in_range(0..=253_402_300_799)?))
}

/// None of a variant above, which would be read as that variant.
fn code(u: &mut Unstructured<'_>) -> Result<Option<String>> {
    Ok(u.arbitrary::<Option<String>>()?.map(|text| format!("any-{text}")))
}

fn server_status(u: &mut Unstructured<'_>) -> Result<StatusCode> {
    let status = u.int_in_range(500..=599)?;
    Ok(StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR))
}

/// Visible ASCII, without space at its ends.
fn header_text(u: &mut Unstructured<'_>) -> Result<Option<String>> {
    let text = u.arbitrary::<Option<String>>()?;
    Ok(text.map(|text| text.chars().filter(char::is_ascii_graphic).collect()))
}
