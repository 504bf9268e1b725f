//! What the checks ask of a template.

use std::borrow::Cow;

use proc_macro2::Span;

use super::ast::{Alternative, Body, Item, Node, NodeKind, Place};
use super::ready::ReadyKind;

/// One placeholder where it stands.
#[derive(Clone, Copy)]
pub(crate) struct Use<'a> {
    pub(crate) place: &'a Place,
    pub(crate) span: Span,
    /// Whether the innermost member it stands under is marked `?:`.
    pub(crate) optional: bool,
    /// Whether something else is written when it is absent (`p | q`).
    pub(crate) fallback: bool,
    /// Whether it is only read: it stands in the shape behind an `@`.
    pub(crate) read_only: bool,
}

impl Use<'_> {
    /// Whether a body can be written although the placeholder has no value.
    pub(crate) fn may_be_absent(&self) -> bool {
        self.optional || self.fallback || self.read_only
    }
}

/// One `slot(name)`.
#[derive(Clone, Copy)]
pub(crate) struct SlotUse<'a> {
    pub(crate) name: &'a str,
    /// Whether a variant may lack a value for it.
    pub(crate) optional: bool,
}

#[derive(Clone, Copy, Default)]
struct Under {
    optional: bool,
    fallback: bool,
    read_only: bool,
}

impl Node {
    /// Every placeholder, in the order written. Parts of strings and `..fields` are not among them.
    pub(crate) fn places(&self) -> Vec<Use<'_>> {
        let mut uses = Vec::new();
        collect(self, Under::default(), &mut uses);
        uses
    }

    pub(crate) fn has(&self, place: &Place) -> bool {
        self.places().iter().any(|used| used.place == place)
    }

    pub(crate) fn has_spread(&self) -> bool {
        self.any(&mut |node| spread(node).is_some())
    }

    /// The keys that a flattened field must not have: those beside a `..fields`.
    pub(crate) fn keys_beside_spread(&self) -> Vec<(&str, Span)> {
        let mut keys = Vec::new();
        self.any(&mut |node| {
            let items = spread(node).unwrap_or_default();
            keys.extend(items.iter().filter_map(|item| match item {
                Item::Member(member) => Some((member.key.as_str(), member.key_span)),
                Item::Spread(_) => None,
            }));
            false
        });
        keys
    }

    pub(crate) fn slots(&self) -> Vec<SlotUse<'_>> {
        let uses = self.places().into_iter();
        uses.filter_map(|used| match used.place {
            Place::Slot(name) => Some(SlotUse { name, optional: used.may_be_absent() }),
            _ => None,
        })
        .collect()
    }

    /// Whether the test holds for a node; nodes are tried in the order written, up to the first.
    fn any<'a>(&'a self, test: &mut impl FnMut(&'a Node) -> bool) -> bool {
        test(self)
            || match &self.kind {
                NodeKind::Literal(_) | NodeKind::Text(_) | NodeKind::Place(_) => false,
                NodeKind::Object(items) => items.iter().any(|item| match item {
                    Item::Member(member) => member.value.any(test),
                    Item::Spread(_) => false,
                }),
                NodeKind::Array(elements) => elements.iter().any(|element| element.any(test)),
                NodeKind::Or(left, right) => left.any(test) || right.any(test),
                NodeKind::Bind(_, shape) => shape.any(test),
            }
    }
}

/// The items of an object that has `..fields` among them.
fn spread(node: &Node) -> Option<&[Item]> {
    match &node.kind {
        NodeKind::Object(items) if items.iter().any(|item| matches!(item, Item::Spread(_))) => Some(items),
        _ => None,
    }
}

