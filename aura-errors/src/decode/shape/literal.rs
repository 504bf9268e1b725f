//! The fixed values of a shape, beside those that came.

use super::Read;
use crate::body::template::Literal;
use crate::json::{Kind, Tape, Value};

/// The element an array's shape is read from: the first whose literals are equal, where the shape
/// has some; else the one at its place.
pub(super) fn pick(tape: &Tape<'_>, array: Value, element: &Read, index: usize) -> Option<Value> {
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
