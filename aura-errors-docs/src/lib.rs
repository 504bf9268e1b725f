//! What is known about the errors of an API, without the crate that declares them.
//!
//! `aura-errors` writes the catalogue of a taxonomy into a lock file, `aura-errors.lock.json`. Here it
//! is read:
//!
//! - [`Lock`] is the file: [`Lock::read`] it, or [`Lock::from_json`].
//! - [`model`] is what it holds: a [`Taxonomy`](model::Taxonomy) with its [`Error`](model::Error)s.

#![forbid(unsafe_code)]

mod json;
pub mod lock;
pub mod model;

pub use self::json::Json;
pub use self::lock::{Lock, LockError};
