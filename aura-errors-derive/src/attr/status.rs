//! A status as written.

use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Error, LitInt, LitStr, Result, Token};

use super::syntax::{ends, unexpected};
use crate::names::STATUSES;
use crate::template::suggest::closest;

#[derive(Clone)]
pub(crate) struct Status {
    pub(crate) first: u16,
    pub(crate) last: u16,
    pub(crate) tokens: TokenStream,
}

const RANGE: &str = "write a range of statuses with its last one, for example `500..=599`";

/// `404`, `NOT_FOUND`, `"5XX"`, `5XX`, `500..=599`. Whether it is an error status is a check, as
/// that depends on other keys.
pub(crate) fn status(input: ParseStream<'_>) -> Result<Status> {
    let (first, last, mut tokens) = status_end(input)?;
    if !input.peek(Token![..]) {
        return Ok(Status { first, last, tokens });
    }
    if !input.peek(Token![..=]) {
        input.parse::<Token![..]>()?.to_tokens(&mut tokens);
        let message = match status_end(input) {
            Ok((end, _, more)) if end > first => {
                tokens.extend(more);
                format!("`..` leaves out the last status; write `{first}..={}`", end - 1)
            }
            _ => RANGE.to_owned(),
        };
        return Err(Error::new_spanned(tokens, message));
    }
    input.parse::<Token![..=]>()?.to_tokens(&mut tokens);
    if ends(input) {
        return Err(Error::new_spanned(tokens, RANGE));
    }
    let (start, end, more) = status_end(input)?;
    tokens.extend(more);
    if first != last || start != end {
        return Err(Error::new_spanned(tokens, RANGE));
    }
    if last > end {
        let message = format!("this range is empty; write `{end}..={first}`");
        return Err(Error::new_spanned(tokens, message));
    }
    Ok(Status { first, last: end, tokens })
}

fn status_end(input: ParseStream<'_>) -> Result<(u16, u16, TokenStream)> {
    if input.peek(LitInt) {
        let literal: LitInt = input.parse()?;
        let tokens = literal.to_token_stream();
        let range = match literal.suffix() {
            "" => literal.base10_parse().ok().map(|status: u16| (status, status)),
            suffix if suffix.eq_ignore_ascii_case("xx") => hundred(literal.base10_digits()),
            _ => None,
        };
        let (first, last) = range.ok_or_else(|| no_status(&tokens, &literal.to_string()))?;
        return Ok((first, last, tokens));
    }
    if input.peek(LitStr) {
        let literal: LitStr = input.parse()?;
        let value = literal.value();
        let range = match value.split_at_checked(1) {
            Some((digit, rest)) if rest.eq_ignore_ascii_case("xx") => hundred(digit),
            _ => None,
        };
        let (first, last) = range.ok_or_else(|| {
            if value.parse::<u16>().is_ok() {
                Error::new_spanned(&literal, format!("a status stands without quotes; write `{value}`"))
            } else {
                no_status(&literal, &format!("{value:?}"))
            }
        })?;
        return Ok((first, last, literal.to_token_stream()));
    }
    if input.peek(Ident::peek_any) {
        let ident = Ident::parse_any(input)?;
        let name = ident.unraw().to_string();
        return match STATUSES.iter().find(|(_, known)| *known == name) {
            Some((status, _)) => Ok((*status, *status, ident.to_token_stream())),
            None => Err(match closest(&name.to_uppercase(), STATUSES.iter().map(|(_, name)| *name)) {
                Some(near) => {
                    Error::new_spanned(&ident, format!("unknown status `{name}`; did you mean `{near}`?"))
                }
                None => no_status(&ident, &name),
            }),
        };
    }
    let message = "expected a status: `404`, `NOT_FOUND`, `\"5XX\"` or `500..=599`";
    Err(unexpected(input, message))
}

fn no_status(tokens: &impl ToTokens, shown: &str) -> Error {
    let message =
        format!("{shown} is not a status; write one as `404`, `NOT_FOUND`, `\"5XX\"` or `500..=599`");
    Error::new_spanned(tokens, message.replacen(shown, &format!("`{shown}`"), 1))
}

fn hundred(digit: &str) -> Option<(u16, u16)> {
    let first = digit.parse::<u16>().ok().filter(|digit| (1..=9).contains(digit))? * 100;
    Some((first, first + 99))
}
