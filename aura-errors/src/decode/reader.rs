//! How the value of one field comes into the enum: handed to the build function that the derive
//! emits.

use std::borrow::Cow;
use std::fmt::{self, Display};
use std::str::FromStr;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, StatusCode};
use serde::de::{self, DeserializeOwned, Deserializer, Visitor};

use super::body_delay::BodyDelays;
use super::identify::{Seen, Session, text_of};
use super::index::{Entry, Index, Source};
use super::shape::{self, Other, ShapeKind, What, literal_is};
use super::verbatim::{Departs, Matching};
use crate::body::template::Place;
use crate::delay;
use crate::json::{self, Kind, Tape, Value};
use crate::spec::{FieldRole, MessageSource, TextSource, reason_of};
use crate::{Catalog, Class, Classes, ErrorSpec, RetryAfter};

/// A required field that the response does not give.
#[doc(hidden)]
#[derive(Debug)]
pub struct Misfit {
    /// A JSON Pointer into the body, or `header Name`.
    pub(crate) path: String,
    pub(crate) problem: String,
}

impl From<Departs> for Misfit {
    /// Nobody sees it: the body is read again in the general way.
    fn from(Departs: Departs) -> Self {
        Self { path: String::new(), problem: String::new() }
    }
}

/// The values of one recognised response, by field index.
#[doc(hidden)]
pub struct Reader<'s> {
    spec: &'static ErrorSpec,
    status: u16,
    headers: &'s HeaderMap,
    body: &'s Bytes,
    from: Origin<'s>,
    /// The JSON of one field, for an error that is made on the server.
    given: Option<(usize, &'s str)>,
    /// The members that flattened fields read before have taken: as with serde, those after them do
    /// not see them.
    flattened: Vec<&'static str>,
}

/// What the values are taken from.
enum Origin<'s> {
    /// Nothing was received.
    Nothing,
    Session(Received<'s>),
    /// A body as this crate writes it.
    Verbatim {
        index: &'static Index,
        entry: &'static Entry,
        matching: Matching<'s>,
    },
}

struct Received<'s> {
    session: &'s Session<'s>,
    entry: &'s Entry,
    alternative: usize,
}

/// A field's value as JSON text.
struct Raw<'s> {
    json: Cow<'s, str>,
    /// It equals what stands there for an absent value.
    as_absent: bool,
    place: usize,
}

impl<'s> Reader<'s> {
    pub(super) fn new(session: &'s Session<'_>, entry: &'s Entry, alternative: usize) -> Self {
        Self {
            spec: entry.spec,
            status: session.status,
            headers: session.headers,
            body: session.body,
            from: Origin::Session(Received { session, entry, alternative }),
            given: None,
            flattened: Vec::new(),
        }
    }

    pub(super) fn empty(
        spec: &'static ErrorSpec,
        status: u16,
        headers: &'s HeaderMap,
        body: &'s Bytes,
    ) -> Self {
        Self { spec, status, headers, body, from: Origin::Nothing, given: None, flattened: Vec::new() }
    }

    pub(super) fn verbatim(
        index: &'static Index,
        entry: &'static Entry,
        response: &'s http::Response<Bytes>,
        matching: Matching<'s>,
    ) -> Self {
        let mut reader =
            Self::empty(entry.spec, response.status().as_u16(), response.headers(), response.body());
        reader.from = Origin::Verbatim { index, entry, matching };
        reader
    }

    /// Whether a body that comes as this crate writes it does so to its end.
    #[inline]
    pub(super) fn is_whole(&mut self) -> bool {
        match &mut self.from {
            Origin::Verbatim { matching, .. } => matching.is_whole(),
            Origin::Nothing | Origin::Session(_) => false,
        }
    }

