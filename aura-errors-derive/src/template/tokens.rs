//! Reading tokens with recovery.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::parse::ParseStream;
use syn::{Error, Ident, Result, Token};

/// Mistakes found so far.
#[derive(Default)]
pub(crate) struct Errors(Option<Error>);

impl Errors {
    pub(crate) fn push(&mut self, error: Error) {
        match &mut self.0 {
            Some(all) => all.combine(error),
            None => self.0 = Some(error),
        }
    }

    pub(crate) fn take<T>(&mut self, result: Result<T>) -> Option<T> {
        result.map_err(|error| self.push(error)).ok()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    pub(crate) fn finish<T>(self, value: T) -> Result<T> {
        match self.0 {
            Some(error) => Err(error),
            None => Ok(value),
        }
    }
}

/// An error at the next token, or at the closing bracket when there is none.
pub(crate) fn unexpected(input: ParseStream<'_>, message: &str) -> Error {
    match input.fork().parse::<TokenTree>() {
        Ok(token) => Error::new_spanned(token, message),
        Err(_) => Error::new(input.span(), message),
    }
}

/// The next token if it is an identifier or a keyword.
pub(crate) fn peek_word(input: ParseStream<'_>) -> Option<Ident> {
    input.cursor().ident().map(|(ident, _)| ident)
}

pub(crate) fn skip_until(input: ParseStream<'_>, stop: fn(ParseStream<'_>) -> bool) {
    while !input.is_empty() && !stop(input) && input.parse::<TokenTree>().is_ok() {}
}

/// Takes all that is left, so that syn does not report it as unexpected a second time.
pub(crate) fn drain(input: ParseStream<'_>) -> TokenStream {
    input.parse().unwrap_or_default()
}

/// Parses `a, b, c,` to the end of the input. `unseparated` words the error where two elements lack
/// a comma between them.
pub(crate) fn parse_list<T>(
    input: ParseStream<'_>,
    errors: &mut Errors,
    unseparated: fn(ParseStream<'_>) -> &'static str,
    parse: impl Fn(ParseStream<'_>) -> Result<T>,
) -> Vec<T> {
    let mut elements = Vec::new();
    while !input.is_empty() {
        if let Some(element) = errors.take(parse(input)) {
            elements.push(element);
            if !input.is_empty() && !input.peek(Token![,]) {
                errors.push(unexpected(input, unseparated(input)));
            }
        }
        skip_until(input, |input| input.peek(Token![,]));
        if input.peek(Token![,]) {
            errors.take(input.parse::<Token![,]>());
        }
    }
    elements
}

pub(crate) fn refuse_suffix(literal: &impl ToTokens, suffix: &str) -> Result<()> {
    if suffix.is_empty() {
        return Ok(());
    }
    Err(Error::new_spanned(literal, format!("a JSON literal has no suffix; remove `{suffix}`")))
}
