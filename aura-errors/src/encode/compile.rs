//! From a template and an error to the steps that write its body: what is known without a value is
//! folded into fixed bytes.

use super::plan::static_message;
use crate::body::layout::{self, Detail, Layout};
use crate::body::template::{Item, Literal, Node, Place, TextPart};
use crate::json;
use crate::spec::{FieldRole, MessageSource, TextSource};
use crate::{Code, ErrorSpec};

/// One step of writing a body.
#[derive(Debug)]
pub(crate) enum Op {
    /// These bytes.
    Bytes(Box<[u8]>),
    /// A comma, unless an object or array was just opened.
    Comma,
    /// A field as JSON, `null` when it is absent.
    Field(usize),
    /// A member of `..fields` or of a fields object: `,"key":` and the field; nothing when it is not
    /// to be written.
    Member {
        /// Without the comma where the object was just opened.
        key: Box<[u8]>,
        field: usize,
    },
    /// The members of a field that is an object.
    Flatten(usize),
    /// The message, quoted.
    Message,
    /// The declared detail with its placeholders filled in, quoted.
    DetailText,
    /// The code as received, else the prepared JSON of the own one.
    Code {
        own: Box<[u8]>,
    },
    Status,
    /// The reason phrase of the status, quoted.
    Reason,
    /// The class of the status, quoted.
    Class,
    RetryAfter,
    RetryAfterMs,
    /// The header field of this index, quoted.
    Header(usize),
    /// A string of parts; absent when one of them is.
    Text(Vec<TextOp>),
    /// Nothing of it, unless one placeholder in it is there.
    Optional(Vec<Op>),
    /// The second, unless one placeholder in the first is there.
    Or(Vec<Op>, Vec<Op>),
}

#[derive(Debug)]
pub(crate) enum TextOp {
    /// Already escaped.
    Bytes(Box<[u8]>),
    Status,
    Code,
    RetryAfter,
}

/// The steps that write an error's body in the shape of a template.
pub(crate) fn compile(spec: &'static ErrorSpec, node: &Node) -> Vec<Op> {
    let mut compiler = Compiler { spec, layout: Layout::new(spec, Some(node)), ops: Vec::new() };
    compiler.node(node);
    compiler.ops
}

/// Whether a value will be there, as far as it is known without one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Presence {
    /// No placeholder: literals only.
    Fixed,
    Always,
    Never,
    /// The value knows.
    Depends,
}

impl Presence {
    /// Of a container with these parts.
    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Presence::Fixed, any) | (any, Presence::Fixed) => any,
            (Presence::Always, _) | (_, Presence::Always) => Presence::Always,
            (Presence::Never, Presence::Never) => Presence::Never,
            _ => Presence::Depends,
        }
    }
}

/// Whether something stands before the next member of an object.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    Nothing,
    Something,
    /// The value knows.
    Unknown,
}

struct Compiler {
    spec: &'static ErrorSpec,
    layout: Layout,
    ops: Vec<Op>,
}

impl Compiler {
    fn bytes(&mut self, bytes: &[u8]) {
        if let Some(Op::Bytes(last)) = self.ops.last_mut() {
            let mut joined = std::mem::take(last).into_vec();
            joined.extend_from_slice(bytes);
            *last = joined.into();
        } else {
            self.ops.push(Op::Bytes(bytes.into()));
        }
    }

    fn string(&mut self, text: &str) {
        self.bytes(&quoted(text));
    }

    fn absent(&mut self) -> Presence {
        self.bytes(b"null");
        Presence::Never
    }

    fn known(&mut self, text: &str) -> Presence {
        self.string(text);
        Presence::Always
    }

    fn op(&mut self, op: Op) -> Presence {
        self.ops.push(op);
        Presence::Depends
    }

    /// Compiles apart, so that it can be left out.
    fn apart(&mut self, compile: impl FnOnce(&mut Self) -> Presence) -> (Vec<Op>, Presence) {
        let outer = std::mem::take(&mut self.ops);
        let presence = compile(self);
        (std::mem::replace(&mut self.ops, outer), presence)
    }

