//! The body template as written: JSON with Rust literals and placeholders. Every node keeps the
//! span a diagnostic should underline.

use proc_macro2::Span;
use syn::Type;

/// A whole body: written as the first alternative, read as the first whose shape the body has.
#[derive(Clone)]
pub(crate) struct Body {
    /// At least one.
    pub(crate) alternatives: Vec<Alternative>,
}

#[derive(Clone)]
pub(crate) enum Alternative {
    /// Written out in the attribute, or in `body_format!`.
    Inline(Node),
    /// One of the ready-made bodies, whose template this crate knows.
    Ready(&'static super::ready::Ready),
    /// A type that implements `BodyFormat`; its template is known only to const evaluation.
    Named(Box<Type>),
}

#[derive(Clone)]
pub(crate) struct Node {
    pub(crate) span: Span,
    pub(crate) kind: NodeKind,
}

#[derive(Clone)]
pub(crate) enum NodeKind {
    Literal(Literal),
    /// A string holding `{status}`, `{code}`, `{name}` or `{retry_after}`: written filled in, not
    /// compared. One with `{retry_after}` is absent without a delay, and read as a delay.
    Text(Vec<TextPart>),
    Object(Vec<Item>),
    /// `[ x ]`: an array of one; decoding takes the first element whose literals are equal, else the
    /// first. With several elements, each is read that way and left out when all of it is absent.
    Array(Vec<Node>),
    Place(Place),
    /// `a | b`: `b` when `a` is absent. Right-associative.
    Or(Box<Node>, Box<Node>),
    /// `p @ shape`: the member is `p`, and `shape` is read there too, never written.
    Bind(Place, Box<Node>),
}

#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Literal {
    Null,
    Bool(bool),
    Int(i64),
    /// Kept as written (with its sign), valid JSON.
    Float(String),
    Str(String),
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum TextPart {
    Literal(String),
    Status,
    Code,
    Name,
    RetryAfter,
}

#[derive(Clone)]
pub(crate) enum Item {
    Member(Member),
    /// `..fields`
    Spread(Span),
}

#[derive(Clone)]
pub(crate) struct Member {
    pub(crate) key: String,
    pub(crate) key_span: Span,
    /// `"key"?:` leaves the member out when its value is absent.
    pub(crate) optional: bool,
    pub(crate) value: Node,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Place {
    Message,
    Title,
    Code,
    Name,
    Status,
    Reason,
    Class,
    Detail,
    Fields,
    /// `field(name)`: the Rust name, raw prefix removed.
    Field(String),
    /// `field(0)`
    FieldIndex(usize),
    Slot(String),
    RetryAfter,
    RetryAfterMs,
    DocsUrl,
    Header(String),
}
