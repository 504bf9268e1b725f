//! The errors: everything the server can answer but success, and all a client has to know of it.

use aura_errors::{FieldError, RetryAfter, Taxonomy};

/// Errors of the address book.
#[derive(Debug, Clone, PartialEq, thiserror::Error, Taxonomy)]
// The Aura API's body, and the delay beside it: the header can say whole seconds only.
#[api(body = { "error": message, "error_code": code, "detail"?: detail, "retry_after"?: retry_after })]
#[non_exhaustive]
pub enum ApiError {
    /// The request does not say who asks.
    #[error("Missing or unknown API key")]
    #[api(401, header("WWW-Authenticate" = "ApiKey"), fix = "Send a key of yours in `X-API-KEY`.")]
    NotAuthenticated,

    /// There is no contact with this number.
    #[error("There is no contact {id}")]
    #[api(404)]
    ContactNotFound {
        /// The number that was asked for.
        #[api(example = 7)]
        id: i64,
    },

    /// There is no such endpoint.
    #[error("There is no such endpoint")]
    #[api(404, stands_for(route))]
    NoSuchEndpoint,

    /// The endpoint is there, the method is not; `Allow` has those that are.
    #[error("The endpoint does not have this method")]
    #[api(405, stands_for(method))]
    MethodNotAllowed,

    /// The request took too long.
    // A status of 503 would say that nothing was done, which nobody knows after a timeout.
    #[error("The request took too long")]
    #[api(408, stands_for(timeout))]
    TooSlow,

    /// Another contact has this e-mail address.
    #[error("Another contact has this e-mail address")]
    #[api(409)]
    EmailTaken {
        /// The address.
        // Sent back to whoever sent it, and kept out of logs.
        #[api(sensitive, example = "ada@example.org")]
        email: String,
    },

    /// The body is larger than the server reads.
    #[error("The body is too large")]
    #[api(413, stands_for(body_size))]
    BodyTooLarge,

    /// The body does not say that it is JSON.
    #[error("The body has to be JSON, and to say so")]
    #[api(415, stands_for(content_type))]
    NotJson,

    /// Something in the request is not what the endpoint takes; the detail says what, and where.
    #[error("The request is not valid")]
    #[api(422, stands_for(body_syntax, body_data, path, query, header))]
    Invalid(#[api(example = [FieldError::missing(["body", "name"])])] Vec<FieldError>),

    /// The group of the contact does not exist.
    #[error("There is no group `{group}`")]
    #[api(422, fix = "Create the group first, with `PUT /groups/{group}`.")]
    UnknownGroup {
        /// The name that was given.
        #[api(example = "friends")]
        group: String,
    },

    /// The same idempotency key came with another request before.
    #[error("This idempotency key belongs to another request")]
    #[api(422, fix = "Make a new key for each request, and keep it for its repetitions.")]
    IdempotencyKeyReused,

    /// The key has used up its requests.
    #[error("Too many requests with this API key")]
    #[api(429)]
    RateLimited {
        /// When the next request is let through.
        #[api(retry_after)]
        retry_after: Option<RetryAfter>,
    },

    /// Something went wrong on the server's side.
    #[error("Something went wrong on our side")]
    #[api(500, fallback)]
    Internal,

    /// The server cannot answer at the moment, and did nothing.
    #[error("The address book is busy")]
    #[api(503)]
    Busy {
        /// When to ask again.
        #[api(retry_after)]
        retry_after: Option<RetryAfter>,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_error_has_an_example_and_is_read_back() {
        let examples = ApiError::examples();
        assert_eq!(examples.len(), ApiError::catalog().iter().count());
        for example in examples {
            assert_eq!(ApiError::from_response(example.to_response()).unwrap(), example);
        }
    }
}
