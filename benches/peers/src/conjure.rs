//! `conjure-error` 5.20: the errors of Palantir's Conjure, as its generated code has them.
//!
//! Body: `SerializableError`, which is `{"errorCode", "errorName", "errorInstanceId", "parameters"?}`. One of
//! ten codes has the status. The crate makes no response; here `encode` and `conjure-serde` make the body,
//! `http` the rest. An `Error` of the crate is not made, as it captures a backtrace each time.
//!
//! | shape | written | read |
//! |---|---|---|
//! | no payload | as `NOT_FOUND`: 404 | `SerializableError` by `conjure-serde`; `errorName` says which it is |
//! | two fields | as parameters; no code has the status 402: 400 | the same, then each parameter from its `Any` |
//! | list | the same: 400 | the same |
//! | `Retry-After` | `Error::throttle_for` has a delay and no body; status and header are written by hand | nothing in the crate reads it |
//!
//! Both sides have the same instance id, which is there already: its making is not measured.

use aura_errors::{FieldError, RetryAfter, Taxonomy};
use aura_errors_benches::by_hand;
use bytes::Bytes;
use conjure_error::{Error, ErrorCode, ErrorKind, ErrorType, SerializableError, WithInstanceId};
use conjure_object::Uuid;
use conjure_serde::json;
use http::header::{CONTENT_TYPE, RETRY_AFTER};
use http::{HeaderValue, Response, StatusCode};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::comparison::{
    Comparison, DELAY, Shape, our_delay, our_field_errors, their_field_errors, write_bytes,
};

const INSTANCE: Uuid = Uuid::from_u128(0x6c1f_8a52_7a0d_4c3e_9b1d_2f6e_54c0_a917);

#[derive(Serialize)]
struct NotFound {}

#[derive(Serialize)]
struct InsufficientCredit {
    balance: u32,
    price: u32,
}

#[derive(Serialize)]
struct Validation {
    errors: Vec<by_hand::FieldError>,
}

impl ErrorType for NotFound {
    fn code() -> ErrorCode {
        ErrorCode::NotFound
    }

    fn name() -> &'static str {
        "Shop:NotFound"
    }

    fn safe_args() -> &'static [&'static str] {
        &[]
    }
}

impl ErrorType for InsufficientCredit {
    fn code() -> ErrorCode {
        ErrorCode::CustomClient
    }

    fn name() -> &'static str {
        "Shop:InsufficientCredit"
    }

    fn safe_args() -> &'static [&'static str] {
        &["balance", "price"]
    }
}

impl ErrorType for Validation {
    fn code() -> ErrorCode {
        ErrorCode::InvalidArgument
    }

    fn name() -> &'static str {
        "Shop:Validation"
    }

    fn safe_args() -> &'static [&'static str] {
        &[]
    }
}

/// What a client takes responses for.
#[derive(Debug, PartialEq)]
enum Theirs {
    NotFound { instance: Uuid },
    InsufficientCredit { instance: Uuid, balance: u32, price: u32 },
    Validation { instance: Uuid, errors: Vec<by_hand::FieldError> },
}

#[derive(Clone, Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(
    body = {
        "errorCode": slot(kind),
        "errorName": code,
        "errorInstanceId": field(instance),
        "parameters"?: fields,
    },
)]
enum Ours {
    #[error("Not found")]
    #[api(404, code = "Shop:NotFound", slot(kind = "NOT_FOUND"))]
    NotFound { instance: Uuid },
    #[error("Insufficient credit")]
    #[api(400, code = "Shop:InsufficientCredit", slot(kind = "CUSTOM_CLIENT"))]
    InsufficientCredit { instance: Uuid, balance: u32, price: u32 },
    #[error("Validation error")]
    #[api(400, code = "Shop:Validation", slot(kind = "INVALID_ARGUMENT"))]
    Validation { instance: Uuid, errors: Vec<FieldError> },
}

/// Of another kind than the errors above there too.
#[derive(Clone, Debug, PartialEq, thiserror::Error, Taxonomy)]
#[error("Rate limit exceeded")]
#[api(429, body = empty)]
struct Throttled {
    #[api(retry_after)]
    retry_after: Option<RetryAfter>,
}

fn write<T: ErrorType + Serialize>(error: &WithInstanceId<T>) -> Response<Bytes> {
    let body = json::to_vec(&conjure_error::encode(error)).unwrap_or_default();
    let mut response = Response::new(Bytes::from(body));
    *response.status_mut() = StatusCode::from_u16(T::code().status_code()).unwrap_or_default();
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

fn write_throttle(error: &Error) -> Response<Bytes> {
    let mut response = Response::new(Bytes::new());
    if let ErrorKind::Throttle(throttle) = error.kind() {
        *response.status_mut() = StatusCode::TOO_MANY_REQUESTS;
        if let Some(delay) = throttle.duration() {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(delay.as_secs()));
        }
    }
    response
}

fn read(response: &Response<Bytes>) -> Option<Theirs> {
    let error: SerializableError = json::client_from_slice(response.body()).ok()?;
    let instance = error.error_instance_id();
    match error.error_name() {
        "Shop:NotFound" => Some(Theirs::NotFound { instance }),
        "Shop:InsufficientCredit" => Some(Theirs::InsufficientCredit {
            instance,
            balance: parameter(&error, "balance")?,
            price: parameter(&error, "price")?,
        }),
        "Shop:Validation" => Some(Theirs::Validation { instance, errors: parameter(&error, "errors")? }),
        _ => None,
    }
}

fn parameter<T: DeserializeOwned>(error: &SerializableError, name: &str) -> Option<T> {
    error.parameters().get(name)?.clone().deserialize_into().ok()
}

/// All shapes, written and read.
#[must_use]
pub fn comparisons() -> Vec<Comparison> {
    let peer = "conjure-error";
    let instance = INSTANCE;
    let not_found = Ours::NotFound { instance };
    let credit = Ours::InsufficientCredit { instance, balance: 30, price: 50 };
    let validation = Ours::Validation { instance, errors: our_field_errors() };
    let throttled = Throttled { retry_after: our_delay() };
    vec![
        write_bytes(&not_found, NotFound {}.with_instance_id(instance), write).read(
            peer,
            Shape::NoPayload,
            (&not_found, &Theirs::NotFound { instance }),
            read,
        ),
        write_bytes(&credit, InsufficientCredit { balance: 30, price: 50 }.with_instance_id(instance), write)
            .read(
                peer,
                Shape::TwoFields,
                (&credit, &Theirs::InsufficientCredit { instance, balance: 30, price: 50 }),
                read,
            ),
        write_bytes(
            &validation,
            Validation { errors: their_field_errors() }.with_instance_id(instance),
            write,
        )
        .read(
            peer,
            Shape::List,
            (&validation, &Theirs::Validation { instance, errors: their_field_errors() }),
            read,
        ),
        write_bytes(&throttled, Error::throttle_for("rate limit", DELAY), write_throttle)
            .unread(peer, Shape::RetryAfter),
    ]
}
