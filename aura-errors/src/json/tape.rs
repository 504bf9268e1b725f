//! The scanner that reads error bodies: one pass validates the whole JSON text and notes where its outer values lie.
//!
//! Decoding asks a body a handful of questions ("what is the text at `error.code`?") and keeps what it does not know.
//! A tree would copy everything to answer them, and a serde visitor would fail the whole body for one member of the
//! wrong type. A tape is a list of positions in the body as it came: asking costs a walk over neighbours, the answers
//! are slices, and nothing is built that was not asked for.
//!
//! The input is hostile until shown otherwise. So: no recursion (nesting costs one bit per level on the heap), no memory
//! but for that and one [`Entry`] for each value within the depth asked for (twice that while the list grows by
//! doubling), no panic, and time linear in the body, for each question too.

use std::borrow::Cow;
use std::num::NonZeroU32;

use super::text;

/// How many values are noted without an allocation: an error with nested objects and a few details has about twenty.
/// More room would cost every body: it is cleared and moved as a whole, about 10 ns for this much.
const INLINE: usize = 16;

/// A validated JSON text and the positions of its values down to a given depth.
#[derive(Clone, Copy)]
pub(crate) struct Tape<'a> {
    /// Without the byte order mark.
    text: &'a str,
    /// In document order, a value directly before what it contains.
    entries: &'a [Entry],
    /// Whether the name of any noted member has an escape. For all of them at once because it is so rare: without it
    /// names are compared as bytes, see [`Tape::get`].
    escaped_names: bool,
}

/// Where the entries of one tape are kept: in one place or the other, so that they are one slice.
pub(crate) struct Room {
    inline: [Entry; INLINE],
    /// Empty as long as the others are enough.
    heap: Vec<Entry>,
}

impl Room {
    #[inline]
    pub(crate) fn new() -> Self {
        Self { inline: [Entry::UNUSED; INLINE], heap: Vec::new() }
    }

    #[inline]
    fn entries(&mut self) -> &mut [Entry] {
        if self.heap.is_empty() { &mut self.inline } else { &mut self.heap }
    }

    /// Makes more room when all of it is used.
    #[cold]
    #[inline(never)]
    fn grow(&mut self) {
        if self.heap.is_empty() {
            self.heap.reserve(4 * INLINE);
            self.heap.extend_from_slice(&self.inline);
            self.heap.resize(4 * INLINE, Entry::UNUSED);
        } else {
            // Doubling, so that the copying stays linear.
            self.heap.resize(2 * self.heap.len(), Entry::UNUSED);
        }
    }
}

/// Where a value lies. What kind it is, its first byte says; where its name ends, the only unescaped quote between
/// `name` and `start`. So sixteen bytes are enough.
#[derive(Clone, Copy)]
struct Entry {
    /// Where the name of a member begins, inside its quotes. Unused for an element and for the root.
    name: u32,
    /// The first byte of the value.
    start: u32,
    /// One past the last.
    end: u32,
    /// The index of the first entry that is not inside this one: the next sibling, if there is one. The highest bit is
    /// [`Entry::ESCAPED`]. While an array or object is still open it holds the index of its parent, which saves a stack.
    link: u32,
}

impl Entry {
    const UNUSED: Self = Self { name: 0, start: 0, end: 0, link: 0 };

    /// In `link`: the value is a string and has an escape. The bit is free, because n values take at least 2n - 1 bytes
    /// of JSON and a body has less than 2^32 - 1.
    const ESCAPED: u32 = 1 << 31;

    #[inline]
    fn next(self) -> u32 {
        self.link & !Self::ESCAPED
    }
}

/// A value of one [`Tape`]; asked of another tape it names some other value there, or panics.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Value(
    /// One more than its index, so that an absent value takes no more room than one.
    NonZeroU32,
);

impl Value {
    const ROOT: Self = Self(NonZeroU32::MIN);

    #[inline]
    fn index(self) -> u32 {
        self.0.get() - 1
    }

    #[inline]
    fn at(index: u32) -> Self {
        Self(NonZeroU32::MIN.saturating_add(index))
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    Null,
    Bool,
    Number,
    String,
    Array,
    Object,
}

impl<'a> Tape<'a> {
    /// Validates the whole body and notes the values whose depth is at most `depth`; the root has depth 0. Deeper ones
    /// are validated only.
    ///
    /// `None` if the body is not one JSON text (RFC 8259) in UTF-8, or has 2^32 - 1 bytes or more. One byte order mark
    /// at the start is skipped: a sender must not add one, a receiver may ignore it (section 8.1), and servers that
    /// write their templates in an editor do add it. Apart from that mark the same texts are accepted as serde_json does
    /// for `IgnoredAny`: lone surrogates too (RFC 8259's grammar has them; see [`Tape::str`]), numbers of any
    /// size, any nesting.
    ///
    pub(crate) fn parse(body: &'a [u8], depth: u16, room: &'a mut Room) -> Option<Self> {
        let (mut scan, at) = Scan::start(body, depth, room)?;
        let (_, end) = scan.value(0, at)?;
        scan.is_end(end).then(|| scan.finish())
    }

    /// The outermost value.
    #[inline]
    pub(crate) fn root(&self) -> Value {
        Value::ROOT
    }

