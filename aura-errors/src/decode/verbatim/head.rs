//! Where the code stands in a body, as far as the template alone says it.

use crate::body::layout;
use crate::body::template::{Item, Node, Place};
use crate::encode::{literal_json, member_head};
use crate::json;

/// The fixed text before the code, in parts: between two of them stands a value that only the error
/// knows.
pub(crate) struct Head {
    parts: Vec<Box<[u8]>>,
}

impl Head {
    /// `None`: where the code stands, the template alone does not say.
    pub(super) fn new(node: &Node) -> Option<Self> {
        let mut finder = Finder { parts: Vec::new(), part: Vec::new() };
        (finder.node(node) == Found::Code).then_some(())?;
        finder.end_part();
        Some(Self { parts: finder.parts })
    }

    /// What stands where the code is in a body that is as the template writes it. Nothing else of the
    /// body is checked, nor that it is a code, or text.
    #[inline]
    pub(super) fn code<'b>(&self, body: &'b [u8]) -> Option<&'b [u8]> {
        let mut rest = body;
        for (number, part) in self.parts.iter().enumerate() {
            if number > 0 {
                rest = &rest[value_length(rest)?..];
            }
            rest = json::after(rest, part)?;
        }
        let code = &rest[..value_length(rest)?];
        let text = code.strip_prefix(b"\"").and_then(|code| code.strip_suffix(b"\""));
        Some(text.unwrap_or(code))
    }
}

/// The length of the string, number or word that begins a text.
#[inline]
fn value_length(text: &[u8]) -> Option<usize> {
    match text {
        [b'"', ..] => json::string_length(text),
        _ => text.iter().position(|byte| matches!(byte, b',' | b'}' | b']')),
    }
}

#[derive(PartialEq)]
enum Found {
    Code,
    /// It stands further on, if anywhere.
    Nothing,
    /// Whether anything stands here depends on the error.
    Unsure,
}

struct Finder {
    parts: Vec<Box<[u8]>>,
    part: Vec<u8>,
}

impl Finder {
    fn end_part(&mut self) {
        self.parts.push(std::mem::take(&mut self.part).into());
    }

    /// Appends what is written for a node, up to the code.
    fn node(&mut self, node: &Node) -> Found {
        match node {
            Node::Place(Place::Code) => Found::Code,
            Node::Object(items) => self.object(items),
            Node::Array([element]) => {
                self.part.push(b'[');
                let found = self.node(element);
                if found == Found::Nothing {
                    self.part.push(b']');
                }
                found
            }
            Node::Literal(literal) => {
                self.part.extend_from_slice(&literal_json(*literal));
                Found::Nothing
            }
            Node::Place(_) | Node::Text(_) | Node::Or(..) if !layout::has(node, Place::Code) => {
                self.end_part();
                Found::Nothing
            }
            Node::Place(_) | Node::Text(_) | Node::Or(..) | Node::Array(_) | Node::Bind(..) => Found::Unsure,
        }
    }

    fn object(&mut self, items: &[Item]) -> Found {
        self.part.push(b'{');
        for (number, item) in items.iter().enumerate() {
            let Item::Member { key, optional, value } = item else { return Found::Unsure };
            if number > 0 {
                self.part.push(b',');
            }
            self.part.extend_from_slice(&member_head(key));
            match self.node(value) {
                Found::Nothing if !optional => {}
                // An optional value before the code may not be there.
                Found::Nothing => return Found::Unsure,
                found => return found,
            }
        }
        self.part.push(b'}');
        Found::Nothing
    }
}
