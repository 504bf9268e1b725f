//! Header names and values, wherever they are given.

use proc_macro2::Ident;
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Error, LitStr, Result, Token, parenthesized, token};

use super::syntax::{drain, known, list, misused, text, unexpected};
use crate::model::ResetUnit;

pub(crate) struct WhenAttr {
    pub(crate) name: LitStr,
    pub(crate) value: Option<LitStr>,
}

/// `when(header("N") = "v", header("M"))`
pub(crate) fn whens(key: &Ident, input: ParseStream<'_>) -> Result<Vec<WhenAttr>> {
    const USAGE: &str = "`when(header(\"Name\") = \"value\")` or `when(header(\"Name\"))`";
    list(key, input, USAGE, |input| {
        let wrong =
            |input: ParseStream<'_>| unexpected(input, format!("unexpected condition; write {USAGE}"));
        let Some((ident, _)) = input.cursor().ident() else {
            return Err(wrong(input));
        };
        if ident != "header" {
            return Err(wrong(input));
        }
        let ident = Ident::parse_any(input)?;
        if !input.peek(token::Paren) {
            return Err(Error::new_spanned(ident, format!("`header` needs a name; write {USAGE}")));
        }
        let content;
        parenthesized!(content in input);
        let name = content.parse::<LitStr>();
        let left = !content.is_empty();
        drain(&content);
        let name = match name {
            Ok(name) if !left => name,
            _ => return Err(Error::new_spanned(ident, format!("`header` needs a name; write {USAGE}"))),
        };
        header_name(&name)?;
        free_header(&name)?;
        let mut value = None;
        if input.peek(Token![=]) {
            input.parse::<Token![=]>()?;
            if !input.peek(LitStr) {
                return Err(wrong(input));
            }
            let text: LitStr = input.parse()?;
            header_value(&text)?;
            value = Some(text);
        }
        Ok(WhenAttr { name, value })
    })
}

/// `header("Name" = "value", "B" = "c")`
pub(crate) fn headers(key: &Ident, input: ParseStream<'_>) -> Result<Vec<(LitStr, LitStr)>> {
    const USAGE: &str = "`header(\"Name\" = \"value\")`";
    if input.peek(Token![=]) {
        let message = format!("a header here has a value, write {USAGE}; `header = \"Name\"` is for a field");
        return Err(misused(key, input, message));
    }
    let mut given: Vec<String> = Vec::new();
    list(key, input, USAGE, |input| {
        if !input.peek(LitStr) {
            return Err(unexpected(input, format!("expected a header name; write {USAGE}")));
        }
        let name: LitStr = input.parse()?;
        header_name(&name)?;
        free_header(&name)?;
        if !input.peek(Token![=]) {
            return Err(Error::new_spanned(name, format!("this header has no value; write {USAGE}")));
        }
        input.parse::<Token![=]>()?;
        if !input.peek(LitStr) {
            return Err(unexpected(input, format!("expected a header value; write {USAGE}")));
        }
        let value: LitStr = input.parse()?;
        header_value(&value)?;
        let lower = name.value().to_ascii_lowercase();
        if given.contains(&lower) {
            let message = "this header is given twice; put both values into one text, separated by a comma";
            return Err(Error::new_spanned(name, message));
        }
        given.push(lower);
        Ok((name, value))
    })
}

/// `key = "Header-Name"`
pub(crate) fn header_key(key: &Ident, input: ParseStream<'_>) -> Result<LitStr> {
    if input.peek(token::Paren) {
        let message = format!("a name is all that `{key}` takes here; write `{key} = \"Name\"`");
        return Err(Error::new_spanned(key, message));
    }
    let name = text(key, input)?;
    header_name(&name)?;
    free_header(&name)?;
    Ok(name)
}

/// `reset_header("X-RateLimit-Reset" = epoch | seconds)`
pub(crate) fn reset_header(key: &Ident, input: ParseStream<'_>) -> Result<(LitStr, ResetUnit)> {
    const USAGE: &str = "`reset_header(\"Name\" = epoch)` or `reset_header(\"Name\" = seconds)`";
    let read = list(key, input, USAGE, |input| {
        let wrong = || unexpected(input, format!("unexpected token; write {USAGE}"));
        if !input.peek(LitStr) {
            return Err(wrong());
        }
        let name: LitStr = input.parse()?;
        header_name(&name)?;
        if !input.peek(Token![=]) {
            return Err(Error::new_spanned(name, format!("the unit is missing; write {USAGE}")));
        }
        input.parse::<Token![=]>()?;
        if !input.peek(Ident::peek_any) {
            return Err(wrong());
        }
        let unit = known(&Ident::parse_any(input)?, "unit", &["epoch", "seconds"])?;
        Ok((name, if unit == "epoch" { ResetUnit::Epoch } else { ResetUnit::Seconds }))
    })?;
    let mut read = read.into_iter();
    match (read.next(), read.next()) {
        (Some(only), None) => Ok(only),
        _ => Err(Error::new_spanned(key, format!("there is one reset header; write {USAGE}"))),
    }
}

/// A token of RFC 9110, section 5.6.2.
fn header_name(name: &LitStr) -> Result<()> {
    let value = name.value();
    let token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    if !value.is_empty() && value.bytes().all(token) {
        return Ok(());
    }
    let message =
        format!("{value:?} is not a header name; use letters, digits and `-`, as in `\"X-Request-Id\"`");
    Err(Error::new_spanned(name, message))
}

/// Visible ASCII, with spaces inside.
pub(crate) fn is_header_text(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~')) && text.trim() == text
}

pub(crate) fn header_value(value: &LitStr) -> Result<()> {
    if is_header_text(&value.value()) {
        return Ok(());
    }
    let message = "this is not a header value; use visible ASCII, without spaces at the ends";
    Err(Error::new_spanned(value, message))
}

/// Headers that the framework or another key writes.
fn free_header(name: &LitStr) -> Result<()> {
    let message = match &*name.value().to_ascii_lowercase() {
        "content-type" => "the content type has a key of its own; write `content_type = \"…\"`",
        "content-length" | "transfer-encoding" | "connection" => {
            "this header belongs to the connection, and the server writes it; remove it"
        }
        _ => return Ok(()),
    };
    Err(Error::new_spanned(name, message))
}

/// `content_type = "…"`
pub(crate) fn content_type(key: &Ident, input: ParseStream<'_>) -> Result<LitStr> {
    let value = text(key, input)?;
    header_value(&value)?;
    if value.value().split('/').filter(|part| !part.is_empty()).count() < 2 {
        let message = "this is not a media type; write for example `\"application/json\"`";
        return Err(Error::new_spanned(value, message));
    }
    Ok(value)
}
