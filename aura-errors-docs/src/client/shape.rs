//! A template prepared for reading: its placeholders numbered, as the decoder of `aura-errors` does it.

use crate::Json;
use crate::model::{Alternative, BodyKind, Item, Node, Place, TextPart};

/// One distinct body of a catalogue.
pub(super) struct Shape {
    pub(super) kind: BodyKind,
    read: Option<Json>,
    pub(super) places: Vec<Used>,
    /// How much it asks of a body: required members, literals and texts.
    asks: i64,
}

/// One placeholder where it stands.
pub(super) struct Used {
    pub(super) what: What,
    /// For `a | b` where this is `a`: what `b` is.
    pub(super) otherwise: Vec<Other>,
    /// It shares its value with another alternative.
    pub(super) shared: bool,
    /// For `a | b` where this is `b`: what is there may be `a`.
    pub(super) stands_in: bool,
}

#[derive(Clone, PartialEq)]
pub(super) enum What {
    Place(Place),
    /// `..fields`: the object it stands in.
    Spread,
    /// A text with the delay in it, between these.
    DelayText {
        before: String,
        after: String,
    },
}

/// What stands in a member when the placeholder before the `|` is absent.
#[derive(Clone)]
pub(super) enum Other {
    Place(Place),
    Literal(Json),
}

impl Shape {
    pub(super) fn new(alternative: &Alternative) -> Self {
        let mut reader = Numbering { places: Vec::new() };
        let read = alternative.template.as_ref().filter(|_| alternative.kind == BodyKind::Json);
        let asks = match (read, alternative.kind) {
            (Some(node), _) => asks(node),
            (None, BodyKind::Text | BodyKind::None) => 0,
            (None, _) => 1,
        };
        let read = read.map(|node| reader.read(node));
        if alternative.kind == BodyKind::Text {
            reader.place(What::Place(Place::Message));
        }
        Self { kind: alternative.kind, read, places: reader.places, asks }
    }

    fn numbers(&self, wanted: &Place) -> Vec<usize> {
        let of = |used: &Used| matches!(&used.what, What::Place(place) if place == wanted);
        (0..self.places.len()).filter(|number| of(&self.places[*number])).collect()
    }

    /// It has a place for a code, or may have one.
    pub(super) fn has_code(&self) -> bool {
        self.kind == BodyKind::Custom || !self.numbers(&Place::Code).is_empty()
    }

    pub(super) fn has_message(&self) -> bool {
        self.kind != BodyKind::Json || !self.numbers(&Place::Message).is_empty()
    }

    pub(super) fn to_json(&self) -> Json {
        let (mut codes, mut messages) = (self.numbers(&Place::Code), self.numbers(&Place::Message));
        // Those that it shares with nothing first.
        for numbers in [&mut codes, &mut messages] {
            numbers.sort_by_key(|number| self.places[*number].shared);
        }
        let seconds = self.places.iter().enumerate().filter_map(|(at, used)| match &used.what {
            What::Place(Place::RetryAfter) => Some(Json::object([("at", number(at))])),
            What::DelayText { before, after } => Some(Json::object([
                ("at", number(at)),
                ("before", before.as_str().into()),
                ("after", after.as_str().into()),
            ])),
            _ => None,
        });
        let kind = match self.kind {
            BodyKind::Json => "json",
            BodyKind::Text => "text",
            BodyKind::Empty => "empty",
            BodyKind::None => "anything",
            BodyKind::Custom => "custom",
        };
        let mut members = vec![("kind", Json::from(kind)), ("places", number(self.places.len()))];
        members.push(("asks", self.asks.into()));
        for (key, numbers) in
            [("codes", codes), ("messages", messages), ("millis", self.numbers(&Place::RetryAfterMs))]
        {
            members.push((key, Json::array(numbers.into_iter().map(number))));
        }
        members.push(("seconds", Json::array(seconds)));
        members.extend(self.read.clone().map(|read| ("read", read)));
        Json::object(members)
    }
}

pub(super) fn number(number: usize) -> Json {
    i64::try_from(number).unwrap_or(i64::MAX).into()
}

struct Numbering {
    places: Vec<Used>,
}

impl Numbering {
    fn place(&mut self, what: What) -> usize {
        self.places.push(Used { what, otherwise: Vec::new(), shared: false, stands_in: false });
        self.places.len() - 1
    }

