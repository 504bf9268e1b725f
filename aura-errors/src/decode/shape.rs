//! A template prepared for reading: its placeholders numbered, and one walk over a body that finds
//! them all.

use crate::body::Format;
use crate::body::compare;
use crate::body::template::{Item, Literal, Node, Place, Template, TextPart};
use crate::json::{self, Kind, Scan, Tape, Value};

/// One distinct body format of a catalogue.
pub(crate) struct Shape {
    pub(crate) kind: ShapeKind,
    pub(crate) places: Vec<PlaceUse>,
    /// The numbers of the places of the code.
    pub(crate) codes: Vec<usize>,
    /// Of the message, those that it shares with nothing first.
    pub(crate) messages: Vec<usize>,
    /// Some place holds a delay.
    pub(crate) has_delay: bool,
    pub(crate) asks: u32,
    /// How deep the values lie that the shape looks at.
    pub(crate) depth: u16,
    /// The names of all members are written without escapes.
    has_plain_names: bool,
}

pub(crate) enum ShapeKind {
    Json(Read),
    /// The body is the message.
    Text,
    Empty,
    Anything,
    /// A format implemented by hand.
    Custom(Format),
}

/// One placeholder where it stands in the template.
pub(crate) struct PlaceUse {
    pub(crate) what: What,
    /// For `a | b` where this is `a`: what `b` is.
    pub(crate) otherwise: Vec<Other>,
    /// It shares its value with another alternative.
    pub(crate) shared: bool,
}

impl PlaceUse {
    fn is_delay(&self) -> bool {
        matches!(self.what, What::Place(Place::RetryAfter | Place::RetryAfterMs) | What::DelayText { .. })
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum What {
    Place(Place),
    /// `..fields`: the object it stands in.
    Spread,
    /// A text with the delay in it, between these.
    DelayText {
        before: &'static str,
        after: &'static str,
    },
}

/// What stands in a member when the placeholder before the `|` is absent.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Other {
    Place(Place),
    Literal(Literal),
}

/// A node prepared for reading.
pub(crate) enum Read {
    Literal(Literal),
    Text {
        delay: Option<usize>,
        /// A part of it may be absent, and `null` stands for it then.
        nullable: bool,
    },
    Object {
        members: Vec<Member>,
        spread: Option<usize>,
    },
    Array(Vec<Read>),
    Place {
        number: usize,
        is_message: bool,
    },
    /// Alternatives that are placeholders all.
    Either {
        numbers: Vec<usize>,
        is_text: bool,
    },
    Or {
        options: Vec<Read>,
        is_text: bool,
    },
    Bind {
        number: usize,
        shape: Box<Read>,
    },
}

impl Read {
    fn holds_literal(&self) -> bool {
        match self {
            Read::Literal(_) => true,
            Read::Object { members, .. } => members.iter().any(|member| member.value.holds_literal()),
            Read::Array(parts) | Read::Or { options: parts, .. } => parts.iter().any(Read::holds_literal),
            Read::Bind { shape, .. } => shape.holds_literal(),
            Read::Text { .. } | Read::Place { .. } | Read::Either { .. } => false,
        }
    }
}

pub(crate) struct Member {
    key: &'static str,
    optional: bool,
    value: Read,
}

impl Shape {
    pub(crate) fn new(format: &Format) -> Self {
        let mut builder = Builder { places: Vec::new(), depth: 0, has_plain_names: true };
        let kind = match format.template {
            Some(Template::Json(node)) => ShapeKind::Json(builder.read(node, 0)),
            Some(Template::Text) => {
                builder.place(What::Place(Place::Message), 0);
                ShapeKind::Text
            }
            Some(Template::Empty) => ShapeKind::Empty,
            Some(Template::Anything) => ShapeKind::Anything,
            None => ShapeKind::Custom(*format),
        };
        let numbers = |wanted: Place| {
            let of = |(_, used): &(usize, &PlaceUse)| used.what == What::Place(wanted);
            builder.places.iter().enumerate().filter(of).map(|(number, _)| number).collect::<Vec<_>>()
        };
        let codes = numbers(Place::Code);
        let mut messages = numbers(Place::Message);
        messages.sort_by_key(|number| builder.places[*number].shared);
        Self {
            kind,
            codes,
            messages,
            has_delay: builder.places.iter().any(PlaceUse::is_delay),
            places: builder.places,
            asks: compare::template_asks(format.template.as_ref()),
            depth: builder.depth,
            has_plain_names: builder.has_plain_names,
        }
    }

    pub(crate) fn has_code(&self) -> bool {
        matches!(self.kind, ShapeKind::Custom(_)) || !self.codes.is_empty()
    }

    /// Whether there is anything to compare in a body.
    pub(crate) fn has_literals(&self) -> bool {
        matches!(&self.kind, ShapeKind::Json(read) if read.holds_literal())
    }

