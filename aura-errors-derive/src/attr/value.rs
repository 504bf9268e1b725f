//! Values with rules of their own: codes, words, slots, cases, paths.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Error, ExprPath, LitInt, LitStr, Path, Result, Token, WherePredicate};

use super::syntax::{ends, equals, known, list, misused, text, unexpected};
use crate::case::{CASES, Case};
use crate::check::draft::code_text;
use crate::model::Code;
use crate::names::{self, CLASSES};

/// `code = …` on a variant.
#[derive(Clone)]
pub(crate) struct CodeAttr {
    /// The first, which is written.
    pub(crate) code: Option<Code>,
    /// Others that mean the same, and are read.
    pub(crate) synonyms: Vec<Code>,
    pub(crate) none: bool,
    pub(crate) any: bool,
    pub(crate) tokens: TokenStream,
}

const CODE: &str = "`code` takes `\"…\"`, a number, `none` or `any`; write for example `code = \"x\"` or `code = \"x\" | none`";

pub(crate) fn code(key: &Ident, input: ParseStream<'_>) -> Result<CodeAttr> {
    equals(key, input, || CODE.to_owned())?;
    let mut read =
        CodeAttr { code: None, synonyms: Vec::new(), none: false, any: false, tokens: TokenStream::new() };
    loop {
        if input.peek(Ident::peek_any) {
            let ident = Ident::parse_any(input)?;
            let flag = match &*ident.to_string() {
                "none" => &mut read.none,
                "any" => &mut read.any,
                other => {
                    let message = format!("{CODE}; a text needs quotes: `code = \"{other}\"`");
                    return Err(Error::new_spanned(ident, message));
                }
            };
            if std::mem::replace(flag, true) {
                return Err(Error::new_spanned(&ident, format!("`{ident}` is given twice; remove one")));
            }
            ident.to_tokens(&mut read.tokens);
        } else {
            let (code, tokens) = code_literal(input, || misused(key, input, CODE))?;
            let known = read.code.iter().chain(&read.synonyms);
            if known.into_iter().any(|known| code_text(known) == code_text(&code)) {
                return Err(Error::new_spanned(tokens, "this code is given twice; remove one"));
            }
            match read.code {
                None => read.code = Some(code),
                Some(_) => read.synonyms.push(code),
            }
            read.tokens.extend(tokens);
        }
        if !input.peek(Token![|]) {
            break;
        }
        input.parse::<Token![|]>()?.to_tokens(&mut read.tokens);
    }
    if read.none && read.any {
        let message = "`any` accepts a missing code too; write `any` alone";
        return Err(Error::new_spanned(&read.tokens, message));
    }
    Ok(read)
}

/// `"x"`, `1007`, `-3`
fn code_literal(input: ParseStream<'_>, otherwise: impl FnOnce() -> Error) -> Result<(Code, TokenStream)> {
    if input.peek(LitStr) {
        let literal: LitStr = input.parse()?;
        if literal.value().is_empty() {
            let message = "an empty code means none; write `code = none`";
            return Err(Error::new_spanned(literal, message));
        }
        return Ok((Code::Str(literal.value()), literal.to_token_stream()));
    }
    let minus: Option<Token![-]> = if input.peek(Token![-]) { Some(input.parse()?) } else { None };
    if !input.peek(LitInt) {
        return Err(otherwise());
    }
    let literal: LitInt = input.parse()?;
    let mut tokens = minus.to_token_stream();
    literal.to_tokens(&mut tokens);
    let sign = if minus.is_some() { "-" } else { "" };
    let number = format!("{sign}{}", literal.base10_digits()).parse();
    match number {
        Ok(number) if literal.suffix().is_empty() => Ok((Code::Int(number), tokens)),
        _ => Err(Error::new_spanned(
            tokens,
            "a numeric code is an integer of 64 bits without a suffix; write it as a string",
        )),
    }
}

/// `reserved("x", 1007)`
pub(crate) fn reserved(key: &Ident, input: ParseStream<'_>) -> Result<Vec<(Code, TokenStream)>> {
    const USAGE: &str = "`reserved(\"old_code\", 1007)`";
    list(key, input, USAGE, |input| {
        code_literal(input, || unexpected(input, format!("expected a code; write {USAGE}")))
    })
}

