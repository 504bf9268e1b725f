//! From tokens to the template's tree.
//!
//! What fails is skipped up to the next separator, so that one mistake is reported once and its
//! siblings are still looked at.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use proc_macro2::{Span, TokenTree};
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::parse::discouraged::Speculative;
use syn::{
    Error, Ident, Lit, LitStr, Result, Token, Type, TypePath, braced, bracketed, parenthesized, token,
};

use super::ast::{Alternative, Body, Item, Member, Node, NodeKind, Place};
use super::literal::parse_literal;
use super::place::{bodies, is_value_word, parse_word, unknown_body};
use super::ready::{self, READY, Ready, ReadyKind};
use super::suggest::list;
use super::tokens::{Errors, drain, parse_list, peek_word, refuse_suffix, skip_until, unexpected};

/// Bodies this deep do not occur, and everything that walks a template does so recursively.
const MAX_DEPTH: usize = 32;

const MAX_ALTERNATIVES: usize = 32;

const EXPECTED_VALUE: &str =
    "expected a value: a literal, a placeholder, an object `{ … }` or an array `[ … ]`";

const MISPLACED_MARK: &str =
    "misplaced `?`; the mark of an optional member stands before its colon, as in `\"key\"?: value`";

/// Parses what stands after `body =`, up to a comma or a semicolon outside brackets or the end. The
/// input stands there afterwards, whatever the result.
pub(crate) fn parse_body(input: ParseStream<'_>) -> Result<Body> {
    let mut errors = Errors::default();
    let mut alternatives: Vec<Alternative> = Vec::new();
    for count in 1.. {
        match parse_alternative(input) {
            Ok(alternative) => add_alternative(&mut alternatives, alternative),
            Err(error) => {
                errors.push(error);
                skip_until(input, |input| ends_body(input) || input.peek(Token![|]));
            }
        }
        if !input.peek(Token![|]) {
            break;
        }
        if count == MAX_ALTERNATIVES {
            errors.push(unexpected(input, &too_many_alternatives()));
            break;
        }
        if let Some(Alternative::Ready(ready)) = alternatives.last() {
            if matches!(ready.kind, ReadyKind::Text | ReadyKind::Anything) {
                let name = ready.name;
                let message = format!(
                    "`{name}` is read whatever the body holds, so nothing after it ever is; put `{name}` last"
                );
                errors.push(unexpected(input, &message));
            }
        }
        errors.take(input.parse::<Token![|]>());
    }
    if !ends_body(input) {
        if errors.is_empty() {
            errors.push(unexpected(
                input,
                "unexpected token after the body; write `,` before another key, `|` before an alternative",
            ));
        }
        skip_until(input, ends_body);
    }
    errors.finish(Body { alternatives })
}

/// Parses one JSON template; what follows it is left in the input. After an error the input stands
/// at a comma or a semicolon outside brackets, or at the end.
pub(crate) fn parse_inline(input: ParseStream<'_>) -> Result<Node> {
    parse_value(input, 0).inspect_err(|_| skip_until(input, ends_body))
}

fn ends_body(input: ParseStream<'_>) -> bool {
    input.is_empty() || input.peek(Token![,]) || input.peek(Token![;])
}

fn too_many_alternatives() -> String {
    format!("more than {MAX_ALTERNATIVES} alternatives; remove some")
}

/// Neighbours that are one value each, as in `detail | message`, are one body with a fallback.
fn add_alternative(alternatives: &mut Vec<Alternative>, alternative: Alternative) {
    let Alternative::Inline(node) = &alternative else {
        return alternatives.push(alternative);
    };
    match alternatives.last_mut() {
        Some(Alternative::Inline(left)) if is_bare(left) && is_bare(node) => {
            *left = or(left.clone(), node.clone());
        }
        _ => alternatives.push(alternative),
    }
}

fn is_bare(node: &Node) -> bool {
    matches!(node.kind, NodeKind::Literal(_) | NodeKind::Text(_) | NodeKind::Place(_) | NodeKind::Or(..))
}

