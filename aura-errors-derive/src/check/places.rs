//! Fields and slots against the body in force. A body that is a type is left to const evaluation.

use std::collections::HashMap;

use proc_macro2::Span;
use quote::ToTokens;
use syn::ext::IdentExt;

use super::draft::{Draft, TypeSettings};
use super::fields::{DraftField, described};
use super::shape::{Places, Shape};
use crate::attr::Input;
use crate::attr::field::RoleAttr;
use crate::ctxt::Ctxt;
use crate::model::{CodeRule, Role, Style};
use crate::names::{self, suggest};

pub(crate) fn check(cx: &Ctxt, input: &Input<'_>, settings: &TypeSettings, drafts: &[Draft<'_>]) {
    let before = cx.count();
    check_type_names(cx, input, settings, drafts);
    // A `field(x)` with a slip in it is a place that some field lacks.
    let slip = cx.count() > before;
    for draft in drafts.iter().filter(|draft| draft.error().is_some()) {
        let before = cx.count();
        check_names(cx, draft);
        let slip = cx.count() > before || slip && !draft.input.attrs.body.given();
        check_wire_names(cx, settings, draft, None);
        let Some(shape) = draft.shape(settings) else { continue };
        check_slots(cx, draft, shape);
        check_wire_names(cx, settings, draft, Some(shape));
        if let Some(places) = &shape.written {
            if !slip {
                check_fields(cx, input, draft, places);
            }
            check_success(cx, draft, places);
        }
    }
}

/// A field without a place would be lost on the way, silently.
fn check_fields(cx: &Ctxt, input: &Input<'_>, draft: &Draft<'_>, places: &Places) {
    let detail_field = draft.with_role(&Role::Detail).map(|at| &draft.fields[at]);
    let free_detail = places.detail && detail_field.is_none() && !draft.input.attrs.detail.given();
    let code_header = input.attrs.code_header.given() || input.attrs.murky;
    let named = draft.input.style == Style::Named;
    let mut lost: Vec<&DraftField<'_>> = Vec::new();
    for field in &draft.fields {
        let (fits, remedy) = match &field.role {
            Some(Role::Plain) if named => {
                if !field.undecided && !places.fields && !free_detail && !placed(field, places) {
                    lost.push(field);
                }
                continue;
            }
            Some(Role::Plain) if field.undecided => continue,
            Some(Role::Plain) if draft.input.attrs.detail.given() && places.detail => {
                (false, ", as the `detail` text takes it; remove the text")
            }
            Some(Role::Plain) => (free_detail, "; add `detail` to the template"),
            Some(Role::Detail) => (places.detail, "; add `detail` to the template"),
            Some(Role::Message) => (places.message, "; add `message` to the template"),
            Some(Role::Code) => (
                places.code || code_header,
                "; add `code` to the template, or `code_header = \"…\"` to the type",
            ),
            _ => continue,
        };
        if !fits && !placed(field, places) {
            field.input.error(
                cx,
                format!(
                    "{} has no place in the body{remedy}, or mark the field `#[api(skip)]`",
                    described(field)
                ),
            );
        }
    }
    // The fields of one variant share one place, so all of them lack it together.
    let Some(first) = lost.first() else { return };
    let why = match detail_field {
        _ if !places.detail => String::new(),
        Some(field) => format!(", as {} is the detail", described(field)),
        None => ", as the `detail` text is the detail".to_owned(),
    };
    let rust: Vec<String> = lost.iter().map(|field| field.name()).collect();
    let (have, mark) = match lost.len() {
        1 => ("has", "the field"),
        _ => ("have", "the fields"),
    };
    first.input.error(
        cx,
        format!(
            "{} {have} no place in the body{why}; add `..fields` or `\"{}\": field({})` to the template, or mark \
             {mark} `#[api(skip)]`",
            names::list(rust.iter().map(String::as_str), "and"),
            first.wire,
            first.name()
        ),
    );
}