    #[cfg(any(feature = "actix4", feature = "axum08"))]
    pub(super) fn with(mut self, given: Option<(usize, &'s str)>) -> Self {
        self.given = given;
        self
    }
}

/// One method per form of a field, called by generated code.
impl Reader<'_> {
    /// A field that travels in the body. A value of the wrong type counts as absent where absence
    /// is possible.
    pub fn take<T: DeserializeOwned>(&mut self, field: usize) -> Result<T, Misfit> {
        if let Origin::Verbatim { matching, .. } = &mut self.from {
            return matching.take(field).map_err(Misfit::from);
        }
        self.take_into(field, Travelling { value: None, default: None })
    }

    /// With a default.
    pub fn take_or<T: DeserializeOwned>(&mut self, field: usize, default: fn() -> T) -> Result<T, Misfit> {
        if let Origin::Verbatim { matching, .. } = &mut self.from {
            return matching.take_or(field, default).map_err(Misfit::from);
        }
        self.take_into(field, Travelling { value: None, default: Some(default) })
    }

    /// With `deserialize_with`.
    pub fn take_with<T>(
        &mut self,
        field: usize,
        read: ReadWith<T>,
        default: Option<fn() -> T>,
    ) -> Result<T, Misfit> {
        if let Origin::Verbatim { matching, .. } = &mut self.from {
            return matching.take_with(field, read, default).map_err(Misfit::from);
        }
        self.take_into(field, TravellingWith { value: None, read, default })
    }

    fn take_into<T>(&mut self, field: usize, mut slot: impl Slot<Value = T>) -> Result<T, Misfit> {
        self.fill(field, &mut slot)?;
        slot.value().ok_or_else(|| self.misfit(field, None, "is missing".to_owned()))
    }

    /// Compiled once, for all types.
    fn fill(&mut self, field: usize, slot: &mut dyn Fill) -> Result<(), Misfit> {
        let Some(raw) = self.raw(field) else {
            return if slot.absent() {
                Ok(())
            } else {
                Err(self.misfit(field, None, "is missing".to_owned()))
            };
        };
        let spec = &self.spec.data.fields[field];
        let may_lack = || spec.data.skips || spec.is_option() || slot.has_nothing();
        let as_absent = raw.as_absent && may_lack();
        if !(as_absent && slot.absent()) {
            if let Err(error) = slot.read(&raw.json) {
                // A message is a string on the wire, whatever its type is.
                let is_message = self.spec.data.fields[field].data.role == FieldRole::Message;
                let text = || serde_json::from_str::<String>(&raw.json).ok();
                let mut as_message = || is_message && text().is_some_and(|text| slot.read(&text).is_ok());
                if as_absent || !(as_message() || slot.absent()) {
                    return Err(self.misfit(field, Some(raw.place), problem(&error)));
                }
            }
        }
        let is_flat = |field: &crate::FieldSpec| field.data.flatten;
        let fields = self.spec.data.fields;
        if is_flat(&fields[field]) && fields[field + 1..].iter().any(is_flat) {
            slot.name(MemberNames(&mut self.flattened));
        }
        Ok(())
    }

    pub fn take_retry_after<T>(
        &mut self,
        field: usize,
        from_wire: fn(Option<RetryAfter>) -> Option<T>,
    ) -> Result<T, Misfit> {
        from_wire(self.delay()).ok_or_else(|| Misfit {
            path: "header Retry-After".to_owned(),
            problem: format!("no delay for `{}`", self.spec.data.fields[field].data.name),
        })
    }

    pub fn take_status(&mut self) -> StatusCode {
        super::status_of(self.status)
    }

    /// The code as received.
    pub fn take_code(&mut self) -> Option<String> {
        let from = self.received()?;
        from.session.code.clone().map(Cow::into_owned)
    }

    pub fn take_header_value(&mut self, field: usize) -> Result<HeaderValue, Misfit> {
        self.take_header_value_opt(field).ok_or_else(|| self.header_misfit(field, "is missing"))
    }

