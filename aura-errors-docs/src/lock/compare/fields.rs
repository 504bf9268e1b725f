//! What becomes of the fields of one error.

use super::{Differences, json};
use crate::Json;
use crate::lock::rules::Rule;
use crate::model::{Error, Field, Role};

pub(super) fn compare(found: &mut Differences<'_>, old: &Error, new: &Error) {
    let mut removed: Vec<&Field> = Vec::new();
    for before in &old.fields {
        match new.fields.iter().find(|field| place(field) == place(before)) {
            Some(after) => field(found, &format!("{}.{}", new.name, after.name), before, after),
            None => removed.push(before),
        }
    }
    let added =
        new.fields.iter().filter(|field| !old.fields.iter().any(|before| place(before) == place(field)));
    for after in added {
        let at = format!("{}.{}", new.name, after.name);
        let renamed =
            removed.iter().position(|before| before.member() == after.member() && before.role == after.role);
        if let Some(before) = renamed.map(|index| removed.remove(index)) {
            let rule = match before.optional {
                true => Rule::OptionalFieldRenamed,
                false => Rule::RequiredFieldRenamed,
            };
            found.add(rule, &at, json(&place(before).1), json(&place(after).1));
            field(found, &at, before, after);
            continue;
        }
        let rule = match after.optional {
            true => Rule::OptionalFieldAdded,
            false => Rule::RequiredFieldAdded,
        };
        found.add(rule, &at, None, json(&after.type_name));
    }
    for before in removed {
        let rule = match before.optional {
            true => Rule::OptionalFieldRemoved,
            false => Rule::RequiredFieldRemoved,
        };
        found.add(rule, &format!("{}.{}", new.name, before.name), json(&before.type_name), None);
    }
}

/// What makes a field the same field on the wire: its role, and its name where the role has several.
fn place(field: &Field) -> (Role, Option<String>) {
    let name = match field.role {
        Role::Field => Some(field.name.clone()),
        Role::Header => field.header.as_ref().map(|header| header.to_ascii_lowercase()),
        Role::Slot => field.slot.clone(),
        Role::Detail | Role::Message | Role::Code | Role::Status | Role::RetryAfter => None,
    };
    (field.role, name)
}

fn field(found: &mut Differences<'_>, at: &str, old: &Field, new: &Field) {
    let (before, after) = (value_schema(&old.schema), value_schema(&new.schema));
    let unknown = |schema: &Json| *schema == Json::Bool(true);
    if before != after && !unknown(before) && !unknown(after) || old.flatten != new.flatten {
        found.add(Rule::FieldRetyped, at, Some(shown(old)), Some(shown(new)));
    } else if value_type(&old.type_name) != value_type(&new.type_name) || before != after {
        found.add(Rule::FieldTypeRespelled, at, json(&old.type_name), json(&new.type_name));
    }
    if old.optional != new.optional {
        let rule = match new.optional {
            true => Rule::FieldMadeOptional,
            false => Rule::FieldMadeRequired,
        };
        found.add(rule, at, json(&old.type_name), json(&new.type_name));
    }
    for alias in old.aliases.iter().filter(|alias| !new.aliases.contains(alias) && **alias != new.name) {
        found.add(Rule::AliasRemoved, at, json(alias), None);
    }
    found.unless_equal(Rule::SensitivityChanged, at, &old.sensitive, &new.sensitive);
    found.unless_equal(Rule::DocumentationChanged, at, &old.description, &new.description);
}

fn shown(field: &Field) -> Json {
    Json::object([("type", Json::from(field.type_name.as_str())), ("schema", field.schema.clone())])
}

/// The schema without `null`: whether a value may be absent has rules of its own.
fn value_schema(schema: &Json) -> &Json {
    let is_null = |schema: &Json| schema.get("type").and_then(Json::as_str) == Some("null");
    match schema.get("anyOf").and_then(Json::as_array) {
        Some([value, null]) if is_null(null) => value,
        _ => schema,
    }
}

/// The type without `Option`, and the functions that write and read it in its place.
fn value_type(spelled: &str) -> (&str, Option<&str>) {
    let (spelled, functions) = match spelled.split_once(" with ") {
        Some((spelled, functions)) => (spelled, Some(functions)),
        None => (spelled, None),
    };
    let value = match spelled.split_once('<') {
        Some((path, inner)) if path.rsplit("::").next() == Some("Option") => {
            inner.strip_suffix('>').unwrap_or(inner)
        }
        _ => spelled,
    };
    (value, functions)
}