fn collect<'a>(node: &'a Node, under: Under, uses: &mut Vec<Use<'a>>) {
    let mut add = |place: &'a Place| {
        uses.push(Use {
            place,
            span: node.span,
            optional: under.optional,
            fallback: under.fallback,
            read_only: under.read_only,
        });
    };
    match &node.kind {
        NodeKind::Literal(_) | NodeKind::Text(_) => {}
        NodeKind::Place(place) => add(place),
        NodeKind::Bind(place, shape) => {
            add(place);
            let under = Under { read_only: true, ..under };
            collect(shape, under, uses);
        }
        NodeKind::Or(left, right) => {
            let covered = Under { fallback: true, ..under };
            collect(left, covered, uses);
            collect(right, under, uses);
        }
        NodeKind::Array(elements) => {
            for element in elements {
                collect(element, under, uses);
            }
        }
        NodeKind::Object(items) => {
            for item in items {
                if let Item::Member(member) = item {
                    let under = Under {
                        optional: member.optional,
                        // What stands in for the whole object does not stand in for its members.
                        fallback: false,
                        ..under
                    };
                    collect(&member.value, under, uses);
                }
            }
        }
    }
}

impl Alternative {
    /// The JSON template, where this crate knows one.
    pub(crate) fn node(&self) -> Option<Cow<'_, Node>> {
        match self {
            Alternative::Inline(node) => Some(Cow::Borrowed(node)),
            Alternative::Ready(ready) => ready.node().map(Cow::Owned),
            Alternative::Named(_) => None,
        }
    }

    /// Whether this is a type, whose template only const evaluation knows.
    pub(crate) fn is_named(&self) -> bool {
        matches!(self, Alternative::Named(_))
    }

    /// Whether the placeholder stands in the body; false for a type.
    pub(crate) fn has(&self, place: &Place) -> bool {
        match self {
            Alternative::Ready(ready) if matches!(ready.kind, ReadyKind::Text) => *place == Place::Message,
            _ => self.node().is_some_and(|node| node.has(place)),
        }
    }
}

impl Body {
    /// Whether any alternative is a type, so that the other answers here may be incomplete.
    pub(crate) fn has_named(&self) -> bool {
        self.alternatives.iter().any(Alternative::is_named)
    }

    /// Whether the placeholder stands in any known alternative.
    pub(crate) fn has(&self, place: &Place) -> bool {
        self.alternatives.iter().any(|alternative| alternative.has(place))
    }
}

#[cfg(test)]
mod tests {
    use syn::parse::Parser;

    use super::{Body, Node, Place};
    use crate::template::parse::{parse_body, parse_inline};

    fn node(input: &str) -> Node {
        parse_inline.parse_str(input).unwrap_or_else(|error| panic!("{input}: {error}"))
    }

    fn body(input: &str) -> Body {
        parse_body.parse_str(input).unwrap_or_else(|error| panic!("{input}: {error}"))
    }

    #[test]
    fn placeholders_and_how_they_stand() {
        let node = node(
            r#"{ "a": code, "b"?: { "c": slot(x), "d"?: slot(y) }, "e": [detail | message], "f"?: field(p) @ { "g": field(q) }, "h": { "i": title } | class }"#,
        );
        let seen: Vec<(String, bool, bool, bool)> = node
            .places()
            .iter()
            .map(|used| (used.place.show(), used.optional, used.fallback, used.read_only))
            .collect();
        let expected = [
            ("code", false, false, false),
            ("slot(x)", false, false, false),
            ("slot(y)", true, false, false),
            ("detail", false, true, false),
            ("message", false, false, false),
            ("field(p)", true, false, false),
            ("field(q)", false, false, true),
            ("title", false, false, false),
            ("class", false, false, false),
        ];
        assert_eq!(seen, expected.map(|(place, a, b, c)| (place.to_owned(), a, b, c)));
        let slots: Vec<(&str, bool)> = node.slots().iter().map(|slot| (slot.name, slot.optional)).collect();
        assert_eq!(slots, [("x", false), ("y", true)]);
    }

    #[test]
    fn keys_beside_a_spread() {
        let node = node(r#"{ "a": code, "b": { "c": name, ..fields, "d": 1 } }"#);
        assert!(node.has_spread());
        let keys: Vec<&str> = node.keys_beside_spread().iter().map(|(key, _)| *key).collect();
        assert_eq!(keys, ["c", "d"]);
    }

    #[test]
    fn whole_bodies() {
        let mixed = body("aura | { \"x\": field(x), ..fields } | Acme | text");
        assert!(mixed.has_named());
        assert!(mixed.has(&Place::Detail));
        assert!(!mixed.has(&Place::Title));
        assert!(body("text").has(&Place::Message));
        assert!(!body("empty").has(&Place::Message));
    }
}
