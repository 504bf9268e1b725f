//! `#[api(…)]` on a variant.

use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{LitStr, Result, Token};

use super::container::body;
use super::expression::expression;
use super::headers::{self, WhenAttr};
use super::status::{self, Status};
use super::syntax::{Grammar, Setting, flag, text, word};
use super::value::{self, CodeAttr, SlotAttr};
use crate::ctxt::Ctxt;
use crate::names::{LEVELS, Level, RETRIES};
use crate::template::ast::Body;

#[derive(Default)]
pub(crate) struct VariantAttrs {
    pub(crate) status: Setting<Status>,
    pub(crate) name: Setting<LitStr>,
    pub(crate) code: Setting<CodeAttr>,
    pub(crate) classes: Setting<Vec<&'static str>>,
    pub(crate) retry: Setting<&'static str>,
    pub(crate) message: Setting<LitStr>,
    pub(crate) detail: Setting<LitStr>,
    pub(crate) body: Setting<Body>,
    pub(crate) headers: Setting<Vec<(LitStr, LitStr)>>,
    pub(crate) content_type: Setting<LitStr>,
    pub(crate) slots: Setting<Vec<SlotAttr>>,
    pub(crate) whens: Setting<Vec<WhenAttr>>,
    pub(crate) cause: Setting<LitStr>,
    pub(crate) fix: Setting<LitStr>,
    pub(crate) docs_url: Setting<LitStr>,
    pub(crate) since: Setting<LitStr>,
    pub(crate) deprecated: Setting<Option<LitStr>>,
    pub(crate) level: Setting<&'static str>,
    pub(crate) example: Setting<TokenStream>,
    pub(crate) transparent: Setting<()>,
    pub(crate) alias: Setting<TokenStream>,
    pub(crate) stands_for: Setting<Vec<(Ident, &'static str)>>,
    pub(crate) fallback: Setting<()>,
    pub(crate) allow_success: Setting<()>,
    /// Every key in the order given (of a status its first token).
    pub(crate) keys: Vec<TokenStream>,
    /// A key was not understood.
    pub(crate) murky: bool,
}

impl Grammar for VariantAttrs {
    fn level(&self) -> Level {
        Level::Variant
    }

    fn key(&mut self, cx: &Ctxt, key: &Ident, input: ParseStream<'_>) -> Result<bool> {
        self.keys.push(key.to_token_stream());
        match &*key.unraw().to_string() {
            "name" => self.name.take(cx, key, name(key, input)),
            "code" => self.code.take(cx, key, value::code(key, input)),
            "class" => self.classes.take(cx, key, value::classes(key, input)),
            "retry" => self.retry.take(cx, key, word(key, input, "retry rule", &RETRIES)),
            "message" => self.message.take(cx, key, text(key, input)),
            "detail" => self.detail.take(cx, key, text(key, input)),
            "body" => self.body.take(cx, key, body(key, input)),
            "header" => self.headers.take(cx, key, headers::headers(key, input)),
            "content_type" => self.content_type.take(cx, key, headers::content_type(key, input)),
            "slot" => self.slots.take(cx, key, value::slots(key, input)),
            "when" => self.whens.take(cx, key, headers::whens(key, input)),
            "cause" => self.cause.take(cx, key, text(key, input)),
            "fix" => self.fix.take(cx, key, text(key, input)),
            "docs_url" => self.docs_url.take(cx, key, text(key, input)),
            "since" => self.since.take(cx, key, text(key, input)),
            "deprecated" => self.deprecated.take(cx, key, note(key, input)),
            "level" => self.level.take(cx, key, word(key, input, "level", &LEVELS)),
            "example" => self.example.take(cx, key, expression(key, input)),
            "transparent" => self.transparent.take(cx, key, flag(key, input)),
            "as" => self.alias.take(cx, key, expression(key, input)),
            "stands_for" => self.stands_for.take(cx, key, value::stands_for(key, input)),
            "fallback" => self.fallback.take(cx, key, flag(key, input)),
            "allow_success" => self.allow_success.take(cx, key, flag(key, input)),
            _ => {
                self.keys.pop();
                return Ok(false);
            }
        }
        .map(|()| true)
    }

    fn status(&mut self, cx: &Ctxt, input: ParseStream<'_>) -> Result<()> {
        let first = input.cursor().token_tree().map(|(tree, _)| tree).to_token_stream();
        self.keys.push(first.clone());
        let status = status::status(input);
        let tokens = match &status {
            Ok(status) => status.tokens.clone(),
            Err(_) => first,
        };
        if self.status.given() {
            status?;
            let joined = match self.code.given() {
                true => "; several codes are joined, as in `code = 1001 | 1002`",
                false => "",
            };
            let message = format!(
                "a variant has one status; write a range, for example `500..=599`, or another variant{joined}"
            );
            let mut error = syn::Error::new_spanned(&tokens, message);
            error.combine(syn::Error::new_spanned(self.status.key(), "first given here"));
            return Err(error);
        }
        self.status.take(cx, &tokens, status)
    }

    fn murky(&mut self) {
        self.murky = true;
    }
}

/// A name is a key of the lock, an anchor, a label and a part of addresses.
fn name(key: &Ident, input: ParseStream<'_>) -> Result<LitStr> {
    let name = text(key, input)?;
    let value = name.value();
    let fits = |c: char| !c.is_whitespace() && !c.is_control();
    if !value.is_empty() && value.chars().all(fits) {
        return Ok(name);
    }
    let message =
        "a name is one word, as it is a part of addresses and labels; write for example `\"not_found\"`";
    Err(syn::Error::new_spanned(name, message))
}

/// `deprecated`, `deprecated = "note"`
fn note(key: &Ident, input: ParseStream<'_>) -> Result<Option<LitStr>> {
    if input.peek(Token![=]) {
        return text(key, input).map(Some);
    }
    if super::syntax::ends(input) {
        return Ok(None);
    }
    let message = "write `deprecated` or `deprecated = \"what to use instead\"`";
    Err(super::syntax::misused(key, input, message))
}
