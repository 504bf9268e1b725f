//! What stands where in a body.

use crate::Json;
use crate::model::{Detail, Field, Item, Layout, Node, Place, Role, TextPart};

/// A member of a body, or its whole.
#[cfg(feature = "markdown")]
pub(crate) struct Member {
    /// `error.code`; empty for the whole body.
    pub(crate) path: String,
    /// The type of its value.
    pub(crate) kind: String,
    /// What it says.
    pub(crate) meaning: String,
    /// Whether it may be left out.
    pub(crate) optional: bool,
}

/// Every member of a template that holds something.
#[cfg(feature = "markdown")]
pub(crate) fn members(node: &Node) -> Vec<Member> {
    let mut out = Vec::new();
    collect(node, &mut Vec::new(), false, &mut out);
    out
}

#[cfg(feature = "markdown")]
fn collect(node: &Node, path: &mut Vec<String>, optional: bool, out: &mut Vec<Member>) {
    let here = |kind: &str, meaning: String, path: &[String]| {
        let (path, kind) = (join(path), kind.to_owned());
        Member { path, kind, meaning, optional }
    };
    match node {
        Node::Object(items) => {
            for item in items {
                match item {
                    Item::Member { key, optional: may_lack, value } => {
                        path.push(key.clone());
                        collect(value, path, optional || *may_lack, out);
                        path.pop();
                    }
                    Item::Spread(_) => {
                        path.push("…".to_owned());
                        let meaning = "the fields of the error, by their names".to_owned();
                        out.push(here("any", meaning, path));
                        path.pop();
                    }
                }
            }
        }
        Node::Array(elements) if elements.is_empty() => {
            out.push(here("array", "a list".to_owned(), path));
        }
        Node::Array(elements) => {
            for (index, element) in elements.iter().enumerate() {
                path.push(format!("[{index}]"));
                collect(element, path, optional, out);
                path.pop();
            }
        }
        Node::Literal(value) => out.push(here(json_type(value), format!("always `{value}`"), path)),
        Node::Text(parts) => out.push(here("string", format!("`{}`", text_of(parts)), path)),
        Node::Place(place) | Node::Bind { place, .. } => {
            let (kind, meaning) = describe(place, optional);
            out.push(here(kind, meaning, path));
        }
        Node::Or(either) => {
            let (mut kinds, mut meanings) = (Vec::new(), Vec::new());
            for node in either.iter() {
                let mut found = Vec::new();
                collect(node, path, optional, &mut found);
                for member in found {
                    if !kinds.contains(&member.kind) {
                        kinds.push(member.kind);
                    }
                    meanings.push(member.meaning);
                }
            }
            let kind =
                if kinds.iter().any(|kind| kind == "any") { "any".to_owned() } else { kinds.join(" or ") };
            out.push(here(&kind, meanings.join(", else "), path));
        }
    }
}

#[cfg(feature = "markdown")]
fn describe(place: &Place, optional: bool) -> (&'static str, String) {
    let (kind, meaning) = match place {
        Place::Message => ("string", "the message, for people"),
        Place::Title => ("string", "a short summary, the same for every occurrence"),
        Place::Code if optional => ("string or integer", "the machine-readable code"),
        Place::Code => {
            ("string, integer or null", "the machine-readable code, `null` where the error has none")
        }
        Place::Name => ("string", "the name of the error"),
        Place::Status => ("integer", "the HTTP status"),
        Place::Reason => ("string", "the reason phrase of the HTTP status"),
        Place::Class => ("string", "the class of the error"),
        Place::Detail => ("any", "additional context or validation details"),
        Place::Fields => ("object", "the fields of the error"),
        Place::RetryAfter => ("number", "the seconds to wait before the next try"),
        Place::RetryAfterMs => ("number", "the milliseconds to wait before the next try"),
        Place::DocsUrl => ("string", "where the error is documented"),
        Place::Field(name) => return ("any", format!("the field `{name}`")),
        Place::Slot(name) => return ("string", format!("the `{name}` of the error")),
        Place::Header(name) => return ("string", format!("the value of the header `{name}`")),
    };
    (kind, meaning.to_owned())
}

#[cfg(feature = "markdown")]
fn json_type(value: &Json) -> &'static str {
    match value {
        Json::Null => "null",
        Json::Bool(_) => "boolean",
        Json::Number(_) => "number",
        Json::String(_) => "string",
        Json::Array(_) => "array",
        Json::Object(_) => "object",
    }
}

