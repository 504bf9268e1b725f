//! Rules about headers that meet on one response.

use quote::ToTokens;
use syn::LitStr;

use super::draft::Draft;
use super::fields::DraftField;
use crate::attr::Input;
use crate::attr::field::RoleAttr;
use crate::ctxt::Ctxt;
use crate::model::Role;

fn same(a: &LitStr, b: &LitStr) -> bool {
    a.value().eq_ignore_ascii_case(&b.value())
}

/// The header a field travels in.
fn header<'d>(field: &DraftField<'d>) -> Option<&'d LitStr> {
    match field.input.attrs.role.get() {
        Some(RoleAttr::Header(name)) if matches!(field.role, Some(Role::Header(_))) => Some(name),
        _ => None,
    }
}

/// A header of the whole type must leave the code's alone.
pub(crate) fn check_type(cx: &Ctxt, input: &Input<'_>) {
    let headers = input.attrs.headers.get().into_iter().flatten();
    code_header(cx, input, headers.map(|(name, _)| name));
}

fn code_header<'a>(cx: &Ctxt, input: &Input<'_>, names: impl Iterator<Item = &'a LitStr>) {
    let Some(code) = input.attrs.code_header.get() else {
        return;
    };
    for name in names.filter(|name| same(name, code)) {
        cx.error_with(name, "the code travels in this header; remove one", code, "`code_header` given here");
    }
}

/// Each header of a response has one writer: a text, a field, the code, the delay or a condition.
/// (A text on the type gives way to any of the variant.)
pub(crate) fn check_unique(cx: &Ctxt, input: &Input<'_>, draft: &Draft<'_>) {
    if draft.error().is_none() {
        return;
    }
    let attrs = &draft.input.attrs;
    let texts = || attrs.headers.get().into_iter().flatten().map(|(name, _)| name);
    if input.is_enum {
        code_header(cx, input, texts());
    }
    code_header(cx, input, draft.fields.iter().filter_map(header));

    let mut writers: Vec<(&LitStr, &str)> = texts().map(|name| (name, "a text")).collect();
    // The encoder writes the first condition that has a value.
    let condition = attrs.whens.get().into_iter().flatten().find(|when| when.value.is_some());
    let condition = condition.map(|when| (&when.name, "a condition"));
    let fields = draft.fields.iter().filter_map(header).map(|name| (name, "a field"));
    for (name, what) in condition.into_iter().chain(fields) {
        if let Some((first, other)) = writers.iter().find(|(first, _)| same(first, name)) {
            let ident = draft.ident();
            let message = if what == *other {
                format!("two fields of `{ident}` write this header; remove one")
            } else {
                format!("{what} and {other} of `{ident}` both write this header; remove one")
            };
            cx.error_with(name, message, first, "written here too");
        }
        writers.push((name, what));
    }
    if draft.with_role(&Role::RetryAfter).is_some() {
        for (name, _) in writers.iter().filter(|(name, _)| name.value().eq_ignore_ascii_case("retry-after")) {
            cx.error(
                name,
                format!("the `retry_after` field of `{}` writes this header; remove one", draft.ident()),
            );
        }
    }
}

/// A condition that only asks for a header must hold for what the encoder writes, or the error is
/// not read back as itself.
pub(crate) fn check_whens(cx: &Ctxt, input: &Input<'_>, draft: &Draft<'_>) {
    let Some(whens) = draft.input.attrs.whens.get() else {
        return;
    };
    let unknown = draft.error().is_none() || !draft.roles_known() || draft.input.attrs.headers.broken();
    if unknown || whens.iter().any(|when| when.value.is_some()) {
        return;
    }
    let texts = [&draft.input.attrs.headers, &input.attrs.headers];
    let certain = |name: &LitStr| {
        let text = texts.iter().filter_map(|texts| texts.get()).flatten().any(|(text, _)| same(text, name));
        text || draft.fields.iter().any(|field| {
            let writes = match &field.role {
                Some(Role::RetryAfter) => name.value().eq_ignore_ascii_case("retry-after"),
                Some(Role::Header(header)) => header.eq_ignore_ascii_case(&name.value()),
                _ => false,
            };
            writes && !field.is_option()
        })
    };
    if whens.iter().any(|when| certain(&when.name)) {
        return;
    }
    for when in whens {
        let name = &when.name;
        let role = if name.value().eq_ignore_ascii_case("retry-after") {
            "retry_after".to_owned()
        } else {
            format!("header = {}", name.to_token_stream())
        };
        cx.error(
            name,
            format!(
                "`{}` does not always write this header, so it would not be read back; add a field with \
                 `#[api({role})]` that is not an `Option`, or give the value to compare with",
                draft.ident()
            ),
        );
    }
}
