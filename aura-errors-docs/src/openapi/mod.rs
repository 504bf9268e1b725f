//! The errors in an OpenAPI 3.1 document.
//!
//! [`responses`] is what stands under `responses` of an operation, [`components`] what it refers to. Both
//! take a [`Selection`]: all errors of a taxonomy, or those of one endpoint.
//!
//! ```
//! # let lock = r#"{ "format": 1, "taxonomy": { "name": "ApiError", "title": "Errors of the API.",
//! #   "body": { "text": "text", "alternatives": [ { "kind": "text", "content_type": "text/plain" } ] },
//! #   "errors": [ { "name": "not_found", "variant": "NotFound", "code": "not_found", "code_rule": "always",
//! #     "status": 404, "classes": ["not_found"], "retry": "never", "message": "Not found",
//! #     "message_from": "text", "title": "The resource does not exist.", "level": "info",
//! #     "content_type": "text/plain" } ] } }"#;
//! use aura_errors_docs::openapi::{self, Selection};
//! use aura_errors_docs::{Json, Lock};
//!
//! let lock = Lock::from_json(lock)?;
//! let of_read = Selection::named(&lock.taxonomy, ["not_found"])?;
//! let responses = openapi::responses(&of_read);
//! let described = responses.get("404").and_then(|response| response.get("description"));
//! assert_eq!(described.and_then(Json::as_str), Some("The resource does not exist."));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What a client can rely on
//!
//! The body of each error is a schema among the components, named after the taxonomy and the variant,
//! such as `ApiErrorNotFound`. The name is the same whether the taxonomy is nested in another or not;
//! where two nested taxonomies have the same name, the later one has the name of the variant that nests
//! it before its own.
//!
//! Errors of one status are alternatives. They are a `oneOf` where their codes keep them apart, with a
//! `discriminator` where the code is a text member of the body itself, and an `anyOf` otherwise. Beside
//! them stands the schema `ApiErrorBody`, which every body in the taxonomy's own format has: a document
//! accepts errors that are added later, and so do clients that are generated from it. `default` covers
//! their statuses.
//!
//! An error with a range of statuses stands under `5XX` where it covers that hundred, else under each of
//! its statuses; where these are more than ten, under `5XX` too, with a text that says which. It stands
//! under another error's status as well, where its code tells it from that.

mod alternatives;
mod headers;
mod response;
mod statuses;

use crate::Json;
use crate::json_schema::names::{Named, Names};
use crate::json_schema::{self, open};
use crate::model::{Body, BodyKind, Taxonomy};

use self::response::response;
use self::statuses::{Entry, entries};

/// Some errors of a taxonomy: all, or those that one endpoint answers with.
#[derive(Clone, Debug)]
pub struct Selection<'a> {
    taxonomy: &'a Taxonomy,
    /// For each error of [`Taxonomy::all`] whether it is meant.
    picked: Vec<bool>,
}

/// The taxonomy has no error of this name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{taxonomy}` has no error named `{name}`")]
pub struct UnknownName {
    taxonomy: String,
    name: String,
}

impl<'a> Selection<'a> {
    /// All errors, nested ones included.
    #[must_use]
    pub fn all(taxonomy: &'a Taxonomy) -> Self {
        Self { taxonomy, picked: taxonomy.all().map(|_| true).collect() }
    }

    /// The errors with these [names](crate::model::Error::name), nested ones included.
    ///
    /// # Errors
    ///
    /// If there is no error of one of the names.
    pub fn named<N: AsRef<str>>(
        taxonomy: &'a Taxonomy,
        names: impl IntoIterator<Item = N>,
    ) -> Result<Self, UnknownName> {
        let mut picked: Vec<bool> = taxonomy.all().map(|_| false).collect();
        for name in names {
            let name = name.as_ref();
            match taxonomy.all().position(|(_, error)| error.name == name) {
                Some(at) => picked[at] = true,
                None => {
                    return Err(UnknownName { taxonomy: taxonomy.name.clone(), name: name.to_owned() });
                }
            }
        }
        Ok(Self { taxonomy, picked })
    }

