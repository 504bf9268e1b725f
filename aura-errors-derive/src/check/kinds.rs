//! Which kind a variant is: an error, a nested taxonomy, or another error's face.

use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};
use syn::ext::IdentExt;

use super::draft::{Draft, DraftError, DraftKind};
use crate::attr::field::RoleAttr;
use crate::attr::foreign::Hidden;
use crate::attr::{Input, VariantInput};
use crate::ctxt::Ctxt;
use crate::model::AsTarget;
use crate::names::suggest;

pub(crate) fn resolve(cx: &Ctxt, input: &Input<'_>, variant: &VariantInput<'_>) -> DraftKind {
    let attrs = &variant.attrs;
    match (attrs.transparent.given(), attrs.alias.given()) {
        (true, true) => {
            let message = "a variant is `transparent` or wears a face with `as`; remove one";
            cx.error_with(attrs.alias.key(), message, attrs.transparent.key(), "`transparent` given here");
            DraftKind::Unknown
        }
        (true, false) => DraftKind::Transparent(nested(cx, variant)),
        (false, true) => DraftKind::As(target(cx, input, variant)),
        (false, false) => {
            if !attrs.status.given() {
                if !attrs.murky {
                    missing_status(cx, input, variant);
                }
                return DraftKind::Unknown;
            }
            // Filled in once the fields are known.
            DraftKind::Error(Box::new(DraftError {
                status: attrs.status.get().map(|status| (status.first, status.last)),
                name: String::new(),
                name_known: false,
                code: None,
                message: None,
                detail: None,
                shape: None,
            }))
        }
    }
}

/// Without a status nothing can be sent.
fn missing_status(cx: &Ctxt, input: &Input<'_>, variant: &VariantInput<'_>) {
    let ident = variant.ident;
    let holds_cause = variant.fields.iter().any(|field| field.hidden == Some(Hidden::From));
    let message = if !input.is_enum {
        format!("`{ident}` has no status; write for example `#[api(404)]`")
    } else if holds_cause {
        format!(
            "`{ident}` has no status; write `#[api(transparent)]` if it holds a taxonomy, or \
             `#[api(as = …)]` to show a cause as another error"
        )
    } else {
        format!("`{ident}` has no status; write for example `#[api(404)]`")
    };
    cx.error(ident, message);
}

/// The nested taxonomy: the field with `#[from]`, else the first.
fn nested(cx: &Ctxt, variant: &VariantInput<'_>) -> Option<usize> {
    let from = variant.fields.iter().position(|field| field.hidden == Some(Hidden::From));
    // A backtrace may stand before it; a cause named `source` is the nested error itself.
    let visible = |hidden: Option<Hidden>| !matches!(hidden, Some(Hidden::Backtrace | Hidden::Implicit));
    let nested = from.or_else(|| {
        variant.fields.iter().position(|field| visible(field.hidden) && !is_skip(field.attrs.role.get()))
    });
    if nested.is_none() {
        let ident = variant.ident;
        let message =
            format!("`{ident}` holds no taxonomy to be `transparent` for; write `{ident}(#[from] Nested)`");
        cx.error(variant.attrs.transparent.key(), message);
    }
    nested
}

fn is_skip(role: Option<&RoleAttr>) -> bool {
    matches!(role, Some(RoleAttr::Skip))
}

/// `as = Ident` is a variant of this enum, `as = Self::Ident` too; else a value.
fn target(cx: &Ctxt, input: &Input<'_>, variant: &VariantInput<'_>) -> Option<AsTarget> {
    let tokens = variant.attrs.alias.get()?;
    if !input.is_enum {
        cx.error(
            variant.attrs.alias.key(),
            "`as` needs an enum, whose other errors lend their faces; give the struct a status",
        );
        return None;
    }
    let Some(name) = own_name(tokens, input.ident) else {
        return Some(AsTarget::Value(tokens.clone()));
    };
    let at = input.variants.iter().position(|other| other.ident.unraw() == name);
    if at.is_none() {
        let found = name.to_string();
        let known: Vec<String> = input.variants.iter().map(|other| other.ident.unraw().to_string()).collect();
        let message = match suggest(&found, known.iter().map(String::as_str)) {
            Some(near) => format!("`{}` has no variant `{found}`; did you mean `{near}`?", input.ident),
            None => format!(
                "`{}` has no variant `{found}`; a value of a nested taxonomy is written with its path, `Nested::{found}`",
                input.ident
            ),
        };
        cx.error(tokens, message);
    }
    at.map(AsTarget::Own)
}

/// The identifier of `X`, `Self::X` or `Enum::X`.
fn own_name(tokens: &TokenStream, enum_ident: &Ident) -> Option<Ident> {
    let mut trees: Vec<TokenTree> = tokens.clone().into_iter().collect();
    while let [TokenTree::Group(group)] = trees.as_slice() {
        if group.delimiter() != Delimiter::None {
            return None;
        }
        trees = group.stream().into_iter().collect();
    }
    match trees.as_slice() {
        [TokenTree::Ident(ident)] => Some(ident.unraw()),
        [TokenTree::Ident(first), TokenTree::Punct(a), TokenTree::Punct(b), TokenTree::Ident(ident)]
            if (first == "Self" || first == enum_ident) && a.as_char() == ':' && b.as_char() == ':' =>
        {
            Some(ident.unraw())
        }
        _ => None,
    }
}

/// A nested error keeps all of its own, and a face is another's: what else is said of such a variant
/// has no effect.
pub(crate) fn check_bare(cx: &Ctxt, draft: &Draft<'_>) {
    let (own, why) = match draft.kind {
        DraftKind::Transparent(_) => ("transparent", "keeps what the nested errors say"),
        DraftKind::As(_) => ("as", "shows what the other error says"),
        DraftKind::Unknown | DraftKind::Error(_) => return,
    };
    for key in &draft.input.attrs.keys {
        let shown = key.to_string();
        if shown != own {
            let what = if shown.starts_with(|c: char| c.is_ascii_lowercase()) {
                format!("`{shown}`")
            } else {
                "a status".to_owned()
            };
            cx.error(key, format!("{what} has no effect here, as the variant {why}; remove it"));
        }
    }
    let nested = match draft.kind {
        DraftKind::Transparent(nested) => nested,
        _ => None,
    };
    for field in &draft.input.fields {
        let role = &field.attrs.role;
        let skipped = is_skip(role.get());
        let is_nested = nested == Some(field.index);
        let sensitive = &field.attrs.sensitive;
        if sensitive.given() && !sensitive.broken() {
            // Logs show such an error by its `Display`, so the promise would not be kept.
            let what = match draft.kind {
                DraftKind::As(_) => "leave this field out of the variant's `Display`",
                _ => "mark the fields of the nested errors",
            };
            let key = sensitive.key();
            cx.error(
                &key,
                format!("`sensitive` has no effect here, as the variant {why}; {what}, and remove it"),
            );
        }
        if role.given() && !role.broken() && (is_nested || !skipped) {
            let key = role.key();
            cx.error(&key, format!("`{key}` has no effect here, as the variant {why}; remove it"));
        } else if matches!(draft.kind, DraftKind::Transparent(Some(_)))
            && !is_nested
            && !skipped
            && field.hidden.is_none()
            && !field.attrs.murky
        {
            let message = "a `transparent` variant holds one nested taxonomy, and nothing else travels; mark this `#[api(skip)]`";
            field.error(cx, message);
        }
    }
}
