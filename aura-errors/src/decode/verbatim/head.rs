//! What stands where in a body, as far as the template alone says it: first of all the code.

use serde::de::IgnoredAny;

use crate::body::layout;
use crate::body::template::{Item, Node, Place};
use crate::encode::{literal_json, member_head};
use crate::json;

/// The fixed text of bodies, in parts: between two of them stands a value that only the error knows.
pub(crate) struct Head {
    /// All of them where the template says everything, else those before the code.
    parts: Vec<Box<[u8]>>,
    /// The number of the part that the code follows.
    code: usize,
    /// The number of the part that the message follows, where the parts are all there is.
    message: Option<usize>,
}

/// Where code and message stand in a body, without their quotes.
pub(crate) struct Found {
    pub(crate) code: (usize, usize),
    pub(crate) message: (usize, usize),
}

impl Head {
    /// `None`: where the code stands, the template alone does not say.
    pub(super) fn new(node: &Node) -> Option<Self> {
        let mut finder = Finder::default();
        let is_whole = finder.node(node).is_ok();
        let code = finder.code?;
        if is_whole {
            finder.end_part();
        } else {
            finder.parts.truncate(code + 1);
        }
        Some(Self { parts: finder.parts, code, message: finder.message.filter(|_| is_whole) })
    }

    /// What stands where the code is in a body that is as the template writes it. Nothing else of the
    /// body is checked, nor that it is a code, or text.
    #[inline]
    pub(super) fn code<'b>(&self, body: &'b [u8]) -> Option<&'b [u8]> {
        let mut rest = body;
        for (number, part) in self.parts[..=self.code].iter().enumerate() {
            if number > 0 {
                rest = &rest[value_length(rest)?..];
            }
            rest = json::after(rest, part)?;
        }
        let code = &rest[..value_length(rest)?];
        let text = code.strip_prefix(b"\"").and_then(|code| code.strip_suffix(b"\""));
        Some(text.unwrap_or(code))
    }

    /// A body that is as the template writes it, to its end: code and message texts without escapes, and
    /// anything in the other places.
    pub(super) fn whole(&self, body: &str) -> Option<Found> {
        let message = self.message?;
        let (mut codes, mut messages) = (None, None);
        let mut at = 0;
        let (last, parts) = self.parts.split_last()?;
        for (number, part) in parts.iter().enumerate() {
            at = body.len() - json::after(&body.as_bytes()[at..], part)?.len();
            let rest = body.get(at..)?;
            let length = if number == self.code || number == message {
                let length = json::plain_string_length(rest.as_bytes())?;
                let text = if number == message { &mut messages } else { &mut codes };
                *text = Some((at + 1, at + length - 1));
                length
            } else {
                json::read_first::<IgnoredAny>(rest)?.1
            };
            at += length;
        }
        (body.as_bytes()[at..] == **last).then_some(())?;
        Some(Found { code: codes?, message: messages? })
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

#[derive(Default)]
struct Finder {
    parts: Vec<Box<[u8]>>,
    part: Vec<u8>,
    code: Option<usize>,
    message: Option<usize>,
}

/// What stands here depends on the error.
struct Unsure;

impl Finder {
    /// The number of the part that ends here.
    fn end_part(&mut self) -> usize {
        self.parts.push(std::mem::take(&mut self.part).into());
        self.parts.len() - 1
    }

    /// Appends what is written for a node.
    fn node(&mut self, node: &Node) -> Result<(), Unsure> {
        match node {
            Node::Place(Place::Code) if self.code.is_none() => self.code = Some(self.end_part()),
            Node::Place(Place::Message) if self.message.is_none() => self.message = Some(self.end_part()),
            Node::Object(items) => self.object(items)?,
            Node::Array([element]) => {
                self.part.push(b'[');
                self.node(element)?;
                self.part.push(b']');
            }
            Node::Literal(literal) => self.part.extend_from_slice(&literal_json(*literal)),
            Node::Place(_) | Node::Text(_) | Node::Or(..) if !layout::has(node, Place::Code) => {
                self.end_part();
            }
            Node::Place(_) | Node::Text(_) | Node::Or(..) | Node::Array(_) | Node::Bind(..) => {
                return Err(Unsure);
            }
        }
        Ok(())
    }

    fn object(&mut self, items: &[Item]) -> Result<(), Unsure> {
        self.part.push(b'{');
        for (number, item) in items.iter().enumerate() {
            let Item::Member { key, optional, value } = item else { return Err(Unsure) };
            if number > 0 {
                self.part.push(b',');
            }
            self.part.extend_from_slice(&member_head(key));
            let had_code = self.code.is_some();
            self.node(value)?;
            // Of what may not be there, the code alone is looked for.
            if *optional && (had_code || self.code.is_none()) {
                return Err(Unsure);
            }
        }
        self.part.push(b'}');
        Ok(())
    }
}