    pub(crate) fn has_message(&self) -> bool {
        !matches!(self.kind, ShapeKind::Json(_)) || !self.messages.is_empty()
    }
}

struct Builder {
    places: Vec<PlaceUse>,
    depth: u16,
    has_plain_names: bool,
}

impl Builder {
    fn place(&mut self, what: What, depth: u16) -> usize {
        // A place may hold the object of fields, whose members lie one deeper.
        self.depth = self.depth.max(depth.saturating_add(1));
        self.places.push(PlaceUse { what, otherwise: Vec::new(), shared: false });
        self.places.len() - 1
    }

    fn read(&mut self, node: &'static Node, depth: u16) -> Read {
        self.depth = self.depth.max(depth);
        let inner = depth.saturating_add(1);
        match node {
            Node::Literal(literal) => Read::Literal(*literal),
            Node::Text(parts) => Read::Text {
                delay: parts
                    .iter()
                    .any(|part| matches!(part, TextPart::RetryAfter))
                    .then(|| self.place(around_delay(parts), depth)),
                nullable: parts.iter().any(|part| matches!(part, TextPart::RetryAfter | TextPart::Code)),
            },
            Node::Object(items) => {
                let mut members = Vec::new();
                let mut spread = None;
                for item in *items {
                    match item {
                        Item::Member { key, optional, value } => {
                            self.has_plain_names &= json::is_plain(key);
                            members.push(Member { key, optional: *optional, value: self.read(value, inner) });
                        }
                        Item::Spread => spread = Some(self.place(What::Spread, depth)),
                    }
                }
                Read::Object { members, spread }
            }
            Node::Array(elements) => {
                Read::Array(elements.iter().map(|element| self.read(element, inner)).collect())
            }
            Node::Place(place) => Read::Place {
                number: self.place(What::Place(*place), depth),
                is_message: matches!(place, Place::Message),
            },
            Node::Bind(place, shape) => {
                let number = self.place(What::Place(*place), depth);
                Read::Bind { number, shape: Box::new(self.read(shape, depth)) }
            }
            Node::Or(_, _) => {
                let mut nodes = Vec::new();
                flatten_or(node, &mut nodes);
                let is_text = nodes.iter().all(|node| {
                    matches!(node, Node::Place(Place::Message | Place::Title | Place::Reason) | Node::Text(_))
                        || matches!(node, Node::Literal(Literal::Str(_)))
                });
                let options = nodes
                    .iter()
                    .enumerate()
                    .map(|(index, option)| {
                        let first = self.places.len();
                        let read = self.read(option, depth);
                        let others: Vec<Other> =
                            nodes[index + 1..].iter().filter_map(|node| other(node)).collect();
                        for place in &mut self.places[first..] {
                            place.otherwise.clone_from(&others);
                            place.shared = true;
                        }
                        read
                    })
                    .collect::<Vec<_>>();
                let number = |option: &Read| match option {
                    Read::Place { number, .. } => Some(*number),
                    _ => None,
                };
                match options.iter().map(number).collect() {
                    Some(numbers) => Read::Either { numbers, is_text },
                    None => Read::Or { options, is_text },
                }
            }
        }
    }
}

fn flatten_or<'n>(node: &'n Node, out: &mut Vec<&'n Node>) {
    match node {
        Node::Or(first, second) => {
            flatten_or(first, out);
            flatten_or(second, out);
        }
        other => out.push(other),
    }
}

fn other(node: &Node) -> Option<Other> {
    match node {
        Node::Place(place) | Node::Bind(place, _) => Some(Other::Place(*place)),
        Node::Literal(literal) => Some(Other::Literal(*literal)),
        _ => None,
    }
}

/// The fixed text beside the delay; nothing where another placeholder stands beside it.
fn around_delay(parts: &'static [TextPart]) -> What {
    let literal = |part: Option<&TextPart>| match part {
        Some(TextPart::Literal(text)) => *text,
        _ => "",
    };
    let at = parts.iter().position(|part| matches!(part, TextPart::RetryAfter)).unwrap_or(0);
    let before = literal(at.checked_sub(1).and_then(|before| parts.get(before)));
    What::DelayText { before, after: literal(parts.get(at + 1)) }
}

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
fn is_nothing(tape: &Tape<'_>, value: Value) -> bool {
    match tape.kind(value) {
        Kind::Null => true,
        Kind::Array => tape.elements(value).next().is_none(),
        _ => false,
    }
}

/// The element an array's shape is read from: the first whose literals are equal, where the shape
/// has some; else the one at its place.
fn pick(tape: &Tape<'_>, array: Value, element: &Read, index: usize) -> Option<Value> {
    if has_literal(element) {
        tape.elements(array).find(|value| literals_equal(tape, element, *value))
    } else {
        tape.elements(array).nth(index)
    }
}

fn has_literal(read: &Read) -> bool {
    match read {
        Read::Literal(_) => true,
        Read::Object { members, .. } => members.iter().any(|member| has_literal(&member.value)),
        Read::Bind { shape, .. } => has_literal(shape),
        _ => false,
    }
}

