//! For [actix-web](https://docs.rs/actix-web/4) 4 (feature `actix4`).
//!
//! `#[api(actix)]` implements actix's [`ResponseError`](actix_web::ResponseError), so that handlers return errors of the taxonomy
//! and `?` works:
//!
//! ```
//! use actix_web::{App, web};
//! use aura_errors::actix::{ErrorMiddleware, Json, Path};
//! use aura_errors::{FieldError, Taxonomy};
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
//! #[api(actix)]
//! enum ServerError {
//!     #[error(transparent)]
//!     #[api(transparent)]
//!     Shop(#[from] ShopError),
//!     #[error("the disk failed")]
//!     #[api(as = ShopError::Internal)]
//!     Disk(#[from] std::io::Error),
//! }
//!
//! async fn rename(id: Path<u64>, name: Json<String>) -> Result<&'static str, ServerError> {
//!     if *id != 1 {
//!         return Err(ShopError::NotFound.into());
//!     }
//!     std::fs::write("name", &*name)?;
//!     Ok("renamed")
//! }
//!
//! let app = App::new()
//!     .route("/orders/{id}/name", web::put().to(rename))
//!     .wrap(ErrorMiddleware::<ShopError>::new());
//! # let _ = app;
//! ```
//!
//! [`ErrorMiddleware`] gives the rest of the application the same errors: what actix answers by itself,
//! an unknown route for example, and panics. actix's own extractors tell it only what failed, so [`Json`],
//! [`Query`], [`Path`] and [`Headers`] of this module, used in place of them, say what was wrong and where.
//! An extractor of one's own does so with [`Rejection::new`].
//!
//! The error behind a response is found by [`error_of`], for whoever logs it.

mod convert;
mod extract;
mod failure;
#[cfg(feature = "tracing")]
mod log;
mod middleware;
mod origin;

pub use self::extract::JsonFuture;
#[cfg(feature = "tracing")]
#[cfg_attr(docsrs, doc(cfg(feature = "tracing")))]
pub use self::log::{LogMiddleware, LogService};
pub use self::middleware::{ErrorMiddleware, ErrorService};
pub use self::origin::{ErrorRef, error_label, error_of};
#[doc(hidden)]
pub use self::origin::{respond, status};
pub use crate::integrations::server::{AsWritten, Headers, Json, Path, Query, RejectedFields, Rejection};