    fn append(&mut self, ops: Vec<Op>) {
        for op in ops {
            match op {
                Op::Bytes(bytes) => self.bytes(&bytes),
                other => self.ops.push(other),
            }
        }
    }

    fn node(&mut self, node: &Node) -> Presence {
        match node {
            Node::Literal(literal) => {
                self.bytes(&literal_json(*literal));
                Presence::Fixed
            }
            Node::Text(parts) => self.text(parts),
            Node::Object(items) => self.object(items),
            Node::Array(elements) => self.array(elements),
            Node::Place(place) | Node::Bind(place, _) => self.place(*place),
            Node::Or(first, second) => {
                let (ops, presence) = self.apart(|compiler| compiler.node(first));
                match presence {
                    Presence::Fixed | Presence::Always => {
                        self.append(ops);
                        Presence::Always
                    }
                    Presence::Never => self.node(second),
                    Presence::Depends => {
                        let (other, presence) = self.apart(|compiler| compiler.node(second));
                        self.ops.push(Op::Or(ops, other));
                        match presence {
                            Presence::Fixed | Presence::Always => Presence::Always,
                            Presence::Never | Presence::Depends => Presence::Depends,
                        }
                    }
                }
            }
        }
    }

    fn object(&mut self, items: &[Item]) -> Presence {
        self.bytes(b"{");
        let mut before = Before::Nothing;
        let mut presence = Presence::Fixed;
        for item in items {
            match item {
                Item::Member { key, optional, value } => {
                    let part = self.part(&mut before, &member_head(key), *optional, value);
                    presence = presence.and(part);
                }
                Item::Spread if self.layout.spread.is_empty() => presence = presence.and(Presence::Never),
                Item::Spread => {
                    let members = self.members(self.layout.spread.clone(), &mut before);
                    presence = presence.and(members);
                }
            }
        }
        self.bytes(b"}");
        presence
    }

    fn array(&mut self, elements: &[Node]) -> Presence {
        self.bytes(b"[");
        let mut before = Before::Nothing;
        let mut presence = Presence::Fixed;
        for element in elements {
            let part = self.part(&mut before, b"", elements.len() > 1, element);
            presence = presence.and(part);
        }
        self.bytes(b"]");
        presence
    }

    /// One member or element with the comma before it.
    fn part(&mut self, before: &mut Before, head: &[u8], optional: bool, value: &Node) -> Presence {
        let (ops, presence) = self.apart(|compiler| compiler.node(value));
        if optional && presence == Presence::Never {
            return presence;
        }
        if optional && presence == Presence::Depends {
            let (part, _) = self.apart(|compiler| {
                compiler.comma(*before);
                compiler.bytes(head);
                compiler.append(ops);
                presence
            });
            self.ops.push(Op::Optional(part));
            if *before == Before::Nothing {
                *before = Before::Unknown;
            }
        } else {
            self.comma(*before);
            self.bytes(head);
            self.append(ops);
            *before = Before::Something;
        }
        presence
    }

    fn comma(&mut self, before: Before) {
        match before {
            Before::Nothing => {}
            Before::Something => self.bytes(b","),
            Before::Unknown => self.ops.push(Op::Comma),
        }
    }

    /// Members of the object that is being written.
    fn members(&mut self, fields: Vec<usize>, before: &mut Before) -> Presence {
        let mut presence = Presence::Never;
        for field in fields {
            let spec = &self.spec.data.fields[field];
            let data = &spec.data;
            // Others may leave out what is read without, and their bodies are compared with these steps.
            if !data.flatten && !data.skips && !spec.is_optional() {
                self.comma(*before);
                self.bytes(&member_head(data.wire));
                self.ops.push(Op::Field(field));
                *before = Before::Something;
                presence = Presence::Always;
                continue;
            }
            if data.flatten {
                self.ops.push(Op::Flatten(field));
            } else {
                let mut key = member_head(data.wire);
                key.insert(0, b',');
                self.ops.push(Op::Member { key: key.into(), field });
            }
            if *before == Before::Nothing {
                *before = Before::Unknown;
            }
            presence = presence.and(Presence::Depends);
        }
        presence
    }

