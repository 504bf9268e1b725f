//! Body formats: what each form of a template writes, to the byte, and what it reads back.

use std::fmt::Debug;

use aura_errors::{Reason, Taxonomy};
use http::StatusCode;

use super::support::{body, read};

mod arrays;
mod choices;
mod custom;
mod forms;
mod members;
mod placeholders;
mod ready;
mod serde_keys;
mod texts;

/// The error is written as exactly this body, and its response is read back as the same value.
#[track_caller]
fn check<E: Taxonomy + PartialEq + Debug>(error: E, expected: &str) {
    assert_eq!(body(&error), expected);
    let response = error.to_response();
    let back = E::from_response(response).unwrap_or_else(|other| panic!("{:?}: {other}", other.reason()));
    assert_eq!(back, error);
}

/// This body is read as the error.
#[track_caller]
fn reads<E: Taxonomy + PartialEq + Debug>(status: u16, body: &'static str, expected: E) {
    let back = read::<E>(status, body).unwrap_or_else(|other| panic!("{:?}: {other}", other.reason()));
    assert_eq!(back, expected);
}

/// This body is not one of the taxonomy's.
#[track_caller]
fn foreign<E: Taxonomy + Debug>(status: u16, body: &'static str) {
    let other = read::<E>(status, body).expect_err("not one of its bodies");
    assert!(matches!(other.reason(), Reason::Foreign { .. }), "{:?}", other.reason());
    assert_eq!(other.status(), StatusCode::from_u16(status).unwrap());
    assert_eq!(other.body(), body, "kept whole");
}
