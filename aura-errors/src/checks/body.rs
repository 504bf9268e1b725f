//! Whether a named body has a place for everything an error has.

use super::text::Text;
use crate::body::compare::str_eq;
use crate::body::template::{Item, Node, Place, Template};
use crate::spec::FieldRole;
use crate::{Catalog, ErrorSpec, FieldSpec};

/// The errors without a body of their own, against the type's named body.
#[track_caller]
pub const fn check_body(catalog: &'static Catalog, alternative: usize) {
    let mut i = 0;
    while i < catalog.data.errors.len() {
        let spec = &catalog.data.errors[i];
        if !spec.data.own_body {
            check_variant_body(spec, alternative);
        }
        i += 1;
    }
}

/// One error against a named body: every field has a place, every slot a value.
#[track_caller]
pub const fn check_variant_body(spec: &'static ErrorSpec, alternative: usize) {
    let Some(template) = &spec.data.body[alternative].template else { return };
    // What a failed `body_format!` leaves behind; its own error is reported already.
    if matches!(template, Template::Anything) {
        return;
    }
    let node = match template {
        Template::Json(node) => Some(*node),
        _ => None,
    };
    let mut i = 0;
    // Only the first alternative is written, so only that one needs a place for everything.
    while alternative == 0 && i < spec.data.fields.len() {
        let field = &spec.data.fields[i];
        let placeholder = match field.data.role {
            FieldRole::RetryAfter => "retry_after",
            FieldRole::Code => "code",
            _ => "",
        };
        // As a field it would be written, and not read.
        if !placeholder.is_empty() && is_placed(field, i, node) {
            Text::new()
                .add("the field `")
                .add(field.data.name)
                .add("` of `")
                .variant(spec)
                .add("` is read from `")
                .add(placeholder)
                .add("` alone; write that in the body instead of `field(")
                .add(field.data.name)
                .add(")`")
                .panic();
        }
        if !has_place(spec, field, i, node, template) {
            Text::new()
                .add("the body has no place for the field `")
                .add(field.data.name)
                .add("` of `")
                .variant(spec)
                .add("`; add ")
                .place_for(field)
                .add(" to the body, or mark the field `#[api(skip)]`")
                .panic();
        }
        i += 1;
    }
    check_known_slots(spec);
    if let Some(node) = node {
        check_slots(spec, node, false);
        check_collisions(spec, node, node);
    }
}

/// What the error gives a value for, a body shows.
#[track_caller]
const fn check_known_slots(spec: &ErrorSpec) {
    let mut i = 0;
    while i < spec.data.slots.len() {
        let name = spec.data.slots[i].0;
        let mut known = false;
        let mut j = 0;
        while j < spec.data.body.len() {
            known = known
                || match spec.data.body[j].template {
                    Some(Template::Json(node)) => find(node, Wanted::Slot(name)),
                    Some(Template::Text | Template::Empty) => false,
                    // A format implemented by hand may look at it.
                    None | Some(Template::Anything) => true,
                };
            j += 1;
        }
        if !known {
            Text::new()
                .add("`")
                .variant(spec)
                .add("` gives a value for the slot `")
                .add(name)
                .add("`, which the body does not have; remove it, or write `slot(")
                .add(name)
                .add(")` in the body")
                .panic();
        }
        i += 1;
    }
}

/// Whether the body has `field(…)` for it.
const fn is_placed(field: &FieldSpec, index: usize, node: Option<&Node>) -> bool {
    match node {
        Some(node) if field.data.named => find(node, Wanted::Field(field.data.name)),
        Some(node) => find(node, Wanted::Place(&Place::FieldIndex(index))),
        None => false,
    }
}

const fn has_place(
    spec: &ErrorSpec,
    field: &FieldSpec,
    index: usize,
    node: Option<&Node>,
    template: &Template,
) -> bool {
    let direct = is_placed(field, index, node);
    match field.data.role {
        FieldRole::Slot
        | FieldRole::Hidden
        | FieldRole::Skip
        | FieldRole::RetryAfter
        | FieldRole::Header
        | FieldRole::Status => true,
        FieldRole::Code => match node {
            _ if spec.data.code_header.is_some() => true,
            Some(node) => find(node, Wanted::Place(&Place::Code)),
            None => false,
        },
        FieldRole::Message => match node {
            Some(node) => direct || find(node, Wanted::Place(&Place::Message)),
            None => matches!(template, Template::Text),
        },
        FieldRole::Detail => match node {
            Some(node) => direct || find(node, Wanted::Place(&Place::Detail)),
            None => false,
        },
        FieldRole::Plain => match node {
            Some(node) => {
                if direct {
                    return true;
                }
                let spread = find(node, Wanted::Spread);
                if field.data.named {
                    spread
                        || (find(node, Wanted::Place(&Place::Detail))
                            && spec.data.detail.is_none()
                            && !has_role(spec, FieldRole::Detail))
                } else {
                    find(node, Wanted::Place(&Place::Detail)) && spec.data.detail.is_none()
                }
            }
            None => false,
        },
    }
}

const fn has_role(spec: &ErrorSpec, role: FieldRole) -> bool {
    let mut i = 0;
    while i < spec.data.fields.len() {
        if spec.data.fields[i].data.role as u8 == role as u8 {
            return true;
        }
        i += 1;
    }
    false
}

