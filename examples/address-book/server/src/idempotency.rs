//! The caller's own name for one creation.

use address_book_api::IDEMPOTENCY_KEY;
use aura_errors::axum::Rejection;
use aura_errors::{Failure, FieldError};
use axum::extract::OptionalFromRequestParts;
use axum::http::request::Parts;

const LONGEST: usize = 128;

/// A key of 1 to 128 visible characters.
#[derive(Debug)]
pub(crate) struct IdempotencyKey(pub(crate) String);

impl<S: Sync> OptionalFromRequestParts<S> for IdempotencyKey {
    type Rejection = Rejection;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Option<Self>, Rejection> {
        let Some(value) = parts.headers.get(IDEMPOTENCY_KEY) else { return Ok(None) };
        match value.to_str() {
            Ok(key) if (1..=LONGEST).contains(&key.len()) => Ok(Some(Self(key.to_owned()))),
            _ => {
                let text = format!("1 to {LONGEST} visible ASCII characters expected");
                let invalid = FieldError::new(["header", IDEMPOTENCY_KEY], text, "value_error");
                Err(Rejection::new(Failure::Header, vec![invalid]))
            }
        }
    }
}