/// `class = auth`, `class(a, b)`
pub(crate) fn classes(key: &Ident, input: ParseStream<'_>) -> Result<Vec<&'static str>> {
    const USAGE: &str = "`class = auth` or `class(validation, auth)`";
    if input.peek(Token![=]) {
        return super::syntax::word(key, input, "class", &CLASSES).map(|class| vec![class]);
    }
    let mut given = Vec::new();
    list(key, input, USAGE, |input| word_once(input, "class", &CLASSES, &mut given, USAGE))
}

/// `stands_for(route, method)`
pub(crate) fn stands_for(key: &Ident, input: ParseStream<'_>) -> Result<Vec<(Ident, &'static str)>> {
    const USAGE: &str = "`stands_for(route, method)`";
    let mut given = Vec::new();
    list(key, input, USAGE, |input| {
        let ident: Ident = input
            .fork()
            .call(Ident::parse_any)
            .map_err(|_| unexpected(input, format!("expected a word; write {USAGE}")))?;
        word_once(input, "framework failure", &names::STANDS_FOR, &mut given, USAGE).map(|word| (ident, word))
    })
}

fn word_once(
    input: ParseStream<'_>,
    what: &str,
    words: &[&'static str],
    given: &mut Vec<&'static str>,
    usage: &str,
) -> Result<&'static str> {
    if !input.peek(Ident::peek_any) {
        return Err(unexpected(input, format!("expected a word; write {usage}")));
    }
    let ident = Ident::parse_any(input)?;
    let word = known(&ident, what, words)?;
    if given.contains(&word) {
        return Err(Error::new_spanned(&ident, format!("`{word}` is given twice; remove one")));
    }
    given.push(word);
    Ok(word)
}

pub(crate) struct SlotAttr {
    pub(crate) name: Ident,
    pub(crate) values: Vec<LitStr>,
}

/// `slot(kind = "a" | "b", other = "c")`
pub(crate) fn slots(key: &Ident, input: ParseStream<'_>) -> Result<Vec<SlotAttr>> {
    const USAGE: &str = "`slot(kind = \"a\" | \"b\")`";
    let mut given: Vec<String> = Vec::new();
    list(key, input, USAGE, |input| {
        let wrong = || unexpected(input, format!("expected a slot with its values; write {USAGE}"));
        if !input.peek(Ident::peek_any) {
            return Err(wrong());
        }
        let name = Ident::parse_any(input)?;
        let mut values: Vec<LitStr> = Vec::new();
        if !input.peek(Token![=]) {
            return Err(Error::new_spanned(name, format!("this slot has no value; write {USAGE}")));
        }
        input.parse::<Token![=]>()?;
        loop {
            if !input.peek(LitStr) {
                return Err(wrong());
            }
            let value: LitStr = input.parse()?;
            if values.iter().any(|known| known.value() == value.value()) {
                return Err(Error::new_spanned(value, "this value is given twice; remove one"));
            }
            values.push(value);
            if !input.peek(Token![|]) {
                break;
            }
            input.parse::<Token![|]>()?;
        }
        let text = name.unraw().to_string();
        if given.contains(&text) {
            let message = format!("the slot `{text}` is given twice; write `{text} = \"a\" | \"b\"`");
            return Err(Error::new_spanned(name, message));
        }
        given.push(text);
        Ok(SlotAttr { name, values })
    })
}

/// `rename_all = "…"`
pub(crate) fn case(key: &Ident, input: ParseStream<'_>) -> Result<Case> {
    let name = text(key, input)?;
    let value = name.value();
    match CASES.iter().find(|(known, _)| *known == value) {
        Some((_, case)) => Ok(*case),
        None => {
            let cases = names::list(CASES.iter().map(|(name, _)| *name), "or");
            Err(Error::new_spanned(name, format!("unknown case `{value}`; write {cases}")))
        }
    }
}

/// `fields(rename_all = "…")`
pub(crate) fn fields(key: &Ident, input: ParseStream<'_>) -> Result<Case> {
    const USAGE: &str = "`fields(rename_all = \"camelCase\")`";
    let read = list(key, input, USAGE, |input| {
        if !input.peek(Ident::peek_any) {
            return Err(unexpected(input, format!("expected `rename_all`; write {USAGE}")));
        }
        let inner = Ident::parse_any(input)?;
        known(&inner, "key", &["rename_all"])?;
        case(&inner, input)
    })?;
    match read.as_slice() {
        [case] => Ok(*case),
        _ => Err(Error::new_spanned(key, format!("`rename_all` is given twice; write {USAGE}"))),
    }
}

/// `crate = path`, `crate = "path"`
pub(crate) fn krate(key: &Ident, input: ParseStream<'_>) -> Result<Path> {
    const USAGE: &str = "`crate` takes the path of this crate; write for example `crate = crate::errors`";
    equals(key, input, || USAGE.to_owned())?;
    if ends(input) {
        return Err(Error::new_spanned(key, USAGE));
    }
    if input.peek(LitStr) {
        let literal: LitStr = input.parse()?;
        return literal.parse_with(module).map_err(|_| Error::new_spanned(&literal, USAGE));
    }
    let at = input.cursor().token_tree().map(|(tree, _)| tree);
    input
        .call(module)
        .map_err(|_| Error::new_spanned(at.unwrap_or_else(|| TokenTree::Ident(key.clone())), USAGE))
}

/// A path that may be imported from: no type's.
pub(crate) fn module(input: ParseStream<'_>) -> Result<Path> {
    let path = Path::parse_mod_style(input)?;
    match path.segments.iter().find(|segment| segment.ident == "Self") {
        Some(segment) => {
            Err(Error::new_spanned(segment, "`Self` is a type; write the path of a crate or module"))
        }
        None => Ok(path),
    }
}

/// `bound = "T: X, U: Y"`; empty for no bounds at all.
pub(crate) fn bound(key: &Ident, input: ParseStream<'_>) -> Result<Vec<WherePredicate>> {
    let literal = text(key, input)?;
    literal
        .parse_with(|input: ParseStream<'_>| {
            input.parse_terminated(<WherePredicate as syn::parse::Parse>::parse, Token![,])
        })
        .map(|predicates| predicates.into_iter().collect())
        .map_err(|_| {
            let message = "these are not bounds; write for example `bound = \"T: Clone, U: Send\"`";
            Error::new_spanned(&literal, message)
        })
}

/// A path in a string, as serde's attributes have it.
pub(crate) fn path(literal: &LitStr) -> Result<ExprPath> {
    literal.parse().map_err(|_| {
        Error::new_spanned(
            literal,
            "this is not a path to a function; write for example `\"module::function\"`",
        )
    })
}