    fn fields_object(&mut self, fields: Vec<usize>) -> Presence {
        if fields.is_empty() {
            return self.absent();
        }
        self.bytes(b"{");
        let presence = self.members(fields, &mut Before::Nothing);
        self.bytes(b"}");
        presence
    }

    fn place(&mut self, place: Place) -> Presence {
        let spec = self.spec;
        match place {
            Place::Message => match static_message(spec) {
                Some(text) => self.known(text),
                // An `Option` that is `None` is an absent message.
                None if matches!(spec.data.message, MessageSource::Field(_)) => self.op(Op::Message),
                None => {
                    self.op(Op::Message);
                    Presence::Always
                }
            },
            Place::Title => {
                if spec.data.title.is_empty() && !spec.is_exact() {
                    self.op(Op::Reason);
                    Presence::Always
                } else {
                    self.known(spec.title())
                }
            }
            Place::Code => {
                let own = code_json(&spec.code());
                if spec.role(FieldRole::Code).is_some() {
                    return self.op(Op::Code { own: own.into() });
                }
                self.bytes(&own);
                if own == b"null" { Presence::Never } else { Presence::Always }
            }
            Place::Name => self.known(spec.name()),
            Place::Status => {
                if self.status_varies() {
                    self.op(Op::Status);
                } else {
                    self.bytes(spec.status().as_str().as_bytes());
                }
                Presence::Always
            }
            Place::Reason => {
                if self.status_varies() {
                    self.op(Op::Reason);
                    Presence::Always
                } else {
                    self.known(spec.reason())
                }
            }
            Place::Class => match spec.fixed_classes().map(|classes| classes.primary()) {
                Some(Some(class)) => self.known(class.as_str()),
                Some(None) => self.absent(),
                None => self.op(Op::Class),
            },
            Place::Detail => match self.layout.detail.clone() {
                Detail::Text(TextSource::Static(text)) => self.known(text),
                Detail::Text(TextSource::Format(_)) => {
                    self.op(Op::DetailText);
                    Presence::Always
                }
                Detail::Field(field) => self.op(Op::Field(field)),
                Detail::Object(fields) => self.fields_object(fields),
                Detail::Absent => self.absent(),
            },
            Place::Fields => self.fields_object(self.layout.spread.clone()),
            Place::Field(_) | Place::FieldIndex(_) => match layout::field_of(spec, place) {
                Some(field) => match spec.data.fields[field].data.role {
                    FieldRole::Status => self.place(Place::Status),
                    FieldRole::RetryAfter => self.op(Op::RetryAfter),
                    FieldRole::Header => self.op(Op::Header(field)),
                    _ => self.op(Op::Field(field)),
                },
                None => self.absent(),
            },
            Place::Slot(name) => {
                let received = spec.slot_field(name);
                let (own, presence) = self.apart(|compiler| match spec.slot(name).and_then(<[_]>::first) {
                    Some(value) => compiler.known(value),
                    None => compiler.absent(),
                });
                match received {
                    None => {
                        self.append(own);
                        presence
                    }
                    Some(field) => {
                        self.ops.push(Op::Or(vec![Op::Field(field)], own));
                        if presence == Presence::Always { presence } else { Presence::Depends }
                    }
                }
            }
            Place::RetryAfter => self.delay(Op::RetryAfter),
            Place::RetryAfterMs => self.delay(Op::RetryAfterMs),
            Place::DocsUrl => match spec.docs_url() {
                Some(url) => self.known(url),
                None => self.absent(),
            },
            Place::Header(name) => self.header(name),
        }
    }

