//! The page as Markdown (feature `markdown`), for a repository: one fact a line, so that a change of the
//! errors is a readable change of the page.

mod text;

use std::fmt::Write;

use self::text::{cell, fenced, heading, list_item};
use crate::lock::UPDATE;
use crate::model::{Body, Role, Taxonomy};
use crate::page::{
    Entry, Group, Page, body_note, class_note, code_note, code_span, common_headers, deprecation_note,
    example_text, fragment, groups, header_notes, in_words, members, name_of_status, other_note,
    retired_codes, retry_advice, same_format, skeleton, title_note, to_cell, to_markdown, type_text,
    web_address,
};

/// The page of a taxonomy, with nothing added.
#[must_use]
pub fn page(taxonomy: &Taxonomy) -> String {
    Page::new(taxonomy.clone()).markdown()
}

impl Page {
    /// The page as Markdown, in the dialect of GitHub (tables).
    ///
    /// Errors stand in the order of their statuses, those of one status in the order of the catalogue.
    /// Each has an anchor with its name (`#rate_limited`), and one with its code where that is another.
    #[must_use]
    pub fn markdown(&self) -> String {
        let mut out = String::new();
        let name = text::comment(&self.taxonomy().name);
        block(&mut out, &format!("<!-- Made from `{name}`. Write it anew with `{UPDATE}=1 cargo test`. -->"));
        block(&mut out, &format!("# {}", heading(self.title_text())));
        block(&mut out, &to_markdown(self.intro_text(), 1));
        let groups = groups(self.taxonomy());
        let (outer, nested) = split(&groups, self.taxonomy());
        if let Some(first) = groups.first() {
            block(&mut out, "## Error response format");
            format(&mut out, first.taxonomy);
        }
        statuses(&mut out, self, &groups);
        for group in outer {
            block(&mut out, "## Errors");
            errors(&mut out, group);
        }
        for group in nested {
            let taxonomy = group.taxonomy;
            block(&mut out, &format!("## {}", heading(taxonomy.title.trim_end_matches('.'))));
            block(&mut out, &to_markdown(&taxonomy.description, 2));
            if groups.first().is_some_and(|first| !same_format(first.taxonomy, taxonomy)) {
                format(&mut out, taxonomy);
            }
            errors(&mut out, group);
        }
        retired(&mut out, self.taxonomy());
        out
    }
}

/// The page's own errors, and those of the taxonomies it nests.
fn split<'a, 'b>(groups: &'b [Group<'a>], taxonomy: &Taxonomy) -> (&'b [Group<'a>], &'b [Group<'a>]) {
    groups.split_at(usize::from(!taxonomy.errors.is_empty()))
}

/// A paragraph, list or table, and an empty line.
fn block(out: &mut String, text: &str) {
    let text = text.trim_end();
    if !text.is_empty() {
        let gap = if out.is_empty() { "" } else { "\n" };
        let _ = writeln!(out, "{gap}{text}");
    }
}

fn format(out: &mut String, taxonomy: &Taxonomy) {
    shape(out, &taxonomy.body);
    for other in taxonomy.body.alternatives.iter().skip(1) {
        match &other.template {
            Some(template) => {
                block(out, "A body of this form is accepted too:");
                block(out, &fenced(&skeleton(template).pretty(), "json"));
            }
            None => block(out, other_note(other).unwrap_or_default()),
        }
    }
    let notes: Vec<_> = common_headers(taxonomy).iter().map(|note| format!("- {note}")).collect();
    block(out, &notes.join("\n"));
}

/// The form of a body, and a table of its members.
fn shape(out: &mut String, body: &Body) {
    block(out, &body_note(body));
    let Some(template) = body.written().and_then(|written| written.template.as_ref()) else {
        return;
    };
    block(out, &fenced(&skeleton(template).pretty(), "json"));
    let mut table = String::from("| Member | Type | Meaning |\n|---|---|---|\n");
    for member in members(template) {
        let path = if member.path.is_empty() { "the whole body".to_owned() } else { cell(&member.path) };
        let may_lack = if member.optional { "; may be left out" } else { "" };
        row(&mut table, &[&path, &member.kind, &to_cell(&format!("{}{may_lack}", member.meaning))]);
    }
    block(out, &table);
}

/// A row of a table.
fn row(out: &mut String, cells: &[&str]) {
    for cell in cells {
        let gap = if cell.is_empty() { "" } else { " " };
        let _ = write!(out, "|{gap}{cell} ");
    }
    out.push_str("|\n");
}

