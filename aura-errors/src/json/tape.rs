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

use super::lex::{after_space, literal_end, number_end, string_end};
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

#[cfg(test)]
mod tests;
