//! What the templates show. Members named `…|safe` there hold HTML made by [`to_html`].

use std::collections::BTreeSet;

use askama::Template;

use super::token::{Token, plain, tokens};
use super::{CONTENT_SECURITY_POLICY, SCRIPT, STYLE};
use crate::Json;
use crate::model::{Body, BodyKind, Field, Header, Response, Retry, Role, Taxonomy};
use crate::page::{
    Entry, Form, Group, Page, body_note, class_note, code_note, code_span, common_headers, deprecation_note,
    example_text, fragment, groups, header_notes, in_words, name_of_status, other_note, retired_codes,
    retry_advice, same_format, skeleton, title_note, to_html, to_text, type_text, web_address,
};

#[derive(Template)]
#[template(path = "reference.html")]
pub(super) struct Reference {
    policy: &'static str,
    style: &'static str,
    script: &'static str,
    title: String,
    heading: String,
    intro: String,
    taxonomy: String,
    total: usize,
    families: BTreeSet<u16>,
    classes: BTreeSet<String>,
    codes: BTreeSet<String>,
    success: Vec<Success>,
    statuses: Vec<Status>,
    formats: Vec<Format>,
    groups: Vec<Section>,
    retired: Vec<String>,
}

struct Success {
    status: u16,
    family: u16,
    name: &'static str,
    meaning: String,
}

/// A status and the errors that have it.
struct Status {
    text: String,
    first: u16,
    is_range: bool,
    family: u16,
    name: &'static str,
    errors: Vec<Link>,
}

struct Link {
    anchor: String,
    fragment: String,
    name: String,
    title: String,
}

/// The form of bodies, of one taxonomy where there are several forms.
struct Format {
    of: String,
    notes: Vec<String>,
    shapes: Vec<Vec<Token>>,
}

/// The errors of one taxonomy; the title is empty where there is no other.
struct Section {
    title: String,
    description: String,
    errors: Vec<View>,
}

struct View {
    anchor: String,
    fragment: String,
    aliases: Vec<String>,
    first: u16,
    last: u16,
    family: u16,
    status: String,
    heading: String,
    name: String,
    classes: Vec<String>,
    codes: Vec<String>,
    retry: &'static str,
    retry_tag: &'static str,
    deprecated: Option<String>,
    about: String,
    facts: Vec<Fact>,
    docs_url: Option<String>,
    fields: Vec<FieldView>,
    response: Option<ResponseView>,
    schema: Option<String>,
}

struct Fact {
    label: String,
    texts: Vec<String>,
}

struct FieldView {
    place: String,
    kind: String,
    header: bool,
    optional: bool,
    description: String,
}

struct ResponseView {
    status: u16,
    reason: &'static str,
    headers: Vec<Header>,
    body: Vec<Token>,
    no_body: &'static str,
}

/// How many errors of a status the overview names.
const SHOWN: usize = 6;

impl Status {
    fn first_errors(&self) -> &[Link] {
        &self.errors[..self.errors.len().min(SHOWN)]
    }

    fn more(&self) -> usize {
        self.errors.len().saturating_sub(SHOWN)
    }
}

fn inline(markdown: &str) -> String {
    to_html(markdown, Form::Inline)
}

impl Reference {
    pub(super) fn new(page: &Page) -> Self {
        let groups = groups(page.taxonomy());
        let entries = || groups.iter().flat_map(|group| &group.entries);
        let errors = || entries().map(|entry| entry.error);
        Self {
            policy: CONTENT_SECURITY_POLICY,
            style: STYLE,
            script: SCRIPT,
            title: to_text(page.title_text()),
            heading: inline(page.title_text()),
            intro: to_html(page.intro_text(), Form::Blocks(1)),
            taxonomy: page.taxonomy().name.clone(),
            total: entries().count(),
            families: errors().map(|error| error.status / 100).collect(),
            classes: errors().flat_map(|error| error.classes.iter().cloned()).collect(),
            codes: entries().flat_map(|entry| entry.codes().map(ToString::to_string)).collect(),
            success: page.successes().iter().map(|(status, meaning)| success(*status, meaning)).collect(),
            statuses: statuses(entries().collect()),
            formats: formats(&groups),
            groups: groups.iter().map(|group| section(group, page.taxonomy())).collect(),
            retired: retired_codes(page.taxonomy()),
        }
    }
}

fn success(status: u16, meaning: &str) -> Success {
    Success { status, family: status / 100, name: name_of_status(status, None), meaning: inline(meaning) }
}

fn statuses(mut entries: Vec<&Entry<'_>>) -> Vec<Status> {
    entries.sort_by_key(|entry| (entry.error.status, entry.error.last_status));
    let mut out: Vec<Status> = Vec::new();
    for entry in entries {
        let error = entry.error;
        let text = error.status_text();
        if out.last().is_none_or(|last| last.text != text) {
            out.push(Status {
                text,
                first: error.status,
                is_range: error.last_status.is_some(),
                family: error.status / 100,
                name: name_of_status(error.status, error.last_status),
                errors: Vec::new(),
            });
        }
        if let Some(status) = out.last_mut() {
            status.errors.push(Link {
                anchor: entry.anchor.clone(),
                fragment: fragment(&entry.anchor),
                name: error.name.clone(),
                title: inline(&error.title),
            });
        }
    }
    out
}

