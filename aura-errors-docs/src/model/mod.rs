//! A taxonomy's catalogue as owned data, without the crate that declares it.
//!
//! The structs mirror the JSON of `aura_errors::Catalog`. Members that a later version adds are
//! ignored; members that are absent have the value their documentation says.

mod body;
pub(crate) mod status;

use std::fmt;
use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

pub use self::body::{Alternative, Body, BodyKind, Item, Node, Place, Spread, TextPart};
use crate::Json;

/// A taxonomy: its own errors and the catalogues it nests.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Taxonomy {
    /// The Rust name of the enum (or struct).
    pub name: String,
    /// The first paragraph of the doc comment, else the Rust name.
    pub title: String,
    /// The doc comment after its first paragraph; empty when there is none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// The body of every error that has none of its own.
    pub body: Body,
    /// The header that the code travels in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code_header: Option<String>,
    /// The header in which the server says itself whether to retry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_header: Option<String>,
    /// The header that says when a rate limit ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reset_header: Option<ResetHeader>,
    /// Where errors are documented, with `{name}` in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub docs_url: Option<String>,
    /// Codes of the past that may not be used again.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reserved: Vec<Code>,
    /// The name of the plain internal error, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fallback: Option<String>,
    /// The own errors, in declaration order.
    pub errors: Vec<Error>,
    /// The nested catalogues, in declaration order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub nested: Vec<Nested>,
}

/// A catalogue that another one nests.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Nested {
    /// The Rust name of the `transparent` variant.
    pub variant: String,
    /// The nested catalogue.
    pub catalog: Taxonomy,
}

/// The header that says when a rate limit ends.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ResetHeader {
    /// The name of the header.
    pub name: String,
    /// What its number means.
    pub unit: ResetUnit,
}

/// What the number in a [`ResetHeader`] means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ResetUnit {
    /// Seconds since 1970.
    Epoch,
    /// Seconds from now.
    Seconds,
}

impl Taxonomy {
    /// The model of a catalogue: of `aura_errors::Catalog`, or of whatever serialises like it.
    ///
    /// # Errors
    ///
    /// If it does not serialise, or not as a catalogue.
    pub fn of(catalog: &impl Serialize) -> Result<Self, serde_json::Error> {
        // By way of text: a `serde_json::Value` would lose the order of members.
        serde_json::from_str(&serde_json::to_string(catalog)?)
    }

    /// Every error with the taxonomy it belongs to: the own ones, then those of each nested
    /// catalogue, depth first.
    pub fn all(&self) -> impl Iterator<Item = (&Self, &Error)> {
        let mut out: Vec<(&Self, &Error)> = Vec::new();
        self.collect(&mut out);
        out.into_iter()
    }

    fn collect<'a>(&'a self, out: &mut Vec<(&'a Self, &'a Error)>) {
        out.extend(self.errors.iter().map(|error| (self, error)));
        for nested in &self.nested {
            nested.catalog.collect(out);
        }
    }

    /// The error with this name, nested ones included.
    #[must_use]
    pub fn by_name(&self, name: &str) -> Option<&Error> {
        self.all().map(|(_, error)| error).find(|error| error.name == name)
    }

    /// The body of one of this taxonomy's own errors.
    #[must_use]
    pub fn body_of<'a>(&'a self, error: &'a Error) -> &'a Body {
        error.body.as_ref().unwrap_or(&self.body)
    }
}

