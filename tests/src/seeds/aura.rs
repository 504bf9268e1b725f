//! The Aura API.

use aura_errors::{FieldError, RetryAfter, Taxonomy};

/// Errors of the Aura API.
#[derive(Debug, Clone, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = { "error": message, "error_code": code, "detail": detail | message })]
#[non_exhaustive]
pub enum AuraError {
    /// Invalid parameters or request body.
    #[error("Bad request")]
    #[api(400, code = any)]
    BadRequest(#[api(example = Some("page must be positive".into()))] Option<String>),

    /// Missing, invalid, or expired API key.
    #[error("Not authenticated")]
    #[api(401, code = none, header("WWW-Authenticate" = "ApiKey"),
          cause = "Missing or invalid `X-API-KEY` header.",
          fix = "Ensure every request includes `X-API-KEY: your_key`.")]
    NotAuthenticated,

    /// No Authorization header present (wrong auth scheme).
    #[error("Forbidden")]
    #[api(403, code = any, class = auth)]
    WrongAuthScheme,

    /// The resource does not exist.
    #[error("Not found")]
    #[api(404, code = none, stands_for(route),
          cause = "The resource ID does not exist, or does not belong to your account.",
          fix = "Verify the ID with the corresponding list endpoint first.")]
    NotFound,

    /// The request does not match the endpoint's schema.
    #[error("Validation error")]
    #[api(422, body = { "error": message, "detail": detail }, stands_for(body_data),
          cause = "A required field is missing or has the wrong type.",
          fix = "Check the API Reference for the request schema of the endpoint.")]
    Validation(#[api(example = [FieldError::missing(["body", "name"])])] Vec<FieldError>),

    /// Rate limit exceeded.
    #[error("Rate limit exceeded")]
    #[api(429, code = any,
          fix = "Back off and retry after the delay in the `Retry-After` header; use exponential backoff in automated clients.")]
    RateLimited {
        /// When the next request will be accepted.
        #[api(retry_after)]
        retry_after: Option<RetryAfter>,
    },

    /// Server-side failure.
    #[error("Server-side failure")]
    #[api(500, code = any, fallback)]
    Internal,
}
