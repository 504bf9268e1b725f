//! The Aurora API.

use aura_errors::{RetryAfter, Taxonomy};
use http::StatusCode;

/// Errors of the Aurora API.
///
/// They are identified by their status alone, whatever the body holds.
#[derive(Debug, Clone, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = none)]
#[non_exhaustive]
pub enum AuroraError {
    /// The token is valid, but not authorized for the action.
    #[error("Unauthorized")]
    #[api(401, class = permission)]
    Unauthorized,

    /// The object does not exist, or belongs to another tenant.
    ///
    /// Also IDs of other environments, and resources that a user has deleted.
    #[error("Not found")]
    #[api(404)]
    NotFound,

    /// Mandatory parameters are missing, or the caller cannot be authenticated.
    #[error("Unprocessable entity")]
    #[api(422, class(validation, auth), fix = "Check the signature, timestamp, URI and payload of the call.")]
    Unprocessable,

    /// More than the default of 90 requests in a minute with one API key.
    #[error("Too many requests")]
    #[api(429, cause = "Mostly clients that poll.", fix = "Use webhooks instead of polling.")]
    TooManyRequests {
        #[api(retry_after)]
        retry_after: Option<RetryAfter>,
    },

    /// An internal error on the server.
    #[error("Internal error")]
    #[api("5XX", fix = "Contact support.")]
    Internal {
        #[api(status)]
        status: StatusCode,
    },
}