/// One error.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Error {
    /// The stable name: key of anchors, metrics labels and documentation links.
    pub name: String,
    /// The Rust name of the variant (of the struct, where the taxonomy is one).
    pub variant: String,
    /// The code that is written; `None` where the error travels without one.
    pub code: Option<Code>,
    /// How the code identifies the error.
    pub code_rule: CodeRule,
    /// Other codes that are read as this error.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub synonyms: Vec<Code>,
    /// The status, 100–599; the first of several.
    #[serde(deserialize_with = "status::one")]
    pub status: u16,
    /// The last of several statuses; `None` for one.
    #[serde(default, deserialize_with = "status::some", skip_serializing_if = "Option::is_none")]
    pub last_status: Option<u16>,
    /// What kinds of failure this is, such as `not_found`; the primary one first.
    pub classes: Vec<String>,
    /// The classes follow from the status that came; [`classes`](Self::classes) are those of the first.
    #[serde(default, skip_serializing_if = "is_false")]
    pub classes_by_status: bool,
    /// Whether a repeated request may succeed.
    pub retry: Retry,
    /// The verdict follows from the status that came; [`retry`](Self::retry) is that of the first.
    #[serde(default, skip_serializing_if = "is_false")]
    pub retry_by_status: bool,
    /// The public message, with placeholders such as `{id}` where it has some; `None` where the
    /// value alone knows it.
    pub message: Option<String>,
    /// Where the message comes from.
    pub message_from: MessageFrom,
    /// The declared detail text, with placeholders where it has some.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// The first paragraph of the doc comment, else the reason phrase.
    pub title: String,
    /// The doc comment after its first paragraph; empty when there is none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// Why this happens.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause: Option<String>,
    /// What the caller can do about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fix: Option<String>,
    /// Where this error is documented.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub docs_url: Option<String>,
    /// The version that introduced it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<String>,
    /// `None` unless deprecated; the note may be empty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deprecated: Option<String>,
    /// The level that servers log it at.
    pub level: String,
    /// The body, where it is another than the taxonomy's: see [`Taxonomy::body_of`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<Body>,
    /// The content type; `None` where there is no body.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content_type: Option<String>,
    /// The headers that are sent with every response of this error.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub headers: Vec<Header>,
    /// The header conditions, any one of which is enough; empty: none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub when: Vec<Condition>,
    /// The values of the template's slots; of each the first is written.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub slots: Vec<Slot>,
    /// The fields that reach a client, in declaration order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<Field>,
    /// For each alternative of the body which fields its `detail` and `fields` mean.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub layouts: Vec<Layout>,
    /// The failures of a web framework that this error answers, such as `route`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stands_for: Vec<String>,
    /// Whether it may come with a status that is a success.
    #[serde(default, skip_serializing_if = "is_false")]
    pub allow_success: bool,
    /// The JSON Schema (2020-12) of the body; `None` where the body is not JSON.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body_schema: Option<Json>,
    /// Whole responses as examples; empty where a field needs an example and has none.
    #[serde(default)]
    pub examples: Vec<Response>,
}

impl Error {
    /// Every status the error may have.
    #[must_use]
    pub fn statuses(&self) -> RangeInclusive<u16> {
        self.status..=self.last_status.unwrap_or(self.status).max(self.status)
    }

    /// Every code that is read as this error: the one that is written, then its synonyms.
    pub fn codes(&self) -> impl Iterator<Item = &Code> {
        self.code.iter().chain(&self.synonyms)
    }

    /// The first example.
    #[must_use]
    pub fn example(&self) -> Option<&Response> {
        self.examples.first()
    }

    /// The field with this role, for roles that one field has.
    #[must_use]
    pub fn field_with_role(&self, role: Role) -> Option<&Field> {
        self.fields.iter().find(|field| field.role == role)
    }

    /// The status as it is said: `404`, `5XX`, `500–510`.
    #[must_use]
    pub fn status_text(&self) -> String {
        match (self.status, self.last_status) {
            (status, None) => status.to_string(),
            (first, Some(last)) if first % 100 == 0 && last.checked_sub(first) == Some(99) => {
                format!("{}XX", first / 100)
            }
            (first, Some(last)) => format!("{first}–{last}"),
        }
    }
}

/// One field of an error.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Field {
    /// The name on the wire; the index as text for a tuple field.
    pub name: String,
    /// The Rust name, where it is another: what `field(…)` in a template names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub member: Option<String>,
    /// Other names that are read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// What the field is for.
    pub role: Role,
    /// The response header, for [`Role::Header`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub header: Option<String>,
    /// The slot, for [`Role::Slot`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slot: Option<String>,
    /// The Rust type as spelled.
    #[serde(rename = "type")]
    pub type_name: String,
    /// The JSON Schema (2020-12) of its value; `true` where nothing is known about the type.
    pub schema: Json,
    /// Whether decoding does without it.
    pub optional: bool,
    /// The members of its value stand beside those of the other fields.
    #[serde(default, skip_serializing_if = "is_false")]
    pub flatten: bool,
    /// Some of its values are not written (`skip_serializing_if`).
    #[serde(default, skip_serializing_if = "is_false")]
    pub skips: bool,
    /// Whether the value is kept out of logs.
    #[serde(default, skip_serializing_if = "is_false")]
    pub sensitive: bool,
    /// The doc comment; empty when there is none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
}

