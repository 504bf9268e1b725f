//! `doxa` 0.1: its `#[derive(ApiError)]`, which makes a response for axum.
//!
//! Body: `{"message", "status", "code", "error"}`, where `error` is the enum as serde writes it.
//!
//! | shape | written | read |
//! |---|---|---|
//! | no payload | by the derive | `ApiErrorBody<E>` is `Deserialize`, and `error` in it is the enum |
//! | two fields | by the derive | the same |
//! | list | by the derive | the same |
//! | `Retry-After` | it has no headers: axum's tuple adds one to its response | the header is read by hand |

use std::time::Duration;

use aura_errors::{FieldError, RetryAfter, Taxonomy};
use aura_errors_benches::by_hand;
use axum::response::IntoResponse;
use bytes::Bytes;
use doxa::{ApiError, ApiErrorBody};
use http::Response;
use serde::{Deserialize, Serialize};

use crate::comparison::{
    Comparison, DELAY, Shape, delay_in, our_delay, our_field_errors, retry_after, their_field_errors,
    write_for_axum,
};

#[derive(Clone, Debug, PartialEq, thiserror::Error, Serialize, Deserialize, ApiError)]
enum Theirs {
    #[error("Not found")]
    #[api(status = 404, code = "not_found")]
    NotFound,
    #[error("Insufficient credit")]
    #[api(status = 402, code = "insufficient_credit")]
    InsufficientCredit { balance: u32, price: u32 },
    #[error("Validation error")]
    #[api(status = 422, code = "validation")]
    Validation { errors: Vec<by_hand::FieldError> },
    #[error("Rate limit exceeded")]
    #[api(status = 429, code = "rate_limited")]
    RateLimited,
}

#[derive(Clone, Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(axum, body = { "message": message, "status": status, "code": code, "error": detail })]
enum Ours {
    #[error("Not found")]
    #[api(404, detail = "NotFound")]
    NotFound,
    #[error("Insufficient credit")]
    #[api(402)]
    InsufficientCredit {
        #[serde(rename = "InsufficientCredit")]
        credit: Credit,
    },
    #[error("Validation error")]
    #[api(422)]
    Validation {
        #[serde(rename = "Validation")]
        violations: Violations,
    },
    #[error("Rate limit exceeded")]
    #[api(429, detail = "RateLimited")]
    RateLimited {
        #[api(retry_after)]
        retry_after: Option<RetryAfter>,
    },
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Credit {
    balance: u32,
    price: u32,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Violations {
    errors: Vec<FieldError>,
}

fn read(response: &Response<Bytes>) -> Option<Theirs> {
    serde_json::from_slice::<ApiErrorBody<Theirs>>(response.body()).ok().map(|body| body.error)
}

fn read_with_delay(response: &Response<Bytes>) -> Option<(Theirs, Option<Duration>)> {
    Some((read(response)?, delay_in(response.headers())))
}

/// All shapes, written and read.
#[must_use]
pub fn comparisons() -> Vec<Comparison> {
    let plain = |shape, ours: Ours, theirs: Theirs| {
        write_for_axum(&ours, &theirs, Theirs::into_response).read("doxa", shape, (&ours, &theirs), read)
    };
    let limited = Ours::RateLimited { retry_after: our_delay() };
    vec![
        plain(Shape::NoPayload, Ours::NotFound, Theirs::NotFound),
        plain(
            Shape::TwoFields,
            Ours::InsufficientCredit { credit: Credit { balance: 30, price: 50 } },
            Theirs::InsufficientCredit { balance: 30, price: 50 },
        ),
        plain(
            Shape::List,
            Ours::Validation { violations: Violations { errors: our_field_errors() } },
            Theirs::Validation { errors: their_field_errors() },
        ),
        write_for_axum(&limited, &Theirs::RateLimited, |error| (retry_after(DELAY), error).into_response())
            .read(
                "doxa",
                Shape::RetryAfter,
                (&limited, &(Theirs::RateLimited, Some(DELAY))),
                read_with_delay,
            ),
    ]
}
