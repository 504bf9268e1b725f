//! What is public: the message and the detail.

use syn::LitStr;

use super::draft::Draft;
use super::fields::DraftField;
use super::format;
use crate::attr::foreign::Shown;
use crate::ctxt::Ctxt;
use crate::model::{Message, Role, Style, Text};
use crate::names::suggest;

/// In order: the attribute, the field, a literal `Display` of travelling fields, any `Display` where
/// all fields travel, the reason phrase. So a cause's text reaches the wire only if someone wrote
/// that down. `None` where a mistake leaves it open.
pub(crate) fn message(cx: &Ctxt, draft: &Draft<'_>) -> Option<Message> {
    let attrs = &draft.input.attrs;
    if attrs.message.given() {
        return public_text(cx, "message", attrs.message.get()?, draft).map(Message::Text);
    }
    if let Some(at) = draft.with_role(&Role::Message) {
        return Some(Message::Field(at));
    }
    if attrs.murky || !draft.roles_known() {
        return None;
    }
    if let Shown::Literal(literal) = &draft.input.shown {
        if let Some(message) = shown(cx, literal, draft) {
            return message;
        }
    }
    let public =
        |field: &DraftField<'_>| field.role.as_ref().is_some_and(Role::travels) && !field.sensitive();
    Some(if draft.fields.iter().all(public) { Message::Display } else { Message::Reason })
}

/// A literal `#[error("…")]`. `None`: its text cannot be known, or shows more than may travel.
fn shown(cx: &Ctxt, literal: &LitStr, draft: &Draft<'_>) -> Option<Option<Message>> {
    let format = format::parse(&literal.value()).ok()?;
    let mut secret = None;
    for name in &format.names {
        let field = draft.fields.iter().find(|field| field.name() == *name)?;
        if !field.role.as_ref().is_some_and(Role::travels) {
            return None;
        }
        if field.sensitive() {
            secret = secret.or(Some(field));
        }
    }
    if let Some(field) = secret {
        cx.error(
            literal,
            format!(
                "this text is the public message and shows `{}`, which is sensitive; add `message = \"…\"` \
                 without it to the variant's `#[api(…)]`",
                field.name()
            ),
        );
        return Some(None);
    }
    Some(Some(if format.names.is_empty() {
        Message::Text(Text::Literal(format.text))
    } else {
        Message::Display
    }))
}

pub(crate) fn detail(cx: &Ctxt, draft: &Draft<'_>) -> Option<Text> {
    let literal = draft.input.attrs.detail.get()?;
    public_text(cx, "detail", literal, draft)
}

/// `message = "…"` and `detail = "…"` may show what travels and is not sensitive.
fn public_text(cx: &Ctxt, key: &str, literal: &LitStr, draft: &Draft<'_>) -> Option<Text> {
    let format = match format::parse(&literal.value()) {
        Ok(format) => format,
        Err(what) => {
            cx.error(literal, format!("`{key}` {what}"));
            return None;
        }
    };
    let mut fine = true;
    let mut seen: Vec<&str> = Vec::new();
    for name in &format.names {
        if seen.contains(&name.as_str()) {
            continue;
        }
        seen.push(name);
        let Some(what) = misshown(key, name, draft) else {
            continue;
        };
        fine = false;
        if !what.is_empty() {
            cx.error(literal, what);
        }
    }
    if !fine {
        return None;
    }
    Some(if format.names.is_empty() { Text::Literal(format.text) } else { Text::Format(literal.clone()) })
}

/// Why a text may not show `name`; nothing to say of a field whose role is unknown.
fn misshown(key: &str, name: &str, draft: &Draft<'_>) -> Option<String> {
    if name.is_empty() {
        let example = if draft.input.style == Style::Tuple { "{0}" } else { "{name}" };
        return Some(format!("`{key}` does not say which field to show; write `{example}`"));
    }
    let Some(field) = draft.fields.iter().find(|field| field.name() == name) else {
        let known: Vec<String> = draft.fields.iter().map(DraftField::name).collect();
        let hint = match suggest(name, known.iter().map(String::as_str)) {
            Some(near) => format!("did you mean `{{{near}}}`?"),
            None => format!("remove it, or write `{{{{{name}}}}}` for the text itself"),
        };
        return Some(format!("`{key}` shows `{name}`, which is not a field of `{}`; {hint}", draft.ident()));
    };
    match &field.role {
        None => Some(String::new()),
        Some(role) if !role.travels() => {
            Some(format!("`{key}` may not show `{name}`: it never travels; remove it from the text"))
        }
        Some(_) if field.sensitive() => {
            Some(format!("`{key}` may not show `{name}`: it is sensitive; remove it from the text"))
        }
        Some(_) => None,
    }
}

/// A text and a field for the same place: one of them would never be seen.
pub(crate) fn check_one_source(cx: &Ctxt, draft: &Draft<'_>) {
    let attrs = &draft.input.attrs;
    for (key, setting, role) in
        [("message", &attrs.message, Role::Message), ("detail", &attrs.detail, Role::Detail)]
    {
        if let (true, Some(at)) = (setting.given() && draft.error().is_some(), draft.with_role(&role)) {
            let field = &draft.fields[at];
            cx.error_with(
                field.input.attrs.role.key(),
                format!(
                    "`{}` has a `{key}` text already, so the field would never be sent; remove one",
                    draft.ident()
                ),
                setting.key(),
                "the text is here",
            );
        }
    }
}
