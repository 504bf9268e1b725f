//! The words of a template: placeholders, `null`, `true` and `false`.

use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Error, Ident, LitInt, LitStr, Result, parenthesized, token};

use super::ast::{Literal, Node, NodeKind, Place};
use super::ready;
use super::suggest::{closest, list};
use super::tokens::{drain, peek_word, refuse_suffix, unexpected};

/// Placeholders of one word.
const WORDS: &[(&str, Place)] = &[
    ("message", Place::Message),
    ("title", Place::Title),
    ("code", Place::Code),
    ("name", Place::Name),
    ("status", Place::Status),
    ("reason", Place::Reason),
    ("class", Place::Class),
    ("detail", Place::Detail),
    ("fields", Place::Fields),
    ("retry_after", Place::RetryAfter),
    ("retry_after_ms", Place::RetryAfterMs),
    ("docs_url", Place::DocsUrl),
];

/// Placeholders with an argument, and how they are written.
const CALLS: &[(&str, &str)] =
    &[("field", "field(name)"), ("slot", "slot(name)"), ("header", "header(\"Name\")")];

impl Place {
    /// The placeholder as written.
    pub(crate) fn show(&self) -> String {
        match self {
            Place::Field(name) => format!("field({name})"),
            Place::FieldIndex(index) => format!("field({index})"),
            Place::Slot(name) => format!("slot({name})"),
            Place::Header(name) => format!("header({name:?})"),
            word => WORDS
                .iter()
                .find(|(_, place)| place == word)
                .map(|(name, _)| (*name).to_owned())
                .unwrap_or_default(),
        }
    }
}

/// Whether a value of a template may start with this word.
pub(super) fn is_value_word(name: &str) -> bool {
    matches!(name, "null" | "true" | "false")
        || WORDS.iter().any(|(word, _)| *word == name)
        || CALLS.iter().any(|(call, _)| *call == name)
}

pub(super) fn parse_word(input: ParseStream<'_>) -> Result<Node> {
    let ident = input.call(Ident::parse_any)?;
    let name = ident.unraw().to_string();
    let kind = match name.as_str() {
        "null" => NodeKind::Literal(Literal::Null),
        "true" => NodeKind::Literal(Literal::Bool(true)),
        "false" => NodeKind::Literal(Literal::Bool(false)),
        _ => NodeKind::Place(match WORDS.iter().find(|(word, _)| *word == name) {
            Some((_, place)) => place.clone(),
            None => parse_call(input, &ident, &name)?,
        }),
    };
    if input.peek(token::Paren) {
        return Err(Error::new_spanned(&ident, format!("`{name}` takes no argument; write `{name}`")));
    }
    Ok(Node { span: ident.span(), kind })
}

fn parse_call(input: ParseStream<'_>, ident: &Ident, name: &str) -> Result<Place> {
    let Some((_, written)) = CALLS.iter().find(|(call, _)| *call == name) else {
        return Err(Error::new_spanned(ident, unknown_placeholder(name)));
    };
    let usage = match name {
        "field" => "write `field(name)`, or `field(0)` in a tuple variant".to_owned(),
        _ => format!("write `{written}`"),
    };
    let missing = || Error::new_spanned(ident, format!("`{name}` needs an argument; {usage}"));
    if !input.peek(token::Paren) {
        return Err(missing());
    }
    let content;
    parenthesized!(content in input);
    let place = if content.is_empty() { Err(missing()) } else { parse_argument(&content, name, &usage) };
    let place = match place {
        Ok(_) if !content.is_empty() => Err(wrong_argument(&content, name, &usage)),
        place => place,
    };
    drain(&content);
    place
}

fn parse_argument(content: ParseStream<'_>, name: &str, usage: &str) -> Result<Place> {
    match (name, peek_word(content)) {
        ("field" | "slot", Some(_)) => {
            let argument = content.call(Ident::parse_any)?.unraw().to_string();
            Ok(if name == "field" { Place::Field(argument) } else { Place::Slot(argument) })
        }
        ("field", None) if content.peek(LitInt) => {
            let index: LitInt = content.parse()?;
            match index.base10_parse() {
                Ok(place) if index.suffix().is_empty() => Ok(Place::FieldIndex(place)),
                _ => Err(Error::new_spanned(
                    &index,
                    format!("`{}` is not the index of a field; {usage}", index.token()),
                )),
            }
        }
        ("header", None) if content.peek(LitStr) => {
            let header: LitStr = content.parse()?;
            refuse_suffix(&header, header.suffix())?;
            let name = header.value();
            if is_header_name(&name) {
                return Ok(Place::Header(name));
            }
            Err(Error::new_spanned(
                &header,
                format!(
                    "`{name:?}` is not a header name; use letters, digits and `-`, as in `header(\"X-Request-Id\")`"
                ),
            ))
        }
        _ => Err(wrong_argument(content, name, usage)),
    }
}

fn wrong_argument(content: ParseStream<'_>, name: &str, usage: &str) -> Error {
    unexpected(content, &format!("unexpected argument of `{name}`; {usage}"))
}

/// A token of RFC 9110, section 5.6.2.
pub(crate) fn is_header_name(name: &str) -> bool {
    !name.is_empty()
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}

fn placeholders() -> impl Iterator<Item = &'static str> {
    let words = WORDS.iter().map(|(name, _)| *name);
    words.chain(CALLS.iter().map(|(_, written)| *written))
}

/// `` did you mean `message`?  `` with a space behind, or nothing.
fn did_you_mean(name: &str, others: impl Iterator<Item = &'static str>) -> String {
    let bare = |written: &'static str| written.split('(').next().unwrap_or(written);
    let near = closest(name, placeholders().map(bare).chain(others));
    match near.map(|near| placeholders().find(|written| bare(written) == near).unwrap_or(near)) {
        Some(written) => format!("did you mean `{written}`? "),
        None => String::new(),
    }
}

fn unknown_placeholder(name: &str) -> String {
    if ready::names().any(|ready| ready == name) {
        return format!("`{name}` is a whole body and cannot stand inside a template; write its members out");
    }
    let mut hint = did_you_mean(name, std::iter::empty());
    if hint.is_empty() {
        hint = format!("a field is written `field({name})`; ");
    }
    format!("unknown placeholder `{name}`; {hint}the placeholders are {}", list(placeholders()))
}

pub(super) fn unknown_body(name: &str) -> String {
    format!("unknown body `{name}`; {}a body is {}", did_you_mean(name, ready::names()), bodies(),)
}

/// All that may follow `body =`.
pub(super) fn bodies() -> String {
    format!(
        "a template `{{ … }}`, a placeholder ({}), a ready-made body ({}) or a type that implements `BodyFormat`",
        list(placeholders()),
        list(ready::READY.iter().map(|ready| ready.name)),
    )
}
