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
}

impl Verbatim {
    /// Of the errors whose code stands where it is looked for first; `None` where that is a header.
    pub(super) fn new(index: &Index) -> Option<Self> {
        let ([], [shape, ..]) = (index.code_headers.as_slice(), index.code_shapes.as_slice()) else {
            return None;
        };
        let is_of_shape = |entry: &Entry| entry.only_shape == Some(*shape);
        let format = index.entries.iter().find(|entry| is_of_shape(entry))?.spec.data.body.first()?;
        let Some(Template::Json(node)) = format.template else { return None };
        let head = Head::new(node)?;
        // A delay in the body is looked for in the general way.
        let has_delay = index.shapes.get(usize::from(*shape))?.has_delay;
        let pattern = |entry: &Entry| {
            let carries_code = entry.spec.carries_code();
            if is_of_shape(entry) && !has_delay && !carries_code { Pattern::new(entry) } else { None }
        };
        Some(Self { head, patterns: index.entries.iter().map(pattern).collect() })
    }
}

/// The error that a response is by its code, and its body to be compared with what this crate writes for
/// that error.
#[inline]
pub(super) fn matching<'r>(
    index: &'static Index,
    response: &'r Response<Bytes>,
) -> Option<(&'static Entry, Matching<'r>)> {
    let verbatim = index.verbatim.as_ref()?;
    let body = &response.body()[..];
    let [only] = index.declaring(verbatim.head.code(body)?) else { return None };
    let number = *only as usize;
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
    Some((entry, matching))
}

#[cfg(test)]
mod tests;
