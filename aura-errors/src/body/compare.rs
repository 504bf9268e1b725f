//! How much a template asks of a body, and whether two templates can be told apart. `const`, because
//! named formats are known only to const evaluation; the decoder ranks by the same figures.

use super::template::{Item, Literal, Node, Place, Template};

/// Required members, literals and texts: what a body must have to be of this shape.
pub(crate) const fn asks(node: &Node) -> u32 {
    match node {
        Node::Literal(_) | Node::Text(_) => 1,
        Node::Place(Place::Message) => 1,
        Node::Place(_) | Node::Or(_, _) => 0,
        Node::Bind(_, shape) => asks(shape),
        Node::Array(elements) => match elements {
            [only] => asks(only),
            // Of several, each may be left out.
            _ => 0,
        },
        Node::Object(items) => {
            let mut sum = 0;
            let mut rest: &[Item] = items;
            while let [item, tail @ ..] = rest {
                if let Item::Member { optional: false, value, .. } = item {
                    sum += 1 + asks(value);
                }
                rest = tail;
            }
            sum
        }
    }
}

/// What a whole body asks.
pub(crate) const fn template_asks(template: Option<&Template>) -> u32 {
    match template {
        Some(Template::Json(node)) => asks(node),
        Some(Template::Empty) => 1,
        Some(Template::Text | Template::Anything) => 0,
        // A format implemented by hand answers for itself.
        None => 1,
    }
}

/// Whether no body can have both shapes: somewhere the literals differ, or one asks for a text where
/// the other asks for an object or array.
pub(crate) const fn exclude_each_other(one: &Node, other: &Node) -> bool {
    match (one, other) {
        (Node::Bind(_, shape), node) | (node, Node::Bind(_, shape)) => exclude_each_other(shape, node),
        (Node::Literal(one), Node::Literal(other)) => !literal_eq(one, other),
        (Node::Object(_), Node::Array(_)) | (Node::Array(_), Node::Object(_)) => true,
        (Node::Object(_) | Node::Array(_), text) | (text, Node::Object(_) | Node::Array(_))
            if is_text(text) =>
        {
            true
        }
        (Node::Array([one, ..]), Node::Array([other, ..])) => exclude_each_other(one, other),
        (Node::Object(one), Node::Object(other)) => {
            let mut rest: &[Item] = one;
            while let [item, tail @ ..] = rest {
                if let Item::Member { key, optional: false, value } = item {
                    if let Some(facing) = required_member(other, key) {
                        if exclude_each_other(value, facing) {
                            return true;
                        }
                    }
                }
                rest = tail;
            }
            false
        }
        _ => false,
    }
}

const fn is_text(node: &Node) -> bool {
    matches!(
        node,
        Node::Place(Place::Message)
            | Node::Text(_)
            | Node::Literal(
                Literal::Str(_) | Literal::Int(_) | Literal::Float(_) | Literal::Bool(_) | Literal::Null
            )
    )
}

const fn required_member<'a>(items: &'a [Item], wanted: &str) -> Option<&'a Node> {
    let mut rest = items;
    while let [item, tail @ ..] = rest {
        if let Item::Member { key, optional: false, value } = item {
            if str_eq(key, wanted) {
                return Some(value);
            }
        }
        rest = tail;
    }
    None
}

const fn literal_eq(one: &Literal, other: &Literal) -> bool {
    match (one, other) {
        (Literal::Null, Literal::Null) => true,
        (Literal::Bool(one), Literal::Bool(other)) => *one == *other,
        (Literal::Int(one), Literal::Int(other)) => *one == *other,
        (Literal::Float(one), Literal::Float(other)) => str_eq(one, other),
        (Literal::Str(one), Literal::Str(other)) => str_eq(one, other),
        _ => false,
    }
}

pub(crate) const fn str_eq(one: &str, other: &str) -> bool {
    bytes_eq(one.as_bytes(), other.as_bytes())
}

pub(crate) const fn bytes_eq(one: &[u8], other: &[u8]) -> bool {
    if one.len() != other.len() {
        return false;
    }
    let mut index = 0;
    while index < one.len() {
        if one[index] != other[index] {
            return false;
        }
        index += 1;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts() {
        for (one, other) in [("", ""), ("a", "a"), ("ab", "ab"), ("größer", "größer")] {
            assert!(str_eq(one, other), "{one} {other}");
        }
        for (one, other) in [("", "a"), ("a", ""), ("a", "b"), ("ab", "ac"), ("ab", "cb"), ("ab", "abc")] {
            assert!(!str_eq(one, other), "{one} {other}");
        }
    }

    #[test]
    fn literals() {
        let all = [
            Literal::Null,
            Literal::Bool(false),
            Literal::Bool(true),
            Literal::Int(1),
            Literal::Int(2),
            Literal::Float("1.5"),
            Literal::Float("2.5"),
            Literal::Str("1.5"),
            Literal::Str("a"),
        ];
        for (index, one) in all.iter().enumerate() {
            for (other_index, other) in all.iter().enumerate() {
                assert_eq!(literal_eq(one, other), index == other_index, "{one} {other}");
            }
        }
    }

    #[test]
    fn what_a_shape_asks() {
        const fn member(optional: bool, value: Node) -> Item {
            Item::Member { key: "a", optional, value }
        }
        const LITERAL: Node = Node::Literal(Literal::Null);
        const CODE: Node = Node::Place(Place::Code);
        let object =
            Node::Object(const { &[member(false, LITERAL), member(true, LITERAL), member(false, CODE)] });
        for (node, expected) in [
            (LITERAL, 1),
            (CODE, 0),
            (Node::Place(Place::Message), 1),
            (Node::Or(&LITERAL, &LITERAL), 0),
            (Node::Bind(Place::Detail, &LITERAL), 1),
            (Node::Array(const { &[LITERAL] }), 1),
            (Node::Array(const { &[LITERAL, LITERAL] }), 0),
            (Node::Array(const { &[] }), 0),
            (object, 3),
        ] {
            assert_eq!(asks(&node), expected, "{node}");
        }
    }
}
