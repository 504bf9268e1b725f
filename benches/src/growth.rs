//! Taxonomies of 10, 100 and 1,000 errors, and taxonomies nested in one another.

#![allow(missing_docs)]

use aura_errors::{FieldError, RetryAfter, Taxonomy};

include!(concat!(env!("OUT_DIR"), "/growth.rs"));

/// One level around [`Of10`].
#[derive(Debug, thiserror::Error, Taxonomy)]
pub enum Nested1 {
    #[error("One")]
    #[api(451)]
    One,
    #[error(transparent)]
    #[api(transparent)]
    Inner(#[from] Of10),
}

/// Two levels.
#[derive(Debug, thiserror::Error, Taxonomy)]
pub enum Nested2 {
    #[error("Two")]
    #[api(451)]
    Two,
    #[error(transparent)]
    #[api(transparent)]
    Inner(#[from] Nested1),
}

/// Three levels.
#[derive(Debug, thiserror::Error, Taxonomy)]
pub enum Nested3 {
    #[error("Three")]
    #[api(451)]
    Three,
    #[error(transparent)]
    #[api(transparent)]
    Inner(#[from] Nested2),
}
