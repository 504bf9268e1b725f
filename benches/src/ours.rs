//! The errors as a taxonomy.

use aura_errors::{FieldError, RetryAfter, Taxonomy};

/// Errors of an API.
#[derive(Debug, Clone, PartialEq, thiserror::Error, Taxonomy)]
pub enum ApiError {
    /// The resource does not exist.
    #[error("Not found")]
    #[api(404)]
    NotFound,
    /// The account cannot pay.
    #[error("Insufficient credit")]
    #[api(402)]
    InsufficientCredit {
        /// What is there.
        balance: u32,
        /// What it costs.
        price: u32,
    },
    /// The request does not match the schema.
    #[error("Validation error")]
    #[api(422)]
    Validation(Vec<FieldError>),
    /// Too many requests.
    #[error("Rate limit exceeded")]
    #[api(429)]
    RateLimited {
        /// When to come back.
        #[api(retry_after)]
        retry_after: Option<RetryAfter>,
    },
    /// A name that is taken.
    #[error("The name {name} is taken")]
    #[api(409)]
    NameTaken {
        /// The name.
        name: String,
    },
    /// Something broke.
    #[error("Server-side failure")]
    #[api(500, fallback)]
    Internal,
}
