//! The errors in an OpenAPI 3.1 document, as plain JSON.
//!
//! [`responses`] is what stands under `responses` of an operation, [`components`] what it refers to:
//!
//! ```
//! use aura_errors::{Taxonomy, openapi, subset};
//! use serde_json::json;
//!
//! /// Errors of the API.
//! #[derive(Debug, thiserror::Error, Taxonomy)]
//! #[api(body = { "error": message, "code": code })]
//! enum ApiError {
//!     /// The resource does not exist.
//!     #[error("Not found")]
//!     #[api(404)]
//!     NotFound,
//!     /// Too many requests.
//!     #[error("Slow down")]
//!     #[api(429)]
//!     RateLimited,
//! }
//!
//! subset! { OfRead = ApiError: NotFound }
//!
//! let document = json!({
//!     "openapi": "3.1.0",
//!     "info": { "title": "Users", "version": "1.0.0" },
//!     "paths": { "/users/{id}": { "get": { "responses": openapi::responses(&OfRead::SUBSET)? } } },
//!     "components": openapi::components(ApiError::catalog())?,
//! });
//!
//! let responses = &document["paths"]["/users/{id}"]["get"]["responses"];
//! assert_eq!(responses["404"]["description"], "The resource does not exist.");
//! assert!(responses.get("429").is_none());
//! let schema = &responses["404"]["content"]["application/json"]["schema"];
//! assert_eq!(schema["anyOf"][0]["$ref"], "#/components/schemas/ApiErrorNotFound");
//! let schema = &document["components"]["schemas"]["ApiErrorNotFound"];
//! assert_eq!(schema["properties"]["code"]["const"], "not_found");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! How the document is made up, and what clients that are generated from it can rely on, is said in
//! [`aura_errors_docs::openapi`], which makes the same from a lock file.

use aura_errors_docs::json_schema;
use aura_errors_docs::model::Taxonomy as Model;
use aura_errors_docs::openapi::{self, Selection};

pub use aura_errors_docs::Json;

use crate::{Catalog, ErrorSpec, Subset};

/// What a document can be about: a [`Catalog`], which is all of its errors, or a [`Subset`].
pub trait Errors: sealed::Errors {}

impl Errors for Catalog {}
impl Errors for Subset {}

mod sealed {
    use super::{Catalog, ErrorSpec, Subset};

    pub trait Errors {
        fn catalog(&self) -> &Catalog;

        /// Their names; `None`: all.
        fn names(&self) -> Option<Vec<&'static str>>;
    }

    impl Errors for Catalog {
        fn catalog(&self) -> &Catalog {
            self
        }

        fn names(&self) -> Option<Vec<&'static str>> {
            None
        }
    }

    impl Errors for Subset {
        fn catalog(&self) -> &Catalog {
            Subset::catalog(self)
        }

        fn names(&self) -> Option<Vec<&'static str>> {
            Some(self.iter().map(ErrorSpec::name).collect())
        }
    }
}

/// The Responses Object of an operation that answers with these errors, success not included. It refers
/// to schemas of [`components`].
///
/// # Errors
///
/// If the catalogue has no form as JSON: an example is nested too deeply to be read back.
pub fn responses(errors: &impl Errors) -> Result<Json, serde_json::Error> {
    with(errors, openapi::responses)
}

/// The Components Object: `schemas` with the bodies of these errors, and `responses` with the response of
/// each error, for operations that are written by hand.
///
/// # Errors
///
/// As for [`responses`].
pub fn components(errors: &impl Errors) -> Result<Json, serde_json::Error> {
    with(errors, openapi::components)
}

/// A whole document without operations, whose components other documents refer to. `version` is that of
/// the API.
///
/// # Errors
///
/// As for [`responses`].
pub fn document(catalog: &Catalog, version: &str) -> Result<Json, serde_json::Error> {
    Ok(openapi::document(&Model::of(catalog)?, version))
}

/// The body of each error as a JSON Schema (draft 2020-12) of its own, by file name; `base` stands before
/// that in the `$id`, and may be empty. An error without a JSON body has none.
///
/// # Errors
///
/// As for [`responses`].
pub fn json_schemas(catalog: &Catalog, base: &str) -> Result<Vec<(String, Json)>, serde_json::Error> {
    Ok(json_schema::documents(&Model::of(catalog)?, base).into_iter().collect())
}

pub(crate) fn with<T>(
    errors: &impl Errors,
    render: impl FnOnce(&Selection<'_>) -> T,
) -> Result<T, serde_json::Error> {
    use serde::de::Error;

    let model = Model::of(errors.catalog())?;
    let selection = match errors.names() {
        None => Selection::all(&model),
        Some(names) => Selection::named(&model, names).map_err(serde_json::Error::custom)?,
    };
    Ok(render(&selection))
}
