//! The headers of a response.

use indexmap::IndexMap;

use super::statuses::Entry;
use crate::Json;
use crate::json_schema::names::Names;
use crate::model::{Error, Field, ResetUnit, Role, Taxonomy};

/// One header in the making.
struct Header {
    name: String,
    description: Option<String>,
    schema: Json,
    /// By the name of the error that shows it.
    examples: IndexMap<String, Json>,
}

/// The Header Objects by name. None is marked as required: an error that is added later need not send it.
pub(super) fn headers(names: &Names<'_>, entry: &Entry<'_, '_>) -> IndexMap<String, Json> {
    let mut headers = Headers::default();
    for named in &entry.errors {
        headers.of_error(named.error);
    }
    for owner in entry.owners.iter().filter(|owner| entry.errors.is_empty() || entry.has_one_of(**owner)) {
        let taxonomy = names.owners[*owner].taxonomy;
        let of_owner = entry.errors.iter().filter(|named| named.owner == *owner);
        headers.of_taxonomy(taxonomy, of_owner.map(|named| named.error));
    }
    headers.0.into_values().map(|header| (header.name.clone(), header.object())).collect()
}

/// By their names in lower case.
#[derive(Default)]
struct Headers(IndexMap<String, Header>);

impl Headers {
    /// The header of this name, which `Content-Type` cannot be (OpenAPI 3.1, section 4.8.17).
    fn add(&mut self, name: &str, description: Option<&str>, schema: Json) -> Option<&mut Header> {
        let key = name.to_ascii_lowercase();
        if key == "content-type" {
            return None;
        }
        let new = || Header {
            name: name.to_owned(),
            description: description.or(well_known(name)).map(str::to_owned),
            schema,
            examples: IndexMap::new(),
        };
        Some(self.0.entry(key).or_insert_with(new))
    }

    fn add_text(&mut self, name: &str, description: Option<&str>, error: &str, value: &str) {
        if let Some(header) = self.add(name, description, text()) {
            header.show(error, value);
        }
    }

    fn of_error(&mut self, error: &Error) {
        for header in &error.headers {
            self.add_text(&header.name, None, &error.name, &header.value);
        }
        for condition in &error.when {
            if let Some(value) = &condition.value {
                self.add_text(&condition.header, None, &error.name, value);
            }
        }
        for field in &error.fields {
            match (field.role, &field.header) {
                (Role::RetryAfter, _) => self.of_field("Retry-After", None, text(), error),
                (Role::Header, Some(name)) => {
                    let description = Some(&*field.description).filter(|text| !text.is_empty());
                    self.of_field(name, description, without_null(field), error);
                }
                _ => {}
            }
        }
        if error.stands_for.iter().any(|failure| failure == "method") {
            self.add("Allow", None, text());
        }
    }

    fn of_field(&mut self, name: &str, description: Option<&str>, schema: Json, error: &Error) {
        let Some(header) = self.add(name, description, schema) else { return };
        for value in error.examples.iter().filter_map(|example| example.header(name)) {
            header.show(&error.name, value);
        }
    }

    fn of_taxonomy<'e>(&mut self, taxonomy: &Taxonomy, errors: impl Iterator<Item = &'e Error>) {
        let errors: Vec<&Error> = errors.collect();
        if let Some(name) = &taxonomy.code_header {
            self.add(name, Some("The code of the error."), text());
            for error in &errors {
                if let Some(code) = &error.code {
                    self.add_text(name, None, &error.name, &code.to_string());
                }
            }
        }
        if let Some(name) = &taxonomy.retry_header {
            let description =
                "Whether the request should be repeated, as the server sees it: `true` or `false`.";
            self.add(name, Some(description), text());
        }
        let is_limit = |error: &&Error| error.classes.iter().any(|class| class == "rate_limit");
        if let (Some(reset), true) = (&taxonomy.reset_header, errors.iter().any(is_limit)) {
            let description = match reset.unit {
                ResetUnit::Epoch => "When the rate limit ends, in seconds since 1970.",
                ResetUnit::Seconds => "When the rate limit ends, in seconds from now.",
            };
            self.add(&reset.name, Some(description), Json::object([("type", "number")]));
        }
    }
}

impl Header {
    fn show(&mut self, error: &str, value: &str) {
        let value = typed(value, &self.schema);
        if !self.examples.values().any(|other| *other == value) {
            self.examples.entry(error.to_owned()).or_insert(value);
        }
    }

    fn object(self) -> Json {
        let mut members = Vec::new();
        if let Some(description) = self.description {
            members.push(("description", description.into()));
        }
        members.push(("schema", self.schema));
        if !self.examples.is_empty() {
            let examples =
                self.examples.into_iter().map(|(name, value)| (name, Json::object([("value", value)])));
            members.push(("examples", Json::object(examples)));
        }
        Json::object(members)
    }
}

fn text() -> Json {
    Json::object([("type", "string")])
}

fn well_known(name: &str) -> Option<&'static str> {
    const KNOWN: [(&str, &str); 3] = [
        ("Allow", "The methods that the resource supports (RFC 9110, section 10.2.1)."),
        (
            "Retry-After",
            "The seconds to wait before the next request, or the date (RFC 9110, section 10.2.3).",
        ),
        ("WWW-Authenticate", "How to authenticate (RFC 9110, section 11.6.1)."),
    ];
    KNOWN.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, text)| *text)
}

/// A header that is absent is not there, so its schema needs no `null`.
fn without_null(field: &Field) -> Json {
    let is_null = |schema: &Json| schema.get("type").and_then(Json::as_str) == Some("null");
    let schema = match field.schema.get("anyOf").and_then(Json::as_array) {
        Some([schema, null]) if is_null(null) => schema,
        _ => &field.schema,
    };
    match schema {
        Json::Object(members) if !members.is_empty() => schema.clone(),
        // What is not known is a text, as every header's value is.
        _ => text(),
    }
}

/// The value of a header as its schema sees it.
fn typed(value: &str, schema: &Json) -> Json {
    let parsed = match schema.get("type").and_then(Json::as_str) {
        Some("integer" | "number" | "boolean") => serde_json::from_str(value).ok(),
        _ => None,
    };
    parsed.unwrap_or_else(|| value.into())
}
