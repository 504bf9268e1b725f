//! Names and codes, which tell errors apart.

use std::collections::HashMap;

use super::draft::{Draft, DraftError, code_text};
use crate::attr::Input;
use crate::attr::headers::{WhenAttr, is_header_text};
use crate::ctxt::Ctxt;

fn errors<'d, 'a>(drafts: &'d [Draft<'a>]) -> impl Iterator<Item = (&'d Draft<'a>, &'d DraftError)> {
    drafts.iter().filter_map(|draft| draft.error().map(|error| (draft, error)))
}

/// The name is the key of the lock, of anchors and of labels.
pub(crate) fn check_names(cx: &Ctxt, drafts: &[Draft<'_>]) {
    let mut seen: HashMap<&str, &Draft<'_>> = HashMap::new();
    for (draft, error) in errors(drafts).filter(|(_, error)| error.name_known) {
        if let Some(first) = seen.get(error.name.as_str()) {
            let message = format!(
                "duplicate name `{}`: `{}` and `{}` both have it; give one another `name = \"…\"`",
                error.name,
                first.ident(),
                draft.ident()
            );
            cx.error_with(draft.name_tokens(), message, first.name_tokens(), "first used here");
        } else {
            seen.insert(&error.name, draft);
        }
    }
}

/// One code may stand for several errors where something else in the response says which.
pub(crate) fn check_codes(cx: &Ctxt, drafts: &[Draft<'_>]) {
    let mut by_code: HashMap<String, Vec<(&Draft<'_>, &DraftError)>> = HashMap::new();
    for (draft, error) in errors(drafts) {
        for code in draft.codes() {
            let others = by_code.entry(code_text(code).into_owned()).or_default();
            if let Some((first, _)) = others.iter().find(|first| confused(**first, (draft, error))) {
                let message = format!(
                    "duplicate error code `{}`: `{}` and `{}` both use it; give one another `code = \"…\"`, or \
                     tell them apart by status, `when(…)` or `slot(…)`",
                    code_text(code),
                    first.ident(),
                    draft.ident()
                );
                cx.error_with(draft.code_tokens(), message, first.code_tokens(), "first used here");
            }
            others.push((draft, error));
        }
    }
}

/// Whether nothing tells the two apart. Where a mistake leaves that open, nothing is said.
fn confused((first, a): (&Draft<'_>, &DraftError), (second, b): (&Draft<'_>, &DraftError)) -> bool {
    let (Some(a_status), Some(b_status)) = (a.status, b.status) else {
        return false;
    };
    let (x, y) = (&first.input.attrs, &second.input.attrs);
    if x.murky
        || y.murky
        || [&x.whens, &y.whens].iter().any(|whens| whens.broken())
        || x.slots.broken()
        || y.slots.broken()
    {
        return false;
    }
    // Codes that follow from one name twice are the name's mistake.
    let by_name = |draft: &Draft<'_>| draft.input.attrs.code.get().is_none_or(|code| code.code.is_none());
    if a.name == b.name && by_name(first) && by_name(second) {
        return false;
    }
    !apart_by_status(a_status, b_status)
        && !apart_by_when(x.whens.get().map_or(&[], Vec::as_slice), y.whens.get().map_or(&[], Vec::as_slice))
        && !apart_by_slot(first, second)
}

/// An exact status goes before a range, a narrower range before a wider one.
fn apart_by_status(a: (u16, u16), b: (u16, u16)) -> bool {
    a.1 < b.0 || b.1 < a.0 || a.1 - a.0 != b.1 - b.0
}

/// One with a condition goes before one without; two are tried in declaration order, so the second
/// needs a condition that the first does not cover.
fn apart_by_when(first: &[WhenAttr], second: &[WhenAttr]) -> bool {
    if first.is_empty() || second.is_empty() {
        return first.is_empty() != second.is_empty();
    }
    let covered = |when: &WhenAttr| {
        first.iter().any(|other| {
            other.name.value().eq_ignore_ascii_case(&when.name.value())
                && match (&other.value, &when.value) {
                    (None, _) => true,
                    (Some(a), Some(b)) => a.value() == b.value(),
                    (Some(_), None) => false,
                }
        })
    };
    !second.iter().all(covered)
}

/// One with a value goes before one without; two values must differ.
fn apart_by_slot(first: &Draft<'_>, second: &Draft<'_>) -> bool {
    let slots = |draft: &Draft<'_>| -> HashMap<String, Vec<String>> {
        let slots = draft.input.attrs.slots.get().into_iter().flatten();
        slots
            .map(|slot| {
                let name = syn::ext::IdentExt::unraw(&slot.name).to_string();
                (name, slot.values.iter().map(syn::LitStr::value).collect())
            })
            .collect()
    };
    let (first, second) = (slots(first), slots(second));
    let differs = |name: &String| match (first.get(name), second.get(name)) {
        (Some(a), Some(b)) => !a.iter().any(|value| b.contains(value)),
        _ => true,
    };
    first.keys().chain(second.keys()).any(differs)
}

/// Where codes travel in a header, each has to be one's value (RFC 9110, section 5.5).
pub(crate) fn check_header_codes(cx: &Ctxt, input: &Input<'_>, drafts: &[Draft<'_>]) {
    if !input.attrs.code_header.given() {
        return;
    }
    for (draft, code) in
        errors(drafts).flat_map(|(draft, _)| draft.codes().map(move |code| (draft, code_text(code))))
    {
        if !is_header_text(&code) {
            let message = format!(
                "code `{}` is not a header value, and `code_header` sends it as one; use visible ASCII, without \
                 spaces at the ends",
                code.escape_debug()
            );
            cx.error(draft.code_tokens(), message);
        }
    }
}

/// A code that meant something else before must not come back with another meaning.
pub(crate) fn check_reserved(cx: &Ctxt, input: &Input<'_>, drafts: &[Draft<'_>]) {
    let Some(reserved) = input.attrs.reserved.get() else {
        return;
    };
    let reserved: HashMap<String, _> =
        reserved.iter().map(|(code, tokens)| (code_text(code).into_owned(), tokens)).collect();
    for (draft, code) in
        errors(drafts).flat_map(|(draft, _)| draft.codes().map(move |code| (draft, code_text(code))))
    {
        if let Some(tokens) = reserved.get(&*code) {
            let message = format!(
                "code `{code}` is reserved and may not be used again; give `{}` another `code = \"…\"`",
                draft.ident()
            );
            cx.error_with(draft.code_tokens(), message, tokens, "reserved here");
        }
    }
}
