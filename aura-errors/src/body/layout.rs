//! Which field goes where: how one error fills the placeholders of one template.
//!
//! Encoding, decoding and the checks share these rules.

use super::template::{Item, Node, Place};
use crate::ErrorSpec;
use crate::spec::{FieldRole, TextSource};

/// What the `detail` placeholder is for one error under one template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Detail {
    /// The declared text.
    Text(TextSource),
    /// This field, as itself.
    Field(usize),
    /// The object of these fields.
    Object(Vec<usize>),
    Absent,
}

/// How one error fills one template.
pub(crate) struct Layout {
    pub(crate) detail: Detail,
    /// The fields of `fields` and `..fields`.
    pub(crate) spread: Vec<usize>,
}

impl Layout {
    /// The layout under a template; `None` for bodies that are not templates, which have every
    /// placeholder.
    pub(crate) fn new(spec: &ErrorSpec, template: Option<&Node>) -> Self {
        let fields = spec.data.fields;
        let placed = |name: &str| template.is_some_and(|node| has(node, Place::Field(name_of(fields, name))));
        let spread: Vec<usize> = fields
            .iter()
            .enumerate()
            .filter(|(_, field)| {
                field.data.role == FieldRole::Plain && field.data.named && !placed(field.data.name)
            })
            .map(|(index, _)| index)
            .collect();
        let unnamed =
            fields.iter().position(|field| field.data.role == FieldRole::Plain && !field.data.named);
        let detail = if let Some(text) = spec.data.detail {
            Detail::Text(text)
        } else if let Some(index) = spec.role(FieldRole::Detail) {
            Detail::Field(index)
        } else if let Some(index) = unnamed {
            Detail::Field(index)
        } else if spread.is_empty() || template.is_some_and(spreads) {
            // Fields that already have a place of their own are not repeated in the detail.
            Detail::Absent
        } else {
            Detail::Object(spread.clone())
        };
        Self { detail, spread }
    }
}

/// The same text with the lifetime that [`Place::Field`] holds.
fn name_of(fields: &'static [crate::FieldSpec], name: &str) -> &'static str {
    fields.iter().map(|field| field.data.name).find(|candidate| *candidate == name).unwrap_or("")
}

/// The field a `field(…)` placeholder means.
pub(crate) fn field_of(spec: &ErrorSpec, place: Place) -> Option<usize> {
    let fields = spec.data.fields;
    let index = match place {
        Place::Field(name) => fields.iter().position(|field| field.data.named && field.data.name == name),
        Place::FieldIndex(index) => fields.get(index).filter(|field| !field.data.named).map(|_| index),
        _ => None,
    }?;
    fields[index].data.role.travels().then_some(index)
}

/// Whether a placeholder occurs anywhere in a template.
pub(crate) fn has(node: &Node, wanted: Place) -> bool {
    any(node, &mut |place| place == Some(wanted))
}

/// Whether a template has `fields` or `..fields`.
pub(crate) fn spreads(node: &Node) -> bool {
    any(node, &mut |place| matches!(place, None | Some(Place::Fields)))
}

/// Visits every placeholder (`None` for `..fields`) until one answers yes.
fn any(node: &Node, yes: &mut dyn FnMut(Option<Place>) -> bool) -> bool {
    match node {
        Node::Literal(_) | Node::Text(_) => false,
        Node::Object(items) => items.iter().any(|item| match item {
            Item::Member { value, .. } => any(value, yes),
            Item::Spread => yes(None),
        }),
        Node::Array(elements) => elements.iter().any(|element| any(element, yes)),
        Node::Place(place) => yes(Some(*place)),
        Node::Or(first, second) => any(first, yes) || any(second, yes),
        Node::Bind(place, shape) => yes(Some(*place)) || any(shape, yes),
    }
}