    pub fn take_header_value_opt(&mut self, field: usize) -> Option<HeaderValue> {
        let name = self.spec.data.fields[field].data.header?;
        self.headers.get(name).cloned().or_else(|| HeaderValue::try_from(self.string(field)?).ok())
    }

    pub fn take_header<T: FromStr>(&mut self, field: usize) -> Result<T, Misfit> {
        match self.header_text(field) {
            Some(text) => text.parse().map_err(|_| self.header_misfit(field, "is not of its type")),
            None => Err(self.header_misfit(field, "is missing")),
        }
    }

    pub fn take_header_opt<T: FromStr>(&mut self, field: usize) -> Option<T> {
        self.header_text(field)?.parse().ok()
    }

    fn header_text(&self, field: usize) -> Option<String> {
        let name = self.spec.data.fields[field].data.header?;
        match self.headers.get(name).and_then(|value| value.to_str().ok()) {
            Some(text) => Some(text.trim().to_owned()),
            None => self.string(field),
        }
    }

    /// The value of the body's own place for a header.
    fn string(&self, field: usize) -> Option<String> {
        serde_json::from_str(&self.raw(field)?.json).ok()
    }
}

/// What the type of a field does. All that is compiled for each type is this, the reading of bodies that
/// come as they are written, and the call that puts both together.
trait Fill {
    fn read(&mut self, json: &str) -> Result<(), serde_json::Error>;

    /// The value that stands for none, where there is one.
    fn absent(&mut self) -> bool;

    /// Whether the type itself has such a value, without a default.
    fn has_nothing(&self) -> bool;

    /// The members it has as a struct.
    fn name(&self, names: MemberNames<'_>);
}

trait Slot: Fill {
    type Value;

    fn value(self) -> Option<Self::Value>;
}

/// A field that serde reads.
struct Travelling<T> {
    value: Option<T>,
    default: Option<fn() -> T>,
}

impl<T: DeserializeOwned> Fill for Travelling<T> {
    fn read(&mut self, json: &str) -> Result<(), serde_json::Error> {
        self.value = Some(json::read(json)?);
        Ok(())
    }

    fn absent(&mut self) -> bool {
        self.value = match self.default {
            Some(default) => Some(default()),
            None => absent(),
        };
        self.value.is_some()
    }

    fn has_nothing(&self) -> bool {
        absent::<T>().is_some()
    }

    fn name(&self, names: MemberNames<'_>) {
        let _ = T::deserialize(names);
    }
}

impl<T: DeserializeOwned> Slot for Travelling<T> {
    type Value = T;

    fn value(self) -> Option<T> {
        self.value
    }
}

type ReadWith<T> = for<'a, 'b> fn(
    &'a mut serde_json::Deserializer<serde_json::de::StrRead<'b>>,
) -> Result<T, serde_json::Error>;

/// A field that a function reads.
struct TravellingWith<T> {
    value: Option<T>,
    read: ReadWith<T>,
    default: Option<fn() -> T>,
}

impl<T> Fill for TravellingWith<T> {
    fn read(&mut self, json: &str) -> Result<(), serde_json::Error> {
        let mut deserializer = serde_json::Deserializer::from_str(json);
        let value = (self.read)(&mut deserializer)?;
        deserializer.end()?;
        self.value = Some(value);
        Ok(())
    }

    fn absent(&mut self) -> bool {
        self.value = self.default.map(|default| default());
        self.value.is_some()
    }

    fn has_nothing(&self) -> bool {
        false
    }

    fn name(&self, _: MemberNames<'_>) {}
}

impl<T> Slot for TravellingWith<T> {
    type Value = T;

    fn value(self) -> Option<T> {
        self.value
    }
}

impl<'s> Reader<'s> {
    fn received(&self) -> Option<&Received<'s>> {
        match &self.from {
            Origin::Session(received) => Some(received),
            Origin::Nothing | Origin::Verbatim { .. } => None,
        }
    }

