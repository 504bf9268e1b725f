//! The body of each error as JSON Schema, draft 2020-12.
//!
//! ```no_run
//! use aura_errors_docs::{Lock, json_schema};
//!
//! let lock = Lock::read("aura-errors.lock.json")?;
//! for (name, schema) in json_schema::documents(&lock.taxonomy, "https://api.example/schemas/") {
//!     std::fs::write(format!("schemas/{name}"), schema.pretty())?;
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub(crate) mod names;
pub(crate) mod open;
pub(crate) mod texts;

use indexmap::IndexMap;

use self::names::{Named, Names};
use crate::Json;
use crate::model::{Error, Taxonomy};

/// The dialect that the schemas are written in: draft 2020-12.
pub const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// A document for each error that has a JSON body, by its file name such as `ApiErrorNotFound.json`, in
/// the order of [`Taxonomy::all`].
///
/// Each has its `$id`: `base` and the file name. With an empty `base` the `$id` is relative to the place
/// where the document is found.
#[must_use]
pub fn documents(taxonomy: &Taxonomy, base: &str) -> IndexMap<String, Json> {
    let names = Names::of(taxonomy);
    let with_schema = names.errors.iter().filter_map(|named| Some((named, schema(named.error)?)));
    with_schema
        .map(|(named, schema)| {
            let file = format!("{}.json", named.key);
            let document = document(&format!("{base}{file}"), with_examples(named.error, schema));
            (file, document)
        })
        .collect()
}

/// One document for all errors: any of their bodies is valid, and the schema of each is in `$defs`.
/// `None` where no error has a JSON body.
#[must_use]
pub fn bundle(taxonomy: &Taxonomy, base: &str) -> Option<Json> {
    let names = Names::of(taxonomy);
    let parts: Vec<(&Named<'_>, Json)> =
        names.errors.iter().filter_map(|named| Some((named, schema(named.error)?))).collect();
    if parts.is_empty() {
        return None;
    }
    let mut members = vec![("title".to_owned(), Json::from(taxonomy.title.clone()))];
    if !taxonomy.description.is_empty() {
        members.push(("description".to_owned(), taxonomy.description.clone().into()));
    }
    let references =
        parts.iter().map(|(named, _)| Json::object([("$ref", format!("#/$defs/{}", named.key))]));
    members.push(("anyOf".to_owned(), Json::array(references)));
    let definitions =
        parts.into_iter().map(|(named, schema)| (named.key.clone(), with_examples(named.error, schema)));
    members.push(("$defs".to_owned(), Json::object(definitions)));
    Some(document(&format!("{base}{}.json", names.owners[0].any), Json::object(members)))
}

/// The schema of the error's body with its title and description; `None` where there is none.
pub(crate) fn schema(error: &Error) -> Option<Json> {
    error.body_schema.clone().map(|schema| texts::annotate(error, schema))
}

fn with_examples(error: &Error, schema: Json) -> Json {
    let Json::Object(mut members) = schema else { return schema };
    let bodies: Vec<Json> = error.examples.iter().filter_map(|example| example.body.clone()).collect();
    if !bodies.is_empty() {
        members.insert("examples".to_owned(), Json::Array(bodies));
    }
    Json::Object(members)
}

fn document(id: &str, schema: Json) -> Json {
    let mut members = vec![("$schema".to_owned(), Json::from(DIALECT)), ("$id".to_owned(), Json::from(id))];
    if let Json::Object(keywords) = schema {
        members.extend(keywords);
    }
    Json::object(members)
}
