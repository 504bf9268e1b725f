use aura_errors::{FieldError, RetryAfter, Taxonomy};

/// Errors of the shop's API, in a crate that server and clients share.
#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[non_exhaustive]
pub enum ShopError {
    /// The order does not exist.
    #[error("There is no order {id}")]
    #[api(404, code = "order_not_found")]
    OrderNotFound { id: u64 },

    /// The request does not match the endpoint's schema.
    #[error("The request is not valid")]
    #[api(422, stands_for(body_syntax, body_data, path, query))]
    Invalid(Vec<FieldError>),

    #[error("Too many requests")]
    #[api(429)]
    RateLimited { #[api(retry_after)] retry_after: Option<RetryAfter> },

    #[error("Something went wrong on our side")]
    #[api(500, fallback)]
    Internal,
}