#[track_caller]
const fn check_slots(spec: &ErrorSpec, node: &Node, optional: bool) {
    match node {
        Node::Place(Place::Slot(name)) if !optional => {
            let mut i = 0;
            while i < spec.data.slots.len() {
                if str_eq(spec.data.slots[i].0, name) {
                    return;
                }
                i += 1;
            }
            let mut i = 0;
            while i < spec.data.fields.len() {
                if let Some(slot) = spec.data.fields[i].data.slot {
                    if str_eq(slot, name) {
                        return;
                    }
                }
                i += 1;
            }
            Text::new()
                .add("`")
                .variant(spec)
                .add("` gives no value for `slot(")
                .add(name)
                .add(")` of the body; write `slot(")
                .add(name)
                .add(" = \"…\")` on it, or mark the member `?:` in the body")
                .panic();
        }
        Node::Object(items) => {
            let mut i = 0;
            while i < items.len() {
                if let Item::Member { optional, value, .. } = &items[i] {
                    check_slots(spec, value, *optional);
                }
                i += 1;
            }
        }
        Node::Array(elements) => {
            let mut i = 0;
            while i < elements.len() {
                check_slots(spec, &elements[i], elements.len() > 1);
                i += 1;
            }
        }
        Node::Or(first, second) => {
            check_slots(spec, first, true);
            check_slots(spec, second, optional);
        }
        Node::Place(_) | Node::Bind(_, _) | Node::Literal(_) | Node::Text(_) => {}
    }
}

/// A flattened field may not have the name of a member beside it.
#[track_caller]
const fn check_collisions(spec: &ErrorSpec, root: &Node, node: &Node) {
    match node {
        Node::Object(items) => {
            let mut spreads = false;
            let mut i = 0;
            while i < items.len() {
                match &items[i] {
                    Item::Spread => spreads = true,
                    Item::Member { value, .. } => check_collisions(spec, root, value),
                }
                i += 1;
            }
            let mut i = 0;
            while spreads && i < items.len() {
                if let Item::Member { key, .. } = &items[i] {
                    let mut j = 0;
                    while j < spec.data.fields.len() {
                        let field = &spec.data.fields[j].data;
                        let spread = matches!(field.role, FieldRole::Plain)
                            && field.named
                            && !field.flatten
                            && !find(root, Wanted::Field(field.name));
                        let is_read = spread && contains(field.aliases, key);
                        if is_read || spread && str_eq(field.wire, key) {
                            Text::new()
                                .add("the field `")
                                .add(field.name)
                                .add("` of `")
                                .variant(spec)
                                .add(if is_read { "` is read as `" } else { "` is written as `" })
                                .add(key)
                                .add("`, which the body already has beside `..fields`; rename the field, for example with `#[serde(rename = \"…\")]`")
                                .panic();
                        }
                        j += 1;
                    }
                }
                i += 1;
            }
        }
        Node::Array(elements) => {
            let mut i = 0;
            while i < elements.len() {
                check_collisions(spec, root, &elements[i]);
                i += 1;
            }
        }
        Node::Or(first, second) => {
            check_collisions(spec, root, first);
            check_collisions(spec, root, second);
        }
        Node::Bind(_, _) | Node::Place(_) | Node::Literal(_) | Node::Text(_) => {}
    }
}

const fn contains(texts: &[&str], wanted: &str) -> bool {
    let mut i = 0;
    while i < texts.len() {
        if str_eq(texts[i], wanted) {
            return true;
        }
        i += 1;
    }
    false
}

/// What is looked for in a template.
#[derive(Clone, Copy)]
pub(super) enum Wanted<'a> {
    Place(&'a Place),
    Field(&'a str),
    Slot(&'a str),
    /// `fields` or `..fields`.
    Spread,
}

/// Whether it is written somewhere in a template.
pub(super) const fn find(node: &Node, wanted: Wanted<'_>) -> bool {
    match node {
        // A code in a text is written, but not read.
        Node::Literal(_) | Node::Text(_) => false,
        Node::Object(items) => {
            let mut i = 0;
            while i < items.len() {
                match &items[i] {
                    Item::Member { value, .. } => {
                        if find(value, wanted) {
                            return true;
                        }
                    }
                    Item::Spread => {
                        if matches!(wanted, Wanted::Spread) {
                            return true;
                        }
                    }
                }
                i += 1;
            }
            false
        }
        Node::Array(elements) => {
            let mut i = 0;
            while i < elements.len() {
                if find(&elements[i], wanted) {
                    return true;
                }
                i += 1;
            }
            false
        }
        Node::Or(first, second) => find(first, wanted) || find(second, wanted),
        Node::Place(place) => is(place, wanted),
        // The shape is read, never written: only what is read counts there.
        Node::Bind(place, shape) => {
            let read = matches!(wanted, Wanted::Place(Place::Code) | Wanted::Slot(_));
            is(place, wanted) || (read && find(shape, wanted))
        }
    }
}

const fn is(place: &Place, wanted: Wanted<'_>) -> bool {
    match (place, wanted) {
        (Place::Fields, Wanted::Spread) => true,
        (Place::Field(name), Wanted::Field(wanted)) => str_eq(name, wanted),
        (Place::Slot(name), Wanted::Slot(wanted)) => str_eq(name, wanted),
        (Place::FieldIndex(index), Wanted::Place(Place::FieldIndex(wanted))) => *index == *wanted,
        (Place::Code, Wanted::Place(Place::Code))
        | (Place::Message, Wanted::Place(Place::Message))
        | (Place::Detail, Wanted::Place(Place::Detail)) => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests;
