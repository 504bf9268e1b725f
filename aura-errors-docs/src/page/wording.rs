//! What a page says about an error, in words. Texts are Markdown.

use http::StatusCode;

use super::Entry;
use super::place::path_of;
use crate::Json;
use crate::model::{
    Alternative, Body, BodyKind, CodeRule, Error, Field, ResetUnit, Response, Retry, Role, Taxonomy,
};

/// The name of an error for a heading: `rate_limited` is `Rate limited`. Plain text.
pub(crate) fn in_words(name: &str) -> String {
    let spaced = name.replace(['_', '-', '.', '/'], " ");
    let mut chars = spaced.trim().chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => name.to_owned(),
    }
}

/// A text that ends as a sentence does.
pub(crate) fn sentence(text: &str) -> String {
    let text = text.trim();
    match text.chars().last() {
        Some(last) if last.is_alphanumeric() || matches!(last, ')' | '`') => format!("{text}."),
        _ => text.to_owned(),
    }
}

/// The reason phrase, and for several statuses what they have in common.
pub(crate) fn name_of_status(first: u16, last: Option<u16>) -> &'static str {
    let reason = StatusCode::from_u16(first).ok().and_then(|status| status.canonical_reason());
    match (last, first / 100) {
        (None, _) => reason.unwrap_or(""),
        (Some(_), 4) => "Client Error",
        (Some(_), 5) => "Server Error",
        (Some(_), _) => "",
    }
}

/// Which codes the error is sent with.
pub(crate) fn code_note(entry: &Entry<'_>) -> String {
    let codes: Vec<String> = entry.codes().map(|code| code_span(&code.to_string())).collect();
    let rest = match entry.error.code_rule {
        _ if codes.is_empty() => return "none".to_owned(),
        CodeRule::Always | CodeRule::None => "",
        CodeRule::Optional => ", or none",
        CodeRule::Any => ", or any code that this page does not name, or none",
    };
    format!("{}{rest}", codes.join(", "))
}

/// What kinds of failure it is.
pub(crate) fn class_note(error: &Error) -> String {
    let classes: Vec<String> = error.classes.iter().map(|class| code_span(class)).collect();
    let classes = classes.join(", ");
    match error.classes_by_status {
        true => format!("{classes} for {}; it depends on the status", error.status),
        false => classes,
    }
}

/// What a caller should do about it.
pub(crate) fn retry_advice(error: &Error) -> String {
    let verdict = match error.retry {
        Retry::Never => "No: the same request will fail again",
        Retry::IfIdempotent => {
            "Only where repeating does no harm, as the server may have acted: with an idempotent method or an `Idempotency-Key`"
        }
        Retry::Always => "Yes: the server did not act on the request",
    };
    let mut advice = sentence(verdict);
    if error.retry_by_status {
        advice.push_str(&format!(" This is for {}; it depends on the status.", error.status));
    }
    if error.retry != Retry::Never && error.field_with_role(Role::RetryAfter).is_some() {
        advice.push_str(
            " Wait for the delay in the `Retry-After` header; without one, back off exponentially.",
        );
    }
    advice
}

/// The title, unless it only repeats the name of the status.
pub(crate) fn title_note(error: &Error) -> String {
    if error.title == name_of_status(error.status, error.last_status) {
        return String::new();
    }
    sentence(&error.title)
}

/// What a deprecation says, as the start of a paragraph.
pub(crate) fn deprecation_note(note: &str) -> String {
    if note.trim().is_empty() {
        "**Deprecated.**".to_owned()
    } else {
        format!("**Deprecated:** {}", sentence(note))
    }
}

/// The headers of the response, one line each.
pub(crate) fn header_notes(entry: &Entry<'_>) -> Vec<String> {
    let error = entry.error;
    let mut notes = Vec::new();
    for header in &error.headers {
        notes.push(code_span(&format!("{}: {}", header.name, header.value)));
    }
    if let (Some(name), Some(code)) = (&entry.taxonomy.code_header, entry.codes().next()) {
        notes.push(code_span(&format!("{name}: {code}")));
    }
    let conditions = error.when.iter().map(|condition| match &condition.value {
        Some(value) => code_span(&format!("{}: {value}", condition.header)),
        None => code_span(&condition.header),
    });
    let conditions: Vec<_> = conditions.collect();
    if !conditions.is_empty() {
        notes.push(format!("{} tells this error from others", conditions.join(" or ")));
    }
    notes
}

/// What the body of a taxonomy's errors is; with a colon at the end where the form follows.
pub(crate) fn body_note(body: &Body) -> String {
    let written = body.written();
    let content_type = written.and_then(|written| written.content_type.as_deref());
    let content_type = content_type.map(|name| format!(" ({})", code_span(name))).unwrap_or_default();
    match written.map(|written| written.kind) {
        Some(BodyKind::Json) => format!("Errors have a JSON body of this form{content_type}:"),
        Some(BodyKind::Text) => format!("The body is the message as plain text{content_type}."),
        Some(BodyKind::Empty) => "Errors have no body.".to_owned(),
        Some(BodyKind::None) => {
            "Errors are told apart by their status alone, whatever the body holds.".to_owned()
        }
        Some(BodyKind::Custom) | None => format!("The body is shown with each error{content_type}."),
    }
}

/// What else is read as a body, where it has no form to show.
pub(crate) fn other_note(other: &Alternative) -> Option<&'static str> {
    match other.kind {
        BodyKind::Json => None,
        BodyKind::Text => Some("The message as plain text is accepted too."),
        BodyKind::Empty => Some("A response without a body is accepted too."),
        BodyKind::None => Some("Any other body is accepted too."),
        BodyKind::Custom => Some("A body of another form is accepted too."),
    }
}