    fn delay(&self) -> Option<crate::RetryAfter> {
        let classes = self.spec.fixed_classes().unwrap_or_else(|| Classes::of_status(self.status));
        let (of, body) = match &self.from {
            Origin::Nothing => (None, BodyDelays::default()),
            Origin::Verbatim { index, entry, .. } => (Some((*index, *entry)), BodyDelays::default()),
            Origin::Session(from) => {
                let read = from.entry.alternatives.get(from.alternative);
                let body = read.map(|read| BodyDelays::by(from.session, read.shape));
                (Some((from.session.index, from.entry)), body.unwrap_or_default())
            }
        };
        let declared = |catalog: &Catalog| catalog.data.reset_header;
        let reset = of.and_then(|(index, entry)| declared(entry.catalog).or(declared(index.catalog)));
        delay::read(&body.sources(self.headers, classes.contains(Class::RateLimit), reset))
    }

    fn raw(&self, field: usize) -> Option<Raw<'s>> {
        if let Some((_, json)) = self.given.filter(|(given, _)| *given == field) {
            return Some(Raw { json: Cow::Borrowed(json), as_absent: false, place: 0 });
        }
        let from = self.received()?;
        let data = &self.spec.data.fields[field].data;
        match from.seen()? {
            Seen::Json(walk) => {
                let tape = from.session.tape?;
                let sources = &from.entry.alternatives[from.alternative].sources[field];
                sources.iter().find_map(|source| match source {
                    Source::Whole { place, otherwise } => {
                        let value = walk.at(*place)?;
                        let as_absent = otherwise.iter().any(|other| from.equals(&tape, value, other));
                        Some(Raw { json: Cow::Borrowed(tape.raw(value)), as_absent, place: *place })
                    }
                    Source::Member { place } => {
                        let object = walk.at(*place)?;
                        let by_alias = || data.aliases.iter().find_map(|name| tape.get(object, name));
                        let value = tape.get(object, data.wire).or_else(by_alias)?;
                        Some(Raw { json: Cow::Borrowed(tape.raw(value)), as_absent: false, place: *place })
                    }
                    Source::Rest { place, taken } => {
                        let object = walk.at(*place).filter(|value| tape.kind(*value) == Kind::Object)?;
                        Some(Raw {
                            json: Cow::Owned(rest(&tape, object, taken, &self.flattened)),
                            as_absent: false,
                            place: *place,
                        })
                    }
                })
            }
            Seen::Plain(_) => {
                let text = std::str::from_utf8(self.body).ok()?;
                let is_message =
                    data.role == FieldRole::Message && matches!(from.shape().kind, ShapeKind::Text);
                is_message.then(|| Raw { json: quoted(text), as_absent: false, place: 0 })
            }
            Seen::Custom(identity) => {
                let identity = identity.as_ref()?;
                let named = || {
                    identity
                        .fields
                        .iter()
                        .find(|(name, _)| *name == data.wire || data.aliases.contains(&&**name))
                };
                let json = match data.role {
                    _ if data.flatten => Cow::Owned(self.rest_of(&identity.fields)),
                    FieldRole::Message => quoted(identity.message.as_deref()?),
                    FieldRole::Detail => Cow::Owned(identity.detail.clone()?.into_owned()),
                    _ => match named() {
                        Some((_, json)) => Cow::Owned(json.clone().into_owned()),
                        None if !data.named => Cow::Owned(identity.detail.clone()?.into_owned()),
                        None => return None,
                    },
                };
                Some(Raw { json, as_absent: false, place: 0 })
            }
        }
    }

    /// The named values that no other field takes, as an object.
    fn rest_of(&self, named: &[(Cow<'_, str>, Cow<'_, str>)]) -> String {
        let fields = self.spec.data.fields.iter().map(|field| &field.data).filter(|field| !field.flatten);
        let taken: Vec<&str> = fields
            .flat_map(|field| std::iter::once(field.wire).chain(field.aliases.iter().copied()))
            .chain(self.flattened.iter().copied())
            .collect();
        let members = named.iter().filter(|(name, _)| !taken.contains(&&**name));
        object(&mut members.map(|(name, json)| (&**name, &**json)))
    }