/// Every form once, by the first taxonomy that has it.
fn formats(groups: &[Group<'_>]) -> Vec<Format> {
    let mut seen: Vec<&Taxonomy> = Vec::new();
    for group in groups {
        if !seen.iter().any(|other| same_format(other, group.taxonomy)) {
            seen.push(group.taxonomy);
        }
    }
    let several = seen.len() > 1;
    seen.into_iter().map(|taxonomy| format(taxonomy, several)).collect()
}

fn format(taxonomy: &Taxonomy, several: bool) -> Format {
    let others = taxonomy.body.alternatives.iter().skip(1).filter_map(other_note);
    let others = others.map(str::to_owned).collect();
    let notes = [vec![body_note(&taxonomy.body)], others, common_headers(taxonomy)].concat();
    let templates = taxonomy.body.alternatives.iter().filter_map(|other| other.template.as_ref());
    Format {
        of: if several { inline(taxonomy.title.trim_end_matches('.')) } else { String::new() },
        notes: notes.iter().map(|note| inline(note)).collect(),
        shapes: templates.map(|template| tokens(&skeleton(template))).collect(),
    }
}

fn section(group: &Group<'_>, outer: &Taxonomy) -> Section {
    let taxonomy = group.taxonomy;
    let nested = !std::ptr::eq(taxonomy, outer);
    Section {
        title: if nested { inline(taxonomy.title.trim_end_matches('.')) } else { String::new() },
        description: if nested { to_html(&taxonomy.description, Form::Blocks(3)) } else { String::new() },
        errors: group.entries.iter().map(view).collect(),
    }
}

fn view(entry: &Entry<'_>) -> View {
    let error = entry.error;
    let (retry, retry_tag) = match error.retry {
        Retry::Never => ("never", "do not retry"),
        Retry::IfIdempotent => ("maybe", "retry if idempotent"),
        Retry::Always => ("always", "retry"),
    };
    let about = format!("{}\n\n{}", title_note(error), error.description);
    View {
        anchor: entry.anchor.clone(),
        fragment: fragment(&entry.anchor),
        aliases: entry.aliases.clone(),
        first: *error.statuses().start(),
        last: *error.statuses().end(),
        family: error.status / 100,
        status: error.status_text(),
        heading: in_words(&error.name),
        name: error.name.clone(),
        classes: error.classes.clone(),
        codes: entry.codes().map(ToString::to_string).collect(),
        retry,
        retry_tag,
        deprecated: error.deprecated.as_ref().map(|note| inline(&deprecation_note(note))),
        about: to_html(&about, Form::Blocks(4)),
        facts: facts(entry),
        docs_url: web_address(error).map(str::to_owned),
        fields: fields(entry),
        response: error.example().map(|example| response(example, entry.body())),
        schema: error.body_schema.as_ref().map(Json::pretty),
    }
}

fn facts(entry: &Entry<'_>) -> Vec<Fact> {
    let error = entry.error;
    let mut out = Vec::new();
    let mut fact = |label: &str, texts: Vec<String>| {
        if !texts.is_empty() {
            let texts = texts.iter().map(|text| inline(text)).collect();
            out.push(Fact { label: label.to_owned(), texts });
        }
    };
    fact("Cause", error.cause.iter().cloned().collect());
    fact("Fix", error.fix.iter().cloned().collect());
    fact("Retry", vec![retry_advice(error)]);
    fact("Code", vec![code_note(entry)]);
    if error.classes_by_status {
        fact("Class", vec![class_note(error)]);
    }
    fact("Message", entry.message().map(code_span).into_iter().collect());
    fact("Headers", header_notes(entry));
    for slot in &error.slots {
        let values: Vec<_> = slot.values.iter().map(|value| code_span(value)).collect();
        fact(&in_words(&slot.name), vec![values.join(" or ")]);
    }
    fact("Since", error.since.iter().map(|version| code_span(version)).collect());
    out
}

fn fields(entry: &Entry<'_>) -> Vec<FieldView> {
    let view = |field: &Field| {
        let retry_after = field.role == Role::RetryAfter;
        Some(FieldView {
            place: entry.place_of(field)?,
            kind: if retry_after { "seconds or date".to_owned() } else { type_text(&field.schema) },
            header: retry_after || field.role == Role::Header,
            optional: field.optional,
            description: to_html(&field.description, Form::Blocks(4)),
        })
    };
    entry.error.fields.iter().filter_map(view).collect()
}

fn response(example: &Response, body: &Body) -> ResponseView {
    let tokens = match (example_text(example), &example.body) {
        (Some((_, true)), Some(json)) => tokens(json),
        (Some((text, _)), _) => plain(&text),
        (None, _) => Vec::new(),
    };
    let kind = body.written().map(|written| written.kind);
    ResponseView {
        status: example.status,
        reason: name_of_status(example.status, None),
        headers: example.headers.clone(),
        body: tokens,
        no_body: if kind == Some(BodyKind::None) { "The body may hold anything." } else { "No body." },
    }
}
