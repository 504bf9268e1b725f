//! What the clients in other languages share: the table that their decoders interpret, and the names
//! and types they give to errors and fields.

mod literal;
mod names;
mod shape;
mod table;

pub(crate) use self::literal::Language;
#[cfg(feature = "python")]
pub(crate) use self::names::camel;
pub(crate) use self::names::{Names, identifier, snake};
pub(crate) use self::table::table;

use crate::model::{Alternative, BodyKind, CodeRule, Error, Field, Place, Role, Taxonomy};

/// One error as a client names it.
pub(crate) struct Named<'a> {
    pub(crate) taxonomy: &'a Taxonomy,
    pub(crate) error: &'a Error,
    /// The name of its type.
    pub(crate) type_name: String,
}

/// The name of a field in a client: that on the wire; what it is for, where it has none.
pub(crate) fn field_name(field: &Field) -> String {
    if !field.name.bytes().all(|byte| byte.is_ascii_digit()) {
        return field.name.clone();
    }
    match (field.role, &field.header) {
        (Role::Header, Some(header)) => snake(header),
        (Role::Message, _) => "message".to_owned(),
        (Role::Slot, _) => field.slot.clone().unwrap_or_else(|| "slot".to_owned()),
        (Role::Code, _) => "code".to_owned(),
        (Role::Status, _) => "status".to_owned(),
        (Role::RetryAfter, _) => "retry_after".to_owned(),
        _ => "detail".to_owned(),
    }
}

/// Whether every failed call has this of its own, so that the error does not repeat it.
pub(crate) fn is_common(field: &Field) -> bool {
    matches!(field.role, Role::RetryAfter | Role::Status | Role::Code)
}

/// The schema without `null`, and whether it had it.
pub(crate) fn without_null(schema: &crate::Json) -> (&crate::Json, bool) {
    let null = |schema: &crate::Json| schema.get("type").and_then(crate::Json::as_str) == Some("null");
    match schema.get("anyOf").and_then(crate::Json::as_array) {
        Some([value, other]) if null(other) => (value, true),
        _ => (schema, false),
    }
}

/// What is said about an error in its documentation: the paragraphs, and what it is known by.
pub(crate) fn paragraphs(owner: &Taxonomy, error: &Error) -> Vec<String> {
    let mut out = vec![error.title.clone()];
    out.extend(Some(error.description.clone()).filter(|text| !text.is_empty()));
    out.extend(error.cause.as_ref().map(|cause| format!("Cause: {cause}")));
    out.extend(error.fix.as_ref().map(|fix| format!("Fix: {fix}")));
    let code = match error.code_rule {
        CodeRule::Any => "any code that no other error has, or none".to_owned(),
        _ if error.code.is_none() || !has_place_for_code(owner, error) => "no code".to_owned(),
        rule => {
            let codes: Vec<String> = error.codes().map(|code| format!("`{code}`")).collect();
            let none = if rule == CodeRule::Optional { " or none" } else { "" };
            format!("code {}{none}", codes.join(" or "))
        }
    };
    let mut facts = format!("Status {}, {code}", error.status_text());
    if error.classes_by_status {
        facts.push_str("; class by the status");
    } else if !error.classes.is_empty() {
        facts.push_str(&format!("; class {}", error.classes.join(", ")));
    }
    if let Some(since) = &error.since {
        facts.push_str(&format!("; since {since}"));
    }
    facts.push('.');
    out.push(facts);
    out
}

fn has_place_for_code(owner: &Taxonomy, error: &Error) -> bool {
    let in_body = |alternative: &Alternative| {
        alternative.kind == BodyKind::Custom
            || alternative.template.as_ref().is_some_and(|template| template.has(&Place::Code))
    };
    owner.code_header.is_some() || owner.body_of(error).alternatives.iter().any(in_body)
}
