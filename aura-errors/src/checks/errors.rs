//! Whether a client can tell the errors of a taxonomy apart.
//!
//! Codes and names are compared by merging tables that the derive has sorted by hash: a pairwise
//! comparison of strings is refused by rustc at a few hundred codes.

use super::body::{Wanted, find};
use super::text::Text;
use crate::body::Format;
use crate::body::compare::{exclude_each_other, str_eq, template_asks};
use crate::body::template::{Place, Template};
use crate::spec::{CodeRule, SpecCode};
use crate::{Catalog, ErrorSpec};

/// The nested taxonomy `number` against the own errors and against those nested before it.
#[track_caller]
pub const fn check_nested(catalog: &'static Catalog, number: usize) {
    let nested = catalog.data.nested[number].catalog;
    check_against_tree(catalog, nested);
    let mut before = 0;
    while before < number {
        check_trees(catalog.data.nested[before].catalog, nested);
        before += 1;
    }
}

/// Every catalogue of one tree against every catalogue of another.
#[track_caller]
const fn check_trees(one: &'static Catalog, other: &'static Catalog) {
    check_against_tree(one, other);
    let mut index = 0;
    while index < one.data.nested.len() {
        check_trees(one.data.nested[index].catalog, other);
        index += 1;
    }
}

#[track_caller]
const fn check_against_tree(one: &'static Catalog, tree: &'static Catalog) {
    check_pair(one, tree);
    let mut index = 0;
    while index < tree.data.nested.len() {
        check_against_tree(one, tree.data.nested[index].catalog);
        index += 1;
    }
}

#[track_caller]
const fn check_pair(one: &'static Catalog, other: &'static Catalog) {
    check_keys(one, other, Key::Code);
    check_reserved(one, other);
    check_reserved(other, one);
    check_keys(one, other, Key::Name);
    check_codeless(one, other);
}

/// What two errors must not share.
#[derive(Clone, Copy)]
enum Key {
    Code,
    Name,
}

/// Merges the two tables of a key, both sorted by hash, and compares what falls together.
#[track_caller]
const fn check_keys(one: &'static Catalog, other: &'static Catalog, key: Key) {
    let (ours, theirs) = match key {
        Key::Code => (one.data.codes, other.data.codes),
        Key::Name => (one.data.names, other.data.names),
    };
    let (mut i, mut start) = (0, 0);
    while i < ours.len() {
        while start < theirs.len() && theirs[start].0 < ours[i].0 {
            start += 1;
        }
        let mut j = start;
        while j < theirs.len() && theirs[j].0 == ours[i].0 {
            let (a, b) = (&one.data.errors[ours[i].1 as usize], &other.data.errors[theirs[j].1 as usize]);
            match key {
                Key::Code => check_code(a, b),
                Key::Name => check_name(a, b),
            }
            j += 1;
        }
        i += 1;
    }
}

#[track_caller]
const fn check_code(a: &ErrorSpec, b: &ErrorSpec) {
    let Some(code) = shared_code(a, b) else { return };
    if told_apart(a, b) {
        return;
    }
    Text::new()
        .add("duplicate error code `")
        .code(code)
        .add("`: ")
        .both(a, b)
        .add(" use it; give one of them another `code = \"…\"`")
        .panic();
}

#[track_caller]
const fn check_name(a: &ErrorSpec, b: &ErrorSpec) {
    if str_eq(a.data.name, b.data.name) {
        Text::new()
            .add("duplicate error name `")
            .add(a.data.name)
            .add("`: ")
            .both(a, b)
            .add(" have it; give one of them another `name = \"…\"`")
            .panic();
    }
}

