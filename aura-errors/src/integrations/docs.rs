//! The page that people read, as Markdown and as HTML (feature `docs`).
//!
//! ```
//! use aura_errors::{Taxonomy, docs};
//!
//! /// Errors of the shop.
//! #[derive(Debug, thiserror::Error, Taxonomy)]
//! enum ShopError {
//!     /// The order does not exist.
//!     #[error("There is no such order")]
//!     #[api(404, fix = "List the orders first.")]
//!     OrderNotFound,
//! }
//!
//! let page = docs::page::<ShopError>()?.success(200, "The order.");
//! assert!(page.markdown().contains("- **Fix:** List the orders first.\n"));
//! assert!(page.html().contains("id=\"order_not_found\""));
//! # Ok::<(), docs::PageError>(())
//! ```
//!
//! A committed page is held steady by a test: `aura_errors::testing::assert_page`, with the feature
//! `testing`. A server shows it with `aura_errors::axum::reference`, with the feature `axum08`.

pub use aura_errors_docs::html::CONTENT_SECURITY_POLICY;
pub use aura_errors_docs::page::{Page, PageError};

use crate::Taxonomy;

/// The page of a taxonomy: add to it what the annotations do not know, then write it as
/// [`markdown`](Page::markdown) or [`html`](Page::html).
///
/// # Errors
///
/// If the catalogue cannot be read again, as its examples or schemas are nested more than a hundred
/// levels deep.
pub fn page<E: Taxonomy>() -> Result<Page, PageError> {
    Page::of(E::catalog())
}
