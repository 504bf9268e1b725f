//! One Response Object.

use indexmap::IndexMap;

use super::alternatives::{self, Branch, Identity};
use super::headers::headers;
use super::statuses::Entry;
use super::{has_component, is_component, kind, reference};
use crate::Json;
use crate::json_schema::names::{Named, Names};
use crate::json_schema::{open, texts};
use crate::model::BodyKind;

pub(super) fn response(names: &Names<'_>, entry: &Entry<'_, '_>) -> Json {
    let mut members = vec![("description", description(entry).into())];
    let headers = headers(names, entry);
    if !headers.is_empty() {
        members.push(("headers", Json::object(headers)));
    }
    let content = content(names, entry);
    if !content.is_empty() {
        members.push(("content", Json::object(content)));
    }
    Json::object(members)
}

fn description(entry: &Entry<'_, '_>) -> String {
    match &entry.errors[..] {
        [] => "Any other error.".to_owned(),
        [one] => {
            let title = format!("{}{}", one.error.title, statuses(entry, one));
            let more = texts::description(one.error);
            if more.is_empty() { title } else { format!("{title}\n\n{more}") }
        }
        several => {
            let lines = several.iter().map(|named| {
                let error = named.error;
                let key = error.code.as_ref().map_or_else(|| error.name.clone(), ToString::to_string);
                // A list's line is one line.
                let title = error.title.split_whitespace().collect::<Vec<_>>().join(" ");
                format!("- `{key}`: {title}{}", statuses(entry, named))
            });
            lines.collect::<Vec<_>>().join("\n")
        }
    }
}

/// The statuses of a range, where the key says others.
fn statuses(entry: &Entry<'_, '_>, named: &Named<'_>) -> String {
    let text = named.error.status_text();
    match named.error.last_status.is_some() && entry.key != text {
        true => format!(" (status {text})"),
        false => String::new(),
    }
}

/// What is sent as one content type.
#[derive(Default)]
struct Media<'a> {
    known: Vec<Branch<'a>>,
    open: Vec<Json>,
    examples: Vec<(String, Json)>,
}

/// The Media Type Objects, by content type.
fn content(names: &Names<'_>, entry: &Entry<'_, '_>) -> IndexMap<String, Json> {
    let mut by_type: IndexMap<&str, Media<'_>> = IndexMap::new();
    for named in &entry.errors {
        let Some(content_type) = named.error.content_type.as_deref() else { continue };
        let media = by_type.entry(content_type).or_default();
        media.known.push(branch(named));
        for example in named.error.examples.iter().filter(|example| entry.shows(example.status)) {
            if let Some(body) = &example.body {
                media.examples.push((named.error.name.clone(), shown(&named.error.title, body)));
            }
        }
    }
    let is_expected = |owner: usize, content_type: &str| match &entry.errors[..] {
        [] => true,
        // Where all errors so far are without a body, one to come is not expected to have one.
        _ if by_type.is_empty() => false,
        _ => entry.has_one_of(owner) || by_type.contains_key(content_type),
    };
    let mut open = Vec::new();
    for &index in &entry.owners {
        let owner = &names.owners[index];
        let known = open::schema(owner.taxonomy).zip(open::content_type(owner.taxonomy));
        let Some((schema, content_type)) = known else { continue };
        if is_expected(index, content_type) {
            let schema = if has_component(owner.taxonomy) { reference(&owner.other) } else { schema };
            open.push((content_type, schema));
        }
    }
    for (content_type, schema) in open {
        by_type.entry(content_type).or_default().open.push(schema);
    }
    by_type.into_iter().map(|(content_type, media)| (content_type.to_owned(), object(media))).collect()
}

fn branch<'a>(named: &Named<'a>) -> Branch<'a> {
    let written = named.body.written();
    if !is_component(named) {
        let schema = match kind(named.body) {
            BodyKind::Text => Json::object([("type", "string")]),
            _ => Json::object::<String, Json>([]),
        };
        return Branch { schema, identity: None };
    }
    let schema = reference(&named.key);
    let template = written.and_then(|written| written.template.as_ref());
    let target = schema.get("$ref").and_then(Json::as_str).unwrap_or_default().to_owned();
    let identity = template
        .zip(named.error.body_schema.as_ref())
        .and_then(|(template, schema)| Identity::of(template, schema, target));
    Branch { schema, identity }
}

fn object(media: Media<'_>) -> Json {
    let mut members = Vec::new();
    if let Some(schema) = alternatives::schema(media.known, media.open) {
        members.push(("schema", schema));
    }
    if !media.examples.is_empty() {
        members.push(("examples", Json::object(numbered(media.examples))));
    }
    Json::object(members)
}

fn shown(title: &str, body: &Json) -> Json {
    Json::object([("summary", title.into()), ("value", body.clone())])
}

/// Further examples of one error have a number behind its name.
fn numbered(examples: Vec<(String, Json)>) -> IndexMap<String, Json> {
    let mut out = IndexMap::new();
    for (name, example) in examples {
        let mut key = name.clone();
        let mut number = 2;
        while out.contains_key(&key) {
            key = format!("{name}_{number}");
            number += 1;
        }
        out.insert(key, example);
    }
    out
}
