//! One walk over a body that finds what a shape names.

use super::literal::{literal_is, pick};
use super::{Read, Shape, ShapeKind};
use crate::json::{Kind, Scan, Tape, Value};

/// What one walk found.
pub(crate) struct Walk {
    found: Found,
    /// Every object and array is there, every literal equal, every required member present, the
    /// message a string.
    pub(crate) fits: bool,
    /// A literal that is there differs.
    pub(crate) literal_differs: bool,
    /// A required literal is not there.
    pub(crate) literal_missing: bool,
}

/// Values by place number; the first few without allocating.
struct Found {
    inline: [Option<Value>; Found::INLINE],
    more: Vec<Option<Value>>,
}

impl Found {
    const INLINE: usize = 12;
}

impl Walk {
    /// Before anything was seen.
    pub(crate) const EMPTY: Self = Self {
        found: Found { inline: [None; Found::INLINE], more: Vec::new() },
        fits: true,
        literal_differs: false,
        literal_missing: false,
    };

    fn new(shape: &Shape) -> Self {
        let mut walk = Self::EMPTY;
        walk.make_room(shape);
        walk
    }

    fn make_room(&mut self, shape: &Shape) {
        if let Some(beyond) = shape.places.len().checked_sub(Found::INLINE) {
            self.found.more.resize(beyond, None);
        }
    }

    /// Of a body that is not JSON.
    pub(crate) fn nothing(shape: &Shape) -> Self {
        let mut walk = Self::new(shape);
        walk.fits = false;
        walk.literal_missing = true;
        walk
    }

    pub(crate) fn over(shape: &Shape, read: &Read, tape: &Tape<'_>) -> Self {
        let mut walk = Self::new(shape);
        walk.read(tape, read, Some(tape.root()), true);
        walk
    }

    /// As [`over`](Self::over) by an empty walk, in one pass with the scan of the body. `false`: the
    /// members of an object do not come in the order of the template, others stand between them, one
    /// that is required is missing, or the body is no JSON text; what was noted until then is of no use.
    pub(crate) fn along(&mut self, shape: &Shape, scan: &mut Scan<'_>, at: usize) -> bool {
        match &shape.kind {
            ShapeKind::Json(read) if shape.has_plain_names => {
                self.make_room(shape);
                self.follow(scan, read, 0, at, true).is_some_and(|end| scan.is_end(end))
            }
            _ => false,
        }
    }

    /// [`read`](Self::read) of the value at a position, whose name begins at another; gives the position
    /// behind it.
    fn follow(
        &mut self,
        scan: &mut Scan<'_>,
        read: &Read,
        name: usize,
        at: usize,
        required: bool,
    ) -> Option<usize> {
        if let Read::Object { members, spread } = read {
            if let Some((object, mut at)) = scan.enter(name, at) {
                if let Some(place) = spread {
                    self.set(*place, object);
                }
                for member in members {
                    let required = !member.optional;
                    let Some(value) = scan.member(member.key, at) else {
                        if required {
                            // It mostly stands further on.
                            return None;
                        }
                        self.read(&scan.tape(), &member.value, None, required);
                        continue;
                    };
                    let end = match &member.value {
                        inner @ Read::Object { .. } => self.follow(scan, inner, at + 1, value, required)?,
                        other => self.follow_plain(scan, other, at + 1, value, required)?,
                    };
                    at = scan.next(end)?;
                }
                // Fields, and whatever else a server says beside.
                while let Some((name, value)) = scan.any_member(at) {
                    if members.iter().any(|member| member.key == name) {
                        return None;
                    }
                    let (_, end) = scan.value(at + 1, value)?;
                    at = scan.next(end)?;
                }
                return scan.leave(object, at);
            }
        }
        self.follow_plain(scan, read, name, at, required)
    }

    /// [`follow`](Self::follow) where the template has no object.
    #[inline]
    fn follow_plain(
        &mut self,
        scan: &mut Scan<'_>,
        read: &Read,
        name: usize,
        at: usize,
        required: bool,
    ) -> Option<usize> {
        let (value, end) = scan.value(name, at)?;
        self.read(&scan.tape(), read, Some(value), required);
        Some(end)
    }

    /// The value at a place; `null` is a value.
    pub(crate) fn at(&self, place: usize) -> Option<Value> {
        match self.found.inline.get(place) {
            Some(value) => *value,
            None => self.found.more.get(place - self.found.inline.len()).copied().flatten(),
        }
    }

