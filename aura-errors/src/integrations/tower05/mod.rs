//! tower 0.5, feature `tower05`: a policy for [`tower::retry`](::tower::retry), and the layer that it
//! needs.
//!
//! A policy sees a response whose body is not read yet, and so cannot know which error it is.
//! [`ReadErrors`] stands innermost, reads the bodies of errors within [`Limits`], leaves a
//! [`Verdict`](crate::Verdict) in the extensions of the response, and puts the body back:
//!
//! ```
//! use aura_errors::Taxonomy;
//! use aura_errors::tower::{Policy, ReadErrors, transport};
//! use bytes::Bytes;
//! use http_body_util::Full;
//! use tower::ServiceBuilder;
//!
//! #[derive(Debug, thiserror::Error, Taxonomy)]
//! enum ApiError {
//!     #[error("Not found")]
//!     #[api(404)]
//!     NotFound,
//! }
//!
//! # fn client<S>(http: S) -> impl tower::Service<http::Request<Full<Bytes>>>
//! # where
//! #     S: tower::Service<http::Request<Full<Bytes>>, Response = http::Response<Full<Bytes>>> + Clone,
//! #     S::Error: std::error::Error + Send + Sync + 'static,
//! # {
//! // `http`: hyper-util's client, say.
//! let client = ServiceBuilder::new()
//!     .retry(Policy::new())
//!     .layer(ReadErrors::<ApiError>::new())
//!     .map_err(transport)
//!     .service(http);
//! # client
//! # }
//! ```
//!
//! The service's errors have to be [`Classify`](crate::Classify), which [`transport`] makes of those
//! of clients; a service that cannot fail, axum's `Router`, needs nothing. To read the last answer as
//! an error of the API, collect its body and give it to
//! [`CallError::from_response`](crate::CallError::from_response).

mod policy;
mod read_errors;
mod transport;

#[doc(inline)]
pub use self::policy::Policy;
#[doc(inline)]
pub use self::read_errors::{ReadBody, ReadErrorsFuture, ReadErrorsService};
#[doc(inline)]
pub use self::transport::transport;
#[doc(inline)]
pub use super::client::Limits;
#[doc(inline)]
pub use super::read_errors::ReadErrors;