    fn header(&mut self, name: &str) -> Presence {
        let data = &self.spec.data;
        let field = data
            .fields
            .iter()
            .position(|field| field.data.header.is_some_and(|header| header.eq_ignore_ascii_case(name)));
        if let Some(field) = field {
            return self.op(Op::Header(field));
        }
        let fixed = data.headers.iter().copied().find(|(header, _)| header.eq_ignore_ascii_case(name));
        let condition = || {
            data.whens
                .iter()
                .filter(|(header, _)| header.eq_ignore_ascii_case(name))
                .find_map(|(header, value)| Some((*header, (*value)?)))
        };
        match fixed.or_else(condition) {
            Some((_, value)) => self.known(value),
            None => self.absent(),
        }
    }

    fn delay(&mut self, op: Op) -> Presence {
        match self.spec.role(FieldRole::RetryAfter) {
            Some(_) => self.op(op),
            None => self.absent(),
        }
    }

    fn status_varies(&self) -> bool {
        !self.spec.is_exact()
    }

    fn text(&mut self, parts: &[TextPart]) -> Presence {
        let spec = self.spec;
        let mut ops: Vec<TextOp> = Vec::new();
        let mut presence = Presence::Always;
        for part in parts {
            match part {
                TextPart::Literal(text) => push_text(&mut ops, text),
                TextPart::Name => push_text(&mut ops, spec.name()),
                TextPart::Status if spec.is_exact() => push_text(&mut ops, spec.status().as_str()),
                TextPart::Status => ops.push(TextOp::Status),
                TextPart::Code if spec.role(FieldRole::Code).is_some() => {
                    presence = Presence::Depends;
                    ops.push(TextOp::Code);
                }
                TextPart::Code if spec.code().is_none() => return self.absent(),
                TextPart::Code => push_text(&mut ops, &spec.code().to_string()),
                TextPart::RetryAfter if spec.role(FieldRole::RetryAfter).is_none() => return self.absent(),
                TextPart::RetryAfter => {
                    presence = Presence::Depends;
                    ops.push(TextOp::RetryAfter);
                }
            }
        }
        if let [TextOp::Bytes(escaped)] = ops.as_slice() {
            self.bytes(b"\"");
            self.bytes(escaped);
            self.bytes(b"\"");
        } else {
            self.ops.push(Op::Text(ops));
        }
        presence
    }
}

/// Appends fixed text to the parts of a string.
fn push_text(ops: &mut Vec<TextOp>, text: &str) {
    let escaped = escaped(text);
    if let Some(TextOp::Bytes(last)) = ops.last_mut() {
        let mut joined = std::mem::take(last).into_vec();
        joined.extend_from_slice(&escaped);
        *last = joined.into();
    } else {
        ops.push(TextOp::Bytes(escaped.into()));
    }
}

pub(crate) fn literal_json(literal: Literal) -> Vec<u8> {
    match literal {
        Literal::Null => b"null".to_vec(),
        Literal::Bool(true) => b"true".to_vec(),
        Literal::Bool(false) => b"false".to_vec(),
        Literal::Int(number) => number.to_string().into_bytes(),
        Literal::Float(text) => text.as_bytes().to_vec(),
        Literal::Str(text) => quoted(text),
    }
}

/// The code as it stands in a body.
pub(crate) fn code_json(code: &Code) -> Vec<u8> {
    match code {
        Code::Str(text) => quoted(text),
        Code::Int(number) => number.to_string().into_bytes(),
        _ => b"null".to_vec(),
    }
}

/// What stands before the value of a member.
pub(crate) fn member_head(name: &str) -> Vec<u8> {
    let mut head = quoted(name);
    head.push(b':');
    head
}

fn quoted(text: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len() + 2);
    json::write_str(&mut out, text);
    out
}

/// Escaped, without the quotes.
fn escaped(text: &str) -> Vec<u8> {
    let quoted = quoted(text);
    quoted[1..quoted.len() - 1].to_vec()
}
