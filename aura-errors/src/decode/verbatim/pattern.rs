//! What one error's body is, byte for byte, but for the values of its fields.

use serde::de::{DeserializeOwned, IgnoredAny};

use super::super::index::{Entry, Source};
use super::super::reader::absent;
use crate::body::template::{Item, Node, Template};
use crate::encode::{Op, compile};
use crate::json;
use crate::spec::MessageSource;

/// The steps that wrote the body, to be gone again by whoever reads it.
#[derive(Debug)]
pub(crate) struct Pattern {
    steps: Vec<Step>,
}

#[derive(Debug)]
enum Step {
    /// These bytes.
    Bytes(Box<[u8]>),
    /// A comma, unless an object or array was just opened.
    Comma,
    /// A string that is written for people only.
    Text,
    /// The value of a field. A `list_or_object` is nothing else: another value may stand for its
    /// absence.
    Value { field: usize, list_or_object: bool },
    /// The value of a field with its name and the comma before it, or nothing.
    Member { key: Box<[u8]>, field: usize },
    /// These bytes and that many steps more, or nothing of it.
    Optional { bytes: Box<[u8]>, steps: usize },
}

impl Pattern {
    /// `None`: not all that the error's body says of it is in the values of its fields, or these are
    /// not sent in the order in which they are declared.
    pub(super) fn new(entry: &Entry) -> Option<Self> {
        let [format] = entry.spec.data.body else { return None };
        let (Some(Template::Json(node)), [alternative]) = (format.template, &entry.alternatives[..]) else {
            return None;
        };
        // What is said of the value there is compared in the general way.
        if has_bound(node) {
            return None;
        }
        let mut builder =
            Builder { entry, sources: &alternative.sources, steps: Vec::new(), fields: Vec::new() };
        builder.add(&compile(entry.spec, node))?;
        let Builder { steps, fields, .. } = builder;
        let in_order = fields.windows(2).all(|pair| pair[0] < pair[1]);
        // A field that may stand elsewhere too is looked for there.
        let all = (0..).zip(&alternative.sources).all(|(field, sources): (usize, &Vec<Source>)| {
            sources.len() == usize::from(fields.contains(&field))
        });
        (in_order && all).then_some(Self { steps })
    }

    /// The whole body, where no value is in it.
    #[inline]
    pub(super) fn fixed(&self) -> Option<&[u8]> {
        match self.steps.as_slice() {
            [Step::Bytes(bytes)] => Some(bytes),
            _ => None,
        }
    }

    pub(super) fn over<'s>(&'s self, text: &'s str) -> Matching<'s> {
        Matching { text, at: 0, steps: &self.steps }
    }
}

/// Whether a place has a shape besides (`place @ shape`).
fn has_bound(node: &Node) -> bool {
    match node {
        Node::Bind(_, _) => true,
        Node::Object(items) => items.iter().any(|item| match item {
            Item::Member { value, .. } => has_bound(value),
            Item::Spread => false,
        }),
        Node::Array(elements) => elements.iter().any(has_bound),
        Node::Or(first, second) => has_bound(first) || has_bound(second),
        Node::Place(_) | Node::Literal(_) | Node::Text(_) => false,
    }
}

struct Builder<'e> {
    entry: &'e Entry,
    sources: &'e [Vec<Source>],
    steps: Vec<Step>,
    fields: Vec<usize>,
}

impl Builder<'_> {
    fn add(&mut self, ops: &[Op]) -> Option<()> {
        for op in ops {
            let step = match op {
                Op::Bytes(bytes) => Step::Bytes(bytes.clone()),
                Op::Comma => Step::Comma,
                Op::Message if matches!(self.entry.spec.data.message, MessageSource::Field(_)) => {
                    return None;
                }
                Op::Message | Op::DetailText | Op::Text(_) | Op::Reason | Op::Class => Step::Text,
                Op::Field(field) => {
                    // What may stand there for an absent value is a word or a number.
                    let is_shared = |source: &Source| matches!(source, Source::Whole { otherwise, .. } if !otherwise.is_empty());
                    let list_or_object = self.sources.get(*field)?.iter().any(is_shared);
                    self.fields.push(*field);
                    Step::Value { field: *field, list_or_object }
                }
                Op::Member { key, field } => {
                    self.fields.push(*field);
                    Step::Member { key: key.clone(), field: *field }
                }
                Op::Optional(ops) => {
                    let [Op::Bytes(bytes), ops @ ..] = ops.as_slice() else { return None };
                    let at = self.steps.len();
                    self.steps.push(Step::Optional { bytes: bytes.clone(), steps: 0 });
                    self.add(ops)?;
                    let added = self.steps.len() - at - 1;
                    if let Some(Step::Optional { steps, .. }) = self.steps.get_mut(at) {
                        *steps = added;
                    }
                    continue;
                }
                // What stands there for an absent value is left to the general way.
                Op::Or(first, _) => {
                    self.add(first)?;
                    continue;
                }
                Op::Flatten(_)
                | Op::Code { .. }
                | Op::Status
                | Op::RetryAfter
                | Op::RetryAfterMs
                | Op::Header(_) => return None,
            };
            self.steps.push(step);
        }
        Some(())
    }
}

