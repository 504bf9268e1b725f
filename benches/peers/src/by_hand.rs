//! The hand-written errors of the workspace's benchmarks, beside the taxonomy there.
//!
//! They can express all shapes. Body: `{"error", "error_code", "detail"}`.

use aura_errors_benches::{by_hand, cases, ours};
use axum::body::Body;

use crate::comparison::{
    Bare, Comparison, DELAY, Pair, Shape, our_delay, our_field_errors, their_field_errors, write_for_axum,
};

/// All shapes, written and read; then written for axum, as both would be sent.
///
/// # Panics
///
/// If the workspace's benchmarks have no such shape.
#[must_use]
pub fn comparisons() -> Vec<Comparison> {
    let pair = |comparisons: Vec<cases::Comparison>, shape: Shape| {
        let same = comparisons.into_iter().find(|comparison| comparison.what == shape.name());
        let same = same.unwrap_or_else(|| panic!("no benchmark is called `{}`", shape.name()));
        Pair { ours: same.ours, theirs: same.by_hand }
    };
    let compare = |shape| Comparison {
        peer: "by hand",
        shape,
        encode: pair(cases::encoding(), shape),
        decode: Some(pair(cases::decoding(), shape)),
    };
    Shape::ALL.map(compare).into_iter().chain(for_axum()).collect()
}

fn for_axum() -> impl Iterator<Item = Comparison> {
    let credit = by_hand::Credit { balance: 30, price: 50 };
    let errors = [
        (Shape::NoPayload, ours::ApiError::NotFound, by_hand::ApiError::NotFound),
        (
            Shape::TwoFields,
            ours::ApiError::InsufficientCredit { balance: 30, price: 50 },
            by_hand::ApiError::InsufficientCredit(credit),
        ),
        (
            Shape::List,
            ours::ApiError::Validation(our_field_errors()),
            by_hand::ApiError::Validation(their_field_errors()),
        ),
        (
            Shape::RetryAfter,
            ours::ApiError::RateLimited { retry_after: our_delay() },
            by_hand::ApiError::RateLimited { retry_after: Some(DELAY) },
        ),
    ];
    errors.into_iter().map(|(shape, ours, theirs)| {
        write_for_axum(&Bare(ours), &theirs, |error| error.to_response().map(Body::from))
            .unread("by hand (axum)", shape)
    })
}
