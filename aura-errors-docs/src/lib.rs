//! What is known about the errors of an API, without the crate that declares them.
//!
//! `aura-errors` writes the catalogue of a taxonomy into a lock file, `aura-errors.lock.json`. Here it
//! is read:
//!
//! - [`Lock`] is the file: [`Lock::read`] it, or [`Lock::from_json`].
//! - [`model`] is what it holds: a [`Taxonomy`](model::Taxonomy) with its [`Error`](model::Error)s.
//! - `page` is what people read, as Markdown and as HTML (features `markdown` and `html`).

#![forbid(unsafe_code)]

#[cfg(any(feature = "python", feature = "typescript"))]
mod client;
#[cfg(feature = "html")]
#[cfg_attr(docsrs, doc(cfg(feature = "html")))]
pub mod html;
mod json;
#[cfg(feature = "openapi")]
#[cfg_attr(docsrs, doc(cfg(feature = "openapi")))]
pub mod json_schema;
pub mod lock;
#[cfg(feature = "markdown")]
#[cfg_attr(docsrs, doc(cfg(feature = "markdown")))]
pub mod markdown;
pub mod model;
#[cfg(feature = "openapi")]
#[cfg_attr(docsrs, doc(cfg(feature = "openapi")))]
pub mod openapi;
#[cfg(any(feature = "html", feature = "markdown"))]
#[cfg_attr(docsrs, doc(cfg(any(feature = "html", feature = "markdown"))))]
pub mod page;
#[cfg(feature = "python")]
#[cfg_attr(docsrs, doc(cfg(feature = "python")))]
pub mod python;
#[cfg(feature = "typescript")]
#[cfg_attr(docsrs, doc(cfg(feature = "typescript")))]
pub mod typescript;

pub use self::json::Json;
pub use self::lock::{Lock, LockError};