/// A body while it is compared with a pattern.
pub(crate) struct Matching<'s> {
    text: &'s str,
    at: usize,
    /// Those that are left.
    steps: &'s [Step],
}

/// The body departs from the pattern.
#[derive(Debug)]
pub(crate) struct Departs;

impl<'s> Matching<'s> {
    /// Of a body that was compared as a whole.
    pub(super) const DONE: Self = Self { text: "", at: 0, steps: &[] };

    /// A field's value. Fields are asked for in the order in which they are declared.
    #[inline]
    pub(crate) fn take<T: DeserializeOwned>(&mut self, field: usize) -> Result<T, Departs> {
        match self.value(field)? {
            Some(json) => self.took(json::read_first(json)),
            None => absent().ok_or(Departs),
        }
    }

    pub(crate) fn take_or<T: DeserializeOwned>(
        &mut self,
        field: usize,
        default: fn() -> T,
    ) -> Result<T, Departs> {
        match self.value(field)? {
            Some(json) => self.took(json::read_first(json)),
            None => Ok(default()),
        }
    }

    pub(crate) fn take_with<T>(
        &mut self,
        field: usize,
        read: for<'a, 'b> fn(
            &'a mut serde_json::Deserializer<serde_json::de::StrRead<'b>>,
        ) -> Result<T, serde_json::Error>,
        default: Option<fn() -> T>,
    ) -> Result<T, Departs> {
        let Some(json) = self.value(field)? else {
            return default.map(|default| default()).ok_or(Departs);
        };
        let mut deserializer = serde_json::Deserializer::from_str(json);
        let value = read(&mut deserializer);
        let end = deserializer.into_iter::<IgnoredAny>().byte_offset();
        self.took(value.ok().map(|value| (value, end)))
    }

    /// Whether the rest of the body is as expected.
    #[inline]
    pub(crate) fn is_whole(&mut self) -> bool {
        matches!(self.value(usize::MAX), Ok(None)) && self.at == self.text.len()
    }

    #[inline]
    fn took<T>(&mut self, read: Option<(T, usize)>) -> Result<T, Departs> {
        let (value, length) = read.ok_or(Departs)?;
        self.at += length;
        Ok(value)
    }

    /// The text from where the value of a field begins. `None`: the field is absent.
    fn value(&mut self, wanted: usize) -> Result<Option<&'s str>, Departs> {
        loop {
            let rest = &self.text.as_bytes()[self.at..];
            let Some((step, steps)) = self.steps.split_first() else { return Ok(None) };
            match step {
                Step::Bytes(bytes) => self.pass(rest, bytes)?,
                Step::Comma => {
                    if !self.is_open() {
                        self.pass(rest, b",")?;
                    }
                }
                Step::Text => self.at += json::string_length(rest).ok_or(Departs)?,
                Step::Optional { bytes, steps: inside } => {
                    if rest.starts_with(bytes) {
                        self.at += bytes.len();
                    } else {
                        self.steps = steps.get(*inside..).unwrap_or_default();
                        continue;
                    }
                }
                Step::Value { field, list_or_object } => {
                    if *field > wanted {
                        return Ok(None);
                    }
                    if *field < wanted || *list_or_object && !matches!(rest, [b'[' | b'{', ..]) {
                        return Err(Departs);
                    }
                    self.steps = steps;
                    return Ok(self.text.get(self.at..));
                }
                Step::Member { key, field } => {
                    if *field > wanted {
                        return Ok(None);
                    }
                    let key = &key[usize::from(self.is_open())..];
                    let is_there = rest.starts_with(key);
                    if *field == wanted {
                        self.steps = steps;
                        if !is_there {
                            return Ok(None);
                        }
                        self.at += key.len();
                        return Ok(self.text.get(self.at..));
                    }
                    if is_there {
                        return Err(Departs);
                    }
                }
            }
            self.steps = steps;
        }
    }

    #[inline]
    fn pass(&mut self, rest: &[u8], bytes: &[u8]) -> Result<(), Departs> {
        if !rest.starts_with(bytes) {
            return Err(Departs);
        }
        self.at += bytes.len();
        Ok(())
    }

    /// Whether an object or array was just opened.
    fn is_open(&self) -> bool {
        let before = self.at.checked_sub(1).and_then(|at| self.text.as_bytes().get(at));
        matches!(before, Some(b'{' | b'['))
    }
}
