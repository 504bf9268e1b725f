//! The Aurora API.

use aura_errors::{RetryAfter, Taxonomy};
use http::StatusCode;

/// Errors of the Aurora API.
///
/// They are identified by their status alone, whatever the body holds: 2xx indicates success, 4xx an error in the
/// information that was sent, such as a missing parameter or failed authentication, and 5xx an error of the server.
#[derive(Debug, Clone, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = none)]
#[non_exhaustive]
pub enum AuroraError {
    /// The token is valid, but not authorized for the action.
    ///
    /// The request was partially processed: the token was authenticated.
    #[error("Unauthorized")]
    #[api(401, class = permission)]
    Unauthorized,

    /// The object does not exist, or belongs to another tenant.
    ///
    /// The request was partially processed: the token is valid and authorized. Also IDs of other
    /// environments, and resources that a user has deleted, such as a design or a project.
    #[error("Not found")]
    #[api(404)]
    NotFound,

    /// Mandatory parameters are missing, or the caller cannot be authenticated.
    ///
    /// The request could not be processed. Usually the keys or tokens that identify and authenticate the caller
    /// are missing.
    #[error("Unprocessable entity")]
    #[api(422, class(validation, auth), fix = "Check the signature, timestamp, URI and payload of the call.")]
    Unprocessable,

    /// More than the default of 90 requests in a minute with one API key.
    ///
    /// The request could not be processed: the limit guards against bursts of traffic and keeps the service
    /// stable. When the next call is allowed is said by the body or the `Retry-After` header.
    #[error("Too many requests")]
    #[api(
        429,
        cause = "Mostly clients that poll.",
        fix = "Use webhooks instead of polling, or discuss your needs with your account representative."
    )]
    TooManyRequests {
        #[api(retry_after)]
        retry_after: Option<RetryAfter>,
    },

    /// An internal error on the server.
    ///
    /// These are rare.
    #[error("Internal error")]
    #[api("5XX", fix = "Contact support, or your dedicated support engineer.")]
    Internal {
        #[api(status)]
        status: StatusCode,
    },
}
