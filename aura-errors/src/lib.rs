//! One annotated enum is the single source of truth for the errors of an HTTP API.
//!
//! Derive [`Taxonomy`](macro@Taxonomy) on it. From it come the status codes, the JSON bodies and the
//! headers, the client that reads them back into the same enum, what a caller should do about each
//! error, and a description of all of them as data.
//!
//! ```
//! use aura_errors::{Classify, FieldError, Taxonomy};
//!
//! #[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
//! enum ApiError {
//!     /// The resource does not exist.
//!     #[error("Not found")]
//!     #[api(404)]
//!     NotFound,
//!     /// The request does not match the endpoint's schema.
//!     #[error("Validation error")]
//!     #[api(422, body = { "error": message, "detail": detail })]
//!     Validation(Vec<FieldError>),
//! }
//!
//! let error = ApiError::Validation(vec![FieldError::missing(["body", "name"])]);
//! let response = error.to_response();
//! assert_eq!(response.status(), 422);
//! assert_eq!(
//!     std::str::from_utf8(response.body())?,
//!     concat!(
//!         r#"{"error":"Validation error","#,
//!         r#""detail":[{"loc":["body","name"],"msg":"field required","type":"value_error.missing"}]}"#,
//!     ),
//! );
//!
//! let read = ApiError::from_response(response)?;
//! assert_eq!(read, error);
//! assert!(read.is_validation() && !read.is_retryable());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What there is
//!
//! | to | there is |
//! |---|---|
//! | describe errors | the [derive](macro@Taxonomy), [`body_format!`], [`body`] |
//! | send them | [`Taxonomy::to_response`], [`Taxonomy::into_http`] with [`Sent`], [`Embedded`] |
//! | read them | [`Taxonomy::from_response`], [`Unrecognized`] with its [`Reason`], [`CallError`] |
//! | decide | [`Classify`], [`Class`], [`Retry`], [`RetryAfter`], [`RetryRules`], [`Verdict`] |
//! | relay and log them | [`CallError::relay`] with [`Caused`], [`RequestId`], [`error_label`] |
//! | document them | [`Catalog`], [`ErrorSpec`], [`FieldSpec`], [`subset!`] |
//! | hold them steady | the module `testing`, with the feature of that name |
//!
//! # What to rely on
//!
//! - A server sends errors of its taxonomy only, and of them nothing but what its annotations make
//!   public: a cause, a skipped field, the `Display` of something hidden are not sent.
//! - A client loses nothing: a response that is not in the catalogue comes back whole, and nothing
//!   that is received panics.
//! - Nothing is retried and no clock is read, unless the caller does it.

#![forbid(unsafe_code)]

extern crate self as aura_errors;

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;
pub mod body;
mod call_error;
mod catalog;
mod catalog_json;
mod checks;
mod class;
mod classify;
mod code;
mod decode;
mod delay;
mod embedded;
mod encode;
mod field_error;
mod integrations;
mod json;
mod label;
use __private as private;
mod relay;
mod request_id;
mod retry;
mod retry_after;
mod retry_rules;
mod retry_verdict;
mod spec;
mod subset;
mod taxonomy;
#[cfg(feature = "testing")]
#[cfg_attr(docsrs, doc(cfg(feature = "testing")))]
pub mod testing;
mod text;
mod unrecognized;
mod verdict;