    #[cold]
    fn misfit(&self, field: usize, place: Option<usize>, problem: String) -> Misfit {
        let data = &self.spec.data.fields[field].data;
        let pointer = self.received().and_then(|from| {
            let ShapeKind::Json(read) = &from.shape().kind else { return None };
            let sources = &from.entry.alternatives[from.alternative].sources[field];
            let (number, member) = sources.iter().find_map(|source| match source {
                Source::Whole { place: at, .. } => {
                    place.is_none_or(|place| place == *at).then_some((*at, false))
                }
                Source::Member { place: at } => place.is_none_or(|place| place == *at).then_some((*at, true)),
                Source::Rest { place: at, .. } => {
                    place.is_none_or(|place| place == *at).then_some((*at, false))
                }
            })?;
            let mut path = shape::pointer_to(read, number)?;
            if member {
                shape::push_token(&mut path, data.wire);
            }
            Some(path)
        });
        Misfit { path: pointer.unwrap_or_else(|| format!("/{}", data.wire)), problem }
    }

    #[cold]
    fn header_misfit(&self, field: usize, problem: &str) -> Misfit {
        let name = self.spec.data.fields[field].data.header.unwrap_or_default();
        Misfit { path: format!("header {name}"), problem: problem.to_owned() }
    }
}

impl<'s> Received<'s> {
    fn shape(&self) -> &'static super::shape::Shape {
        let id = self.entry.alternatives.get(self.alternative).map_or(0, |alternative| alternative.shape);
        &self.session.index.shapes[usize::from(id)]
    }

    fn seen(&self) -> Option<&'s Seen<'s>> {
        let alternative = self.entry.alternatives.get(self.alternative)?;
        self.session.seen(alternative.shape)
    }

    /// Whether a value is what stands in its place for an absent one: equal to what was received
    /// for that elsewhere, or to what is always sent for it.
    fn equals(&self, tape: &Tape<'_>, value: Value, other: &Other) -> bool {
        let other = match other {
            Other::Literal(literal) => return literal_is(tape, value, *literal),
            Other::Place(place) => *place,
        };
        let Some(text) = text_of(tape, value) else { return false };
        let spec = self.entry.spec;
        // As it would be sent: an error known by its code may come with a status that it has not.
        let received = self.session.status;
        let status = if spec.has_status(received) { received } else { spec.status().as_u16() };
        let own = match other {
            Place::Message => match spec.data.message {
                crate::spec::MessageSource::Text(TextSource::Static(text)) => Some(Cow::Borrowed(text)),
                MessageSource::Reason => Some(Cow::Borrowed(reason_of(status))),
                _ => None,
            },
            Place::Title if spec.data.title.is_empty() => Some(Cow::Borrowed(reason_of(status))),
            Place::Title => Some(Cow::Borrowed(spec.title())),
            Place::Reason => Some(Cow::Borrowed(reason_of(status))),
            Place::Status => Some(Cow::Owned(status.to_string())),
            Place::Class => {
                let classes = spec.fixed_classes().unwrap_or_else(|| Classes::of_status(status));
                classes.primary().map(|class| Cow::Borrowed(class.as_str()))
            }
            Place::Slot(name) => {
                return spec.slot(name).is_some_and(|values| values.iter().any(|value| *value == text));
            }
            Place::Name => Some(Cow::Borrowed(spec.name())),
            Place::DocsUrl => spec.docs_url().map(Cow::Borrowed),
            Place::Code => Some(Cow::Owned(spec.code().to_string())),
            _ => None,
        };
        if own.is_some_and(|own| own == text) {
            return true;
        }
        let Some(Seen::Json(walk)) = self.seen() else { return false };
        self.shape().places.iter().enumerate().any(|(number, used)| {
            used.what == What::Place(other)
                && !used.shared
                && walk
                    .at(number)
                    .and_then(|value| text_of(tape, value))
                    .is_some_and(|received| received == text)
        })
    }
}