    #[inline]
    pub(crate) fn kind(&self, v: Value) -> Kind {
        match self.first_byte(self.entry(v)) {
            b'{' => Kind::Object,
            b'[' => Kind::Array,
            b'"' => Kind::String,
            b't' | b'f' => Kind::Bool,
            b'n' => Kind::Null,
            // A digit or a minus: nothing else begins a value in a validated text.
            _ => Kind::Number,
        }
    }

    /// The value's JSON text as sent, without white space around it.
    #[inline]
    pub(crate) fn raw(&self, v: Value) -> &'a str {
        let entry = self.entry(v);
        &self.text[entry.start as usize..entry.end as usize]
    }

    /// The member of an object; of duplicates the last, as serde_json's maps do it. Names are compared as the text they
    /// stand for, not as they are written. `None` for other kinds, and for an object at the depth limit.
    pub(crate) fn get(&self, v: Value, name: &str) -> Option<Value> {
        // To the end even when one is found: a later duplicate wins.
        self.children(v, b'{').filter(|member| self.has_name(self.entry(*member), name)).last()
    }

    /// As [`get`](Self::get) for several names at once, in one pass: `found[i]` becomes the member named `name(i)`. Members
    /// mostly stand in the order they are asked for, so each is compared with the name after the last one found first.
    pub(crate) fn find<'n>(&self, v: Value, name: impl Fn(usize) -> &'n str, found: &mut [Option<Value>]) {
        let count = found.len();
        let mut next = 0;
        for member in self.children(v, b'{') {
            let entry = self.entry(member);
            let mut at = next;
            for _ in 0..count {
                at = if at == count { 0 } else { at };
                if self.has_name(entry, name(at)) {
                    found[at] = Some(member);
                    next = at + 1;
                    break;
                }
                at += 1;
            }
        }
    }

    /// The elements of an array in order; none for other kinds, and for an array at the depth limit.
    pub(crate) fn elements(&self, v: Value) -> impl Iterator<Item = Value> {
        self.children(v, b'[')
    }

    /// The members of an object in order, names unescaped, duplicates included: into a map, the last wins there too.
    /// None for other kinds, and for an object at the depth limit. A member whose name has a lone surrogate is left
    /// out: no Rust text is that name, so nobody can have asked for it.
    pub(crate) fn members(&self, v: Value) -> impl Iterator<Item = (Cow<'a, str>, Value)> {
        self.children(v, b'{').filter_map(|member| Some((self.name(self.entry(member))?, member)))
    }

    /// The text of a string, unescaped: borrowed when it has no escape. `None` for other kinds and for lone surrogates,
    /// which no Rust text can hold.
    #[inline]
    pub(crate) fn str(&self, v: Value) -> Option<Cow<'a, str>> {
        let entry = self.entry(v);
        let content = self.content(entry)?;
        if entry.link & Entry::ESCAPED == 0 { Some(Cow::Borrowed(content)) } else { text::unescape(content) }
    }

    #[inline]
    fn entry(&self, v: Value) -> Entry {
        self.entries[v.index() as usize]
    }

    #[inline]
    fn first_byte(&self, entry: Entry) -> u8 {
        self.text.as_bytes()[entry.start as usize]
    }

    /// What is between the quotes of a string.
    #[inline]
    fn content(&self, entry: Entry) -> Option<&'a str> {
        let content = entry.start as usize + 1..(entry.end as usize).wrapping_sub(1);
        (self.first_byte(entry) == b'"').then(|| &self.text[content])
    }

    fn children(&self, v: Value, open: u8) -> impl Iterator<Item = Value> {
        let parent = self.entry(v);
        let end = if self.first_byte(parent) == open { parent.next() } else { 0 };
        let mut at = v.index() + 1;
        std::iter::from_fn(move || {
            let child = (at < end).then(|| Value::at(at))?;
            at = self.entry(child).next();
            Some(child)
        })
    }

    /// Whether this is the name of `member`.
    ///
    /// Without escapes there is one quote between the beginning of a name and its value, the one that ends the name. So
    /// a quote at the right distance says that the lengths are equal, and most names are told apart by that byte.
    #[inline]
    fn has_name(&self, member: Entry, name: &str) -> bool {
        if self.escaped_names {
            return self.name(member).is_some_and(|own| own == name);
        }
        let bytes = self.text.as_bytes();
        let start = member.name as usize;
        // Neither is more than `isize::MAX`, the longest a slice can be, so their sum fits `usize`.
        let end = start + name.len();
        end < member.start as usize && bytes[end] == b'"' && text::same(&bytes[start..end], name.as_bytes())
    }

    fn name(&self, member: Entry) -> Option<Cow<'a, str>> {
        let start = member.name as usize;
        let (end, escaped) = string_end(self.text.as_bytes(), start)?;
        let content = &self.text[start..end - 1];
        if escaped { text::unescape(content) } else { Some(Cow::Borrowed(content)) }
    }
}

/// Reads one JSON text and notes its values.
///
/// [`value`](Self::value) reads whatever stands at a position. Who knows what should stand there instead asks for it
/// part by part, and where something else does, starts anew. Every part takes the position where it begins and gives
/// the one where it ends: they are many and small, and a position that is kept in memory costs more than the part.
pub(crate) struct Scan<'a> {
    text: &'a str,
    /// How many objects that were entered are open.
    level: u32,
    /// Values are noted down to this one.
    depth: u32,
    room: &'a mut Room,
    /// How many entries are used.
    len: usize,
    escaped_names: bool,
}