fn literals_equal(tape: &Tape<'_>, read: &Read, value: Value) -> bool {
    match read {
        Read::Literal(literal) => literal_is(tape, value, *literal),
        Read::Object { members, .. } => members.iter().all(|member| {
            !has_literal(&member.value)
                || tape.get(value, member.key).is_some_and(|value| literals_equal(tape, &member.value, value))
        }),
        Read::Bind { shape, .. } => literals_equal(tape, shape, value),
        _ => true,
    }
}

pub(crate) fn literal_is(tape: &Tape<'_>, value: Value, literal: Literal) -> bool {
    match (literal, tape.kind(value)) {
        (Literal::Null, Kind::Null) => true,
        (Literal::Bool(wanted), Kind::Bool) => tape.raw(value) == if wanted { "true" } else { "false" },
        (Literal::Str(wanted), Kind::String) => tape.str(value).is_some_and(|text| text == wanted),
        (Literal::Int(wanted), Kind::Number) => number_is(tape.raw(value), &wanted.to_string()),
        (Literal::Float(wanted), Kind::Number) => number_is(tape.raw(value), wanted),
        _ => false,
    }
}

/// Equal as text, or as numbers: `1`, `1.0` and `1e0` are one number.
fn number_is(sent: &str, wanted: &str) -> bool {
    sent == wanted
        || matches!((sent.parse::<f64>(), wanted.parse::<f64>()), (Ok(sent), Ok(wanted)) if sent == wanted)
}

/// Where a body first departs from a shape, as a JSON Pointer (RFC 6901). `None`: it does not.
pub(crate) fn first_misfit(tape: &Tape<'_>, read: &Read) -> Option<String> {
    let mut path = String::new();
    misfit(tape, read, Some(tape.root()), true, &mut path).then_some(path)
}

/// Whether there is a misfit; `path` then points at it.
fn misfit(tape: &Tape<'_>, read: &Read, value: Option<Value>, required: bool, path: &mut String) -> bool {
    let kind = value.map(|value| tape.kind(value));
    let mark = path.len();
    match read {
        Read::Literal(literal) => match value {
            Some(value) => !literal_is(tape, value, *literal),
            None => required,
        },
        Read::Text { nullable: true, .. } if kind == Some(Kind::Null) => false,
        Read::Text { .. } => required && kind != Some(Kind::String),
        Read::Place { is_message: true, .. }
        | Read::Either { is_text: true, .. }
        | Read::Or { is_text: true, .. } => required && kind != Some(Kind::String),
        Read::Place { .. } | Read::Either { .. } | Read::Or { .. } => required && kind.is_none(),
        Read::Bind { shape, .. } => match kind {
            None => required,
            Some(_) if value.is_some_and(|value| is_nothing(tape, value)) => false,
            Some(_) => misfit(tape, shape, value, required, path),
        },
        Read::Object { members, .. } => {
            if kind != Some(Kind::Object) {
                return required;
            }
            for member in members {
                push_token(path, member.key);
                let inner = value.and_then(|value| tape.get(value, member.key));
                if misfit(tape, &member.value, inner, !member.optional, path) {
                    return true;
                }
                path.truncate(mark);
            }
            false
        }
        Read::Array(elements) => {
            if kind != Some(Kind::Array) {
                return required;
            }
            for (index, element) in elements.iter().enumerate() {
                push_token(path, &index.to_string());
                let inner = value.and_then(|value| pick(tape, value, element, index));
                if misfit(tape, element, inner, elements.len() == 1, path) {
                    return true;
                }
                path.truncate(mark);
            }
            false
        }
    }
}

/// The JSON Pointer of a placeholder.
pub(crate) fn pointer_to(read: &Read, place: usize) -> Option<String> {
    let mut path = String::new();
    find(read, place, &mut path).then_some(path)
}

fn find(read: &Read, place: usize, path: &mut String) -> bool {
    let mark = path.len();
    match read {
        Read::Literal(_) => false,
        Read::Text { delay, .. } => *delay == Some(place),
        Read::Place { number, .. } => *number == place,
        Read::Either { numbers, .. } => numbers.contains(&place),
        Read::Or { options, .. } => options.iter().any(|option| find(option, place, path)),
        Read::Bind { number, shape } => *number == place || find(shape, place, path),
        Read::Object { members, spread } => {
            *spread == Some(place)
                || members.iter().any(|member| {
                    path.truncate(mark);
                    push_token(path, member.key);
                    find(&member.value, place, path)
                })
        }
        Read::Array(elements) => elements.iter().enumerate().any(|(index, element)| {
            path.truncate(mark);
            push_token(path, &index.to_string());
            find(element, place, path)
        }),
    }
}

pub(crate) fn push_token(path: &mut String, token: &str) {
    path.push('/');
    for character in token.chars() {
        match character {
            '~' => path.push_str("~0"),
            '/' => path.push_str("~1"),
            other => path.push(other),
        }
    }
}
