//! Strings with parts to fill in: `"{retry_after}s"`.

use super::ast::{Literal, NodeKind, TextPart};
use super::suggest::{closest, list};

const PARTS: &[(&str, TextPart)] = &[
    ("status", TextPart::Status),
    ("code", TextPart::Code),
    ("name", TextPart::Name),
    ("retry_after", TextPart::RetryAfter),
];

impl TextPart {
    /// The name between the braces; `None` for literal text.
    pub(crate) fn name(&self) -> Option<&'static str> {
        PARTS.iter().find(|(_, part)| part == self).map(|(name, _)| *name)
    }
}

/// Whether the text mentions a part to fill in, be it escaped. Only then do braces mean something,
/// so that a constant such as `"{}"` or `"{id}"` needs no escaping.
pub(super) fn is_text(value: &str) -> bool {
    PARTS.iter().any(|(name, _)| value.contains(&format!("{{{name}}}")))
}

/// What a string literal of a template stands for.
///
/// # Errors
///
/// The message for a diagnostic at the literal.
pub(super) fn parse_text(value: &str) -> Result<NodeKind, String> {
    if !is_text(value) {
        return Ok(NodeKind::Literal(Literal::Str(value.to_owned())));
    }
    let mut parts = Vec::new();
    let mut literal = String::new();
    let mut rest = value;
    while let Some(at) = rest.find(['{', '}']) {
        literal.push_str(&rest[..at]);
        let brace = &rest[at..=at];
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix(brace) {
            literal.push_str(brace);
            rest = after;
            continue;
        }
        let end = match rest.find(['{', '}']) {
            Some(end) if brace == "{" && rest[end..].starts_with('}') => end,
            _ => {
                return Err(format!(
                    "a single `{brace}` in a string with placeholders; write `{brace}{brace}` for the character"
                ));
            }
        };
        let part = part(&rest[..end])?;
        if !literal.is_empty() {
            parts.push(TextPart::Literal(std::mem::take(&mut literal)));
        }
        parts.push(part);
        rest = &rest[end + 1..];
    }
    literal.push_str(rest);
    if parts.is_empty() {
        return Ok(NodeKind::Literal(Literal::Str(literal)));
    }
    if !literal.is_empty() {
        parts.push(TextPart::Literal(literal));
    }
    Ok(NodeKind::Text(parts))
}

fn part(name: &str) -> Result<TextPart, String> {
    if let Some((_, part)) = PARTS.iter().find(|(known, _)| *known == name) {
        return Ok(part.clone());
    }
    let did_you_mean = match closest(name, PARTS.iter().map(|(name, _)| *name)) {
        Some(near) => format!("did you mean `{{{near}}}`? "),
        None => String::new(),
    };
    let names: Vec<String> = PARTS.iter().map(|(name, _)| format!("{{{name}}}")).collect();
    Err(format!(
        "unknown placeholder `{{{name}}}` in a string; {did_you_mean}use one of {}, or `{{{{{name}}}}}` for the text itself",
        list(names.iter().map(String::as_str)),
    ))
}