/// A code that one of them retired must not come back in the other.
#[track_caller]
const fn check_reserved(one: &'static Catalog, other: &'static Catalog) {
    let (ours, theirs) = (one.data.reserved, other.data.codes);
    let mut i = 0;
    while i < ours.len() {
        let (hash, reserved) = ours[i];
        // By bisection: the table is sorted, and a retired code is mostly in none.
        let (mut low, mut high) = (0, theirs.len());
        while low < high {
            let middle = low + (high - low) / 2;
            if theirs[middle].0 < hash { low = middle + 1 } else { high = middle }
        }
        while low < theirs.len() && theirs[low].0 == hash {
            let spec = &other.data.errors[theirs[low].1 as usize];
            let mut uses = same_code(reserved, spec.data.code);
            let mut k = 0;
            while k < spec.data.synonyms.len() {
                uses = uses || same_code(reserved, spec.data.synonyms[k]);
                k += 1;
            }
            if uses {
                Text::new()
                    .add("code `")
                    .code(reserved)
                    .add("` is reserved by `")
                    .add(one.data.name)
                    .add("` and may not be used again; give `")
                    .variant(spec)
                    .add("` another `code = \"…\"`")
                    .panic();
            }
            low += 1;
        }
        i += 1;
    }
}

#[track_caller]
const fn check_codeless(one: &'static Catalog, other: &'static Catalog) {
    let mut i = 0;
    while i < one.data.errors.len() {
        let a = &one.data.errors[i];
        if is_codeless(a) {
            let mut j = 0;
            while j < other.data.errors.len() {
                let b = &other.data.errors[j];
                // The cheapest first: const evaluation is slow, and these are pairs.
                let keys = (a.data.slots_key, b.data.slots_key);
                let apart = keys.0 != keys.1 && keys.0 != 0 && keys.1 != 0;
                if !apart && !status_differs(a, b) && is_codeless(b) && !separable(a, b) {
                    indistinguishable(a, b);
                }
                j += 1;
            }
        }
        i += 1;
    }
}

/// The own error `number` against some of those before it, which no slot tells apart: without a
/// code, a client could not tell them apart.
#[track_caller]
pub const fn check_apart(catalog: &'static Catalog, number: usize, similar: &[usize]) {
    let b = &catalog.data.errors[number];
    if !is_codeless(b) {
        return;
    }
    let mut i = 0;
    while i < similar.len() {
        let a = &catalog.data.errors[similar[i]];
        if !status_differs(a, b) && is_codeless(a) && !separable(a, b) {
            indistinguishable(a, b);
        }
        i += 1;
    }
}

#[track_caller]
const fn indistinguishable(a: &ErrorSpec, b: &ErrorSpec) -> ! {
    Text::new()
        .add("a client could not tell `")
        .variant(a)
        .add("` and `")
        .variant(b)
        .add("` apart: same status, both without a code, same shape; give one of them a code, another status, a slot or a `when(header(…))`")
        .panic()
}

/// The first code that both are read from.
const fn shared_code(a: &ErrorSpec, b: &ErrorSpec) -> Option<SpecCode> {
    let mut i = 0;
    while i <= a.data.synonyms.len() {
        let one = if i == 0 { a.data.code } else { a.data.synonyms[i - 1] };
        let mut j = 0;
        while j <= b.data.synonyms.len() {
            let other = if j == 0 { b.data.code } else { b.data.synonyms[j - 1] };
            if same_code(one, other) {
                return Some(one);
            }
            j += 1;
        }
        i += 1;
    }
    None
}

const fn same_code(one: SpecCode, other: SpecCode) -> bool {
    match (one, other) {
        (SpecCode::Str(one), SpecCode::Str(other)) => str_eq(one, other),
        (SpecCode::Int(one), SpecCode::Int(other)) => one == other,
        // On the wire `1007` equals `"1007"`.
        (SpecCode::Int(number), SpecCode::Str(text)) | (SpecCode::Str(text), SpecCode::Int(number)) => {
            Text::new().code(SpecCode::Int(number)).is(text)
        }
        _ => false,
    }
}

/// Status, a condition or a slot tells them apart.
const fn told_apart(a: &ErrorSpec, b: &ErrorSpec) -> bool {
    status_differs(a, b) || conditions_differ(a, b) || slots_differ(a, b)
}

/// An exact status goes before a range, a narrower range before a wider one.
const fn status_differs(a: &ErrorSpec, b: &ErrorSpec) -> bool {
    a.data.last < b.data.first
        || b.data.last < a.data.first
        || a.data.last - a.data.first != b.data.last - b.data.first
}