impl<'a> Scan<'a> {
    /// With the position of the outermost value. `None`: the body is no JSON text, or too long.
    #[inline]
    pub(crate) fn start(body: &'a [u8], depth: u16, room: &'a mut Room) -> Option<(Self, usize)> {
        if !fits(body.len()) {
            return None;
        }
        let bytes = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body);
        let (at, byte) = after_space(bytes, 0)?;
        // Most of what is no JSON is a page of HTML, and need not be looked at further.
        if byte == b'<' {
            return None;
        }
        let text = std::str::from_utf8(bytes).ok()?;
        Some((Self { text, level: 0, depth: depth.into(), room, len: 0, escaped_names: false }, at))
    }

    /// What has been noted so far.
    #[inline]
    pub(crate) fn tape(&mut self) -> Tape<'_> {
        Tape { text: self.text, entries: self.room.entries(), escaped_names: self.escaped_names }
    }

    /// As if nothing had been read.
    #[cold]
    pub(crate) fn restart(&mut self) {
        (self.level, self.len, self.escaped_names) = (0, 0, false);
    }

    /// Whether nothing but white space is left.
    #[inline]
    pub(crate) fn is_end(&self, at: usize) -> bool {
        after_space(self.text.as_bytes(), at).is_none()
    }

    /// The tape, after the outermost value was read.
    #[inline]
    pub(crate) fn finish(self) -> Tape<'a> {
        Tape { text: self.text, entries: self.room.entries(), escaped_names: self.escaped_names }
    }

    /// Enters the object that begins here, up to its first name or its end. `None`: none begins here.
    ///
    /// Only down to the depth that is noted. `name`: where the name of the object begins.
    #[inline]
    pub(crate) fn enter(&mut self, name: usize, at: usize) -> Option<(Value, usize)> {
        let bytes = self.text.as_bytes();
        if *bytes.get(at)? != b'{' {
            return None;
        }
        let object = self.note(Entry { name: name as u32, start: at as u32, ..Entry::UNUSED });
        self.level += 1;
        let (at, _) = after_space(bytes, at + 1)?;
        Some((object, at))
    }

    /// The value of the member that begins here, if this is its name and is written without escapes.
    #[inline]
    pub(crate) fn member(&self, name: &str, at: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let inside = at + 1;
        let end = inside + name.len();
        let is_it = bytes.get(end) == Some(&b'"')
            && bytes[at] == b'"'
            && text::same(&bytes[inside..end], name.as_bytes());
        if !is_it {
            return None;
        }
        self.after_name(end + 1)
    }

    /// The name, as far as it is written without escapes, and the value of whatever member begins here.
    pub(crate) fn any_member(&self, at: usize) -> Option<(&'a str, usize)> {
        let text = self.text;
        if text.as_bytes().get(at) != Some(&b'"') {
            return None;
        }
        match string_end(text.as_bytes(), at + 1)? {
            (end, false) => Some((&text[at + 1..end - 1], self.after_name(end)?)),
            (_, true) => None,
        }
    }

    #[inline]
    fn after_name(&self, at: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let (at, byte) = after_space(bytes, at)?;
        if byte != b':' {
            return None;
        }
        after_space(bytes, at + 1).map(|(at, _)| at)
    }

    /// From the end of a member's value to the next name, or to the end of the object. `None`: neither follows.
    #[inline]
    pub(crate) fn next(&self, at: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let (at, byte) = after_space(bytes, at)?;
        if byte == b',' {
            let (at, byte) = after_space(bytes, at + 1)?;
            return (byte == b'"').then_some(at);
        }
        (byte == b'}').then_some(at)
    }

    /// Leaves an object that was entered. `None`: it does not end here.
    #[inline]
    pub(crate) fn leave(&mut self, object: Value, at: usize) -> Option<usize> {
        if *self.text.as_bytes().get(at)? != b'}' {
            return None;
        }
        self.level -= 1;
        let link = self.len as u32;
        let entry = &mut self.room.entries()[object.index() as usize];
        (entry.end, entry.link) = (at as u32 + 1, link);
        Some(at + 1)
    }

    /// Reads the value that begins here, with all that is inside it. `name`: where its name begins.
    #[inline]
    pub(crate) fn value(&mut self, name: usize, at: usize) -> Option<(Value, usize)> {
        let bytes = self.text.as_bytes();
        // Mostly a text.
        if self.level <= self.depth && bytes.get(at) == Some(&b'"') {
            let (end, escaped) = string_end(bytes, at + 1)?;
            let link = (self.len as u32 + 1) | if escaped { Entry::ESCAPED } else { 0 };
            let entry = Entry { name: name as u32, start: at as u32, end: end as u32, link };
            return Some((self.note(entry), end));
        }
        let value = Value::at(self.len as u32);
        Some((value, self.any_value(name, at)?))
    }

    #[inline]
    fn note(&mut self, entry: Entry) -> Value {
        let index = self.len;
        if self.room.entries().len() == index {
            self.room.grow();
        }
        self.room.entries()[index] = entry;
        self.len = index + 1;
        Value::at(index as u32)
    }

    /// [`value`](Self::value) of any kind.
    fn any_value(&mut self, mut name: usize, mut at: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        // Kept at hand: which room it is matters only when it is full.
        let mut entries = self.room.entries();
        let mut len = self.len;
        // How many levels inside this value are noted; none where it is too deep itself.
        let depth = self.depth.checked_sub(self.level);
        let mut levels = Levels::default();
        // The innermost open array or object that has an entry.
        let mut parent = 0;
        let mut byte = *bytes.get(at)?;
        loop {
            // Here a value begins, in an object with its name before it. Offsets fit `u32` by `fits`.
            let noted = depth.is_some_and(|depth| levels.count <= depth);
            if levels.in_object() {
                if byte != b'"' {
                    return None;
                }
                name = at + 1;
                let (end, escaped) = string_end(bytes, name)?;
                self.escaped_names |= escaped & noted;
                (at, byte) = after_space(bytes, end)?;
                if byte != b':' {
                    return None;
                }
                (at, byte) = after_space(bytes, at + 1)?;
            }
            let start = at;
            let first = byte;
            let mut opened = false;
            let mut link = len as u32 + 1;
            match first {
                b'"' => {
                    let (end, escaped) = string_end(bytes, at + 1)?;
                    at = end;
                    if escaped {
                        link |= Entry::ESCAPED;
                    }
                }
                b'{' | b'[' => {
                    (at, byte) = after_space(bytes, at + 1)?;
                    // `[` and `]`, `{` and `}` are two apart in ASCII.
                    if byte == first + 2 {
                        at += 1;
                    } else {
                        opened = true;
                        link = parent;
                    }
                }
                b't' => at = literal_end(bytes, at, b"true")?,
                b'f' => at = literal_end(bytes, at, b"false")?,
                b'n' => at = literal_end(bytes, at, b"null")?,
                _ => at = number_end(bytes, at)?,
            }
            if noted {
                if len == entries.len() {
                    self.room.grow();
                    entries = self.room.entries();
                }
                entries[len] = Entry { name: name as u32, start: start as u32, end: at as u32, link };
                if opened {
                    parent = len as u32;
                }
                len += 1;
            }
            if opened {
                levels.open(first == b'{');
                continue;
            }
            // Here a value has ended: what follows closes its parent, perhaps several, or goes on to the next value.
            loop {
                if levels.count == 0 {
                    self.len = len;
                    return Some(at);
                }
                (at, byte) = after_space(bytes, at)?;
                match byte {
                    b',' => {
                        (at, byte) = after_space(bytes, at + 1)?;
                        break;
                    }
                    b'}' if levels.in_object() => {}
                    b']' if !levels.in_object() => {}
                    _ => return None,
                }
                at += 1;
                levels.close();
                if depth.is_some_and(|depth| levels.count <= depth) {
                    let closed = &mut entries[parent as usize];
                    parent = closed.link;
                    closed.end = at as u32;
                    closed.link = len as u32;
                }
            }
        }
    }
}

