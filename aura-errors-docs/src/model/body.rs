//! The body's template as a tree: what a decoder in another language interprets.

use serde::{Deserialize, Serialize};

use crate::Json;

/// The body of an error: written as the first alternative, read as the first whose shape it has.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Body {
    /// As written in the annotation: `{ "error": message } | text`.
    pub text: String,
    /// The alternatives, at least one.
    pub alternatives: Vec<Alternative>,
}

impl Body {
    /// What is written.
    #[must_use]
    pub fn written(&self) -> Option<&Alternative> {
        self.alternatives.first()
    }
}

/// One alternative of a body.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Alternative {
    /// What kind of body it is.
    pub kind: BodyKind,
    /// Its content type, where a variant or the taxonomy does not say another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content_type: Option<String>,
    /// The shape, for [`BodyKind::Json`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub template: Option<Node>,
}

/// What kind of body an alternative is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum BodyKind {
    /// A JSON document of a declared shape.
    Json,
    /// The message as plain text.
    Text,
    /// No body.
    Empty,
    /// Nothing is sent, and whatever comes is accepted.
    None,
    /// A format implemented by hand: nothing is known about it but the schema, where it has one.
    Custom,
}

/// One node of a template.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Node {
    /// This value.
    Literal(Json),
    /// A string with parts filled in: written, not compared.
    Text(Vec<TextPart>),
    /// An object of these members.
    Object(Vec<Item>),
    /// An array of these elements. Each is read from the first element whose literals are equal,
    /// without literals from the one at its place.
    Array(Vec<Node>),
    /// A placeholder.
    Place(Place),
    /// The second when the first is absent.
    Or(Box<[Node; 2]>),
    /// The member is the place; the shape is read there too, never written.
    #[allow(missing_docs)]
    Bind { place: Place, shape: Box<Node> },
}

impl Node {
    /// Whether a placeholder occurs in it, texts included.
    #[must_use]
    pub fn has(&self, wanted: &Place) -> bool {
        match self {
            Self::Literal(_) => false,
            Self::Text(parts) => {
                parts.iter().any(|part| matches!(part, TextPart::Place { place } if place == wanted))
            }
            Self::Object(items) => {
                items.iter().any(|item| matches!(item, Item::Member { value, .. } if value.has(wanted)))
            }
            Self::Array(elements) => elements.iter().any(|element| element.has(wanted)),
            Self::Place(place) => place == wanted,
            Self::Or(either) => either.iter().any(|node| node.has(wanted)),
            Self::Bind { place, shape } => place == wanted || shape.has(wanted),
        }
    }
}

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
#[non_exhaustive]
pub enum TextPart {
    /// This text.
    Literal(String),
    /// What is filled in: `status`, `code`, `name` or `retry_after`.
    #[allow(missing_docs)]
    Place { place: Place },
}

/// What an object consists of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
#[non_exhaustive]
pub enum Item {
    /// A member.
    Member {
        /// Its name.
        key: String,
        /// Whether it is left out when its value is absent.
        #[serde(default, skip_serializing_if = "super::is_false")]
        optional: bool,
        /// Its value.
        value: Node,
    },
    /// Every field of [`Layout::fields`](super::Layout::fields), by its name on the wire.
    Spread(Spread),
}

/// The mark of members that stand for fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Spread {
    /// `..fields`
    #[serde(rename = "..fields")]
    Fields,
}

/// A placeholder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Place {
    /// The public message.
    Message,
    /// [`Error::title`](super::Error::title).
    Title,
    /// The code, `null` where there is none.
    Code,
    /// [`Error::name`](super::Error::name).
    Name,
    /// The status, as a number.
    Status,
    /// The reason phrase of the status.
    Reason,
    /// The primary class.
    Class,
    /// [`Layout::detail`](super::Layout::detail).
    Detail,
    /// The object of [`Layout::fields`](super::Layout::fields).
    Fields,
    /// The field with this Rust name.
    Field(String),
    /// The slot of this name.
    Slot(String),
    /// The delay in seconds, a fraction where there is one.
    RetryAfter,
    /// The delay in milliseconds.
    RetryAfterMs,
    /// [`Error::docs_url`](super::Error::docs_url).
    DocsUrl,
    /// The value of this header.
    Header(String),
}
