//! Bodies that come exactly as this crate writes them.
//!
//! Most errors are sent by a server that shares the enum, or by one that writes the same JSON as
//! compactly and in the same order. Such a body need not be taken apart: the code is where the
//! template has it, and once the error is known, so is every byte between its fields. What is read
//! in this way is what the general way would read; whatever departs from those bytes is left to that
//! way.

mod head;
mod pattern;

use bytes::Bytes;
use http::Response;

pub(super) use self::head::Found;
use self::head::Head;
use self::pattern::Pattern;
pub(crate) use self::pattern::{Departs, Matching};
use super::index::{Entry, Index};
use crate::body::template::Template;

/// What is prepared of a catalogue for bodies of this kind.
pub(crate) struct Verbatim {
    head: Head,
    /// By the number of the error's entry.
    patterns: Vec<Option<Pattern>>,
    /// What code and message say of an error that nobody declares is all there is to be said of it.
    knows_unknown: bool,
}

impl Verbatim {
    /// Of the errors whose code stands where it is looked for first; `None` where that is a header.
    pub(super) fn new(index: &Index) -> Option<Self> {
        let ([], [id, others @ ..]) = (index.code_headers.as_slice(), index.code_shapes.as_slice()) else {
            return None;
        };
        let is_of_shape = |entry: &Entry| entry.only_shape == Some(*id);
        let format = index.entries.iter().find(|entry| is_of_shape(entry))?.spec.data.body.first()?;
        let Some(Template::Json(node)) = format.template else { return None };
        let head = Head::new(node)?;
        let shape = index.shapes.get(usize::from(*id))?;
        // A delay in the body is looked for in the general way.
        let pattern = |entry: &Entry| {
            let carries_code = entry.spec.carries_code();
            if is_of_shape(entry) && !shape.has_delay && !carries_code { Pattern::new(entry) } else { None }
        };
        // The shape is the only one with a code, and the first that a message is looked for in.
        let is_first = *id == 0 && others.is_empty();
        Some(Self {
            head,
            patterns: index.entries.iter().map(pattern).collect(),
            knows_unknown: is_first && !index.has_delay,
        })
    }
}

/// What a response is by its code.
pub(super) enum Sight<'r> {
    /// The error, and the body to be compared with what this crate writes for it.
    Known(&'static Entry, Matching<'r>),
    /// If the body is as this crate writes it, none.
    Unknown,
    /// It is to be read in the general way.
    Unsure,
}

#[inline]
pub(super) fn sight<'r>(index: &'static Index, response: &'r Response<Bytes>) -> Sight<'r> {
    let known = || {
        let verbatim = index.verbatim.as_ref()?;
        let body = &response.body()[..];
        let number = match index.declaring(verbatim.head.code(body)?) {
            [only] => *only as usize,
            [] => return Some(Sight::Unknown),
            _ => return None,
        };
        let entry = &index.entries[number];
        let pattern = verbatim.patterns[number].as_ref()?;
        if !entry.spec.has_status(response.status().as_u16()) {
            return None;
        }
        let matching = match pattern.fixed() {
            Some(fixed) if fixed == body => Matching::DONE,
            Some(_) => return None,
            None => pattern.over(std::str::from_utf8(body).ok()?),
        };
        Some(Sight::Known(entry, matching))
    };
    known().unwrap_or(Sight::Unsure)
}

/// What a response that is [`Sight::Unknown`] says of itself, if its body is as this crate writes it, and no
/// error of its status could be meant all the same.
pub(super) fn unknown(index: &'static Index, response: &Response<Bytes>) -> Option<Found> {
    let verbatim = index.verbatim.as_ref().filter(|verbatim| verbatim.knows_unknown)?;
    let by_status = index.of_status(response.status().as_u16())?;
    // What takes any code is among these, too.
    if !by_status.codeless.is_empty() || !by_status.by_payload.is_empty() {
        return None;
    }
    let body = std::str::from_utf8(response.body()).ok()?;
    let found = verbatim.head.whole(body)?;
    // An empty one is none.
    (found.code.0 < found.code.1).then_some(found)
}

#[cfg(test)]
mod tests;
