//! Logs error responses with [tracing](https://docs.rs/tracing) (feature `tracing`).
//!
//! [`LogLayer`] goes around any tower service that speaks `http`: axum, hyper, tower itself. For actix-web
//! there is `LogMiddleware` in `aura_errors::actix`.
//!
#![cfg_attr(feature = "axum08", doc = "```")]
#![cfg_attr(not(feature = "axum08"), doc = "```ignore")]
//! use aura_errors::axum::ErrorLayer;
//! use aura_errors::tracing::LogLayer;
//! use aura_errors::{RequestId, Taxonomy};
//! use axum::{Extension, Router, routing::get};
//!
//! #[derive(Debug, thiserror::Error, Taxonomy)]
//! #[api(axum)]
//! enum ShopError {
//!     #[error("There is no order {id}")]
//!     #[api(404)]
//!     OrderNotFound { id: u64 },
//!     #[error("Something went wrong on our side")]
//!     #[api(500, fallback)]
//!     Internal,
//! }
//!
//! async fn order(Extension(request_id): Extension<RequestId>) -> Result<String, ShopError> {
//!     Err(ShopError::OrderNotFound { id: 42 })
//! }
//!
//! let app: Router = Router::new()
//!     .route("/orders/{id}", get(order))
//!     .layer(ErrorLayer::<ShopError>::new())
//!     .layer(LogLayer::new());
//! # let _ = app;
//! ```
//!
//! # The event
//!
//! One for each error response, inside the span that is current: of a status of 400 or more, or made from
//! an error of a taxonomy. Its target is `aura_errors`, its level the `level` that the error declares, else
//! `ERROR` for 5xx and `INFO` for the rest, which are the caller's doing. A field without a value is left
//! out.
//!
//! | field | what it is |
//! |---|---|
//! | `status` | as it was sent |
//! | `name`, `code` | of the error; absent where the response was not made from a taxonomy |
//! | `classes` | of the error, else of the status, the primary one first |
//! | `method` | of the request, at most 32 characters |
//! | `route` | the template that its path matched, such as `/orders/{id}`; neither path nor query, which may hold secrets |
//! | `request_id` | the request's |
//! | `upstream_request_id` | where the error comes from another service's answer: the id in that |
//! | `error` | the error's own text, as the handler returned it: [`Sent::text`](crate::Sent::text) |
//! | `causes` | its source chain, joined with `: `; see [`Sent::causes`](crate::Sent::causes). Of a 5xx that actix's own error or a panic led to, or a mistake of the server's that an extractor of this crate found (a `Path` that does not go with its route): what that says |
//!
//! Fields that are `#[api(sensitive)]` are shown as `[redacted]`, and the causes of an error that has one are
//! left out. What the annotations do not mark is shown: `Display` texts of errors and of their causes. So is
//! the `Display` of another taxonomy's error that stands among the causes by itself: inside a
//! [`CallError`](crate::CallError) its sensitive fields are known, there they are not.
//!
//! # Request ids
//!
//! The id is taken from the request's `X-Request-Id` if that is 1–128 visible ASCII characters, else it is
//! generated. It replaces what was in the request's header, is in the request's extensions as
//! [`RequestId`](crate::RequestId), and is in the header of every response, of successes too. A client calls
//! on with `.header(RequestId::HEADER, &request_id)`.
//!
//! # Errors of other services
//!
//! A failed call of another service is told to no client unless it is mapped, by
//! [`CallError::relay`](crate::CallError::relay) or in an `as` of the server's own enum. The event has all of
//! it: `causes` says what the other service answered, and `upstream_request_id` finds it in that one's log.
//!
//! # Metrics
//!
//! [`error_label`](crate::error_label) gives each response one of a bounded number of labels.

pub(crate) mod event;
mod layer;

pub use self::layer::{LogFuture, LogLayer, LogService};