fn parse_alternative(input: ParseStream<'_>) -> Result<Alternative> {
    if input.is_empty() {
        return Err(unexpected(input, &format!("expected a body: {}", bodies())));
    }
    if names_type(input) {
        return Ok(Alternative::Named(Box::new(parse_type(input)?)));
    }
    if let Some((literal, name)) = quoted_ready(input) {
        let message =
            format!("a text is a body of its own; for the ready-made one write `{name}`, without quotes");
        return Err(Error::new_spanned(literal, message));
    }
    if let Some(ident) = peek_word(input) {
        let name = ident.unraw().to_string();
        if ready::names().any(|ready| ready == name) {
            return parse_ready(input, &name).map(Alternative::Ready);
        }
        if !is_value_word(&name) {
            return Err(Error::new_spanned(&ident, unknown_body(&name)));
        }
    }
    parse_term(input, 0).map(Alternative::Inline)
}

/// `"problem"`, where `problem` was meant.
fn quoted_ready(input: ParseStream<'_>) -> Option<(LitStr, &'static str)> {
    let literal: LitStr = input.fork().parse().ok()?;
    let ready = ready::by_name(&literal.value())?;
    Some((literal, ready.name))
}

/// A path, or a word with a capital. A lower-case word is never a type, so that a slip in a
/// placeholder is not taken for one.
fn names_type(input: ParseStream<'_>) -> bool {
    input.peek(Token![::])
        || input.peek(Token![<])
        || peek_word(input).is_some_and(|ident| {
            let capital = |name: String| name.chars().next().is_some_and(char::is_uppercase);
            input.peek2(Token![::]) || capital(ident.unraw().to_string())
        })
}

fn parse_type(input: ParseStream<'_>) -> Result<Type> {
    // Brackets that syn gave up inside of would be reported again as unexpected; a fork forgets them.
    let ahead = input.fork();
    // The `$ty:ty` of a `macro_rules!` comes in invisible delimiters.
    let ty = if ahead.peek(token::Group) {
        ahead.call(Type::without_plus)?
    } else {
        Type::Path(ahead.parse::<TypePath>()?)
    };
    input.advance_to(&ahead);
    Ok(ty)
}