    fn set(&mut self, place: usize, value: Value) {
        let inline = self.found.inline.len();
        if place < inline {
            self.found.inline[place] = Some(value);
        } else if let Some(slot) = self.found.more.get_mut(place - inline) {
            *slot = Some(value);
        }
    }

    fn miss(&mut self, required: bool) {
        if required {
            self.fits = false;
        }
    }

    #[inline(always)]
    fn read(&mut self, tape: &Tape<'_>, read: &Read, value: Option<Value>, required: bool) {
        match (read, value) {
            // Most of a template.
            (Read::Place { number, is_message }, Some(value)) => {
                self.set(*number, value);
                if *is_message && tape.kind(value) != Kind::String {
                    // An optional message that is `null` is absent.
                    self.miss(required || tape.kind(value) != Kind::Null);
                }
            }
            (Read::Either { numbers, is_text }, Some(value)) => {
                for number in numbers {
                    self.set(*number, value);
                }
                if *is_text && tape.kind(value) != Kind::String {
                    self.miss(required);
                }
            }
            (Read::Place { .. } | Read::Either { .. }, None) => self.miss(required),
            _ => self.read_structure(tape, read, value, required),
        }
    }

    fn read_structure(&mut self, tape: &Tape<'_>, read: &Read, value: Option<Value>, required: bool) {
        match read {
            Read::Place { .. } | Read::Either { .. } => self.read(tape, read, value, required),
            Read::Literal(literal) => match value {
                Some(value) if literal_is(tape, value, *literal) => {}
                Some(_) => {
                    self.literal_differs = true;
                    self.fits = false;
                }
                None => {
                    self.literal_missing |= required;
                    self.miss(required);
                }
            },
            Read::Text { delay, nullable } => match value {
                Some(value) => {
                    let null = *nullable && tape.kind(value) == Kind::Null;
                    if !null && tape.kind(value) != Kind::String {
                        self.miss(required);
                    }
                    if let Some(place) = delay {
                        self.set(*place, value);
                    }
                }
                None => self.miss(required),
            },
            Read::Object { members, spread } => {
                let object = value.filter(|value| tape.kind(*value) == Kind::Object);
                if object.is_none() {
                    // An optional one of another type counts as absent.
                    self.miss(required);
                }
                if let (Some(object), Some(place)) = (object, spread) {
                    self.set(*place, object);
                }
                // Few objects of a template have more members than this.
                let mut room = [None; 12];
                let mut more;
                let found = match room.get_mut(..members.len()) {
                    Some(room) => room,
                    None => {
                        more = vec![None; members.len()];
                        &mut more
                    }
                };
                if let Some(object) = object {
                    tape.find(object, |at| members[at].key, found);
                }
                for (member, value) in members.iter().zip(found) {
                    let required = !member.optional && (required || object.is_some());
                    self.read(tape, &member.value, *value, required);
                }
            }
            Read::Array(elements) => {
                let array = value.filter(|value| tape.kind(*value) == Kind::Array);
                if array.is_none() {
                    // An optional one of another type counts as absent.
                    self.miss(required);
                }
                let alone = elements.len() == 1;
                for (index, element) in elements.iter().enumerate() {
                    let value = array.and_then(|array| pick(tape, array, element, index));
                    self.read(tape, element, value, alone && (required || array.is_some()));
                }
            }
            Read::Or { options, is_text } => {
                match value {
                    Some(value) => {
                        if *is_text && tape.kind(value) != Kind::String {
                            self.miss(required);
                        }
                    }
                    None => return self.miss(required),
                }
                // Which of them was written is not known yet: none of them is asked to fit.
                let (fits, differs, missing) = (self.fits, self.literal_differs, self.literal_missing);
                for option in options {
                    self.read(tape, option, value, false);
                }
                (self.fits, self.literal_differs, self.literal_missing) = (fits, differs, missing);
            }
            Read::Bind { number, shape } => match value {
                Some(value) => {
                    self.set(*number, value);
                    if !is_nothing(tape, value) {
                        self.read(tape, shape, Some(value), required);
                    }
                }
                None => self.miss(required),
            },
        }
    }
}

/// A bound value without anything to read a shape in: `null`, or a list without elements.
pub(super) fn is_nothing(tape: &Tape<'_>, value: Value) -> bool {
    match tape.kind(value) {
        Kind::Null => true,
        Kind::Array => tape.elements(value).next().is_none(),
        _ => false,
    }
}