/// Whether positions in a body of this length fit an [`Entry`]; one byte less than its `u32` could hold, see
/// [`Entry::ESCAPED`].
const fn fits(length: usize) -> bool {
    (length as u64) < u32::MAX as u64
}

/// For each open array or object, whether it is an object. One bit each, so that a megabyte of `[` takes 128 KiB, and
/// 64 levels, which is more than any error body has, take no allocation.
#[derive(Default)]
struct Levels {
    /// How many are open.
    count: u32,
    /// The innermost of them, at most 64, the last in the lowest bit. Above those bits is what was pushed out to `outer`.
    inner: u64,
    outer: Vec<u64>,
}

impl Levels {
    #[inline]
    fn open(&mut self, object: bool) {
        if self.count % 64 == 0 && self.count > 0 {
            self.outer.push(self.inner);
        }
        self.inner = self.inner << 1 | u64::from(object);
        self.count += 1;
    }

    #[inline]
    fn close(&mut self) {
        self.count -= 1;
        self.inner >>= 1;
        if self.count % 64 == 0 {
            // Nothing to take when the outermost 64 are the ones that were closed.
            self.inner = self.outer.pop().unwrap_or(0);
        }
    }

    #[inline]
    fn in_object(&self) -> bool {
        self.inner & 1 == 1
    }
}

/// The next byte that is no white space, and where it is.
#[inline]
fn after_space(bytes: &[u8], at: usize) -> Option<(usize, u8)> {
    let byte = *bytes.get(at)?;
    // Servers mostly send none.
    if byte > b' ' { Some((at, byte)) } else { after_some_space(bytes, at) }
}

fn after_some_space(bytes: &[u8], at: usize) -> Option<(usize, u8)> {
    let rest = &bytes[at..];
    let length = rest.iter().position(|byte| !matches!(byte, b' ' | b'\n' | b'\r' | b'\t'))?;
    Some((at + length, rest[length]))
}

/// From inside a string's opening quote to past its closing one, and whether there was an escape.
#[inline]
fn string_end(bytes: &[u8], from: usize) -> Option<(usize, bool)> {
    let at = text::plain_end(bytes, from);
    if *bytes.get(at)? == b'"' {
        return Some((at + 1, false));
    }
    Some((escaped_string_end(bytes, at)?, true))
}

/// The rest of [`string_end`], from the first backslash on, or from a byte that must not be there.
#[inline(never)]
fn escaped_string_end(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        match bytes.get(at)? {
            b'"' => return Some(at + 1),
            b'\\' => match bytes.get(at + 1)? {
                b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => at += 2,
                b'u' => {
                    // Not whether it is half of a surrogate pair: RFC 8259's grammar does not ask, and nor does
                    // serde_json for a value that nobody reads.
                    text::hex4(bytes, at + 2)?;
                    at += 6;
                }
                _ => return None,
            },
            // A control character.
            _ => return None,
        }
        at = text::plain_end(bytes, at);
    }
}