fn parse_ready(input: ParseStream<'_>, name: &str) -> Result<&'static Ready> {
    let ident = input.call(Ident::parse_any)?;
    let mut written = name.to_owned();
    if input.peek(token::Paren) {
        let content;
        parenthesized!(content in input);
        written = format!("{name}({})", drain(&content));
    }
    ready::by_name(&written).ok_or_else(|| {
        let forms = READY.iter().filter(|ready| ready.bare_name() == name);
        let message = format!("unknown body `{written}`; write {}", list(forms.map(|ready| ready.name)),);
        Error::new_spanned(ident, message)
    })
}

/// `a | b | c`
fn parse_value(input: ParseStream<'_>, depth: usize) -> Result<Node> {
    let mut value = parse_term(input, depth)?;
    let mut count = 1;
    while input.peek(Token![|]) {
        if count == MAX_ALTERNATIVES {
            return Err(unexpected(input, &too_many_alternatives()));
        }
        input.parse::<Token![|]>()?;
        value = or(value, parse_term(input, depth)?);
        count += 1;
    }
    Ok(value)
}

/// `left | right`, where a chain on the left gets `right` as its last.
fn or(left: Node, right: Node) -> Node {
    let span = left.span;
    let kind = match left.kind {
        NodeKind::Or(first, rest) => NodeKind::Or(first, Box::new(or(*rest, right))),
        kind => NodeKind::Or(Box::new(Node { span, kind }), Box::new(right)),
    };
    Node { span, kind }
}

/// `p @ shape`, or a single value.
fn parse_term(input: ParseStream<'_>, depth: usize) -> Result<Node> {
    let node = parse_primary(input, depth)?;
    if !input.peek(Token![@]) {
        return Ok(node);
    }
    let at: Token![@] = input.parse()?;
    let shape = parse_primary(input, depth + 1)?;
    match node.kind {
        NodeKind::Place(place @ (Place::Detail | Place::Field(_) | Place::FieldIndex(_))) => {
            Ok(Node { span: node.span, kind: NodeKind::Bind(place, Box::new(shape)) })
        }
        NodeKind::Place(place) => Err(Error::new(
            node.span,
            format!("`{}` cannot stand before `@`; only `detail` and `field(name)` can", place.show()),
        )),
        _ => Err(Error::new_spanned(at, "only `detail` and `field(name)` can stand before `@`")),
    }
}

fn parse_primary(input: ParseStream<'_>, depth: usize) -> Result<Node> {
    let brace = input.peek(token::Brace);
    if brace || input.peek(token::Bracket) {
        if depth >= MAX_DEPTH {
            let group: TokenTree = input.parse()?;
            return Err(Error::new_spanned(
                group,
                format!("this template is nested deeper than {MAX_DEPTH} levels"),
            ));
        }
        return if brace { parse_object(input, depth) } else { parse_array(input, depth) };
    }
    if names_type(input) {
        return Err(unexpected(
            input,
            "a type is a whole body and cannot stand inside a template; write its members out",
        ));
    }
    if peek_word(input).is_some() {
        return parse_word(input);
    }
    if input.peek(Token![-]) || input.peek(Lit) {
        return parse_literal(input);
    }
    if input.peek(Token![..]) {
        return Err(unexpected(
            input,
            "`..fields` stands among the members of an object; write `fields` for an object of its own",
        ));
    }
    Err(unexpected(input, EXPECTED_VALUE))
}

fn parse_object(input: ParseStream<'_>, depth: usize) -> Result<Node> {
    let content;
    let brace = braced!(content in input);
    let mut errors = Errors::default();
    let items = parse_list(&content, &mut errors, after_value, |input| parse_item(input, depth));
    check_duplicates(&items, &mut errors);
    errors.finish(Node { span: brace.span.join(), kind: NodeKind::Object(items) })
}

fn check_duplicates(items: &[Item], errors: &mut Errors) {
    let mut seen = HashMap::new();
    for item in items {
        let (key, span) = match item {
            Item::Member(member) => (Some(&member.key), member.key_span),
            Item::Spread(span) => (None, *span),
        };
        match seen.entry(key) {
            Entry::Vacant(entry) => {
                entry.insert(span);
            }
            Entry::Occupied(entry) => {
                let what = match key {
                    Some(key) => format!("member `{key:?}`"),
                    None => "`..fields`".to_owned(),
                };
                errors.push(Error::new(span, format!("duplicate {what} in this object; remove one")));
                let first: Span = *entry.get();
                errors.push(Error::new(first, "first used here"));
            }
        }
    }
}

fn parse_item(input: ParseStream<'_>, depth: usize) -> Result<Item> {
    if input.peek(Token![..]) {
        return parse_spread(input);
    }
    if input.peek(Token![?]) {
        return Err(unexpected(input, MISPLACED_MARK));
    }
    if let Some(ident) = peek_word(input) {
        return Err(Error::new_spanned(
            &ident,
            format!("a member's key is a string; write `\"{}\"`", ident.unraw()),
        ));
    }
    if !input.peek(LitStr) {
        return Err(unexpected(
            input,
            "expected a member: `\"key\": value`, `\"key\"?: value` or `..fields`",
        ));
    }
    let literal: LitStr = input.parse()?;
    refuse_suffix(&literal, literal.suffix())?;
    let key = literal.value();
    let optional = input.parse::<Option<Token![?]>>()?.is_some();
    if !input.peek(Token![:]) {
        let mark = if optional { "?:" } else { ":" };
        return Err(unexpected(input, &format!("expected `:` after the key; write `{key:?}{mark} value`")));
    }
    input.parse::<Token![:]>()?;
    if input.peek(Token![?]) {
        return Err(unexpected(input, MISPLACED_MARK));
    }
    Ok(Item::Member(Member {
        key,
        key_span: literal.span(),
        optional,
        value: parse_value(input, depth + 1)?,
    }))
}

fn parse_spread(input: ParseStream<'_>) -> Result<Item> {
    let dots: Token![..] = input.parse()?;
    if input.is_empty() || input.peek(Token![,]) {
        return Err(Error::new_spanned(dots, "`..` needs what it flattens; write `..fields`"));
    }
    match peek_word(input) {
        Some(ident) if ident == "fields" => Ok(Item::Spread(input.call(Ident::parse_any)?.span())),
        _ => Err(unexpected(input, "only the fields can be flattened; write `..fields`")),
    }
}

fn after_value(input: ParseStream<'_>) -> &'static str {
    if input.peek(Token![?]) {
        MISPLACED_MARK
    } else {
        "unexpected token after a value; write `,` before another one, `|` before an alternative"
    }
}

fn parse_array(input: ParseStream<'_>, depth: usize) -> Result<Node> {
    let content;
    let bracket = bracketed!(content in input);
    let mut errors = Errors::default();
    let elements = parse_list(&content, &mut errors, after_value, |input| parse_value(input, depth + 1));
    errors.finish(Node { span: bracket.span.join(), kind: NodeKind::Array(elements) })
}
