//! A template as text, in the grammar it is written in.

use std::fmt::{self, Write};

use super::format::Format;
use super::template::{Item, Literal, Node, Place, Template, TextPart};

/// The alternatives of a body as written: `A | B`.
pub(crate) fn formats(formats: &[Format]) -> String {
    let mut out = String::new();
    for (index, format) in formats.iter().enumerate() {
        if index > 0 {
            out.push_str(" | ");
        }
        match format.node() {
            Some(node) => {
                let _ = write!(out, "{node}");
            }
            None => out.push_str(kind(format)),
        }
    }
    out
}

/// The word for a kind of body: as written in the annotation, where it is written as one word.
pub(crate) fn kind(format: &Format) -> &'static str {
    match format.template {
        Some(Template::Json(_)) => "json",
        Some(Template::Text) => "text",
        Some(Template::Empty) => "empty",
        Some(Template::Anything) => "none",
        None => "custom",
    }
}

impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Node::Literal(literal) => literal.fmt(f),
            Node::Text(parts) => {
                let mut text = String::new();
                for part in *parts {
                    match part {
                        TextPart::Literal(literal) => text.push_str(literal),
                        TextPart::Status => text.push_str("{status}"),
                        TextPart::Code => text.push_str("{code}"),
                        TextPart::Name => text.push_str("{name}"),
                        TextPart::RetryAfter => text.push_str("{retry_after}"),
                    }
                }
                f.write_str(&quoted(&text))
            }
            Node::Object([]) => f.write_str("{}"),
            Node::Object(items) => {
                f.write_str("{ ")?;
                for (index, item) in items.iter().enumerate() {
                    if index > 0 {
                        f.write_str(", ")?;
                    }
                    match item {
                        Item::Member { key, optional, value } => {
                            let mark = if *optional { "?" } else { "" };
                            write!(f, "{}{mark}: {value}", quoted(key))?;
                        }
                        Item::Spread => f.write_str("..fields")?,
                    }
                }
                f.write_str(" }")
            }
            Node::Array([]) => f.write_str("[]"),
            Node::Array(elements) => {
                f.write_str("[ ")?;
                for (index, element) in elements.iter().enumerate() {
                    if index > 0 {
                        f.write_str(", ")?;
                    }
                    element.fmt(f)?;
                }
                f.write_str(" ]")
            }
            Node::Place(place) => place.fmt(f),
            Node::Or(first, second) => write!(f, "{first} | {second}"),
            Node::Bind(place, shape) => write!(f, "{place} @ {shape}"),
        }
    }
}

impl fmt::Display for Literal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Literal::Null => f.write_str("null"),
            Literal::Bool(value) => value.fmt(f),
            Literal::Int(value) => value.fmt(f),
            Literal::Float(text) => f.write_str(text),
            Literal::Str(text) => f.write_str(&quoted(text)),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Message => f.write_str("message"),
            Place::Title => f.write_str("title"),
            Place::Code => f.write_str("code"),
            Place::Name => f.write_str("name"),
            Place::Status => f.write_str("status"),
            Place::Reason => f.write_str("reason"),
            Place::Class => f.write_str("class"),
            Place::Detail => f.write_str("detail"),
            Place::Fields => f.write_str("fields"),
            Place::Field(name) => write!(f, "field({name})"),
            Place::FieldIndex(index) => write!(f, "field({index})"),
            Place::Slot(name) => write!(f, "slot({name})"),
            Place::RetryAfter => f.write_str("retry_after"),
            Place::RetryAfterMs => f.write_str("retry_after_ms"),
            Place::DocsUrl => f.write_str("docs_url"),
            Place::Header(name) => write!(f, "header({})", quoted(name)),
        }
    }
}

fn quoted(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len() + 2);
    crate::json::write_str(&mut out, text);
    String::from_utf8(out).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals() {
        for (literal, expected) in [
            (Literal::Null, "null"),
            (Literal::Bool(true), "true"),
            (Literal::Int(-7), "-7"),
            (Literal::Float("1.50"), "1.50"),
            (Literal::Str("a \"b\""), r#""a \"b\"""#),
        ] {
            assert_eq!(Node::Literal(literal).to_string(), expected);
        }
    }
}