/// An address that a page may link to.
pub(crate) fn web_address(error: &Error) -> Option<&str> {
    let url = error.docs_url.as_deref()?;
    let scheme = url.split_once("://").map_or("", |(scheme, _)| scheme);
    ["http", "https"].iter().any(|web| web.eq_ignore_ascii_case(scheme)).then_some(url)
}

/// Headers that mean the same with every error of a taxonomy.
pub(crate) fn common_headers(taxonomy: &Taxonomy) -> Vec<String> {
    let mut notes = Vec::new();
    if let Some(header) = &taxonomy.code_header {
        let header = code_span(header);
        notes.push(format!("The header {header} holds the code too, and goes before the body."));
    }
    if let Some(header) = &taxonomy.retry_header {
        let header = code_span(header);
        notes.push(format!("The header {header} (`true` or `false`) goes before the advice on this page."));
    }
    if let Some(header) = &taxonomy.reset_header {
        let unit = match header.unit {
            ResetUnit::Epoch => "as seconds since 1970",
            ResetUnit::Seconds => "in seconds from now",
        };
        notes.push(format!("The header {} says when a rate limit ends, {unit}.", code_span(&header.name)));
    }
    notes
}

/// Whether two taxonomies say the same by [`body_note`] and [`common_headers`].
pub(crate) fn same_format(one: &Taxonomy, other: &Taxonomy) -> bool {
    one.body == other.body && common_headers(one) == common_headers(other)
}

/// Codes of the past, those of nested taxonomies included.
pub(crate) fn retired_codes(taxonomy: &Taxonomy) -> Vec<String> {
    let own = taxonomy.reserved.iter().map(ToString::to_string);
    own.chain(taxonomy.nested.iter().flat_map(|nested| retired_codes(&nested.catalog))).collect()
}

/// The body of an example as it travels, but indented, and whether it is JSON; `None` without a body.
pub(crate) fn example_text(response: &Response) -> Option<(String, bool)> {
    let body = response.body.as_ref()?;
    let content_type = response.header("content-type").unwrap_or("application/json");
    match body {
        Json::String(text) if !content_type.contains("json") => Some((text.clone(), false)),
        _ => Some((body.pretty(), true)),
    }
}

impl Entry<'_> {
    /// The header that a field travels in, or its path in the body; `None` where a page says by other
    /// means what it holds.
    pub(crate) fn place_of(&self, field: &Field) -> Option<String> {
        let in_body = || {
            let template = self.body().written()?.template.as_ref()?;
            path_of(template, self.error.layouts.first()?, field).filter(|path| !path.is_empty())
        };
        match field.role {
            Role::Message | Role::Code | Role::Status | Role::Slot => None,
            Role::Header => field.header.clone(),
            Role::RetryAfter => Some("Retry-After".to_owned()),
            Role::Field | Role::Detail => in_body().or_else(|| Some(field.name.clone())),
        }
    }
}

/// The type of a value by its JSON Schema: `array of string`. Plain text.
pub(crate) fn type_text(schema: &Json) -> String {
    type_of(schema, 0)
}

/// How deep a type is described.
const DEPTH: usize = 4;

fn type_of(schema: &Json, depth: usize) -> String {
    let any = "any".to_owned();
    if depth > DEPTH {
        return any;
    }
    if let Some(value) = schema.get("const") {
        return value.to_string();
    }
    if let Some(values) = schema.get("enum").and_then(Json::as_array) {
        return values.iter().map(ToString::to_string).collect::<Vec<_>>().join(" or ");
    }
    for key in ["anyOf", "oneOf"] {
        if let Some(branches) = schema.get(key).and_then(Json::as_array) {
            return alternatives(branches.iter().map(|branch| type_of(branch, depth + 1)));
        }
    }
    match schema.get("type") {
        Some(Json::Array(types)) => {
            alternatives(types.iter().filter_map(|name| name.as_str().map(str::to_owned)))
        }
        Some(Json::String(name)) => match name.as_str() {
            "array" => match schema.get("items").map(|items| type_of(items, depth + 1)) {
                Some(items) if items != any => format!("array of {items}"),
                _ => "array".to_owned(),
            },
            "object" => match schema.get("properties").and_then(Json::as_object) {
                Some(members) if !members.is_empty() => {
                    let names: Vec<_> = members.keys().map(String::as_str).collect();
                    format!("object with {}", names.join(", "))
                }
                _ => "object".to_owned(),
            },
            name => match schema.get("format").and_then(Json::as_str) {
                Some(format) => format!("{name} ({format})"),
                None => name.to_owned(),
            },
        },
        _ => any,
    }
}

/// `null` is left out: whether a field may be absent is said elsewhere.
fn alternatives(types: impl Iterator<Item = String>) -> String {
    let mut out: Vec<String> = Vec::new();
    for name in types {
        if name != "null" && !out.contains(&name) {
            out.push(name);
        }
    }
    if out.is_empty() { "null".to_owned() } else { out.join(" or ") }
}

/// Plain text as code in Markdown.
pub(crate) fn code_span(text: &str) -> String {
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let fence = "`".repeat(longest_run(&text) + 1);
    // Spaces at both ends are taken away by the reader, and nothing but spaces is left as it is.
    let outer = |c: char| c == '`' || c == ' ';
    let padded = text.starts_with(outer) || text.ends_with(outer);
    match (text.trim().is_empty(), padded) {
        (true, _) => "(empty)".to_owned(),
        (false, true) => format!("{fence} {text} {fence}"),
        (false, false) => format!("{fence}{text}{fence}"),
    }
}

/// The longest run of backticks.
pub(crate) fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}
