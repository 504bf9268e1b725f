//! `#[api(…)]` on the type.

use proc_macro2::{Ident, TokenStream};
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Error, LitStr, Path, Result, WherePredicate};

use super::syntax::{Grammar, Setting, flag, text, unexpected};
use super::variant::VariantAttrs;
use super::{headers, status, value};
use crate::case::Case;
use crate::ctxt::Ctxt;
use crate::model::{Code, ResetUnit};
use crate::names::{INTEGRATIONS, Level};
use crate::template::ast::Body;
use crate::template::parse::parse_body;

#[derive(Default)]
pub(crate) struct ContainerAttrs {
    pub(crate) body: Setting<Body>,
    pub(crate) content_type: Setting<LitStr>,
    pub(crate) headers: Setting<Vec<(LitStr, LitStr)>>,
    pub(crate) docs_url: Setting<LitStr>,
    pub(crate) allow_success: Setting<()>,
    pub(crate) code_header: Setting<LitStr>,
    pub(crate) rename_all: Setting<Case>,
    pub(crate) code_prefix: Setting<LitStr>,
    pub(crate) field_case: Setting<Case>,
    pub(crate) reserved: Setting<Vec<(Code, TokenStream)>>,
    pub(crate) retry_header: Setting<LitStr>,
    pub(crate) reset_header: Setting<(LitStr, ResetUnit)>,
    pub(crate) krate: Setting<Path>,
    pub(crate) bound: Setting<Vec<WherePredicate>>,
    pub(crate) schemars: Setting<()>,
    /// In the order of [`INTEGRATIONS`].
    integrations: [Setting<Ident>; INTEGRATIONS.len()],
    /// A key was not understood.
    pub(crate) murky: bool,
}

impl ContainerAttrs {
    /// Those named on the type, each with the feature that implements it.
    pub(crate) fn integrations(&self) -> impl Iterator<Item = (&Ident, &'static str)> {
        let named = self.integrations.iter().zip(INTEGRATIONS);
        named.filter_map(|(key, (_, feature))| Some((key.get()?, feature)))
    }

    fn key(&mut self, cx: &Ctxt, key: &Ident, input: ParseStream<'_>) -> Result<bool> {
        match &*key.unraw().to_string() {
            "body" => self.body.take(cx, key, body(key, input)),
            "content_type" => self.content_type.take(cx, key, headers::content_type(key, input)),
            "header" => self.headers.take(cx, key, headers::headers(key, input)),
            "docs_url" => self.docs_url.take(cx, key, text(key, input)),
            "allow_success" => self.allow_success.take(cx, key, flag(key, input)),
            "code_header" => self.code_header.take(cx, key, headers::header_key(key, input)),
            "rename_all" => self.rename_all.take(cx, key, value::case(key, input)),
            "code_prefix" => self.code_prefix.take(cx, key, text(key, input)),
            "fields" => self.field_case.take(cx, key, value::fields(key, input)),
            "reserved" => self.reserved.take(cx, key, value::reserved(key, input)),
            "retry_header" => self.retry_header.take(cx, key, headers::header_key(key, input)),
            "reset_header" => self.reset_header.take(cx, key, headers::reset_header(key, input)),
            "crate" => self.krate.take(cx, key, value::krate(key, input)),
            "bound" => self.bound.take(cx, key, value::bound(key, input)),
            "schemars" => self.schemars.take(cx, key, flag(key, input)),
            name => match INTEGRATIONS.iter().position(|(known, _)| *known == name) {
                Some(at) => {
                    let read = flag(key, input).map(|()| key.clone());
                    self.integrations[at].take(cx, key, read)
                }
                None => return Ok(false),
            },
        }
        .map(|()| true)
    }
}

/// `body = …`
pub(crate) fn body(key: &Ident, input: ParseStream<'_>) -> Result<Body> {
    super::syntax::equals(key, input, || "`body` takes a template; write `body = …`".to_owned())?;
    parse_body(input)
}

impl Grammar for ContainerAttrs {
    fn level(&self) -> Level {
        Level::Enum
    }

    fn key(&mut self, cx: &Ctxt, key: &Ident, input: ParseStream<'_>) -> Result<bool> {
        ContainerAttrs::key(self, cx, key, input)
    }

    fn status(&mut self, _: &Ctxt, input: ParseStream<'_>) -> Result<()> {
        Err(misplaced_status(input))
    }

    fn murky(&mut self) {
        self.murky = true;
    }
}

/// A status on an enum or a field.
pub(crate) fn misplaced_status(input: ParseStream<'_>) -> Error {
    let error = unexpected(input, "a status belongs on a variant; move it there");
    // Read to its end, so that nothing is said of the rest of it.
    let _ = status::status(input);
    error
}

/// A struct is a taxonomy of one error: keys of both levels.
pub(crate) struct StructAttrs<'a> {
    pub(crate) container: &'a mut ContainerAttrs,
    pub(crate) variant: &'a mut VariantAttrs,
}

impl Grammar for StructAttrs<'_> {
    fn level(&self) -> Level {
        Level::Struct
    }

    fn key(&mut self, cx: &Ctxt, key: &Ident, input: ParseStream<'_>) -> Result<bool> {
        if self.container.key(cx, key, input)? {
            return Ok(true);
        }
        self.variant.key(cx, key, input)
    }

    fn status(&mut self, cx: &Ctxt, input: ParseStream<'_>) -> Result<()> {
        self.variant.status(cx, input)
    }

    fn murky(&mut self) {
        self.container.murky = true;
        self.variant.murky = true;
    }
}