impl Field {
    /// The Rust name.
    #[must_use]
    pub fn member(&self) -> &str {
        self.member.as_deref().unwrap_or(&self.name)
    }
}

/// What a field is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Role {
    /// It travels as itself.
    Field,
    /// It is the detail.
    Detail,
    /// It is the message.
    Message,
    /// It is the code as received.
    Code,
    /// It is the status that came.
    Status,
    /// It is the delay before the next try.
    RetryAfter,
    /// It travels in a header.
    Header,
    /// It is a slot's value as received.
    Slot,
}

/// Which fields the placeholders `detail` and `fields` of one alternative of a body mean.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Layout {
    /// What `detail` is; `None`: absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<Detail>,
    /// The Rust names of the fields of `fields` and `..fields`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<String>,
}

/// What the placeholder `detail` is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Detail {
    /// The declared text: [`Error::detail`].
    Text,
    /// The field with this Rust name, as itself.
    Field(String),
    /// The object of the fields with these Rust names.
    Fields(Vec<String>),
}

/// How a code identifies its error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum CodeRule {
    /// It always travels.
    Always,
    /// The error is recognised with it and without.
    Optional,
    /// The error travels without one.
    None,
    /// Any code that no error declares, or none, is this error.
    Any,
}

/// Whether a repeated request may succeed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Retry {
    /// It will not.
    Never,
    /// The server may have acted, so only where repeating does no harm.
    IfIdempotent,
    /// The server did not act.
    Always,
}

/// Where the public message comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum MessageFrom {
    /// A declared text.
    Text,
    /// A declared text with placeholders.
    Format,
    /// The `Display` of the value.
    Display,
    /// The field with [`Role::Message`].
    Field,
    /// The reason phrase of the status.
    Reason,
}

/// A code.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "Json", into = "Json")]
#[allow(missing_docs)]
pub enum Code {
    Text(String),
    Number(i64),
}

impl Code {
    /// Whether a client takes them for the same: `1007` is `"1007"`.
    #[must_use]
    pub fn matches(&self, other: &Self) -> bool {
        self.to_string() == other.to_string()
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Number(number) => number.fmt(f),
        }
    }
}

impl From<Code> for Json {
    fn from(code: Code) -> Self {
        match code {
            Code::Text(text) => text.into(),
            Code::Number(number) => number.into(),
        }
    }
}

impl TryFrom<Json> for Code {
    type Error = &'static str;

    fn try_from(json: Json) -> Result<Self, Self::Error> {
        match json {
            Json::String(text) => Ok(Self::Text(text)),
            Json::Number(number) => number.as_i64().map(Self::Number).ok_or("a code is a whole number"),
            _ => Err("a code is a string or a number"),
        }
    }
}

/// A header line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Header {
    /// The name, in the case it was declared in; lower case in examples.
    pub name: String,
    /// The value.
    pub value: String,
}

/// A header that has to be there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Condition {
    /// The name of the header.
    pub header: String,
    /// The value it must have; `None`: any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
}

/// The values of a template's slot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Slot {
    /// The name of the slot.
    pub name: String,
    /// Its values; the first is written.
    pub values: Vec<String>,
}

/// A whole response.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Response {
    /// The status, 100–599.
    #[serde(deserialize_with = "status::one")]
    pub status: u16,
    /// The header lines, by name.
    pub headers: Vec<Header>,
    /// The body: the JSON it is, else its text; `None` for an empty one.
    pub body: Option<Json>,
}

impl Response {
    /// The value of a header, whatever the case of its name.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|header| header.name.eq_ignore_ascii_case(name))
            .map(|header| header.value.as_str())
    }
}

#[allow(clippy::trivially_copy_pass_by_ref)]
fn is_false(value: &bool) -> bool {
    !value
}
