//! A variant with its defaults resolved.

use std::borrow::Cow;

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::{Ident, LitStr};

use super::fields::DraftField;
use super::shape::{Shape, default_body};
use super::{fields, kinds, status, texts};
use crate::attr::{Input, VariantInput};
use crate::case::Case;
use crate::ctxt::Ctxt;
use crate::model::{AsTarget, Code, CodeRule, Message, Role, Text};
use crate::template::ast::Body;

pub(crate) struct Draft<'a> {
    pub(crate) input: &'a VariantInput<'a>,
    pub(crate) kind: DraftKind,
    pub(crate) fields: Vec<DraftField<'a>>,
}

pub(crate) enum DraftKind {
    /// Not to be told because of a mistake.
    Unknown,
    /// The nested field, if there is one.
    Transparent(Option<usize>),
    As(Option<AsTarget>),
    Error(Box<DraftError>),
}

pub(crate) struct DraftError {
    pub(crate) status: Option<(u16, u16)>,
    pub(crate) name: String,
    /// The name is by default, and no rule speaks of it where `rename_all` had a mistake.
    pub(crate) name_known: bool,
    pub(crate) code: Option<CodeRule>,
    pub(crate) message: Option<Message>,
    pub(crate) detail: Option<Text>,
    /// The variant's own body.
    pub(crate) shape: Option<Shape>,
}

/// What all variants take from the type.
pub(crate) struct TypeSettings {
    /// `None` where the type's body had a mistake.
    pub(crate) body: Option<Body>,
    pub(crate) shape: Option<Shape>,
    case: Option<Case>,
    prefix: Option<String>,
    pub(crate) field_case: Option<Case>,
    /// What the fields are called on the wire is unknown.
    pub(crate) field_case_broken: bool,
    pub(crate) allow_success: bool,
}

impl TypeSettings {
    pub(crate) fn of(input: &Input<'_>) -> TypeSettings {
        let attrs = &input.attrs;
        // A key that was not understood may have been the body.
        let unknown = attrs.body.broken() || attrs.murky && !attrs.body.given();
        let body = (!unknown).then(|| attrs.body.get().cloned().unwrap_or_else(default_body));
        TypeSettings {
            shape: body.as_ref().map(Shape::of),
            body,
            case: attrs.rename_all.get().copied().or((!attrs.rename_all.broken()).then_some(Case::Snake)),
            prefix: match attrs.code_prefix.get() {
                Some(prefix) => Some(prefix.value()),
                None => (!attrs.code_prefix.broken()).then(String::new),
            },
            field_case: attrs.field_case.get().copied(),
            field_case_broken: attrs.field_case.broken() || attrs.murky && !attrs.field_case.given(),
            allow_success: attrs.allow_success.given() || attrs.murky,
        }
    }
}

impl<'a> Draft<'a> {
    /// Resolves one variant. What needs only the variant itself is checked on the way.
    pub(crate) fn of(
        cx: &Ctxt,
        input: &'a Input<'a>,
        settings: &TypeSettings,
        variant: &'a VariantInput<'a>,
    ) -> Draft<'a> {
        let kind = kinds::resolve(cx, input, variant);
        let fields = fields::resolve(cx, settings, variant, &kind);
        let mut draft = Draft { input: variant, kind, fields };
        if !matches!(draft.kind, DraftKind::Error(_)) {
            return draft;
        }
        let attrs = &variant.attrs;
        let name = match attrs.name.get() {
            Some(name) => name.value(),
            None => settings.case.unwrap_or(Case::Snake).apply(&variant.ident.unraw().to_string()),
        };
        let error = DraftError {
            status: status::resolve(cx, settings, variant),
            name_known: attrs.name.get().is_some()
                || settings.case.is_some() && !attrs.name.broken() && !attrs.murky,
            code: code(settings, variant, &name),
            name,
            message: texts::message(cx, &draft),
            detail: texts::detail(cx, &draft),
            shape: attrs.body.get().map(Shape::of),
        };
        draft.kind = DraftKind::Error(Box::new(error));
        fields::check_exposed(cx, &mut draft);
        draft
    }

    pub(crate) fn error(&self) -> Option<&DraftError> {
        match &self.kind {
            DraftKind::Error(error) => Some(error),
            _ => None,
        }
    }

    pub(crate) fn ident(&self) -> &'a Ident {
        self.input.ident
    }

    /// The shape of the body in force; `None` where it had a mistake.
    pub(crate) fn shape<'s>(&'s self, settings: &'s TypeSettings) -> Option<&'s Shape> {
        let body = &self.input.attrs.body;
        if body.given() {
            self.error()?.shape.as_ref()
        } else if self.input.attrs.murky {
            None
        } else {
            settings.shape.as_ref()
        }
    }

    pub(crate) fn with_role(&self, role: &Role) -> Option<usize> {
        self.fields.iter().position(|field| field.role.as_ref() == Some(role))
    }

    /// Whether every field's role is known.
    pub(crate) fn roles_known(&self) -> bool {
        self.fields.iter().all(|field| field.role.is_some())
    }

    /// The first field that a value made of nothing would lack; `Err` where that is unknown.
    pub(crate) fn needs_data(&self) -> Result<Option<&DraftField<'a>>, ()> {
        if !self.roles_known() {
            return Err(());
        }
        let needed =
            |field: &&DraftField<'_>| field.role.as_ref().is_some_and(Role::travels) && !field.is_option();
        Ok(self.fields.iter().find(needed))
    }

    /// Every code that is read as this error: the one that is written, then its synonyms.
    pub(crate) fn codes(&self) -> impl Iterator<Item = &Code> {
        let own = self.error().and_then(|error| error.code.as_ref()?.code());
        let synonyms = self.input.attrs.code.get().into_iter().flat_map(|code| &code.synonyms);
        own.into_iter().chain(synonyms)
    }

    /// What to underline when speaking of the code: where it is written, else the name.
    pub(crate) fn code_tokens(&self) -> TokenStream {
        match self.input.attrs.code.get() {
            Some(code) if code.code.is_some() => code.tokens.clone(),
            _ => self.name_tokens(),
        }
    }

    pub(crate) fn name_tokens(&self) -> TokenStream {
        match self.input.attrs.name.get() {
            Some(name) => name.to_token_stream(),
            None => self.ident().to_token_stream(),
        }
    }
}

