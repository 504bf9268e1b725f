//! What the address book's server and its clients share: the records, and the errors.
//!
//! It depends on no server and on no client, so that either can be built without the other.

#![forbid(unsafe_code)]

mod contact;
mod error;

pub use contact::{Contact, Contacts, NewContact};
pub use error::ApiError;

/// The header with the key of the caller.
pub const API_KEY: &str = "x-api-key";
/// The header with the caller's own name for one creation: repeated under the same key, a request creates
/// nothing again.
pub const IDEMPOTENCY_KEY: &str = "idempotency-key";