#[inline]
fn literal_end(bytes: &[u8], at: usize, literal: &[u8]) -> Option<usize> {
    bytes[at..].starts_with(literal).then_some(at + literal.len())
}

/// `-? (0 | [1-9] [0-9]*) ('.' [0-9]+)? ([eE] [+-]? [0-9]+)?`: RFC 8259, section 6.
#[inline]
fn number_end(bytes: &[u8], mut at: usize) -> Option<usize> {
    if bytes[at] == b'-' {
        at += 1;
    }
    at = match bytes.get(at)? {
        // What follows a leading zero is checked by the caller: a digit is neither white space nor a separator.
        b'0' => at + 1,
        _ => digits_end(bytes, at)?,
    };
    if let Some(b'.') = bytes.get(at) {
        at = digits_end(bytes, at + 1)?;
    }
    if let Some(b'e' | b'E') = bytes.get(at) {
        at += 1;
        if let Some(b'+' | b'-') = bytes.get(at) {
            at += 1;
        }
        at = digits_end(bytes, at)?;
    }
    Some(at)
}

/// One digit or more.
#[inline]
fn digits_end(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    while let Some(b'0'..=b'9') = bytes.get(at) {
        at += 1;
    }
    (at > from).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::{INLINE, Kind, Room, Tape, Value, fits};
    use serde::de::IgnoredAny;
    use std::borrow::Cow;

    /// With room of its own, never freed.
    fn parse(body: &[u8], depth: u16) -> Option<Tape<'_>> {
        Tape::parse(body, depth, Box::leak(Box::new(Room::new())))
    }

    fn valid(body: impl AsRef<[u8]>) -> bool {
        parse(body.as_ref(), 3).is_some()
    }

    fn path<'a>(tape: &Tape<'a>, names: &[&str]) -> Option<&'a str> {
        let value = names.iter().try_fold(tape.root(), |v, name| tape.get(v, name));
        value.map(|v| tape.raw(v))
    }

    fn noted(tape: &Tape<'_>) -> u32 {
        tape.entry(tape.root()).next()
    }

    fn raws<'a>(tape: &Tape<'a>, v: Value) -> Vec<&'a str> {
        tape.elements(v).map(|v| tape.raw(v)).collect()
    }

    #[test]
    fn members_are_found_and_their_text_is_what_was_sent() {
        let body = br#" { "a" : { "b" : [ 1 , {"c":-0.5e+3} ] , "d" : "x\u0041" } , "e" : true, "f":null } "#;
        let tape = parse(body, 4).unwrap();
        assert_eq!(path(&tape, &["a", "b"]), Some(r#"[ 1 , {"c":-0.5e+3} ]"#));
        assert_eq!(path(&tape, &["a", "d"]), Some(r#""x\u0041""#));
        assert_eq!(path(&tape, &["e"]), Some("true"));
        assert_eq!(path(&tape, &["f"]), Some("null"));
        assert_eq!(path(&tape, &["b"]), None, "a grandchild is not a member");
        assert_eq!(path(&tape, &["c"]), None);
        assert_eq!(path(&tape, &["a", "b", "c"]), None, "an array has no members");
        let list = tape.get(tape.get(tape.root(), "a").unwrap(), "b").unwrap();
        assert_eq!(raws(&tape, list), ["1", r#"{"c":-0.5e+3}"#]);
        let last = tape.elements(list).last().unwrap();
        assert_eq!(tape.get(last, "c").map(|v| tape.raw(v)), Some("-0.5e+3"));
    }

    #[test]
    fn kinds() {
        let tape = parse(br#"[null,true,false,0,-1,"",[],{}]"#, 1).unwrap();
        let kinds: Vec<Kind> = tape.elements(tape.root()).map(|v| tape.kind(v)).collect();
        use Kind::{Array, Bool, Null, Number, Object, String};
        assert_eq!(kinds, [Null, Bool, Bool, Number, Number, String, Array, Object]);
        assert_eq!(tape.kind(tape.root()), Array);
        for v in tape.elements(tape.root()) {
            assert_eq!(tape.elements(v).count() + tape.members(v).count(), 0);
            assert_eq!(tape.get(v, ""), None);
            assert_eq!(tape.str(v).is_some(), tape.kind(v) == String);
        }
    }

    #[test]
    fn the_root_may_be_any_value() {
        for (body, kind) in [("1", Kind::Number), (" \"a\" ", Kind::String), ("\nnull\t", Kind::Null)] {
            let tape = parse(body.as_bytes(), 0).unwrap();
            assert_eq!((tape.kind(tape.root()), tape.raw(tape.root())), (kind, body.trim()));
        }
    }

    #[test]
    fn names_are_compared_as_the_text_they_stand_for() {
        let tape = parse(br#"{"a\u0062":1,"plain":2,"q\"":3,"\\":4,"":5}"#, 1).unwrap();
        for (name, raw) in [("ab", "1"), ("plain", "2"), ("q\"", "3"), ("\\", "4"), ("", "5")] {
            assert_eq!(path(&tape, &[name]), Some(raw), "{name}");
        }
        for name in [r"a\u0062", "a", r#"q\""#, r"q\", "q", r"\\"] {
            assert_eq!(path(&tape, &[name]), None, "{name}");
        }
        let names: Vec<_> = tape.members(tape.root()).map(|(name, _)| name).collect();
        assert_eq!(names, ["ab", "plain", "q\"", "\\", ""]);
        assert!(matches!(names[1], Cow::Borrowed(_)));
    }

    #[test]
    fn a_name_with_a_quote_matches_no_text_beyond_its_end() {
        // Bytes after the name, up to a quote, as if they belonged to it.
        let tape = parse(br#"{"a":"b","c" : {"d":"e"}}"#, 2).unwrap();
        for name in [r#"a":"#, r#"a":"b"#, r#"a":"b","#, r#"c" : {"#, "a\"", &"a".repeat(99)] {
            assert_eq!(path(&tape, &[name]), None, "{name}");
        }
    }

    #[test]
    fn of_duplicates_the_last_wins() {
        let tape = parse(br#"{"a":1,"b":{"a":9},"a":{"x":2},"\u0061":3,"c":4}"#, 2).unwrap();
        assert_eq!(path(&tape, &["a"]), Some("3"));
        let members: Vec<_> = tape.members(tape.root()).map(|(name, v)| (name, tape.raw(v))).collect();
        assert_eq!(members.len(), 5);
        assert_eq!(members[3], ("a".into(), "3"));
        let tape = parse(br#"{"a":1,"a":{"a":2}}"#, 2).unwrap();
        assert_eq!(path(&tape, &["a"]), Some(r#"{"a":2}"#));
    }

    #[test]
    fn nothing_is_noted_below_the_depth_limit() {
        let body = br#"{"a":{"\u0062":[1,{"c":2}]},"d":[[],[3]],"e":4}"#;
        let counts: Vec<u32> = (0..6).map(|depth| noted(&parse(body, depth).unwrap())).collect();
        assert_eq!(counts, [1, 4, 7, 10, 11, 11]);
        let tape = parse(body, 1).unwrap();
        assert!(!tape.escaped_names, "the escaped name lies deeper");
        let (a, d) = (tape.get(tape.root(), "a").unwrap(), tape.get(tape.root(), "d").unwrap());
        assert_eq!(tape.raw(a), r#"{"\u0062":[1,{"c":2}]}"#);
        assert_eq!((tape.get(a, "b"), tape.members(a).count(), tape.elements(d).count()), (None, 0, 0));
        assert_eq!(tape.raw(tape.get(tape.root(), "e").unwrap()), "4");
        let tape = parse(body, 0).unwrap();
        assert_eq!((tape.raw(tape.root()).as_bytes(), tape.get(tape.root(), "a")), (&body[..], None));
    }

    #[test]
    fn memory_is_bounded_by_what_lies_within_the_depth() {
        let body = format!("[[{}0]]", "0,".repeat(100_000));
        let tape = parse(body.as_bytes(), 1).unwrap();
        assert_eq!(noted(&tape), 2);
        assert!(tape.entries.len() == INLINE);
    }

    #[test]
    fn several_names_are_found_as_each_alone() {
        let body = br#"{"b":1,"\u0061":2,"c":3,"b":4,"":5}"#;
        let tape = parse(body, 1).unwrap();
        for names in [["a", "b", "c", "d", ""], ["", "d", "c", "b", "a"], ["c", "", "a", "d", "b"]] {
            let mut found = [None; 5];
            tape.find(tape.root(), |at| names[at], &mut found);
            assert_eq!(found, names.map(|name| tape.get(tape.root(), name)));
        }
        let list = parse(b"[1]", 1).unwrap();
        let mut found = [None];
        list.find(list.root(), |_| "0", &mut found);
        assert_eq!(found, [None]);
    }

    #[test]
    fn a_byte_order_mark_is_skipped_once_and_at_the_start() {
        let body = "\u{FEFF} {\"a\":\"bc\"}".as_bytes();
        let tape = parse(body, 1).unwrap();
        let a = tape.get(tape.root(), "a").unwrap();
        assert_eq!(tape.raw(tape.root()), r#"{"a":"bc"}"#);
        assert_eq!(tape.str(a).unwrap(), "bc");
        for invalid in ["\u{FEFF}", "\u{FEFF}\u{FEFF}1", " \u{FEFF}1", "1\u{FEFF}", "[\u{FEFF}1]"] {
            assert!(!valid(invalid), "{invalid:?}");
        }
        assert!(!valid(b"\xEF\xBB1"));
    }

    #[test]
    fn white_space_is_the_four_characters_of_json() {
        assert!(valid(" \t\r\n{ \t\r\n\"a\" \t\r\n: \t\r\n[ \t\r\n1 \t\r\n, \t\r\n2 \t\r\n] \t\r\n} \t\r\n"));
        for other in ["\u{B}", "\u{C}", "\0", "\u{A0}", "\u{2028}"] {
            assert!(!valid(format!("{other}1")) && !valid(format!("[1{other}]")), "{other:?}");
        }
    }

    #[test]
    fn numbers_are_those_of_rfc_8259() {
        for number in
            ["0", "-0", "10", "0.0", "-1.25", "1e5", "1E+05", "0e-0", "1.5E-3", "1e999999", &"9".repeat(400)]
        {
            assert!(valid(number), "{number}");
        }
        for number in [
            "",
            "-",
            "+1",
            "01",
            "-01",
            "00",
            "1.",
            ".5",
            "-.5",
            "1.e3",
            "1e",
            "1e+",
            "1E-",
            "0x1",
            "1_0",
            "NaN",
            "Infinity",
            "-Infinity",
            "- 1",
            "1 2",
            "--1",
            "1.2.3",
            "1e1.5",
            "١",
        ] {
            assert!(!valid(number), "{number}");
            assert!(!valid(format!("[{number} ,0]")) && !valid(format!("{{\"a\":{number}}}")), "{number}");
        }
    }

    #[test]
    fn strings_are_those_of_rfc_8259() {
        for control in 0..0x20_u8 {
            for length in 0..10 {
                let mut body = vec![b'x'; length + 9];
                body[0] = b'"';
                body[length + 8] = b'"';
                assert!(valid(&body));
                body[length / 2 + 1] = control;
                assert!(!valid(&body), "{control}");
            }
        }
        assert!(valid("\"\u{7F}\u{80}\u{2028}\""));
        assert!(valid(r#""\"\\\/\b\f\n\r\t\u00Ff""#));
        for invalid in [
            r#"""#,
            r#""a"#,
            r#""\""#,
            r#""\"#,
            r#""\x""#,
            r#""\u12""#,
            r#""\u12g4""#,
            r#""\U0041""#,
            "'a'",
            r#""a"b"#,
        ] {
            assert!(!valid(invalid), "{invalid}");
        }
        assert!(!valid(b"\"\xFF\"") && !valid(b"\"\xC0\x80\"") && !valid(b"\"\xED\xA0\x80\""), "not UTF-8");
    }

    #[test]
    fn structure_is_that_of_rfc_8259() {
        for invalid in [
            "",
            " ",
            "[",
            "]",
            "{",
            "}",
            "[}",
            "{]",
            "[1,]",
            "[,1]",
            "[,]",
            "[1 2]",
            "{,}",
            r#"{"a"}"#,
            r#"{"a":}"#,
            r#"{"a":1,}"#,
            r#"{"a" 1}"#,
            r#"{"a",1}"#,
            "{1:2}",
            "{a:1}",
            r#"{"a":1 "b":2}"#,
            r#"["a":1]"#,
            "[1]]",
            "[[1]",
            "{}{}",
            "[] []",
            "nul",
            "nulll",
            "True",
            "tru",
            "falsey",
            "[1]//",
            "/**/1",
            r#"{"a":1]"#,
            r#"[1}"#,
            r#"[{"a":[1}]]"#,
        ] {
            assert!(!valid(invalid), "{invalid}");
            assert!(serde_json::from_str::<IgnoredAny>(invalid).is_err(), "{invalid}");
        }
    }

    #[test]
    fn a_lone_surrogate_is_valid_but_no_text() {
        let body = br#"{"a":"\ud800","\udc00":1,"b":"\ud83d\ude00"}"#;
        assert!(serde_json::from_slice::<IgnoredAny>(body).is_ok(), "serde_json agrees");
        let tape = parse(body, 1).unwrap();
        let a = tape.get(tape.root(), "a").unwrap();
        assert_eq!((tape.str(a), tape.raw(a)), (None, r#""\ud800""#));
        assert_eq!(tape.str(tape.get(tape.root(), "b").unwrap()).unwrap(), "😀");
        let names: Vec<_> = tape.members(tape.root()).map(|(name, _)| name).collect();
        assert_eq!(names, ["a", "b"], "its member is left out");
    }

    #[test]
    fn a_text_is_borrowed_unless_it_has_escapes() {
        let body = r#"["é","a\n",""]"#.as_bytes();
        let tape = parse(body, 1).unwrap();
        let [plain, escaped, empty]: [Value; 3] =
            tape.elements(tape.root()).collect::<Vec<_>>().try_into().unwrap();
        assert!(matches!(tape.str(plain), Some(Cow::Borrowed("é"))));
        assert!(matches!(tape.str(escaped), Some(Cow::Owned(text)) if text == "a\n"));
        assert!(matches!(tape.str(empty), Some(Cow::Borrowed(""))));
    }

    #[test]
    fn any_nesting_is_read_without_recursion() {
        // Around the words of the bit stack, beyond the 128 where serde_json's own types give up, and far enough that
        // recursion would overflow the stack.
        for depth in [1, 63, 64, 65, 127, 128, 129, 130, 192, 193, 1_000_000] {
            let mut body = String::new();
            for level in 0..depth {
                body.push_str(if level % 3 == 1 { "{\"a\":" } else { "[" });
            }
            body.push('1');
            let closers: String =
                (0..depth).rev().map(|level| if level % 3 == 1 { '}' } else { ']' }).collect();
            for limit in [0, 2, 200] {
                let whole = format!("{body}{closers}");
                let tape = parse(whole.as_bytes(), limit).unwrap();
                assert_eq!(tape.raw(tape.root()), whole);
                assert_eq!(noted(&tape), depth.min(u32::from(limit)) + 1);
            }
            assert!(!valid(format!("{body}{}", &closers[1..])), "one not closed");
            assert!(!valid(format!("{body}{closers}]")), "one closed too many");
            // The outermost closed by the wrong bracket: the bit of every level survives.
            for wrong in [0, depth as usize / 2, depth as usize - 1] {
                let mut closers = closers.clone().into_bytes();
                closers[wrong] ^= b']' ^ b'}';
                assert!(!valid([body.as_bytes(), &closers].concat()));
            }
        }
    }

    #[test]
    fn values_move_to_the_heap_while_their_parent_is_open() {
        for count in [1, INLINE - 2, INLINE - 1, INLINE, 4 * INLINE - 1, 4 * INLINE, 1000] {
            let members: Vec<String> = (0..count).map(|i| format!("\"n{i}\":[{i}]")).collect();
            let body = format!("{{{}}}", members.join(","));
            let tape = parse(body.as_bytes(), 1).unwrap();
            assert_eq!(tape.entries.len() > INLINE, count >= INLINE);
            assert_eq!(tape.members(tape.root()).count(), count);
            let tape = parse(body.as_bytes(), 2).unwrap();
            for i in 0..count {
                let list = tape.get(tape.root(), &format!("n{i}")).unwrap();
                assert_eq!(raws(&tape, list), [i.to_string()]);
            }
            assert_eq!(tape.raw(tape.root()), body);
        }
    }

    #[test]
    fn positions_must_fit() {
        assert!(fits(0) && fits(u32::MAX as usize - 1));
        assert!(!fits(u32::MAX as usize) && !fits(usize::MAX));
        assert_eq!((size_of::<super::Entry>(), size_of::<Option<Value>>()), (16, 4));
    }

    /// Everything the tape says of a value against what serde_json's tree says.
    fn compare(tape: &Tape<'_>, v: Value, expected: &serde_json::Value, left: u16) {
        use serde_json::Value as Json;
        // Equal text at every level below a noted value too.
        assert_eq!(&serde_json::from_str::<Json>(tape.raw(v)).unwrap(), expected);
        assert_eq!(tape.raw(v), tape.raw(v).trim());
        match expected {
            Json::Null => assert_eq!(tape.kind(v), Kind::Null),
            Json::Bool(_) => assert_eq!(tape.kind(v), Kind::Bool),
            Json::Number(_) => assert_eq!(tape.kind(v), Kind::Number),
            Json::String(text) => {
                assert_eq!(tape.kind(v), Kind::String);
                assert_eq!(&tape.str(v).unwrap(), text);
            }
            Json::Array(elements) => {
                assert_eq!(tape.kind(v), Kind::Array);
                let own: Vec<Value> = tape.elements(v).collect();
                assert_eq!(own.len(), if left == 0 { 0 } else { elements.len() });
                for (own, expected) in own.into_iter().zip(elements) {
                    compare(tape, own, expected, left - 1);
                }
            }
            Json::Object(members) => {
                assert_eq!(tape.kind(v), Kind::Object);
                for (name, _) in tape.members(v) {
                    assert!(members.contains_key(&*name));
                }
                for (name, expected) in members {
                    match tape.get(v, name) {
                        Some(own) => compare(tape, own, expected, left - 1),
                        None => assert_eq!(left, 0),
                    }
                }
            }
        }
    }

    #[test]
    fn mutated_bodies_are_read_as_serde_json_reads_them() {
        const SEEDS: [&str; 6] = [
            r#"{"error":"Not found","error_code":"not_found","detail":"Not found"}"#,
            r#"{"error":{"type":"card\u005ferror","code":null,"param":["a\n",1.5e3]},"é":"\ud83d\ude00"}"#,
            r#" [ {"a" : 1 , "a" : 2} , [] , {} , -0.25E-2 , true , false , "\"\\" ] "#,
            "\u{FEFF}{\"errors\":[{\"loc\":[\"body\",0],\"msg\":\"x\"}]}",
            r#"{"a":{"b":{"c":{"d":[[[1]]]}}},"\u0061":0}"#,
            r#""text""#,
        ];
        // What JSON is made of, so that many mutations stay valid.
        const ALPHABET: &[u8] =
            b"{}[]\",:\\ \n0123456789.-+eEtrufalsn/bu\0\x1F\x7F\x80\xC3\xED\xA0\xEF\xBB\xBF";
        // xorshift64: any fixed sequence will do.
        let mut state = 0x9E37_79B9_7F4A_7C15_u64;
        let mut random = move |below: usize| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state >> 33) as usize % below
        };
        let mut accepted = 0;
        for case in 0..50_000 {
            let mut body = SEEDS[case % SEEDS.len()].as_bytes().to_vec();
            for _ in 0..random(4) {
                let at = random(body.len() + 1);
                match random(5) {
                    0 if at < body.len() => drop(body.remove(at)),
                    1 if at < body.len() => body[at] ^= 1 << random(8),
                    2 if at < body.len() => body[at] = ALPHABET[random(ALPHABET.len())],
                    3 => {
                        let end = at + random(body.len() - at + 1).min(12);
                        let copy = body[at..end].to_vec();
                        let to = random(body.len() + 1);
                        body.splice(to..to, copy);
                    }
                    _ => body.insert(at, ALPHABET[random(ALPHABET.len())]),
                }
            }
            let depth = random(5) as u16;
            let tape = parse(&body, depth);
            let text = std::str::from_utf8(body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&body));
            let expected = text.is_ok_and(|text| serde_json::from_str::<IgnoredAny>(text).is_ok());
            assert_eq!(tape.is_some(), expected, "{}", body.escape_ascii());
            let Some(tape) = tape else { continue };
            accepted += 1;
            // A tree is refused for a lone surrogate or a number beyond `f64`: nothing to compare then.
            if let Ok(tree) = serde_json::from_str(text.unwrap()) {
                compare(&tape, tape.root(), &tree, depth);
            }
        }
        assert!(accepted > 15_000, "{accepted}");
    }
}