/// One with a condition goes before one without; of two, the second needs one that the first does
/// not cover.
const fn conditions_differ(a: &ErrorSpec, b: &ErrorSpec) -> bool {
    if a.data.whens.is_empty() || b.data.whens.is_empty() {
        return a.data.whens.is_empty() != b.data.whens.is_empty();
    }
    let mut i = 0;
    while i < b.data.whens.len() {
        if !covered(b.data.whens[i], a.data.whens) {
            return true;
        }
        i += 1;
    }
    false
}

/// Whether one of the conditions holds whenever this one does.
const fn covered(one: (&str, Option<&str>), by: &[(&str, Option<&str>)]) -> bool {
    let mut i = 0;
    while i < by.len() {
        let same_value = match (by[i].1, one.1) {
            (None, _) => true,
            (Some(a), Some(b)) => str_eq(a, b),
            (Some(_), None) => false,
        };
        if same_value && same_header(by[i].0, one.0) {
            return true;
        }
        i += 1;
    }
    false
}

// `eq_ignore_ascii_case` is not const in the stated `rust-version`.
#[allow(clippy::manual_ignore_case_cmp)]
const fn same_header(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let mut same = one.len() == other.len();
    let mut i = 0;
    while same && i < one.len() {
        same = one[i].to_ascii_lowercase() == other[i].to_ascii_lowercase();
        i += 1;
    }
    same
}

/// A slot that only one of them has, or one without a common value.
const fn slots_differ(a: &ErrorSpec, b: &ErrorSpec) -> bool {
    a.data.slots.len() != b.data.slots.len() || some_slot_differs(a, b)
}

const fn some_slot_differs(a: &ErrorSpec, b: &ErrorSpec) -> bool {
    let mut i = 0;
    while i < a.data.slots.len() {
        let (name, values) = a.data.slots[i];
        let mut found = false;
        let mut j = 0;
        while j < b.data.slots.len() {
            if str_eq(b.data.slots[j].0, name) {
                found = true;
                if !share_a_value(values, b.data.slots[j].1) {
                    return true;
                }
            }
            j += 1;
        }
        if !found {
            return true;
        }
        i += 1;
    }
    false
}

const fn share_a_value(one: &[&str], other: &[&str]) -> bool {
    let mut i = 0;
    while i < one.len() {
        let mut j = 0;
        while j < other.len() {
            if str_eq(one[i], other[j]) {
                return true;
            }
            j += 1;
        }
        i += 1;
    }
    false
}

/// Whether a response without a code can be it.
const fn is_codeless(spec: &ErrorSpec) -> bool {
    if !matches!(spec.data.rule, CodeRule::Always) {
        return true;
    }
    if spec.data.code_header.is_some() {
        return false;
    }
    let mut i = 0;
    while i < spec.data.body.len() {
        match spec.data.body[i].template {
            Some(Template::Json(node)) if find(node, Wanted::Place(&Place::Code)) => return false,
            // A format implemented by hand says for itself what it identifies.
            None => return false,
            _ => {}
        }
        i += 1;
    }
    true
}

const fn separable(a: &ErrorSpec, b: &ErrorSpec) -> bool {
    if told_apart(a, b) {
        return true;
    }
    match (a.data.body, b.data.body) {
        ([Format { template: Some(one), .. }], [Format { template: Some(other), .. }]) => {
            match (one, other) {
                (Template::Json(one), Template::Json(other)) if exclude_each_other(one, other) => {
                    return true;
                }
                (Template::Empty, Template::Json(_) | Template::Text)
                | (Template::Json(_) | Template::Text, Template::Empty) => return true,
                _ => {}
            }
            let (one, other) = (template_asks(Some(one)), template_asks(Some(other)));
            // What asks more goes first; but of two with conditions the first declared does.
            if a.data.whens.is_empty() { one != other } else { one > other }
        }
        // Of several alternatives, or of formats implemented by hand, no more is known here; a tie
        // is reported as ambiguous when it happens.
        ([_], [_]) | ([], []) => false,
        _ => true,
    }
}

#[cfg(test)]
mod tests;
