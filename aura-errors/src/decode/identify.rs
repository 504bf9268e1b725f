//! Which error a response is.
//!
//! The rules are those of the identity section of the crate's documentation, in its order: code,
//! candidates, fit, choice.

use std::borrow::Cow;
use std::cmp::Reverse;

use bytes::Bytes;
use http::HeaderMap;

use super::body_delay::BodyDelays;
use super::index::{Alternative, ByStatus, Entry, Index};
use super::reader::{Misfit, Reader};
use super::shape::{ShapeKind, Walk};
use crate::body::template::Template;
use crate::body::{BodyView, Identity};
use crate::json::{Kind, Room, Scan, Tape, Value};
use crate::spec::CodeRule;
use crate::{Class, Classes, RetryAfter, delay, verdict};

/// One response while it is read. Each distinct shape is walked once, when it is first asked.
pub(crate) struct Session<'a> {
    pub(crate) index: &'static Index,
    pub(crate) status: u16,
    pub(crate) headers: &'a HeaderMap,
    pub(crate) body: &'a Bytes,
    /// `None`: the body is not JSON, or no shape asks for JSON.
    pub(crate) tape: Option<Tape<'a>>,
    /// The code the choice went by.
    pub(crate) code: Option<Cow<'a, str>>,
    /// Most catalogues have one shape, or find the code by the first.
    first: Seen<'a>,
    /// Which shape that was, if any.
    first_shape: Option<u16>,
    more: Vec<(u16, Seen<'a>)>,
}

/// A code and the errors that declare it.
type Coded<'a> = (Cow<'a, str>, &'static [u32]);

/// What reading the body by one shape gave.
pub(crate) enum Seen<'a> {
    Json(Walk),
    /// A body that is not looked into; whether it fits.
    Plain(bool),
    /// Boxed, as it is rare and large.
    Custom(Option<Box<Identity<'a>>>),
}

impl Seen<'_> {
    fn fits(&self) -> bool {
        match self {
            Seen::Json(walk) => walk.fits,
            Seen::Plain(fits) => *fits,
            Seen::Custom(identity) => identity.is_some(),
        }
    }
}

/// The error a response is, and the alternative of its body that was read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Chosen {
    pub(crate) entry: usize,
    pub(crate) alternative: usize,
}

/// Why it is none.
#[derive(Debug)]
pub(crate) enum Why {
    UnknownCode,
    Fields { entry: usize, misfit: Misfit },
    Foreign,
    Conflict,
    Ambiguous,
}

/// What the choice among candidates goes by: the smallest wins.
type Rank = (u16, u32, Reverse<usize>, usize, Reverse<u32>, bool);

impl<'a> Session<'a> {
    /// Before anything is read: [`open`](Self::open) comes next. Apart, as moving the whole costs more
    /// than a look-up.
    #[inline]
    pub(crate) fn new(index: &'static Index, status: u16, headers: &'a HeaderMap, body: &'a Bytes) -> Self {
        Self {
            index,
            status,
            headers,
            body,
            tape: None,
            code: None,
            first: Seen::Json(Walk::EMPTY),
            first_shape: None,
            more: Vec::new(),
        }
    }

    /// Reads the body as JSON, where that matters, and at once by the first shape where the body is as
    /// that writes it.
    pub(crate) fn open(&mut self, room: &'a mut Room) {
        let index = self.index;
        let scan = if index.has_json { Scan::start(self.body, index.depth, room) } else { None };
        if let (Some((mut scan, at)), Seen::Json(walk)) = (scan, &mut self.first) {
            if walk.along(&index.shapes[0], &mut scan, at) {
                (self.tape, self.first_shape) = (Some(scan.finish()), Some(0));
                return;
            }
            scan.restart();
            if scan.value(0, at).is_some_and(|(_, end)| scan.is_end(end)) {
                self.tape = Some(scan.finish());
            }
        }
    }

    /// Whether nothing of an opened body can be read, and nothing else names an error.
    #[inline]
    pub(crate) fn says_nothing(&self) -> bool {
        self.tape.is_none() && self.index.is_json_only && self.index.code_headers.is_empty()
    }

