//! The body template as data: what the derive and `body_format!` emit, and what encoding, decoding,
//! the checks and the documents interpret.

/// How a whole body is written and read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[doc(hidden)]
pub enum Template {
    /// A JSON document of this shape.
    Json(&'static Node),
    /// The body is the message, as plain text.
    Text,
    /// No body.
    Empty,
    /// Nothing is sent, and whatever comes is accepted.
    Anything,
}

/// One node of a JSON template.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[doc(hidden)]
pub enum Node {
    Literal(Literal),
    /// A string with parts filled in: written, not compared.
    Text(&'static [TextPart]),
    Object(&'static [Item]),
    Array(&'static [Node]),
    Place(Place),
    /// The second when the first is absent.
    Or(&'static Node, &'static Node),
    /// The member is the place; the shape is read there too, never written.
    Bind(Place, &'static Node),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[doc(hidden)]
pub enum Literal {
    Null,
    Bool(bool),
    Int(i64),
    /// JSON text of a number.
    Float(&'static str),
    /// Not escaped.
    Str(&'static str),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[doc(hidden)]
pub enum TextPart {
    Literal(&'static str),
    Status,
    Code,
    Name,
    RetryAfter,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[doc(hidden)]
pub enum Item {
    Member {
        /// Not escaped.
        key: &'static str,
        /// Left out when the value is absent.
        optional: bool,
        value: Node,
    },
    /// `..fields`
    Spread,
}

/// A placeholder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[doc(hidden)]
pub enum Place {
    Message,
    Title,
    Code,
    Name,
    Status,
    Reason,
    Class,
    Detail,
    Fields,
    /// By Rust name, raw prefix removed.
    Field(&'static str),
    FieldIndex(usize),
    Slot(&'static str),
    RetryAfter,
    RetryAfterMs,
    DocsUrl,
    Header(&'static str),
}