    fn read(&mut self, node: &Node) -> Json {
        match node {
            Node::Literal(literal) => is("literal", [("value", literal_of(literal))]),
            Node::Text(parts) => {
                let part = |part: &TextPart, wanted: &Place| matches!(part, TextPart::Place { place } if place == wanted);
                let delayed = parts.iter().any(|it| part(it, &Place::RetryAfter));
                let delay = delayed.then(|| self.place(around_delay(parts)));
                let nullable = delayed || parts.iter().any(|it| part(it, &Place::Code));
                is("text", [("delay", delay.map(number).into()), ("nullable", nullable.into())])
            }
            Node::Object(items) => {
                let mut members: Vec<Json> = Vec::new();
                let mut spread = None;
                for item in items {
                    match item {
                        Item::Member { key, optional, value } => members.push(Json::object([
                            ("key", Json::from(key.as_str())),
                            ("optional", (*optional).into()),
                            ("value", self.read(value)),
                        ])),
                        Item::Spread(_) => spread = Some(self.place(What::Spread)),
                    }
                }
                is("object", [("members", members.into()), ("spread", spread.map(number).into())])
            }
            Node::Array(elements) => {
                let elements: Vec<Json> = elements.iter().map(|element| self.read(element)).collect();
                is("array", [("elements", elements.into())])
            }
            Node::Place(place) => {
                let at = self.place(What::Place(place.clone()));
                is("place", [("at", number(at)), ("message", (*place == Place::Message).into())])
            }
            Node::Bind { place, shape } => {
                let at = self.place(What::Place(place.clone()));
                is("bind", [("at", number(at)), ("shape", self.read(shape))])
            }
            Node::Or(_) => self.or(node),
        }
    }

    fn or(&mut self, node: &Node) -> Json {
        let mut nodes = Vec::new();
        flatten(node, &mut nodes);
        let is_text = nodes.iter().all(|node| {
            matches!(
                node,
                Node::Place(Place::Message | Place::Title | Place::Reason)
                    | Node::Text(_)
                    | Node::Literal(Json::String(_))
            )
        });
        let mut options = Vec::new();
        for (index, option) in nodes.iter().enumerate() {
            let first = self.places.len();
            options.push(self.read(option));
            let others: Vec<Other> = nodes[index + 1..].iter().filter_map(|node| other(node)).collect();
            for used in &mut self.places[first..] {
                used.otherwise.clone_from(&others);
                used.shared = true;
                used.stands_in |= index > 0;
            }
        }
        is("or", [("options", options.into()), ("text", is_text.into())])
    }
}

fn is<const N: usize>(what: &str, members: [(&str, Json); N]) -> Json {
    Json::object([("is", Json::from(what))].into_iter().chain(members))
}

/// A number by its text: languages differ in what they hold exactly.
pub(super) fn literal_of(literal: &Json) -> Json {
    match literal {
        Json::Number(number) => Json::object([("number", number.to_string().as_str())]),
        other => other.clone(),
    }
}

fn flatten<'n>(node: &'n Node, out: &mut Vec<&'n Node>) {
    match node {
        Node::Or(either) => either.iter().for_each(|node| flatten(node, out)),
        other => out.push(other),
    }
}

fn other(node: &Node) -> Option<Other> {
    match node {
        Node::Place(place) | Node::Bind { place, .. } => Some(Other::Place(place.clone())),
        Node::Literal(literal) => Some(Other::Literal(literal.clone())),
        _ => None,
    }
}

/// The fixed text beside the delay; nothing where another placeholder stands beside it.
fn around_delay(parts: &[TextPart]) -> What {
    let literal = |part: Option<&TextPart>| match part {
        Some(TextPart::Literal(text)) => text.clone(),
        _ => String::new(),
    };
    let is_delay = |part: &TextPart| matches!(part, TextPart::Place { place: Place::RetryAfter });
    let at = parts.iter().position(is_delay).unwrap_or(0);
    let before = literal(at.checked_sub(1).and_then(|before| parts.get(before)));
    What::DelayText { before, after: literal(parts.get(at + 1)) }
}

fn asks(node: &Node) -> i64 {
    match node {
        Node::Literal(_) | Node::Text(_) | Node::Place(Place::Message) => 1,
        Node::Place(_) | Node::Or(_) => 0,
        Node::Bind { shape, .. } => asks(shape),
        Node::Array(elements) => match elements.as_slice() {
            [only] => asks(only),
            // Of several, each may be left out.
            _ => 0,
        },
        Node::Object(items) => items
            .iter()
            .map(|item| match item {
                Item::Member { optional: false, value, .. } => 1 + asks(value),
                _ => 0,
            })
            .sum(),
    }
}

/// The members that stand beside `..fields`.
pub(super) fn beside_spread(node: &Node) -> Vec<String> {
    let first = |mut found: Box<dyn Iterator<Item = Vec<String>> + '_>| {
        found.find(|found| !found.is_empty()).unwrap_or_default()
    };
    match node {
        Node::Object(items) => {
            if items.iter().any(|item| matches!(item, Item::Spread(_))) {
                let key = |item: &Item| match item {
                    Item::Member { key, .. } => Some(key.clone()),
                    Item::Spread(_) => None,
                };
                return items.iter().filter_map(key).collect();
            }
            first(Box::new(items.iter().filter_map(|item| match item {
                Item::Member { value, .. } => Some(beside_spread(value)),
                Item::Spread(_) => None,
            })))
        }
        Node::Array(elements) => first(Box::new(elements.iter().map(beside_spread))),
        Node::Or(either) => first(Box::new(either.iter().map(beside_spread))),
        Node::Bind { shape, .. } => beside_spread(shape),
        Node::Literal(_) | Node::Text(_) | Node::Place(_) => Vec::new(),
    }
}
