//! `problem_details` 0.11: a struct for the problem details of RFC 9457, which makes a response for
//! axum and is read with serde.
//!
//! Body: the RFC's `application/problem+json`. Ours is the ready-made `problem(type)`, with members in
//! another order. Both are told apart by `type`.
//!
//! | shape | written | read |
//! |---|---|---|
//! | no payload | from a `ProblemDetails` that is there already | with serde; `type` says which it is |
//! | two fields | as extensions, which stand beside the other members | the same; all extensions there are in one struct of options, as nobody knows which will come |
//! | list | the same | the same |
//! | `Retry-After` | it has no headers: axum's tuple adds one to its response | the header is read by hand |
//!
//! A `ProblemDetails` is what stands for the error here, so making one of an error is not measured.

use std::time::Duration;

use ::problem_details::ProblemDetails;
use aura_errors::{FieldError, RetryAfter, Taxonomy};
use aura_errors_benches::by_hand;
use axum::response::IntoResponse;
use bytes::Bytes;
use http::{Response, StatusCode, Uri};
use serde::{Deserialize, Serialize};

use crate::comparison::{
    Comparison, DELAY, Shape, Written, delay_in, our_delay, our_field_errors, retry_after,
    their_field_errors, write_for_axum,
};

#[derive(Clone, Serialize)]
struct Credit {
    balance: u32,
    price: u32,
}

#[derive(Clone, Serialize)]
struct Violations {
    errors: Vec<by_hand::FieldError>,
}

/// What a client takes responses for.
#[derive(Debug, PartialEq)]
enum Theirs {
    NotFound,
    InsufficientCredit { balance: u32, price: u32 },
    Validation { errors: Vec<by_hand::FieldError> },
    RateLimited { retry_after: Option<Duration> },
}

#[derive(Deserialize)]
struct Extensions {
    balance: Option<u32>,
    price: Option<u32>,
    errors: Option<Vec<by_hand::FieldError>>,
}

#[derive(Clone, Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(axum, body = problem(type))]
enum Ours {
    /// Not found
    #[error("There is no such order")]
    #[api(404, code = "https://api.example/errors/not-found")]
    NotFound,
    /// Insufficient credit
    #[error("The balance is too low")]
    #[api(402, code = "https://api.example/errors/insufficient-credit")]
    InsufficientCredit { balance: u32, price: u32 },
    /// Validation error
    #[error("The request does not match the schema")]
    #[api(422, code = "https://api.example/errors/validation")]
    Validation { errors: Vec<FieldError> },
    /// Rate limit exceeded
    #[error("Come back later")]
    #[api(429, code = "https://api.example/errors/rate-limited")]
    RateLimited {
        #[api(retry_after)]
        retry_after: Option<RetryAfter>,
    },
}

fn details(status: StatusCode, uri: &'static str, title: &str, detail: &str) -> ProblemDetails {
    ProblemDetails::from_status_code(status)
        .with_type(Uri::from_static(uri))
        .with_title(title)
        .with_detail(detail)
}

fn read(response: &Response<Bytes>) -> Option<Theirs> {
    let details: ProblemDetails<Extensions> = serde_json::from_slice(response.body()).ok()?;
    match details.r#type?.path() {
        "/errors/not-found" => Some(Theirs::NotFound),
        "/errors/insufficient-credit" => {
            let Extensions { balance, price, .. } = details.extensions;
            Some(Theirs::InsufficientCredit { balance: balance?, price: price? })
        }
        "/errors/validation" => Some(Theirs::Validation { errors: details.extensions.errors? }),
        "/errors/rate-limited" => Some(Theirs::RateLimited { retry_after: delay_in(response.headers()) }),
        _ => None,
    }
}

/// All shapes, written and read.
#[must_use]
pub fn comparisons() -> Vec<Comparison> {
    let compare = |shape, written: Written, ours: &Ours, theirs: Theirs| {
        written.read("problem_details", shape, (ours, &theirs), read)
    };

    let not_found = details(
        StatusCode::NOT_FOUND,
        "https://api.example/errors/not-found",
        "Not found",
        "There is no such order",
    );
    let credit = details(
        StatusCode::PAYMENT_REQUIRED,
        "https://api.example/errors/insufficient-credit",
        "Insufficient credit",
        "The balance is too low",
    );
    let credit = credit.with_extensions(Credit { balance: 30, price: 50 });
    let validation = details(
        StatusCode::UNPROCESSABLE_ENTITY,
        "https://api.example/errors/validation",
        "Validation error",
        "The request does not match the schema",
    );
    let validation = validation.with_extensions(Violations { errors: their_field_errors() });
    let limited = details(
        StatusCode::TOO_MANY_REQUESTS,
        "https://api.example/errors/rate-limited",
        "Rate limit exceeded",
        "Come back later",
    );

    let our_credit = Ours::InsufficientCredit { balance: 30, price: 50 };
    let our_validation = Ours::Validation { errors: our_field_errors() };
    let our_limited = Ours::RateLimited { retry_after: our_delay() };
    vec![
        compare(
            Shape::NoPayload,
            write_for_axum(&Ours::NotFound, &not_found, ProblemDetails::into_response),
            &Ours::NotFound,
            Theirs::NotFound,
        ),
        compare(
            Shape::TwoFields,
            write_for_axum(&our_credit, &credit, ProblemDetails::into_response),
            &our_credit,
            Theirs::InsufficientCredit { balance: 30, price: 50 },
        ),
        compare(
            Shape::List,
            write_for_axum(&our_validation, &validation, ProblemDetails::into_response),
            &our_validation,
            Theirs::Validation { errors: their_field_errors() },
        ),
        compare(
            Shape::RetryAfter,
            write_for_axum(&our_limited, &limited, |details| (retry_after(DELAY), details).into_response()),
            &our_limited,
            Theirs::RateLimited { retry_after: Some(DELAY) },
        ),
    ]
}