/// The members of an object that nobody else takes, as an object.
fn rest(tape: &Tape<'_>, value: Value, taken: &[&str], flattened: &[&str]) -> String {
    let members: Vec<_> = tape
        .members(value)
        .filter(|(name, _)| !taken.contains(&&**name) && !flattened.contains(&&**name))
        .collect();
    object(&mut members.iter().map(|(name, value)| (&**name, tape.raw(*value))))
}

/// An object of these members.
fn object<'m>(members: &mut dyn Iterator<Item = (&'m str, &'m str)>) -> String {
    let mut out = vec![b'{'];
    for (name, json) in members {
        if out.len() > 1 {
            out.push(b',');
        }
        json::write_str(&mut out, name);
        out.push(b':');
        out.extend_from_slice(json.as_bytes());
    }
    out.push(b'}');
    String::from_utf8(out).unwrap_or_default()
}

/// What serde says is wrong, without the value it says it about: that is part of the body, which is
/// not shown. So a message of a type's own is left out too, as it may quote the value.
#[cold]
fn problem(error: &serde_json::Error) -> String {
    const KINDS: [&str; 9] =
        ["boolean", "integer", "number", "floating point", "character", "string", "null", "sequence", "map"];
    let text = error.to_string();
    let text = text.rsplit_once(" at line ").map_or(&*text, |(text, _)| text);
    let expected = || text.rsplit_once(", expected ").map_or("", |(_, expected)| expected);
    if !error.is_data() || ["missing field", "invalid length"].iter().any(|known| text.starts_with(known)) {
        return text.to_owned();
    }
    if let Some(found) = text.strip_prefix("invalid type: ").or_else(|| text.strip_prefix("invalid value: "))
    {
        let kind = KINDS.into_iter().find(|kind| found.starts_with(kind)).unwrap_or("value");
        return format!("{kind}, expected {}", expected());
    }
    for known in ["unknown variant", "unknown field"] {
        if text.starts_with(known) {
            return format!("{known}, expected {}", expected());
        }
    }
    "is not of its type".to_owned()
}

fn quoted(text: &str) -> Cow<'static, str> {
    let mut out = Vec::with_capacity(text.len() + 2);
    json::write_str(&mut out, text);
    Cow::Owned(String::from_utf8(out).unwrap_or_default())
}

/// The value of a type for which absence is a value (`Option`, or a type that deserialises from
/// one), as serde's own derive finds it.
pub(crate) fn absent<T: DeserializeOwned>() -> Option<T> {
    T::deserialize(Absent).ok()
}

struct Absent;

/// Asks a type for the members it has as a struct. Other types name none: as with serde, a flattened
/// map leaves everything to those after it.
struct MemberNames<'a>(&'a mut Vec<&'static str>);

impl<'de> Deserializer<'de> for MemberNames<'_> {
    type Error = NotAbsent;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, NotAbsent> {
        Err(NotAbsent)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NotAbsent> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, NotAbsent> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        members: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, NotAbsent> {
        self.0.extend(members);
        Err(NotAbsent)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

#[derive(Debug)]
struct NotAbsent;

impl Display for NotAbsent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("required")
    }
}

impl std::error::Error for NotAbsent {}

impl de::Error for NotAbsent {
    fn custom<T: Display>(_: T) -> Self {
        NotAbsent
    }
}

impl<'de> Deserializer<'de> for Absent {
    type Error = NotAbsent;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, NotAbsent> {
        Err(NotAbsent)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NotAbsent> {
        visitor.visit_none()
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}
