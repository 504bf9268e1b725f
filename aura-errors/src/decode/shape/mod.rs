//! A template prepared for reading: its placeholders numbered, so that one [`Walk`] over a body finds
//! them all.

#[cfg(test)]
mod along_tests;
mod literal;
mod pointer;
mod walk;

pub(crate) use self::literal::literal_is;
pub(crate) use self::pointer::{first_misfit, pointer_to, push_token};
pub(crate) use self::walk::Walk;
use crate::body::Format;
use crate::body::compare;
use crate::body::template::{Item, Literal, Node, Place, Template, TextPart};
use crate::json;

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
    /// For `a | b` where this is `b`: what is there may be `a`.
    pub(crate) stands_in: bool,
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
        // A place of its own is surer than one that is shared with another value.
        let (mut codes, mut messages) = (numbers(Place::Code), numbers(Place::Message));
        for places in [&mut codes, &mut messages] {
            places.sort_by_key(|number| builder.places[*number].shared);
        }
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
        self.places.push(PlaceUse { what, otherwise: Vec::new(), shared: false, stands_in: false });
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
                            place.stands_in |= index > 0;
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
