//! What every level of `#[api(…)]` shares: the list of keys, recovery after a mistake, values.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Attribute, Error, Lit, LitStr, Meta, Result, Token, parenthesized, token};

use crate::ctxt::Ctxt;
use crate::names::{self, Level};

/// The value of one key, if it was given.
pub(crate) struct Setting<T> {
    /// Where it was given first.
    key: Option<TokenStream>,
    /// `None` also when the value had a mistake, which is reported already.
    value: Option<T>,
}

impl<T> Default for Setting<T> {
    fn default() -> Self {
        Setting { key: None, value: None }
    }
}

impl<T> Setting<T> {
    pub(crate) fn get(&self) -> Option<&T> {
        self.value.as_ref()
    }

    pub(crate) fn given(&self) -> bool {
        self.key.is_some()
    }

    /// Given, but with a mistake: what depends on it is not to be checked.
    pub(crate) fn broken(&self) -> bool {
        self.key.is_some() && self.value.is_none()
    }

    /// The tokens of the key, to underline (of a status: the status).
    pub(crate) fn key(&self) -> TokenStream {
        self.key.clone().unwrap_or_default()
    }

    /// Takes what was read after `key`; a second time it is a mistake.
    pub(crate) fn take(&mut self, cx: &Ctxt, key: &impl ToTokens, value: Result<T>) -> Result<()> {
        if let Some(first) = &self.key {
            let shown = key.to_token_stream().to_string();
            let mut error = Error::new_spanned(key, repeated(&shown));
            error.combine(Error::new_spanned(first, "first given here"));
            cx.push(error);
            return value.map(drop);
        }
        self.key = Some(key.to_token_stream());
        self.value = Some(value?);
        Ok(())
    }
}

fn repeated(key: &str) -> String {
    match key {
        "class" | "header" | "slot" | "when" | "stands_for" | "reserved" => {
            format!("`{key}` is given twice; put both into one `{key}(…)`")
        }
        "code" => "`code` is given twice; several codes are joined, as in `code = \"a\" | \"b\"`".to_owned(),
        _ => format!("`{key}` is given twice; remove one"),
    }
}

/// The grammar of one level.
pub(crate) trait Grammar {
    fn level(&self) -> Level;