fn text_of(parts: &[TextPart]) -> String {
    let part = |part: &TextPart| match part {
        TextPart::Literal(text) => text.clone(),
        TextPart::Place { place } => match place {
            Place::Status => "{status}".to_owned(),
            Place::Code => "{code}".to_owned(),
            Place::Name => "{name}".to_owned(),
            Place::RetryAfter => "{retry_after}".to_owned(),
            _ => "…".to_owned(),
        },
    };
    parts.iter().map(part).collect()
}

/// A body of this template with words in place of its values.
pub(crate) fn skeleton(node: &Node) -> Json {
    match node {
        Node::Literal(value) => value.clone(),
        Node::Text(parts) => text_of(parts).into(),
        Node::Object(items) => Json::object(items.iter().map(|item| match item {
            Item::Member { key, value, .. } => (key.clone(), skeleton(value)),
            Item::Spread(_) => ("…".to_owned(), "Fields of the error".into()),
        })),
        Node::Array(elements) => Json::array(elements.iter().map(skeleton)),
        Node::Or(either) => skeleton(&either[0]),
        Node::Place(place) | Node::Bind { place, .. } => word(place),
    }
}

fn word(place: &Place) -> Json {
    match place {
        Place::Message => "Human-readable message".into(),
        Place::Title => "Short summary".into(),
        Place::Code => "machine_readable_code".into(),
        Place::Name => "name_of_the_error".into(),
        Place::Status => 400_u16.into(),
        Place::Reason => "Bad Request".into(),
        Place::Class => "class_of_the_error".into(),
        Place::Detail => "Additional context or validation details".into(),
        Place::Fields => Json::object([("…", "Fields of the error")]),
        Place::Field(name) => format!("Field `{name}`").into(),
        Place::Slot(name) => format!("The {name} of the error").into(),
        Place::RetryAfter => 30_u16.into(),
        Place::RetryAfterMs => 30_000_u16.into(),
        Place::DocsUrl => "https://…".into(),
        Place::Header(name) => format!("Value of {name}").into(),
    }
}

/// Where the value of a field is found: `detail.id`. `None` where the template has no place for it.
pub(crate) fn path_of(template: &Node, layout: &Layout, field: &Field) -> Option<String> {
    find(template, layout, field).map(|path| join(&path))
}

fn find(node: &Node, layout: &Layout, field: &Field) -> Option<Vec<String>> {
    let listed = |members: &[String]| {
        let name = if field.flatten { "…" } else { &field.name };
        members.iter().any(|member| member == field.member()).then(|| vec![name.to_owned()])
    };
    let below = |step: String, path: Vec<String>| [vec![step], path].concat();
    match node {
        Node::Literal(_) | Node::Text(_) => None,
        Node::Object(items) => items.iter().find_map(|item| match item {
            Item::Member { key, value, .. } => {
                find(value, layout, field).map(|path| below(key.clone(), path))
            }
            Item::Spread(_) => listed(&layout.fields),
        }),
        Node::Array(elements) => elements.iter().enumerate().find_map(|(index, element)| {
            find(element, layout, field).map(|path| below(format!("[{index}]"), path))
        }),
        Node::Or(either) => either.iter().find_map(|node| find(node, layout, field)),
        Node::Place(place) | Node::Bind { place, .. } => match place {
            Place::Field(member) => (member == field.member()).then(Vec::new),
            Place::Fields => listed(&layout.fields),
            Place::Detail => match layout.detail.as_ref()? {
                Detail::Text => None,
                Detail::Field(member) => (member == field.member()).then(Vec::new),
                Detail::Fields(members) => listed(members),
            },
            Place::RetryAfter | Place::RetryAfterMs => (field.role == Role::RetryAfter).then(Vec::new),
            Place::Header(name) => {
                let same = field.header.as_ref().is_some_and(|header| header.eq_ignore_ascii_case(name));
                same.then(Vec::new)
            }
            _ => None,
        },
    }
}

fn join(path: &[String]) -> String {
    let mut out = String::new();
    for step in path {
        if !out.is_empty() && !step.starts_with('[') {
            out.push('.');
        }
        out.push_str(step);
    }
    out
}
