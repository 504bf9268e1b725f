//! `#[api(…)]` on a field.

use proc_macro2::{Ident, TokenStream};
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Error, LitStr, Result};

use super::container::misplaced_status;
use super::expression::expression;
use super::headers;
use super::syntax::{Grammar, Setting, flag, misused, text};
use crate::ctxt::Ctxt;
use crate::names::Level;

/// What a field says of itself. A field has at most one.
pub(crate) enum RoleAttr {
    Detail,
    Message,
    Code,
    Status,
    RetryAfter,
    Header(LitStr),
    /// `slot = "kind"`: the value of that slot as received.
    Slot(LitStr),
    /// Travels as itself, and that was meant.
    Expose,
    Skip,
}

#[derive(Default)]
pub(crate) struct FieldAttrs {
    pub(crate) role: Setting<RoleAttr>,
    pub(crate) sensitive: Setting<()>,
    pub(crate) example: Setting<TokenStream>,
    /// A key was not understood.
    pub(crate) murky: bool,
}

impl Grammar for FieldAttrs {
    fn level(&self) -> Level {
        Level::Field
    }

    fn key(&mut self, cx: &Ctxt, key: &Ident, input: ParseStream<'_>) -> Result<bool> {
        let name = key.unraw().to_string();
        let role = match &*name {
            "sensitive" => return self.sensitive.take(cx, key, flag(key, input)).map(|()| true),
            "example" => return self.example.take(cx, key, expression(key, input)).map(|()| true),
            "detail" => plain(key, input, RoleAttr::Detail),
            "message" => plain(key, input, RoleAttr::Message),
            "code" => plain(key, input, RoleAttr::Code),
            "status" => plain(key, input, RoleAttr::Status),
            "retry_after" => plain(key, input, RoleAttr::RetryAfter),
            "header" => headers::header_key(key, input).and_then(header),
            "slot" => slot(key, input),
            "expose" => plain(key, input, RoleAttr::Expose),
            "skip" => plain(key, input, RoleAttr::Skip),
            _ => return Ok(false),
        };
        let first = self.role.key();
        if self.role.given() {
            role?;
            let message = if first.to_string() == name {
                format!("`{name}` is given twice; remove one")
            } else {
                format!("a field has one role, and this one is `{first}` already; remove one")
            };
            let mut error = Error::new_spanned(key, message);
            error.combine(Error::new_spanned(first, "first given here"));
            return Err(error);
        }
        self.role.take(cx, key, role).map(|()| true)
    }

    fn status(&mut self, _: &Ctxt, input: ParseStream<'_>) -> Result<()> {
        Err(misplaced_status(input))
    }

    fn murky(&mut self) {
        self.murky = true;
    }
}

fn plain(key: &Ident, input: ParseStream<'_>, role: RoleAttr) -> Result<RoleAttr> {
    if input.peek(syn::Token![=]) && matches!(role, RoleAttr::Message | RoleAttr::Detail | RoleAttr::Code) {
        let message = format!(
            "`{key}` on a field says that the field is it; write `{key}` alone, or move it to the variant"
        );
        return Err(misused(key, input, message));
    }
    flag(key, input).map(|()| role)
}

/// `slot = "kind"`
fn slot(key: &Ident, input: ParseStream<'_>) -> Result<RoleAttr> {
    if input.peek(syn::token::Paren) {
        let message = "on a field `slot` names the slot whose value the field holds; write `slot = \"kind\"`";
        return Err(misused(key, input, message));
    }
    text(key, input).map(RoleAttr::Slot)
}

fn header(name: LitStr) -> Result<RoleAttr> {
    if name.value().eq_ignore_ascii_case("retry-after") {
        let message = "a delay is more than this header; write `retry_after` instead of `header = …`";
        return Err(Error::new_spanned(name, message));
    }
    Ok(RoleAttr::Header(name))
}