fn placed(field: &DraftField<'_>, places: &Places) -> bool {
    places.placed.contains(&field.name())
}

/// `field(x)` in a variant's own body speaks of that variant.
fn check_names(cx: &Ctxt, draft: &Draft<'_>) {
    let Some(shape) = draft.error().and_then(|error| error.shape.as_ref()) else {
        return;
    };
    for (name, span) in &shape.named_fields {
        match draft.fields.iter().find(|field| field.name() == *name) {
            Some(field) if field.role.as_ref().is_some_and(|role| !role.travels()) => {
                cx.error_at(
                    *span,
                    format!("{} never travels; remove it from the template", described(field)),
                );
            }
            Some(field) => check_placed_as(cx, field, *span),
            None => {
                let known: Vec<String> = draft.fields.iter().map(DraftField::name).collect();
                let hint = match suggest(name, known.iter().map(String::as_str)) {
                    Some(near) => format!("did you mean `field({near})`?"),
                    None => "remove it from the template".to_owned(),
                };
                cx.error_at(*span, format!("`{}` has no field `{name}`; {hint}", draft.ident()));
            }
        }
    }
}

/// The placeholder for a role of which a body says more than the field's value: as `field(…)` it would
/// be written, and not read.
fn placeholder(field: &DraftField<'_>) -> Option<&'static str> {
    match &field.role {
        Some(Role::RetryAfter) => Some("retry_after"),
        Some(Role::Code) => Some("code"),
        _ => None,
    }
}

fn check_placed_as(cx: &Ctxt, field: &DraftField<'_>, span: Span) {
    if let Some(placeholder) = placeholder(field) {
        let message = format!("{} is read from `{placeholder}` alone; write that", described(field));
        cx.error_at(span, message);
    }
}

/// In the type's body it speaks of any variant that has the field.
fn check_type_names(cx: &Ctxt, input: &Input<'_>, settings: &TypeSettings, drafts: &[Draft<'_>]) {
    let Some(shape) = &settings.shape else { return };
    let fields = || drafts.iter().filter(|draft| draft.error().is_some()).flat_map(|draft| &draft.fields);
    for (name, span) in &shape.named_fields {
        if fields().any(|field| field.name() == *name) {
            if let Some(field) = fields().find(|field| field.name() == *name && placeholder(field).is_some())
            {
                check_placed_as(cx, field, *span);
            }
            continue;
        }
        // A variant that was not understood may have it.
        if drafts
            .iter()
            .any(|draft| draft.error().is_none() && draft.fields.iter().any(|field| field.name() == *name))
        {
            continue;
        }
        let known: Vec<String> = fields().map(DraftField::name).collect();
        let hint = match suggest(name, known.iter().map(String::as_str)) {
            Some(near) => format!("did you mean `field({near})`?"),
            None => "remove it from the template".to_owned(),
        };
        let message = if input.is_enum {
            format!("no variant has a field `{name}`; {hint}")
        } else {
            format!("`{}` has no field `{name}`; {hint}", input.ident)
        };
        cx.error_at(*span, message);
    }
}

/// Whether the field is one of those that `fields` and `..fields` hold.
fn among_fields(field: &DraftField<'_>, shape: Option<&Shape>) -> bool {
    let placed = shape
        .and_then(|shape| shape.written.as_ref())
        .is_some_and(|places| places.placed.contains(&field.name()));
    field.role == Some(Role::Plain) && field.input.ident.is_some() && !field.serde.flatten && !placed
}

