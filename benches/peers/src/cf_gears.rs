//! `cf-gears-toolkit-contract` 0.4: its `#[derive(ContractError)]`, which converts an enum to the
//! `Problem` of `cf-gears-toolkit-canonical-errors` 0.10 and back. `Problem` makes a response for axum.
//!
//! Body: `application/problem+json` with `type` and `title` of one of 16 categories, which has the status
//! too; then `status`, `detail` (the name of the variant), `context`, `error_code` and `error_domain`.
//!
//! | shape | written | read |
//! |---|---|---|
//! | no payload | by the derive: 404 | `Problem` with serde, then the derive's `TryFrom` |
//! | two fields | by the derive, in `context.data`; no category has the status 402: 400 | the same |
//! | list | the same: 400 | the same |
//! | `Retry-After` | not by the derive: only `CanonicalError::service_unavailable()` sends the header, a 503 that has the delay in `context` too | `Problem`, then `CanonicalError`'s `TryFrom`; the delay is in `context` |
//!
//! `Problem` is read from the bytes here. The crate's own client first copies them to a `String`.

use std::time::Duration;

use aura_errors::{FieldError, RetryAfter, Taxonomy};
use aura_errors_benches::by_hand;
use axum::response::IntoResponse;
use bytes::Bytes;
use http::Response;
use toolkit_canonical_errors::CanonicalError;
use toolkit_contract::{ContractError, Problem};

use crate::comparison::{
    Comparison, DELAY, Shape, our_delay, our_field_errors, their_field_errors, write_for_axum,
};

#[derive(Clone, Debug, PartialEq, ContractError)]
#[error_domain("shop.v1")]
enum Theirs {
    #[error_code("NOT_FOUND")]
    #[canonical(NotFound)]
    NotFound,
    #[error_code("INSUFFICIENT_CREDIT")]
    #[canonical(FailedPrecondition)]
    InsufficientCredit { balance: u32, price: u32 },
    #[error_code("VALIDATION")]
    #[canonical(InvalidArgument)]
    Validation { errors: Vec<by_hand::FieldError> },
}

#[derive(Clone, Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(
    axum,
    rename_all = "SCREAMING_SNAKE_CASE",
    content_type = "application/problem+json",
    body = {
        "type": slot(kind),
        "title": title,
        "status": status,
        "detail": message,
        "context": { "data": fields | {} },
        "error_code": code,
        "error_domain": "shop.v1",
    },
)]
enum Ours {
    /// Not found
    #[error("Theirs::NotFound")]
    #[api(404, slot(kind = "gts://gts.cf.core.errors.err.v1~cf.core.err.not_found.v1~"))]
    NotFound,
    /// Failed precondition
    #[error("Theirs::InsufficientCredit")]
    #[api(400, slot(kind = "gts://gts.cf.core.errors.err.v1~cf.core.err.failed_precondition.v1~"))]
    InsufficientCredit { balance: u32, price: u32 },
    /// Invalid argument
    #[error("Theirs::Validation")]
    #[api(400, slot(kind = "gts://gts.cf.core.errors.err.v1~cf.core.err.invalid_argument.v1~"))]
    Validation { errors: Vec<FieldError> },
}

/// The one error that their headers have a delay for. Its code is the `type`.
#[derive(Clone, Debug, PartialEq, thiserror::Error, Taxonomy)]
#[error("Service temporarily unavailable")]
#[api(
    503,
    axum,
    code = "gts://gts.cf.core.errors.err.v1~cf.core.err.service_unavailable.v1~",
    content_type = "application/problem+json",
    body = {
        "type": code,
        "title": "Service Unavailable",
        "status": status,
        "detail": message,
        "context": { "retry_after_seconds"?: retry_after },
    },
)]
struct Unavailable {
    #[api(retry_after)]
    retry_after: Option<RetryAfter>,
}

fn read(response: &Response<Bytes>) -> Option<Theirs> {
    Theirs::try_from(serde_json::from_slice::<Problem>(response.body()).ok()?).ok()
}

/// The delay of a [`CanonicalError::ServiceUnavailable`], which has no equality.
fn read_unavailable(response: &Response<Bytes>) -> Option<Option<Duration>> {
    let problem = serde_json::from_slice::<Problem>(response.body()).ok()?;
    match CanonicalError::try_from(problem).ok()? {
        CanonicalError::ServiceUnavailable { ctx, .. } => {
            Some(ctx.retry_after_seconds.map(Duration::from_secs))
        }
        _ => None,
    }
}

/// All shapes, written and read.
#[must_use]
pub fn comparisons() -> Vec<Comparison> {
    let peer = "cf-gears-toolkit-contract";
    let plain = |shape, ours: Ours, theirs: Theirs| {
        write_for_axum(&ours, &theirs, |error| Problem::from(error).into_response()).read(
            peer,
            shape,
            (&ours, &theirs),
            read,
        )
    };
    let unavailable = Unavailable { retry_after: our_delay() };
    let theirs = CanonicalError::service_unavailable().with_retry_after_seconds(DELAY.as_secs()).create();
    vec![
        plain(Shape::NoPayload, Ours::NotFound, Theirs::NotFound),
        plain(
            Shape::TwoFields,
            Ours::InsufficientCredit { balance: 30, price: 50 },
            Theirs::InsufficientCredit { balance: 30, price: 50 },
        ),
        plain(
            Shape::List,
            Ours::Validation { errors: our_field_errors() },
            Theirs::Validation { errors: their_field_errors() },
        ),
        write_for_axum(&unavailable, &theirs, CanonicalError::into_response).read(
            peer,
            Shape::RetryAfter,
            (&unavailable, &Some(DELAY)),
            read_unavailable,
        ),
    ]
}
