//! What the rules ask of a body, worked out once per body.

use std::collections::HashSet;

use proc_macro2::Span;

use crate::template::ast::{Alternative, Body, Item, Literal, Node, NodeKind, Place};
use crate::template::ready::{self, READY};

pub(crate) struct Shape {
    /// Where the fields go when written; `None` if the body is a type, known only to const
    /// evaluation.
    pub(crate) written: Option<Places>,
    /// An alternative is a type, so what is not found here may still be there.
    pub(crate) has_named: bool,
    /// Slots of every alternative.
    pub(crate) slots: Vec<Slot>,
    /// The keys beside a `..fields`, of every alternative.
    pub(crate) beside: Vec<String>,
    /// `field(x)` of the alternatives written in the attribute.
    pub(crate) named_fields: Vec<(String, Span)>,
}

pub(crate) struct Slot {
    pub(crate) name: String,
    pub(crate) optional: bool,
}

#[derive(Default)]
pub(crate) struct Places {
    pub(crate) message: bool,
    pub(crate) code: bool,
    pub(crate) detail: bool,
    /// `fields` or `..fields`
    pub(crate) fields: bool,
    /// A literal that a body must have to be this one.
    pub(crate) literal: bool,
    /// By `field(x)`.
    pub(crate) placed: HashSet<String>,
}

/// The ready-made `aura`.
pub(crate) fn default_body() -> Body {
    let aura = ready::by_name("aura").unwrap_or(&READY[0]);
    Body { alternatives: vec![Alternative::Ready(aura)] }
}

impl Shape {
    pub(crate) fn of(body: &Body) -> Shape {
        let mut shape = Shape {
            written: None,
            has_named: body.has_named(),
            slots: Vec::new(),
            beside: Vec::new(),
            named_fields: Vec::new(),
        };
        for (at, alternative) in body.alternatives.iter().enumerate() {
            let node = alternative.node();
            if at == 0 && !alternative.is_named() {
                let mut places = node.as_deref().map(Places::of).unwrap_or_default();
                places.message |= alternative.has(&Place::Message);
                shape.written = Some(places);
            }
            let Some(node) = node else { continue };
            shape.slots.extend(
                node.slots().iter().map(|slot| Slot { name: slot.name.to_owned(), optional: slot.optional }),
            );
            shape.beside.extend(node.keys_beside_spread().iter().map(|(key, _)| (*key).to_owned()));
            if let Alternative::Inline(_) = alternative {
                shape.named_fields.extend(node.places().iter().filter_map(|used| match used.place {
                    Place::Field(name) => Some((name.clone(), used.span)),
                    Place::FieldIndex(index) => Some((index.to_string(), used.span)),
                    _ => None,
                }));
            }
        }
        shape
    }
}

impl Places {
    fn of(node: &Node) -> Places {
        let mut places =
            Places { fields: node.has_spread(), literal: has_literal(node), ..Places::default() };
        for used in node.places() {
            if used.read_only {
                continue;
            }
            match used.place {
                Place::Message => places.message = true,
                Place::Code => places.code = true,
                Place::Detail => places.detail = true,
                Place::Fields => places.fields = true,
                Place::Field(name) => {
                    places.placed.insert(name.clone());
                }
                Place::FieldIndex(index) => {
                    places.placed.insert(index.to_string());
                }
                _ => {}
            }
        }
        places
    }
}

/// One that is compared: not what stands in for an absent value, and not a shape that is only read.
fn has_literal(node: &Node) -> bool {
    match &node.kind {
        NodeKind::Literal(literal) => *literal != Literal::Null,
        NodeKind::Object(items) => items.iter().any(|item| match item {
            Item::Member(member) => has_literal(&member.value),
            Item::Spread(_) => false,
        }),
        NodeKind::Array(elements) => elements.iter().any(has_literal),
        NodeKind::Text(_) | NodeKind::Place(_) | NodeKind::Or(..) | NodeKind::Bind(..) => false,
    }
}