    pub(crate) fn seen(&self, shape: u16) -> Option<&Seen<'a>> {
        if self.first_shape == Some(shape) {
            return Some(&self.first);
        }
        self.more.iter().find(|(id, _)| *id == shape).map(|(_, seen)| seen)
    }

    fn see(&mut self, id: u16) {
        if self.seen(id).is_some() {
            return;
        }
        let body = self.body;
        let shape = &self.index.shapes[usize::from(id)];
        let seen = match &shape.kind {
            ShapeKind::Json(read) => Seen::Json(match self.tape {
                Some(tape) => Walk::over(shape, read, &tape),
                None => Walk::nothing(shape),
            }),
            ShapeKind::Text => {
                Seen::Plain(std::str::from_utf8(body).is_ok_and(|text| !text.trim().is_empty()))
            }
            ShapeKind::Empty => Seen::Plain(body.trim_ascii().is_empty()),
            ShapeKind::Anything => Seen::Plain(true),
            ShapeKind::Custom(format) => {
                let view = BodyView { status: self.status, headers: self.headers, body };
                Seen::Custom((format.identify)(&view).map(Box::new))
            }
        };
        if self.first_shape.is_none() {
            (self.first, self.first_shape) = (seen, Some(id));
        } else {
            self.more.push((id, seen));
        }
    }

    pub(crate) fn reader(&self, chosen: Chosen) -> Reader<'_> {
        Reader::new(self, &self.index.entries[chosen.entry], chosen.alternative)
    }

    /// The code in the header that is declared for it.
    fn header_code(&self) -> Option<Cow<'a, str>> {
        self.index.code_headers.iter().find_map(|name| {
            let text = self.headers.get(name)?.to_str().ok()?.trim();
            (!text.is_empty()).then_some(Cow::Borrowed(text))
        })
    }

    /// The code in the body: where the types' templates have it, else where a variant's own has it.
    fn body_code(&mut self) -> Option<Coded<'a>> {
        let index = self.index;
        let mut first = None;
        for &id in &index.code_shapes {
            self.see(id);
            let Some(code) = self.code_by(id) else { continue };
            // Taxonomies nested in one another may have it in different places: what one of them
            // declares is surer than what none does.
            let declaring = index.declaring(code.as_bytes());
            if !declaring.is_empty() {
                return Some((code, declaring));
            }
            first.get_or_insert((code, declaring));
        }
        first
    }

    fn code_by(&self, id: u16) -> Option<Cow<'a, str>> {
        match self.seen(id)? {
            Seen::Json(walk) => {
                let tape = self.tape?;
                let places = &self.index.shapes[usize::from(id)].codes;
                places.iter().find_map(|place| text_of(&tape, walk.at(*place)?))
            }
            Seen::Plain(_) => None,
            Seen::Custom(identity) => identity.as_ref()?.code.clone().filter(|code| !code.is_empty()),
        }
    }

    pub(crate) fn received_code(&mut self) -> Option<Cow<'a, str>> {
        let known = self.code.clone().or_else(|| self.header_code());
        known.or_else(|| self.body_code().map(|(code, _)| code))
    }

    /// The message, where the body has the shape that says where it is.
    pub(crate) fn message(&mut self) -> Option<Cow<'a, str>> {
        (0..u16::try_from(self.index.shapes.len()).ok()?).find_map(|id| self.message_by(id))
    }

    /// What headers and body say of a delay, by the first shape that has one.
    pub(crate) fn delay(&mut self) -> Option<RetryAfter> {
        let index = self.index;
        let shapes = 0..u16::try_from(index.shapes.len()).unwrap_or(u16::MAX);
        for id in shapes.clone() {
            self.see(id);
        }
        let mut found = shapes.map(|id| BodyDelays::by(self, id));
        let found = found.find(|found| !found.is_empty()).unwrap_or_default();
        let rate_limited = Classes::of_status(self.status).contains(Class::RateLimit);
        let reset = verdict::reset_header(index.catalog);
        delay::read(&found.sources(self.headers, rate_limited, reset))
    }

    /// The whole body, where it is no JSON, and the type or an error of this status has its message as
    /// the body.
    pub(crate) fn message_as_body(&mut self) -> Option<Cow<'a, str>> {
        let index = self.index;
        if self.tape.is_some() {
            return None;
        }
        let entries = index.of_status(self.status).map_or(&[][..], |errors| &errors.all);
        let specs = entries.iter().map(|entry| index.entries[*entry as usize].spec);
        let formats = specs.flat_map(|spec| spec.data.body).chain(index.catalog.data.body);
        formats.into_iter().find(|format| format.template == Some(Template::Text))?;
        let text = std::str::from_utf8(self.body).ok()?;
        (!text.trim().is_empty()).then_some(Cow::Borrowed(text))
    }

    pub(super) fn message_by(&mut self, id: u16) -> Option<Cow<'a, str>> {
        self.see(id);
        match self.seen(id)? {
            Seen::Json(walk) => {
                let tape = self.tape?;
                let places = &self.index.shapes[usize::from(id)].messages;
                places.iter().find_map(|place| tape.str(walk.at(*place)?))
            }
            Seen::Plain(_) => None,
            Seen::Custom(identity) => identity.as_ref()?.message.clone(),
        }
    }

    /// The error this response is. `decodes` is asked about those that only their payload tells.
    pub(crate) fn choose(
        &mut self,
        decodes: &dyn Fn(&mut Reader<'_>, &[u16]) -> bool,
    ) -> Result<Chosen, Why> {
        let index = self.index;
        let by_status = index.of_status(self.status).ok_or(Why::Foreign)?;
        let header_code = self.header_code();
        let from_header = header_code.is_some();
        let coded = match header_code {
            Some(code) => {
                let declaring = index.declaring(code.as_bytes());
                if !index.code_shapes.is_empty() {
                    if let Some((_, other)) = self.body_code() {
                        if !declaring.is_empty()
                            && !other.is_empty()
                            && !declaring.iter().any(|entry| other.contains(entry))
                        {
                            return Err(Why::Conflict);
                        }
                    }
                }
                Some((code, declaring))
            }
            None => self.body_code(),
        };
        let Some((code, declaring)) = coded else { return self.without_code(by_status, decodes) };
        self.code = Some(code);
        match self.with_code(declaring, by_status) {
            Err(Why::UnknownCode) if !from_header => self.without_unknown_code(by_status, decodes),
            result => result,
        }
    }

    /// What one template has as the code, another may have as the message or a field. An unknown code
    /// is none where the body has the whole shape of such another, and not that of the template that
    /// has it as the code.
    #[cold]
    fn without_unknown_code(
        &mut self,
        by_status: &'static ByStatus,
        decodes: &dyn Fn(&mut Reader<'_>, &[u16]) -> bool,
    ) -> Result<Chosen, Why> {
        let index = self.index;
        let chosen = self.without_code(by_status, decodes).map_err(|_| Why::UnknownCode)?;
        let mut code = None;
        for &id in &index.code_shapes {
            if let Some(value) = self.code_value(id) {
                if self.seen(id).is_some_and(Seen::fits) {
                    return Err(Why::UnknownCode);
                }
                code = code.or(Some(value));
            }
        }
        let shape = index.entries[chosen.entry].alternatives.get(chosen.alternative).map(|read| read.shape);
        let takes_it = shape.is_some_and(|id| match self.seen(id) {
            Some(Seen::Json(walk)) => {
                let shape = &index.shapes[usize::from(id)];
                let holds = |place: usize| code.is_some() && walk.at(place) == code;
                (0..shape.places.len()).any(holds) && !shape.codes.iter().copied().any(holds)
            }
            _ => false,
        });
        if !takes_it {
            return Err(Why::UnknownCode);
        }
        self.code = None;
        Ok(chosen)
    }

    /// The value in a code's place, by the first shape that has one there.
    fn code_value(&self, id: u16) -> Option<Value> {
        let Seen::Json(walk) = self.seen(id)? else { return None };
        let tape = self.tape?;
        let places = &self.index.shapes[usize::from(id)].codes;
        places.iter().find_map(|place| walk.at(*place).filter(|value| text_of(&tape, *value).is_some()))
    }

    fn with_code(&mut self, declaring: &'static [u32], by_status: &'static ByStatus) -> Result<Chosen, Why> {
        let index = self.index;
        if declaring.is_empty() {
            if by_status.any.is_empty() {
                return Err(Why::UnknownCode);
            }
            return self.best(&by_status.any, |_| true, false).ok_or(Why::Foreign)?;
        }
        let status = self.status;
        if let [only] = declaring {
            let entry = &index.entries[*only as usize];
            if let (Some(shape), true) = (entry.sure_shape, entry.spec.has_status(status)) {
                self.see(shape);
                return Ok(Chosen { entry: *only as usize, alternative: 0 });
            }
        }
        let of_status = |entry: u32| index.entries[entry as usize].spec.has_status(status);
        if declaring.iter().any(|entry| of_status(*entry)) {
            return self.best(declaring, of_status, false).ok_or(Why::Foreign)?;
        }
        // Outside the error statuses only what is declared for exactly that status is read.
        if self.status < 400 {
            return Err(Why::Foreign);
        }
        let mut fitting = declaring.iter().filter_map(|entry| Some((*entry, self.fit(*entry, false)?)));
        match (fitting.next(), fitting.next()) {
            (Some((entry, (_, alternative))), None) => Ok(Chosen { entry: entry as usize, alternative }),
            (None, _) => Err(Why::Foreign),
            (Some(_), Some(_)) => Err(Why::Ambiguous),
        }
    }

    fn without_code(
        &mut self,
        by_status: &'static ByStatus,
        decodes: &dyn Fn(&mut Reader<'_>, &[u16]) -> bool,
    ) -> Result<Chosen, Why> {
        let index = self.index;
        if by_status.by_payload.is_empty() {
            return self.best(&by_status.codeless, |_| true, true).ok_or(Why::Foreign)?;
        }
        let mut fitting = by_status.codeless.clone();
        for &entry in &by_status.by_payload {
            let Some(((.., misfit), alternative)) = self.fit(entry, true) else { continue };
            let chosen = Chosen { entry: entry as usize, alternative };
            if !misfit && decodes(&mut self.reader(chosen), &index.entries[chosen.entry].path) {
                fitting.push(entry);
            }
        }
        self.best(&fitting, |_| true, true).ok_or(Why::Foreign)?
    }

    /// An error of any status by its code alone.
    pub(crate) fn choose_by_code(&mut self) -> Option<Chosen> {
        let (code, declaring) = self.body_code()?;
        self.code = Some(code);
        self.best(declaring, |_| true, false)?.ok()
    }

    /// The best of some candidates; `None` when none fits, an error when two are equally good.
    fn best(
        &mut self,
        candidates: &[u32],
        admitted: impl Fn(u32) -> bool,
        whole_shape: bool,
    ) -> Option<Result<Chosen, Why>> {
        let mut best: Option<(Rank, Chosen)> = None;
        let mut tied = false;
        for &entry in candidates {
            if !admitted(entry) {
                continue;
            }
            let Some((rank, alternative)) = self.fit(entry, whole_shape) else { continue };
            if whole_shape && rank.5 {
                continue;
            }
            let chosen = Chosen { entry: entry as usize, alternative };
            match &best {
                Some((known, _)) if *known < rank => {}
                Some((known, _)) if *known == rank => tied = true,
                _ => {
                    best = Some((rank, chosen));
                    tied = false;
                }
            }
        }
        let (_, chosen) = best?;
        Some(if tied { Err(Why::Ambiguous) } else { Ok(chosen) })
    }

    /// How well one candidate fits; `None` when it does not.
    ///
    /// Without a code, an error that always has one is read only where its body has no place for it.
    fn fit(&mut self, entry: u32, without_code: bool) -> Option<(Rank, usize)> {
        let number = entry;
        let index = self.index;
        let entry: &'static Entry = &index.entries[entry as usize];
        if !entry.conditions.is_empty() && !self.condition_holds(entry) {
            return None;
        }
        for alternative in &entry.alternatives {
            self.see(alternative.shape);
        }
        let always_coded = without_code && matches!(entry.spec.data.rule, CodeRule::Always);
        let fits = |alternative: &Alternative| {
            let lacks_code = always_coded && index.shapes[usize::from(alternative.shape)].has_code();
            !lacks_code && self.seen(alternative.shape).is_some_and(Seen::fits)
        };
        let whole = entry.alternatives.iter().position(fits);
        let position = whole.unwrap_or(0);
        let Some(alternative) = entry.alternatives.get(position) else {
            // No body at all is declared: nothing to compare.
            return Some(((entry.width(), 0, Reverse(0), 0, Reverse(0), false), 0));
        };
        let (mut equal_slots, mut lacking_slots) = (0, 0);
        if let Some(Seen::Json(walk)) = self.seen(alternative.shape) {
            if walk.literal_differs || (self.status < 400 && self.status != 0 && walk.literal_missing) {
                return None;
            }
            let places = &index.shapes[usize::from(alternative.shape)].places;
            for (place, values) in &alternative.slots {
                let Some(values) = values else { continue };
                let value = self.tape.and_then(|tape| {
                    let value = walk.at(*place)?;
                    (tape.kind(value) != Kind::Null).then(|| text_of(&tape, value))
                });
                match value {
                    // Known by a slot that did not come: less sure than one that never had it.
                    None => lacking_slots += 1,
                    Some(Some(text)) if values.iter().any(|known| *known == text) => equal_slots += 1,
                    Some(_) if places[*place].stands_in => lacking_slots += 1,
                    Some(_) => return None,
                }
            }
        }
        let order = if entry.conditions.is_empty() { u32::MAX } else { number };
        let asks = index.shapes[usize::from(alternative.shape)].asks;
        let rank =
            (entry.width(), order, Reverse(equal_slots), lacking_slots, Reverse(asks), whole.is_none());
        Some((rank, position))
    }

    fn condition_holds(&self, entry: &Entry) -> bool {
        entry.conditions.iter().any(|(name, wanted)| match wanted {
            Some(wanted) => self
                .headers
                .get_all(name)
                .iter()
                .any(|value| value.as_bytes().trim_ascii() == wanted.as_bytes()),
            None => self.headers.contains_key(name),
        })
    }
}

impl Entry {
    /// How many statuses it has beyond the first.
    fn width(&self) -> u16 {
        self.spec.data.last - self.spec.data.first
    }
}

/// A string or a number as text; anything else, and the empty string, is none.
pub(crate) fn text_of<'a>(tape: &Tape<'a>, value: Value) -> Option<Cow<'a, str>> {
    match tape.kind(value) {
        Kind::String => tape.str(value).filter(|text| !text.is_empty()),
        Kind::Number => Some(Cow::Borrowed(tape.raw(value))),
        _ => None,
    }
}