fn code(settings: &TypeSettings, variant: &VariantInput<'_>, name: &str) -> Option<CodeRule> {
    let attrs = &variant.attrs;
    if attrs.code.broken() {
        return None;
    }
    let default = || {
        let prefix = settings.prefix.as_deref()?;
        let known = attrs.name.get().is_some() || settings.case.is_some() && !attrs.name.broken();
        known.then(|| Code::Str(format!("{prefix}{name}")))
    };
    let Some(given) = attrs.code.get() else {
        if attrs.murky {
            return None;
        }
        return default().map(CodeRule::Always);
    };
    match &given.code {
        Some(code) if given.any => Some(CodeRule::Any(code.clone())),
        Some(code) if given.none => Some(CodeRule::Optional(code.clone())),
        Some(code) => Some(CodeRule::Always(code.clone())),
        None if given.any => default().map(CodeRule::Any),
        None => Some(CodeRule::None),
    }
}

impl CodeRule {
    pub(crate) fn code(&self) -> Option<&Code> {
        match self {
            CodeRule::Always(code) | CodeRule::Optional(code) | CodeRule::Any(code) => Some(code),
            CodeRule::None => None,
        }
    }
}

/// A code as texts compare it: `1007` equals `"1007"`.
pub(crate) fn code_text(code: &Code) -> Cow<'_, str> {
    match code {
        Code::Str(text) => Cow::Borrowed(text),
        Code::Int(number) => Cow::Owned(number.to_string()),
    }
}

/// `{name}`, `{code}` and `{status}` filled in; `None` where one of them is unknown.
pub(crate) fn docs_url(template: &str, error: &DraftError) -> Option<String> {
    let mut url = String::new();
    let mut rest = template;
    while let Some((before, name, after)) = placeholder(rest) {
        url.push_str(before);
        match name {
            "code" => match error.code.as_ref()?.code() {
                Some(code) => escape(&code_text(code), &mut url),
                // One without a code is found by its name.
                None => escape(&error.name, &mut url),
            },
            "status" => {
                let (first, last) = error.status?;
                url.push_str(&status::show(first, last));
            }
            _ => escape(&error.name, &mut url),
        }
        rest = after;
    }
    url.push_str(rest);
    Some(url)
}

fn placeholder(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once('{')?;
    let (name, after) = rest.split_once('}').unwrap_or((rest, ""));
    Some((before, name, after))
}

pub(crate) fn check_docs_url(cx: &Ctxt, template: Option<&LitStr>) {
    let Some(literal) = template else { return };
    let value = literal.value();
    let mut rest = value.as_str();
    while let Some((_, name, after)) = placeholder(rest) {
        if !matches!(name, "name" | "code" | "status") {
            let message = format!(
                "unknown placeholder `{{{name}}}`; `docs_url` knows `{{name}}`, `{{code}}` and `{{status}}`"
            );
            cx.error(literal, message);
        }
        rest = after;
    }
}

/// For one segment of an address.
fn escape(text: &str, url: &mut String) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@".contains(&byte) {
            url.push(char::from(byte));
        } else {
            url.push_str(&format!("%{byte:02X}"));
        }
    }
}