    /// Reads the value of `key`, up to the comma. `Ok(false)`: it is no key of this level.
    fn key(&mut self, cx: &Ctxt, key: &Ident, input: ParseStream<'_>) -> Result<bool>;

    /// Reads a status, where one may stand.
    fn status(&mut self, cx: &Ctxt, input: ParseStream<'_>) -> Result<()>;

    /// Something could not be attributed to a key, so nothing may be concluded from a key's absence.
    fn murky(&mut self);
}

/// Reads all `#[api(…)]` among `attrs` as one list.
pub(crate) fn read(cx: &Ctxt, attrs: &[Attribute], grammar: &mut dyn Grammar) {
    for attr in attrs.iter().filter(|attr| attr.path().is_ident("api")) {
        let Meta::List(list) = &attr.meta else {
            grammar.murky();
            cx.error(&attr.meta, "`api` takes a list of keys; write `#[api(…)]`");
            continue;
        };
        let before = cx.count();
        let read = list.parse_args_with(|input: ParseStream<'_>| {
            items(cx, input, grammar);
            Ok(())
        });
        if let Err(error) = read {
            // Brackets left half read after a mistake are found again at the end.
            if cx.count() == before {
                cx.push(error);
                grammar.murky();
            }
        }
    }
}

fn items(cx: &Ctxt, input: ParseStream<'_>, grammar: &mut dyn Grammar) {
    while !input.is_empty() {
        match item(cx, input, grammar) {
            Err(error) => cx.push(error),
            Ok(()) if ends(input) => {}
            Ok(()) => cx.push(unexpected(input, "unexpected token; write `,` before another key")),
        }
        while !ends(input) {
            skip(input);
        }
        if !input.is_empty() {
            skip(input);
        }
    }
}

fn item(cx: &Ctxt, input: ParseStream<'_>, grammar: &mut dyn Grammar) -> Result<()> {
    if input.peek(Lit) && !input.peek(syn::LitBool) || starts_status_name(input) {
        return grammar.status(cx, input);
    }
    if !input.peek(Ident::peek_any) {
        grammar.murky();
        let first = if grammar.level() == Level::Field { "`detail`" } else { "`code = \"…\"`" };
        return Err(unexpected(input, format!("expected a key, such as {first}")));
    }
    let key = Ident::parse_any(input)?;
    if grammar.key(cx, &key, input)? {
        return Ok(());
    }
    grammar.murky();
    let message = if input.peek(Token![::]) {
        "a status is written as `404` or `NOT_FOUND`, without a path".to_owned()
    } else {
        names::unknown_key(&key, grammar.level())
    };
    cx.error(&key, message);
    while !ends(input) {
        skip(input);
    }
    Ok(())
}

/// `NOT_FOUND`: a word in capitals that no value follows.
fn starts_status_name(input: ParseStream<'_>) -> bool {
    let Some((ident, _)) = input.cursor().ident() else {
        return false;
    };
    let name = ident.to_string();
    let capitals = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
    name.len() > 1 && name.chars().all(capitals) && !input.peek2(Token![=]) && !input.peek2(token::Paren)
}

/// At the end of an item.
pub(crate) fn ends(input: ParseStream<'_>) -> bool {
    input.is_empty() || input.peek(Token![,])
}

fn next(input: ParseStream<'_>) -> Option<TokenTree> {
    input.cursor().token_tree().map(|(tree, _)| tree)
}

pub(crate) fn skip(input: ParseStream<'_>) -> Option<TokenTree> {
    let tree = input.step(|cursor| match cursor.token_tree() {
        Some((tree, rest)) => Ok((Some(tree), rest)),
        None => Ok((None, *cursor)),
    });
    tree.ok().flatten()
}

/// Consumes what is left of a bracket, so that it is not reported again.
pub(crate) fn drain(input: ParseStream<'_>) {
    while skip(input).is_some() {}
}

/// An error at the next token, or at the end of the list.
pub(crate) fn unexpected(input: ParseStream<'_>, message: impl std::fmt::Display) -> Error {
    match next(input) {
        Some(tree) => Error::new_spanned(tree, message),
        None => Error::new(input.span(), message),
    }
}

/// The value of `key` is not as it must be: at what is left of it, or at the key where there is
/// nothing.
pub(crate) fn misused(key: &Ident, input: ParseStream<'_>, message: impl std::fmt::Display) -> Error {
    let mut value = TokenStream::new();
    let ahead = input.fork();
    while !ends(&ahead) {
        value.extend(skip(&ahead));
    }
    if value.is_empty() {
        return Error::new_spanned(key, message);
    }
    Error::new_spanned(value, message)
}

/// A key without a value.
pub(crate) fn flag(key: &Ident, input: ParseStream<'_>) -> Result<()> {
    if ends(input) {
        return Ok(());
    }
    let message = format!("`{}` takes no value; write it alone", key.unraw());
    Err(misused(key, input, message))
}

/// `key = "…"`
pub(crate) fn text(key: &Ident, input: ParseStream<'_>) -> Result<LitStr> {
    let message = || format!("`{0}` takes a text; write `{0} = \"…\"`", key.unraw());
    equals(key, input, message)?;
    if !input.peek(LitStr) {
        return Err(misused(key, input, message()));
    }
    input.parse()
}

/// `=`, else the message.
pub(crate) fn equals(key: &Ident, input: ParseStream<'_>, message: impl FnOnce() -> String) -> Result<()> {
    if !input.peek(Token![=]) || input.peek(Token![==]) {
        return Err(misused(key, input, message()));
    }
    input.parse::<Token![=]>().map(drop)
}

/// `key = word`, one of `words`.
pub(crate) fn word(
    key: &Ident,
    input: ParseStream<'_>,
    what: &str,
    words: &[&'static str],
) -> Result<&'static str> {
    let message = || {
        let words = names::list(words.iter().copied(), "or");
        format!("`{key}` takes one of {words}, without quotes")
    };
    equals(key, input, message)?;
    if !input.peek(Ident::peek_any) {
        return Err(misused(key, input, message()));
    }
    known(&Ident::parse_any(input)?, what, words)
}

pub(crate) fn known(found: &Ident, what: &str, words: &[&'static str]) -> Result<&'static str> {
    let name = found.unraw().to_string();
    words
        .iter()
        .find(|word| **word == name)
        .copied()
        .ok_or_else(|| Error::new_spanned(found, names::unknown_word(what, &name, words)))
}

/// `key(item, item)`, at least one. What is left of the bracket after a mistake is consumed.
pub(crate) fn list<T>(
    key: &Ident,
    input: ParseStream<'_>,
    usage: &str,
    mut item: impl FnMut(ParseStream<'_>) -> Result<T>,
) -> Result<Vec<T>> {
    let message = || format!("`{}` takes a list; write {usage}", key.unraw());
    if !input.peek(token::Paren) {
        return Err(misused(key, input, message()));
    }
    let content;
    parenthesized!(content in input);
    if content.is_empty() {
        return Err(Error::new_spanned(key, message()));
    }
    let mut all = Vec::new();
    let mut errors: Option<Error> = None;
    let mut add = |error: Error| match &mut errors {
        Some(all) => all.combine(error),
        None => errors = Some(error),
    };
    while !content.is_empty() {
        match item(&content) {
            Ok(_) if !ends(&content) => {
                add(unexpected(&content, format!("unexpected token in `{}`; write {usage}", key.unraw())));
            }
            Ok(item) => all.push(item),
            Err(error) => add(error),
        }
        while !ends(&content) {
            skip(&content);
        }
        skip(&content);
    }
    match errors {
        Some(errors) => Err(errors),
        None => Ok(all),
    }
}
