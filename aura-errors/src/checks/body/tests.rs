//! The checks at run time, where a template can stand beside an error that it does not suit.

use std::panic::catch_unwind;

use super::*;
use crate::Taxonomy;
use crate::body::template::Literal;

#[derive(Debug, thiserror::Error, Taxonomy)]
#[api(body = { "kind"?: slot(kind), "more"?: slot(more), "message": message, "code": code })]
enum Errors {
    #[error("bare")]
    #[api(400)]
    Bare,
    #[error("slots")]
    #[api(401, slot(kind = "a", more = "b"))]
    Slots,
    #[error("roles")]
    #[api(402)]
    Roles {
        #[api(message)]
        text: String,
        #[api(code)]
        code: Option<String>,
    },
}

const KIND: Node = Node::Place(Place::Slot("kind"));
const MORE: Node = Node::Place(Place::Slot("more"));
const LITERAL: Node = Node::Literal(Literal::Null);

const fn member(optional: bool, value: Node) -> Item {
    Item::Member { key: "a", optional, value }
}

/// The slot that a template asks of an error without a value for it.
fn lacking(index: usize, node: &'static Node) -> Option<&'static str> {
    let spec = &Errors::catalog().errors()[index];
    let panic = catch_unwind(|| check_slots(spec, node, false)).err()?;
    let text = panic.downcast::<String>().expect("a text");
    ["kind", "more", "other"].into_iter().find(|name| text.contains(&format!("no value for `slot({name})`")))
}

#[test]
fn a_slot_that_is_required_has_a_value() {
    const OTHER: Node = Node::Place(Place::Slot("other"));
    let cases: &[(&Node, Option<&str>, Option<&str>)] = const {
        &[
            (&LITERAL, None, None),
            (&KIND, Some("kind"), None),
            (&MORE, Some("more"), None),
            (&OTHER, Some("other"), Some("other")),
            (&Node::Object(&[member(true, OTHER)]), None, None),
            (&Node::Object(&[member(true, OTHER), member(false, MORE)]), Some("more"), None),
            (&Node::Object(&[member(false, LITERAL), member(false, OTHER)]), Some("other"), Some("other")),
            (&Node::Array(&[MORE]), Some("more"), None),
            (&Node::Array(&[MORE, OTHER]), None, None),
            (&Node::Array(&[LITERAL, Node::Object(&[member(false, OTHER)])]), Some("other"), Some("other")),
            (&Node::Or(&OTHER, &MORE), Some("more"), None),
            (&Node::Or(&KIND, &OTHER), Some("other"), Some("other")),
        ]
    };
    for (node, bare, slots) in cases {
        assert_eq!((lacking(0, node), lacking(1, node)), (*bare, *slots), "{node}");
    }
}

#[test]
fn the_role_of_any_field_counts() {
    let [bare, roles] = [0, 2].map(|index| &Errors::catalog().errors()[index]);
    for role in [FieldRole::Message, FieldRole::Code] {
        assert!(has_role(roles, role) && !has_role(bare, role));
    }
    assert!(!has_role(roles, FieldRole::Detail));
}

#[test]
fn of_a_bound_shape_what_is_read_counts() {
    const BOUND: Node = Node::Bind(
        Place::Detail,
        &Node::Object(&[member(false, Node::Place(Place::Code)), member(false, KIND)]),
    );
    const LISTED: Node = Node::Array(&[LITERAL, Node::Or(&LITERAL, &BOUND)]);
    for node in [BOUND, LISTED] {
        for there in [Wanted::Place(&Place::Detail), Wanted::Place(&Place::Code), Wanted::Slot("kind")] {
            assert!(find(&node, there), "{node}");
        }
        for missing in
            [Wanted::Place(&Place::Message), Wanted::Slot("more"), Wanted::Field("kind"), Wanted::Spread]
        {
            assert!(!find(&node, missing), "{node}");
        }
    }
    assert!(!find(&Node::Bind(Place::Detail, &LITERAL), Wanted::Place(&Place::Code)));
    assert!(find(&Node::Object(&[Item::Spread]), Wanted::Spread));
}
