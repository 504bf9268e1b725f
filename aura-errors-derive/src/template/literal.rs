//! JSON literals, written as Rust has them.

use syn::parse::ParseStream;
use syn::{Error, Lit, Result, Token};

use super::ast::{Literal, Node, NodeKind};
use super::text::parse_text;
use super::tokens::{refuse_suffix, unexpected};

pub(super) fn parse_literal(input: ParseStream<'_>) -> Result<Node> {
    let minus = input.parse::<Option<Token![-]>>()?.is_some();
    if input.cursor().literal().is_none() {
        return Err(unexpected(input, "expected a number after `-`"));
    }
    let literal = Lit::new(input.parse()?);
    let sign = if minus { "-" } else { "" };
    let kind = match &literal {
        Lit::Int(number) => {
            refuse_suffix(number, number.suffix())?;
            let value = format!("{sign}{}", number.base10_digits()).parse();
            NodeKind::Literal(Literal::Int(value.map_err(|_| {
                let message = "this integer does not fit in 64 bits; write it as a string";
                Error::new_spanned(number, message)
            })?))
        }
        Lit::Float(number) => {
            refuse_suffix(number, number.suffix())?;
            let value = json_float(&format!("{sign}{}", number.base10_digits()));
            NodeKind::Literal(Literal::Float(value.ok_or_else(|| {
                let message = "this number is out of range; write it as a string";
                Error::new_spanned(number, message)
            })?))
        }
        _ if minus => {
            return Err(Error::new_spanned(literal, "expected a number after `-`"));
        }
        Lit::Str(text) => {
            refuse_suffix(text, text.suffix())?;
            parse_text(&text.value()).map_err(|message| Error::new_spanned(text, message))?
        }
        _ => {
            return Err(Error::new_spanned(
                literal,
                "this literal is not JSON; write a string `\"…\"`, a number, `true`, `false` or `null`",
            ));
        }
    };
    Ok(Node { span: literal.span(), kind })
}

/// A float of Rust as JSON has it: `1.` and `007.5` are not JSON.
fn json_float(digits: &str) -> Option<String> {
    if !digits.parse::<f64>().is_ok_and(f64::is_finite) {
        return None;
    }
    let (sign, digits) = match digits.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", digits),
    };
    let digits = digits.trim_start_matches('0');
    let zero = match digits.as_bytes().first() {
        Some(b'0'..=b'9') => "",
        _ => "0",
    };
    let tail = if digits.ends_with('.') { "0" } else { "" };
    Some(format!("{sign}{zero}{digits}{tail}"))
}
