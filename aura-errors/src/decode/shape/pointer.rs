//! Places as JSON Pointers (RFC 6901): where a body departs from a shape, where a shape has a placeholder.

use super::Read;
use super::literal::{literal_is, pick};
use super::walk::is_nothing;
use crate::json::{Kind, Tape, Value};

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
