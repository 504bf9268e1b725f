//! The schema of several bodies under one status.

use std::collections::HashSet;

use crate::Json;
use crate::model::{Item, Node, Place};

/// One of several bodies.
pub(super) struct Branch<'a> {
    pub(super) schema: Json,
    pub(super) identity: Option<Identity<'a>>,
}

/// Where a body says which error it is, and what it says.
pub(super) struct Identity<'a> {
    /// The names of the members down to the code; `None` for the element of an array.
    path: Vec<Option<&'a str>>,
    code: &'a Json,
    /// The component.
    reference: String,
}

impl<'a> Identity<'a> {
    /// Of a body that always has its code; `schema` is that of the template.
    pub(super) fn of(template: &'a Node, schema: &'a Json, reference: String) -> Option<Self> {
        let (path, code) = find(template, schema)?;
        Some(Self { path, code, reference })
    }
}

fn find<'a>(node: &'a Node, schema: &'a Json) -> Option<(Vec<Option<&'a str>>, &'a Json)> {
    match node {
        Node::Place(Place::Code) => Some((Vec::new(), schema.get("const")?)),
        Node::Object(items) => items.iter().find_map(|item| {
            let Item::Member { key, value, .. } = item else { return None };
            let required = schema.get("required")?.as_array()?;
            if !required.iter().any(|name| name.as_str() == Some(key)) {
                return None;
            }
            found_in(Some(key), find(value, schema.get("properties")?.get(key)?)?)
        }),
        Node::Array(elements) => match &elements[..] {
            [element] => found_in(None, find(element, schema.get("items")?)?),
            _ => None,
        },
        _ => None,
    }
}

fn found_in<'a>(
    member: Option<&'a str>,
    (mut path, code): (Vec<Option<&'a str>>, &'a Json),
) -> Option<(Vec<Option<&'a str>>, &'a Json)> {
    path.insert(0, member);
    Some((path, code))
}

/// A schema for which each of the bodies is valid, those of errors to come included; `None` where nothing
/// is known about any.
pub(super) fn schema(known: Vec<Branch<'_>>, open: Vec<Json>) -> Option<Json> {
    let mut parts: Vec<Json> = Vec::new();
    match exclusive(&known) {
        Some(choice) => parts.push(choice),
        None => parts.extend(known.into_iter().map(|branch| branch.schema)),
    }
    parts.extend(open);
    let mut distinct: Vec<Json> = Vec::new();
    for part in parts {
        if !distinct.contains(&part) {
            distinct.push(part);
        }
    }
    match distinct.len() {
        0 => None,
        1 => distinct.pop(),
        _ => Some(Json::object([("anyOf", distinct)])),
    }
}

/// As `oneOf`, where there are several and no body is valid for two of them.
fn exclusive(known: &[Branch<'_>]) -> Option<Json> {
    let identities: Vec<&Identity<'_>> =
        known.iter().map(|branch| branch.identity.as_ref()).collect::<Option<_>>()?;
    let [first, _, ..] = &identities[..] else { return None };
    // A number is not equal to a text, so what a client takes for the same is compared.
    let codes: HashSet<String> = identities.iter().map(|identity| text(identity.code)).collect();
    if codes.len() < identities.len() || identities.iter().any(|other| other.path != first.path) {
        return None;
    }
    let schemas = Json::array(known.iter().map(|branch| branch.schema.clone()));
    let mut members = vec![("oneOf", schemas)];
    let [Some(member)] = &first.path[..] else { return Some(Json::object(members)) };
    let mapping: Option<Vec<(&str, Json)>> = identities
        .iter()
        .map(|identity| Some((identity.code.as_str()?, identity.reference.clone().into())))
        .collect();
    // The values of a discriminator are texts (OpenAPI 3.1, section 4.8.25).
    if let Some(mapping) = mapping {
        let discriminator = [("propertyName", Json::from(*member)), ("mapping", Json::object(mapping))];
        members.push(("discriminator", Json::object(discriminator)));
    }
    Some(Json::object(members))
}

fn text(code: &Json) -> String {
    code.as_str().map_or_else(|| code.to_string(), str::to_owned)
}
