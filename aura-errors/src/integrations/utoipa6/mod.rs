//! utoipa 6: errors in documents that it collects.
//!
//! `#[api(utoipa)]` implements `utoipa::IntoResponses` and `utoipa::ToSchema` for a taxonomy; with this
//! feature the types that [`subset!`](crate::subset) declares implement `IntoResponses` too. An operation
//! names one of them, and the document registers the schemas once, with the taxonomy:
//!
//! ```
//! use aura_errors::{Taxonomy, subset};
//! use utoipa::OpenApi;
//!
//! /// Errors of the API.
//! #[derive(Debug, thiserror::Error, Taxonomy)]
//! #[api(utoipa)]
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
//! #[utoipa::path(get, path = "/users/{id}", responses((status = 200, description = "The user."), OfRead))]
//! async fn read() {}
//!
//! #[derive(OpenApi)]
//! #[openapi(paths(read), components(schemas(ApiError)))]
//! struct Document;
//!
//! let document = serde_json::to_value(Document::openapi())?;
//! let responses = &document["paths"]["/users/{id}"]["get"]["responses"];
//! assert_eq!(responses["200"]["description"], "The user.");
//! assert_eq!(responses["404"]["description"], "The resource does not exist.");
//! assert!(responses.get("429").is_none());
//! let code = &document["components"]["schemas"]["ApiErrorNotFound"]["properties"]["error_code"];
//! assert_eq!(code["enum"][0], "not_found");
//! # Ok::<(), serde_json::Error>(())
//! ```
//!
//! The document is that of [`aura_errors::openapi`](crate::openapi) with two differences: utoipa has no
//! `const`, so it is an `enum` of one value, and an error with a status that is a success is left out of
//! the responses, where it would stand in place of the operation's own.

mod convert;

use std::borrow::Cow;
use std::collections::BTreeMap;

use aura_errors_docs::model::Taxonomy as Model;
use aura_errors_docs::openapi as docs;
use utoipa::openapi::{RefOr, Response, Schema};

use self::convert::{responses_of, schema_of};
use crate::integrations::openapi::{self, Errors};
use crate::{Catalog, Subset};

/// What `IntoResponses` asks for. A catalogue that has no form as JSON gives one response that says so.
pub(crate) fn responses(errors: &impl Errors) -> BTreeMap<String, RefOr<Response>> {
    match openapi::responses(errors) {
        Ok(responses) => responses_of(&responses),
        Err(error) => {
            let text = format!("The errors could not be described: {error}");
            BTreeMap::from([("default".to_owned(), Response::new(text).into())])
        }
    }
}

/// Called by the derive.
#[doc(hidden)]
#[must_use]
pub fn responses_of_catalog(catalog: &'static Catalog) -> BTreeMap<String, RefOr<Response>> {
    responses(catalog)
}

/// Called by `subset!`.
#[doc(hidden)]
#[must_use]
pub fn responses_of_subset(subset: &Subset) -> BTreeMap<String, RefOr<Response>> {
    responses(subset)
}

/// The name of the schema that all bodies have.
#[doc(hidden)]
#[must_use]
pub fn schema_name(catalog: &'static Catalog) -> Cow<'static, str> {
    match Model::of(catalog) {
        Ok(model) => docs::schema_name(&model).into(),
        Err(_) => catalog.name().into(),
    }
}

/// The schema that all bodies have; one that everything has where no body is JSON.
#[doc(hidden)]
#[must_use]
pub fn schema(catalog: &'static Catalog) -> RefOr<Schema> {
    let name = schema_name(catalog);
    let found = schemas(catalog).into_iter().find(|(key, _)| *key == name);
    found.map_or_else(convert::anything, |(_, schema)| schema)
}

/// Every schema of the catalogue with its name, that of all bodies included.
#[doc(hidden)]
#[must_use]
pub fn schemas(catalog: &'static Catalog) -> Vec<(String, RefOr<Schema>)> {
    let Ok(components) = openapi::components(catalog) else { return Vec::new() };
    let schemas = components.get("schemas").and_then(|schemas| schemas.as_object());
    schemas.into_iter().flatten().map(|(name, schema)| (name.clone(), schema_of(schema))).collect()
}