fn statuses(out: &mut String, page: &Page, groups: &[Group<'_>]) {
    block(out, "## HTTP status codes");
    let mut table = String::from("| Status | Name | Error | Meaning |\n|---|---|---|---|\n");
    for (status, meaning) in page.successes() {
        row(&mut table, &[&format!("`{status}`"), name_of_status(*status, None), "", &to_cell(meaning)]);
    }
    let mut entries: Vec<_> = groups.iter().flat_map(|group| &group.entries).collect();
    entries.sort_by_key(|entry| (entry.error.status, entry.error.last_status));
    for Entry { error, anchor, .. } in entries {
        let status = format!("`{}`", error.status_text());
        let link = format!("[{}](#{})", cell(&error.name), fragment(anchor));
        let name = name_of_status(error.status, error.last_status);
        row(&mut table, &[&status, name, &link, &to_cell(&error.title)]);
    }
    block(out, &table);
}

fn errors(out: &mut String, group: &Group<'_>) {
    for entry in &group.entries {
        error(out, entry);
    }
}

fn error(out: &mut String, entry: &Entry<'_>) {
    let error = entry.error;
    let ids = [&entry.anchor].into_iter().chain(&entry.aliases);
    let anchors: String = ids.map(|id| format!("<a id=\"{}\"></a>", text::attribute(id))).collect();
    block(out, &anchors);
    block(out, &format!("### {} {}", error.status_text(), heading(&in_words(&error.name))));
    if let Some(note) = &error.deprecated {
        block(out, &to_markdown(&deprecation_note(note), 3));
    }
    block(out, &to_markdown(&title_note(error), 3));
    block(out, &to_markdown(&error.description, 3));
    block(out, &facts(entry));
    body(out, entry);
}

/// What there is to know about an error, one item each.
fn facts(entry: &Entry<'_>) -> String {
    let error = entry.error;
    let mut out = String::new();
    let mut item = |label: &str, text: &str| list_item(&mut out, label, text);
    item("Name", &code_span(&error.name));
    item("Code", &code_note(entry));
    item("Class", &class_note(error));
    if let Some(message) = entry.message() {
        item("Message", &code_span(message));
    }
    if let Some(cause) = &error.cause {
        item("Cause", cause);
    }
    if let Some(fix) = &error.fix {
        item("Fix", fix);
    }
    item("Retry", &retry_advice(error));
    for note in header_notes(entry) {
        item("Header", &note);
    }
    for slot in &error.slots {
        let values: Vec<_> = slot.values.iter().map(|value| code_span(value)).collect();
        item(&in_words(&slot.name), &values.join(" or "));
    }
    if let Some(version) = &error.since {
        item("Since", &text::plain(version));
    }
    if let Some(url) = web_address(error) {
        item("More", &format!("<{}>", text::url(url)));
    }
    out
}

fn body(out: &mut String, entry: &Entry<'_>) {
    let error = entry.error;
    fields(out, entry);
    match error.example() {
        Some(example) => {
            let length = |text: &(String, bool)| fenced(&text.0, if text.1 { "json" } else { "text" });
            if let Some(text) = example_text(example).as_ref().map(length) {
                block(out, &text);
            }
        }
        // Without an example at least the form, where it is not the usual one.
        None if error.body.is_some() => shape(out, entry.body()),
        None => {}
    }
}

fn fields(out: &mut String, entry: &Entry<'_>) {
    let mut table = String::new();
    for field in &entry.error.fields {
        let Some(place) = entry.place_of(field) else {
            continue;
        };
        let place = match field.role {
            Role::Header | Role::RetryAfter => format!("header {}", cell(&place)),
            _ => cell(&place),
        };
        let optional = if field.optional { "optional" } else { "always" };
        let kind = match field.role {
            Role::RetryAfter => "seconds or date".to_owned(),
            _ => text::plain_cell(&type_text(&field.schema)),
        };
        row(&mut table, &[&place, &kind, optional, &to_cell(&field.description)]);
    }
    if !table.is_empty() {
        block(out, &format!("| Field | Type | Present | Meaning |\n|---|---|---|---|\n{table}"));
    }
}

/// Codes of the past.
fn retired(out: &mut String, taxonomy: &Taxonomy) {
    let codes: Vec<_> = retired_codes(taxonomy).iter().map(|code| format!("- {}", code_span(code))).collect();
    if !codes.is_empty() {
        block(out, "## Retired codes");
        block(out, "These codes are no longer sent, and will not be used again.");
        block(out, &codes.join("\n"));
    }
}