/// Two members of one object have two names. Without a shape: the fields among each other; with
/// one: against the members beside `..fields`.
fn check_wire_names(cx: &Ctxt, settings: &TypeSettings, draft: &Draft<'_>, shape: Option<&Shape>) {
    if settings.field_case_broken {
        return;
    }
    let own = draft.shape(settings);
    let mut seen: HashMap<String, &DraftField<'_>> = HashMap::new();
    for field in draft.fields.iter().filter(|field| among_fields(field, own)) {
        let written = match (&field.serde.rename, field.input.ident) {
            (Some(rename), _) => rename.to_token_stream(),
            (None, ident) => ident.to_token_stream(),
        };
        let names = std::iter::once((field.wire.clone(), written))
            .chain(field.serde.aliases.iter().map(|alias| (alias.value(), alias.to_token_stream())));
        for (name, tokens) in names {
            if let Some(shape) = shape {
                if shape.beside.contains(&name) {
                    cx.error(
                        tokens,
                        format!(
                            "the body has a member `{name}` beside `..fields`; rename the field with \
                             `#[serde(rename = \"…\")]`, or place it with `field({})`",
                            field.name()
                        ),
                    );
                }
                continue;
            }
            match seen.get(&name) {
                Some(first) if first.input.index != field.input.index => {
                    let message = format!(
                        "two fields are `{name}` on the wire; rename one with `#[serde(rename = \"…\")]`"
                    );
                    cx.error_with(tokens, message, first.input.ident, "the other is here");
                }
                _ => {
                    seen.insert(name, field);
                }
            }
        }
    }
}

/// What the template has a slot for, the variant fills; what the variant fills, the template has.
fn check_slots(cx: &Ctxt, draft: &Draft<'_>, shape: &Shape) {
    let attrs = &draft.input.attrs;
    if attrs.slots.broken() {
        return;
    }
    let given = attrs.slots.get().map_or(&[][..], Vec::as_slice);
    let texts = given.iter().map(|slot| (slot.name.unraw().to_string(), slot.name.to_token_stream()));
    let fields = draft.fields.iter().filter_map(|field| match field.input.attrs.role.get()? {
        RoleAttr::Slot(name) => Some((name.value(), name.to_token_stream())),
        _ => None,
    });
    let given: Vec<_> = texts.chain(fields).collect();
    let mut known: Vec<&str> = shape.slots.iter().map(|slot| slot.name.as_str()).collect();
    known.dedup();
    // Said once, also where several members show the slot, and not of one that has a slip in it.
    let mut said: Vec<&str> = Vec::new();
    for (name, tokens) in &given {
        if shape.has_named || known.contains(&name.as_str()) {
            continue;
        }
        let hint = match suggest(name, known.iter().copied()) {
            Some(near) => {
                said.push(near);
                format!("did you mean `{near}`?")
            }
            None if known.is_empty() => format!("remove it, or write `slot({name})` in the template"),
            None => format!("it has {}", names::list(known.iter().copied(), "and")),
        };
        cx.error(tokens, format!("the body has no slot `{name}`; {hint}"));
    }
    for slot in shape.slots.iter().filter(|slot| !slot.optional) {
        let filled = given.iter().any(|(name, _)| *name == slot.name);
        if !filled && !said.contains(&slot.name.as_str()) && !attrs.murky {
            said.push(&slot.name);
            let message = format!(
                "`{}` has no value for the slot `{1}` of the body; write `#[api(slot({1} = \"…\"))]`, or mark the \
                 member optional with `?:`",
                draft.ident(),
                slot.name
            );
            cx.error(draft.ident(), message);
        }
    }
}

/// Any successful response would be taken for the error, if nothing in the body told them apart.
fn check_success(cx: &Ctxt, draft: &Draft<'_>, places: &Places) {
    let Some(error) = draft.error() else { return };
    let success = error.status.is_some_and(|(first, _)| first < 400);
    let by_code = places.code && error.code.as_ref().is_none_or(|rule| *rule != CodeRule::None);
    if success && !places.literal && !by_code {
        let tokens = draft.input.attrs.status.get().map(|status| &status.tokens);
        cx.error(
            tokens,
            "an error with a successful status needs something in the body that tells it apart; add a literal \
             to the template, for example `\"ok\": false`, or a `code`",
        );
    }
}