/// Makes an enum the taxonomy of an API's errors, or a struct a taxonomy of one error: implements
/// [`Taxonomy`](trait@Taxonomy) and [`Classify`].
///
/// `#[api(…)]` says what each error is on the wire:
///
/// ```
/// use aura_errors::{RetryAfter, Taxonomy};
///
/// /// Errors of the API.
/// #[derive(Debug, thiserror::Error, Taxonomy)]
/// #[api(body = { "error": message, "code": code, ..fields })]
/// enum ApiError {
///     /// The order does not exist.
///     #[error("There is no order {id}")]
///     #[api(404, cause = "The order was deleted.", fix = "List the orders first.")]
///     OrderNotFound { id: u64 },
///     #[error("Too many requests")]
///     #[api(429, code = "slow_down")]
///     RateLimited {
///         #[api(retry_after)]
///         retry_after: Option<RetryAfter>,
///     },
/// }
///
/// let response = ApiError::OrderNotFound { id: 7 }.to_response();
/// assert_eq!(response.body(), r#"{"error":"There is no order 7","code":"order_not_found","id":7}"#);
///
/// let response = ApiError::RateLimited { retry_after: Some(RetryAfter::from_secs(30)) }.to_response();
/// assert_eq!(response.headers()["retry-after"], "30");
/// ```
///
/// The keys; `docs/attributes.md` in the repository has the forms of each, with an example:
///
/// | on | keys |
/// |---|---|
/// | the type | `body`, `content_type`, `code_header`, `rename_all`, `code_prefix`, `fields(rename_all)`, `header`, `docs_url`, `reserved`, `allow_success`, `retry_header`, `reset_header`, `crate`, `bound`, `schemars`, `axum`, `actix`, `utoipa` |
/// | a variant | a status (`404`, `NOT_FOUND`, `"5XX"`, `500..=599`), `name`, `code`, `class`, `retry`, `message`, `detail`, `body`, `content_type`, `header`, `slot`, `when`, `cause`, `fix`, `docs_url`, `since`, `deprecated`, `level`, `example`, `transparent`, `as`, `stands_for`, `fallback`, `allow_success` |
/// | a field | `detail`, `message`, `code`, `status`, `retry_after`, `header`, `slot`, `expose`, `skip`, `sensitive`, `example`; of serde `rename`, `alias`, `default`, `skip_serializing_if`, `with`, `serialize_with`, `deserialize_with`, `flatten` |
///
/// A struct takes the keys of a type and of a variant. The type has to be a
/// [`std::error::Error`], which any derive for it provides, and owns all of its data.
///
/// Mistakes are compile errors: two errors that a client could not tell apart, a field without a
/// place in the body, a private text in a public message, a code used twice, and more.
pub use aura_errors_derive::Taxonomy;

/// Gives body templates names, for `#[api(body = Name)]`.
///
/// Each definition is a unit type that implements [`BodyFormat`](body::BodyFormat). Several stand in
/// one call, separated by `;`. After the template may stand `content_type = "…"` (without it
/// `application/json`) and `crate = path`.
///
/// ```
/// use aura_errors::{Taxonomy, body_format};
///
/// body_format! {
///     /// The shape of Acme's errors.
///     pub Acme = { "fault": { "kind": code, "text": message } },
///         content_type = "application/vnd.acme+json";
///     Short = { "error": code };
/// }
///
/// #[derive(Debug, thiserror::Error, Taxonomy)]
/// #[api(body = Acme)]
/// enum ApiError {
///     #[error("Not found")]
///     #[api(404)]
///     NotFound,
///     #[error("Gone")]
///     #[api(410, body = Short)]
///     Gone,
/// }
///
/// let response = ApiError::NotFound.to_response();
/// assert_eq!(response.body(), r#"{"fault":{"kind":"not_found","text":"Not found"}}"#);
/// assert_eq!(response.headers()["content-type"], "application/vnd.acme+json");
/// assert_eq!(ApiError::Gone.to_response().body(), r#"{"error":"gone"}"#);
/// ```
///
/// A template is JSON with Rust literals and placeholders: `message`, `title`, `code`, `name`,
/// `status`, `reason`, `class`, `detail`, `fields`, `field(name)`, `field(0)`, `slot(name)`,
/// `retry_after`, `retry_after_ms`, `docs_url`, `header("Name")`. `"key"?:` leaves a member out when
/// its value is absent, `a | b` takes `b` when `a` is absent, `..fields` makes members of the
/// fields.
pub use aura_errors_derive::body_format;