    fn of<'n>(&self, names: &'n Names<'a>) -> Vec<&'n Named<'a>> {
        let picked = names.errors.iter().zip(&self.picked);
        picked.filter(|(_, picked)| **picked).map(|(named, _)| named).collect()
    }
}

/// The Responses Object of an operation that answers with these errors, success not included. It refers
/// to schemas of [`components`].
#[must_use]
pub fn responses(selection: &Selection<'_>) -> Json {
    let names = Names::of(selection.taxonomy);
    let entries = entries(&selection.of(&names));
    Json::object(entries.iter().map(|entry| (entry.key.clone(), response(&names, entry))))
}

/// The Components Object: `schemas` with the bodies of these errors, and `responses` with the response of
/// each error, for operations that are written by hand.
#[must_use]
pub fn components(selection: &Selection<'_>) -> Json {
    let names = Names::of(selection.taxonomy);
    let errors = selection.of(&names);
    let responses = errors.iter().map(|named| (named.key.clone(), response(&names, &Entry::alone(named))));
    Json::object([("schemas", schemas(&names, &errors)), ("responses", Json::object(responses))])
}

/// A whole document without operations, whose components other documents refer to. `version` is that of
/// the API.
#[must_use]
pub fn document(taxonomy: &Taxonomy, version: &str) -> Json {
    let mut info = vec![("title", Json::from(taxonomy.title.clone()))];
    if !taxonomy.description.is_empty() {
        info.push(("description", taxonomy.description.clone().into()));
    }
    info.push(("version", version.into()));
    Json::object([
        ("openapi", Json::from("3.1.0")),
        ("info", Json::object(info)),
        ("paths", Json::object::<String, Json>([])),
        ("components", components(&Selection::all(taxonomy))),
    ])
}

/// The name of the schema that is valid for every body of the taxonomy's errors: among the schemas of
/// [`components`] where an error with a JSON body is selected.
#[must_use]
pub fn schema_name(taxonomy: &Taxonomy) -> String {
    Names::of(taxonomy).owners.swap_remove(0).any
}

fn schemas(names: &Names<'_>, errors: &[&Named<'_>]) -> Json {
    let mut members: Vec<(String, Json)> = Vec::new();
    let mut any: Vec<Json> = Vec::new();
    for named in errors {
        if let (true, Some(schema)) = (is_component(named), json_schema::schema(named.error)) {
            any.push(reference(&named.key));
            members.push((named.key.clone(), schema));
        }
    }
    for (index, owner) in names.owners.iter().enumerate() {
        let is_used = errors.iter().any(|named| named.owner == index);
        if let (true, Some(schema)) = (is_used && has_component(owner.taxonomy), open::schema(owner.taxonomy))
        {
            any.push(reference(&owner.other));
            members.push((owner.other.clone(), described(&owner.taxonomy.name, schema)));
        }
    }
    if let (Some(owner), false) = (names.owners.first(), any.is_empty()) {
        let text = format!("The body of any error of `{}`.", owner.taxonomy.name);
        let union = Json::object([("description", Json::from(text)), ("anyOf", any.into())]);
        members.insert(0, (owner.any.clone(), union));
    }
    Json::object(members)
}

fn described(taxonomy: &str, schema: Json) -> Json {
    let text = format!("The body of an error of `{taxonomy}`, one that was added later included.");
    let description = std::iter::once(("description".to_owned(), Json::from(text)));
    match schema {
        Json::Object(keywords) => Json::object(description.chain(keywords)),
        other => other,
    }
}

/// Whether the error's body is a schema among the components.
fn is_component(named: &Named<'_>) -> bool {
    matches!(kind(named.body), BodyKind::Json | BodyKind::Custom) && named.error.body_schema.is_some()
}

/// Whether the schema of errors to come is one among the components: a text's is short enough to stand
/// where it is used.
fn has_component(taxonomy: &Taxonomy) -> bool {
    matches!(kind(&taxonomy.body), BodyKind::Json | BodyKind::Custom)
}

fn kind(body: &Body) -> BodyKind {
    body.written().map_or(BodyKind::None, |written| written.kind)
}

fn reference(key: &str) -> Json {
    Json::object([("$ref", format!("#/components/schemas/{key}"))])
}
