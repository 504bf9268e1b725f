//! A template as data: the tree that documents hold beside the text, for decoders in other languages.

use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

use super::describe;
use super::format::Format;
use super::template::{Item, Literal, Node, Place, Template, TextPart};

/// The alternatives of a body, as text and as trees.
pub(crate) struct Body(pub(crate) &'static [Format]);

impl Serialize for Body {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("text", &describe::formats(self.0))?;
        map.serialize_entry("alternatives", &self.0.iter().map(Alternative).collect::<Vec<_>>())?;
        map.end()
    }
}

struct Alternative(&'static Format);

impl Serialize for Alternative {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("kind", describe::kind(self.0))?;
        if let Some(content_type) = self.0.content_type {
            map.serialize_entry("content_type", content_type)?;
        }
        if let Some(Template::Json(node)) = self.0.template {
            map.serialize_entry("template", node)?;
        }
        map.end()
    }
}

/// An object with this one member.
fn one<S: Serializer>(
    serializer: S,
    key: &str,
    value: &(impl Serialize + ?Sized),
) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(1))?;
    map.serialize_entry(key, value)?;
    map.end()
}

impl Serialize for Node {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Node::Literal(literal) => one(serializer, "literal", literal),
            Node::Text(parts) => one(serializer, "text", parts),
            Node::Object(items) => one(serializer, "object", items),
            Node::Array(elements) => one(serializer, "array", elements),
            Node::Place(place) => one(serializer, "place", place),
            Node::Or(first, second) => one(serializer, "or", &[first, second]),
            Node::Bind(place, shape) => one(serializer, "bind", &Bind(place, shape)),
        }
    }
}

struct Bind<'a>(&'a Place, &'a Node);

impl Serialize for Bind<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("place", self.0)?;
        map.serialize_entry("shape", self.1)?;
        map.end()
    }
}

impl Serialize for Item {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Item::Member { key, optional, value } => {
                let mut map = serializer.serialize_map(None)?;
                map.serialize_entry("key", key)?;
                if *optional {
                    map.serialize_entry("optional", &true)?;
                }
                map.serialize_entry("value", value)?;
                map.end()
            }
            Item::Spread => serializer.serialize_str("..fields"),
        }
    }
}

impl Serialize for TextPart {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let place = match self {
            TextPart::Literal(text) => return serializer.serialize_str(text),
            TextPart::Status => Place::Status,
            TextPart::Code => Place::Code,
            TextPart::Name => Place::Name,
            TextPart::RetryAfter => Place::RetryAfter,
        };
        one(serializer, "place", &place)
    }
}

impl Serialize for Literal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Literal::Null => serializer.serialize_unit(),
            Literal::Bool(value) => serializer.serialize_bool(*value),
            Literal::Int(value) => serializer.serialize_i64(*value),
            Literal::Float(text) => match serde_json::from_str::<serde_json::Number>(text) {
                Ok(number) => number.serialize(serializer),
                Err(_) => serializer.serialize_str(text),
            },
            Literal::Str(text) => serializer.serialize_str(text),
        }
    }
}

impl Serialize for Place {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Place::Field(name) => one(serializer, "field", name),
            Place::FieldIndex(index) => one(serializer, "field", &index.to_string()),
            Place::Slot(name) => one(serializer, "slot", name),
            Place::Header(name) => one(serializer, "header", name),
            // Without an argument a placeholder is the word it is written as.
            word => serializer.collect_str(word),
        }
    }
}

/// A schema with the members of its objects sorted. (The order of `serde_json::Value` depends on its
/// features, and so would the text of a lock.)
pub(crate) struct Sorted<'a>(pub(crate) &'a serde_json::Value);

impl Serialize for Sorted<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            serde_json::Value::Object(members) => {
                let mut members: Vec<_> = members.iter().collect();
                members.sort_unstable_by_key(|(key, _)| *key);
                serializer.collect_map(members.into_iter().map(|(key, value)| (key, Sorted(value))))
            }
            serde_json::Value::Array(elements) => {
                let mut seq = serializer.serialize_seq(Some(elements.len()))?;
                for element in elements {
                    seq.serialize_element(&Sorted(element))?;
                }
                seq.end()
            }
            scalar => scalar.serialize(serializer),
        }
    }
}