pub use http::StatusCode;
pub use {bytes, http};

#[cfg(feature = "actix4")]
#[cfg_attr(docsrs, doc(cfg(feature = "actix4")))]
#[doc(inline)]
pub use self::integrations::actix4 as actix;
#[cfg(feature = "axum08")]
#[cfg_attr(docsrs, doc(cfg(feature = "axum08")))]
#[doc(inline)]
pub use self::integrations::axum08 as axum;
#[cfg(feature = "backon1")]
#[cfg_attr(docsrs, doc(cfg(feature = "backon1")))]
#[doc(inline)]
pub use self::integrations::backon1 as backon;
#[cfg(feature = "docs")]
#[cfg_attr(docsrs, doc(cfg(feature = "docs")))]
#[doc(inline)]
pub use self::integrations::docs;
#[cfg(feature = "garde023")]
#[cfg_attr(docsrs, doc(cfg(feature = "garde023")))]
#[doc(inline)]
pub use self::integrations::garde023 as garde;
#[cfg(feature = "openapi")]
#[cfg_attr(docsrs, doc(cfg(feature = "openapi")))]
#[doc(inline)]
pub use self::integrations::openapi;
#[cfg(feature = "reqwest-middleware05")]
#[cfg_attr(docsrs, doc(cfg(feature = "reqwest-middleware05")))]
#[doc(inline)]
pub use self::integrations::reqwest_middleware05 as reqwest_middleware;
#[cfg(feature = "reqwest-retry09")]
#[cfg_attr(docsrs, doc(cfg(feature = "reqwest-retry09")))]
#[doc(inline)]
pub use self::integrations::reqwest_retry09 as reqwest_retry;
#[cfg(feature = "reqwest013")]
#[cfg_attr(docsrs, doc(cfg(feature = "reqwest013")))]
#[doc(inline)]
pub use self::integrations::reqwest013 as reqwest;
#[cfg(feature = "tower05")]
#[cfg_attr(docsrs, doc(cfg(feature = "tower05")))]
#[doc(inline)]
pub use self::integrations::tower05 as tower;
#[cfg(feature = "tracing")]
#[cfg_attr(docsrs, doc(cfg(feature = "tracing")))]
#[doc(inline)]
pub use self::integrations::tracing;
#[cfg(feature = "ureq3")]
#[cfg_attr(docsrs, doc(cfg(feature = "ureq3")))]
#[doc(inline)]
pub use self::integrations::ureq3 as ureq;
#[cfg(feature = "utoipa6")]
#[cfg_attr(docsrs, doc(cfg(feature = "utoipa6")))]
#[doc(inline)]
pub use self::integrations::utoipa6 as utoipa;
#[cfg(feature = "validator021")]
#[cfg_attr(docsrs, doc(cfg(feature = "validator021")))]
#[doc(inline)]
pub use self::integrations::validator021 as validator;

pub use self::call_error::{CallError, Transport, TransportKind};
pub use self::catalog::{Catalog, Iter, Nested};
pub use self::class::{Class, ClassIter, Classes, ParseClassError};
pub use self::classify::Classify;
pub use self::code::Code;
pub use self::decode::Cut;
pub use self::embedded::{Embedded, UnknownEmbedded};
pub use self::encode::Sent;
pub use self::field_error::{FieldError, Loc};
pub use self::integrations::validation::IntoFieldErrors;
pub use self::label::error_label;
pub use self::relay::Caused;
pub use self::request_id::RequestId;
pub use self::retry::{ParseRetryError, Retry};
pub use self::retry_after::RetryAfter;
pub use self::retry_rules::RetryRules;
pub use self::retry_verdict::Verdict;
pub use self::spec::{ErrorSpec, Failure, FieldSpec, Level};
pub use self::subset::{Subset, SubsetIter};
pub use self::taxonomy::Taxonomy;
pub use self::unrecognized::{Reason, Unrecognized};
