//! `api-error` 0.1: a derive for status and message, and a responder for axum.
//!
//! Body: `{"message": …, "extended"?: …}`. The derive has no `extended`; a type that has one
//! implements the trait by hand, and an enum around it forwards to it.
//!
//! | shape | written | read |
//! |---|---|---|
//! | no payload | by the derive; the message is the reason phrase, which it does not allocate | nothing is read |
//! | two fields | as `extended`, a `serde_json::Value` | nothing is read |
//! | list | the same | nothing is read |
//! | `Retry-After` | it has no headers: axum's tuple adds one to its response | nothing is read |
//!
//! Its bodies have no code, so ours have none here. Its responses have nothing in their extensions, where
//! `#[api(axum)]` leaves the error for whoever logs it; so ours is measured both with and without that.

use std::borrow::Cow;

use api_error::ApiError;
use aura_errors::{FieldError, RetryAfter, Taxonomy};
use aura_errors_benches::by_hand;
use axum::response::IntoResponse;
use http::StatusCode;
use serde_json::json;

use crate::comparison::{
    Bare, Comparison, DELAY, Shape, our_delay, our_field_errors, retry_after, their_field_errors,
    write_for_axum,
};

#[derive(Clone, Debug, thiserror::Error, ApiError)]
enum Theirs {
    #[error("Not Found")]
    #[api_error(status_code = 404)]
    NotFound,
    #[error(transparent)]
    #[api_error(transparent)]
    InsufficientCredit(InsufficientCredit),
    #[error(transparent)]
    #[api_error(transparent)]
    Validation(Validation),
    #[error("Too Many Requests")]
    #[api_error(status_code = 429)]
    RateLimited,
}

#[derive(Clone, Debug, thiserror::Error)]
#[error("Insufficient credit")]
struct InsufficientCredit {
    balance: u32,
    price: u32,
}

impl ApiError for InsufficientCredit {
    fn status_code(&self) -> StatusCode {
        StatusCode::PAYMENT_REQUIRED
    }

    fn message(&self) -> Cow<'_, str> {
        Cow::Borrowed("Insufficient credit")
    }

    fn extended(&self) -> Option<serde_json::Value> {
        Some(json!({ "balance": self.balance, "price": self.price }))
    }
}

#[derive(Clone, Debug, thiserror::Error)]
#[error("Validation error")]
struct Validation(Vec<by_hand::FieldError>);

impl ApiError for Validation {
    fn status_code(&self) -> StatusCode {
        StatusCode::UNPROCESSABLE_ENTITY
    }

    fn message(&self) -> Cow<'_, str> {
        Cow::Borrowed("Validation error")
    }

    fn extended(&self) -> Option<serde_json::Value> {
        serde_json::to_value(&self.0).ok()
    }
}

#[derive(Clone, Debug, thiserror::Error, Taxonomy)]
#[api(axum, body = { "message": message, "extended"?: detail })]
enum Ours {
    #[error("Not Found")]
    #[api(404)]
    NotFound,
    #[error("Insufficient credit")]
    #[api(402)]
    InsufficientCredit { balance: u32, price: u32 },
    #[error("Validation error")]
    #[api(422)]
    Validation(Vec<FieldError>),
    #[error("Too Many Requests")]
    #[api(429)]
    RateLimited {
        #[api(retry_after)]
        retry_after: Option<RetryAfter>,
    },
}

/// All shapes, written: by `#[api(axum)]`, then without what it leaves in the extensions.
#[must_use]
pub fn comparisons() -> Vec<Comparison> {
    let credit = InsufficientCredit { balance: 30, price: 50 };
    let errors = [
        (Shape::NoPayload, Ours::NotFound, Theirs::NotFound),
        (
            Shape::TwoFields,
            Ours::InsufficientCredit { balance: 30, price: 50 },
            Theirs::InsufficientCredit(credit),
        ),
        (
            Shape::List,
            Ours::Validation(our_field_errors()),
            Theirs::Validation(Validation(their_field_errors())),
        ),
        (Shape::RetryAfter, Ours::RateLimited { retry_after: our_delay() }, Theirs::RateLimited),
    ];
    let compare = |(shape, ours, theirs): (Shape, Ours, Theirs)| {
        let write = match shape {
            Shape::RetryAfter => |error| (retry_after(DELAY), error).into_response(),
            _ => Theirs::into_response,
        };
        [
            write_for_axum(&ours, &theirs, write).unread("api-error", shape),
            write_for_axum(&Bare(ours), &theirs, write).unread("api-error (no extension)", shape),
        ]
    };
    errors.into_iter().flat_map(compare).collect()
}
