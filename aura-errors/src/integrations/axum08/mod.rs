//! For [axum](https://docs.rs/axum/0.8) 0.8 (feature `axum08`).
//!
//! `#[api(axum)]` implements axum's [`IntoResponse`](::axum::response::IntoResponse), so that handlers
//! return errors of the taxonomy and `?` works:
//!
//! ```
//! use aura_errors::axum::{ErrorLayer, Json, Path};
//! use aura_errors::{FieldError, Taxonomy};
//! use axum::{Router, routing::put};
//!
//! /// The errors that server and clients share.
//! #[derive(Debug, thiserror::Error, Taxonomy)]
//! pub enum ShopError {
//!     #[error("There is no such order")]
//!     #[api(404, stands_for(route))]
//!     NotFound,
//!     #[error("The request is not valid")]
//!     #[api(422, stands_for(body_data, body_syntax, path, query))]
//!     Invalid(Vec<FieldError>),
//!     #[error("Something went wrong on our side")]
//!     #[api(500, fallback)]
//!     Internal,
//! }
//!
//! /// The server's own: causes stay here.
//! #[derive(Debug, thiserror::Error, Taxonomy)]
//! #[api(axum)]
//! enum ServerError {
//!     #[error(transparent)]
//!     #[api(transparent)]
//!     Shop(#[from] ShopError),
//!     #[error("the disk failed")]
//!     #[api(as = ShopError::Internal)]
//!     Disk(#[from] std::io::Error),
//! }
//!
//! async fn rename(Path(id): Path<u64>, Json(name): Json<String>) -> Result<(), ServerError> {
//!     if id != 1 {
//!         return Err(ShopError::NotFound.into());
//!     }
//!     Ok(std::fs::write("name", name)?)
//! }
//!
//! let app: Router = Router::new()
//!     .route("/orders/{id}/name", put(rename))
//!     .layer(ErrorLayer::<ShopError>::new());
//! # let _ = app;
//! ```
//!
//! [`ErrorLayer`] gives the rest of the application the same errors: what axum answers by itself, an
//! unknown route for example. A layer sees only text, so [`Json`], [`Query`], [`Path`] and [`Headers`] of
//! this module, used in place of axum's, leave in the response what was wrong and where. An extractor of
//! one's own does so with [`Rejection::new`]; axum-extra's `TypedHeader` and others that answer with text
//! are known by their status alone.

mod extract;
mod layer;
#[cfg(feature = "docs")]
mod reference;

use ::axum::body::Body;
use ::axum::response::Response;

pub use self::layer::{ErrorFuture, ErrorLayer, ErrorService};
#[cfg(feature = "docs")]
#[cfg_attr(docsrs, doc(cfg(feature = "docs")))]
pub use self::reference::reference;
use crate::Taxonomy;
pub use crate::integrations::server::{AsWritten, Headers, Json, Path, Query, RejectedFields, Rejection};

/// What `#[api(axum)]` implements `IntoResponse` with.
#[doc(hidden)]
pub fn respond<E: Taxonomy>(error: E) -> Response {
    error.into_http().map(Body::from)
}
