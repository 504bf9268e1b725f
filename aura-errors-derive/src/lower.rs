//! From the input to the checked model: parse, check, lower.

use syn::{DeriveInput, LitStr, Path, parse_quote};

use crate::attr::{self, Input};
use crate::check::draft::{self, Draft, DraftError, DraftKind, TypeSettings};
use crate::check::fields::DraftField;
use crate::check::{self, single};
use crate::ctxt::Ctxt;
use crate::model::{ErrorModel, Field, Integration, Kind, Role, Settings, Slot, Taxonomy, Variant, When};

/// All mistakes of one input.
pub(crate) struct Failure {
    pub(crate) error: syn::Error,
    /// For the stub impls.
    pub(crate) krate: Path,
    pub(crate) integrations: Vec<Integration>,
}

pub(crate) fn model(input: &DeriveInput) -> Result<Taxonomy, Failure> {
    let mut krate: Path = parse_quote!(::aura_errors);
    let cx = Ctxt::new();
    let Some(read) = attr::read(&cx, input) else {
        return Err(failure(cx, krate, Vec::new()));
    };
    if let Some(path) = read.attrs.krate.get() {
        krate = path.clone();
    }
    let settings = TypeSettings::of(&read);
    let drafts: Vec<Draft<'_>> =
        read.variants.iter().map(|variant| Draft::of(&cx, &read, &settings, variant)).collect();
    check::run(&cx, &read, &settings, &drafts);
    if cx.count() > 0 {
        return Err(failure(cx, krate, integrations(&read)));
    }

    let fallback = single::fallback(&drafts);
    let built =
        drafts.into_iter().map(|draft| variant(&read, &settings, draft)).collect::<Option<Vec<Variant>>>();
    if built.is_none() {
        // Every unknown in a draft comes from a mistake, so this cannot be, and is not to panic.
        cx.error(&input.ident, "`Taxonomy` could not understand this type; please report it to aura-errors");
    }
    match (cx.check(), built, settings.body) {
        (Ok(()), Some(variants), Some(body)) => Ok(Taxonomy {
            krate,
            ident: input.ident.clone(),
            generics: input.generics.clone(),
            bound: read.attrs.bound.get().cloned(),
            is_enum: read.is_enum,
            docs: read.docs.clone(),
            settings: lower_settings(&read, body),
            variants,
            fallback,
        }),
        (result, ..) => Err(Failure {
            error: result
                .err()
                .unwrap_or_else(|| syn::Error::new_spanned(&input.ident, "the body could not be understood")),
            krate,
            integrations: integrations(&read),
        }),
    }
}

fn integrations(input: &Input<'_>) -> Vec<Integration> {
    input.attrs.integrations().map(|(key, feature)| (key.clone(), feature)).collect()
}

fn failure(cx: Ctxt, krate: Path, integrations: Vec<Integration>) -> Failure {
    let error = match cx.check() {
        Err(error) => error,
        Ok(()) => syn::Error::new(proc_macro2::Span::call_site(), "this input could not be understood"),
    };
    Failure { error, krate, integrations }
}

fn text(setting: &attr::syntax::Setting<LitStr>) -> Option<String> {
    setting.get().map(LitStr::value)
}

fn lower_settings(input: &Input<'_>, body: crate::template::ast::Body) -> Settings {
    let attrs = &input.attrs;
    Settings {
        body,
        content_type: text(&attrs.content_type),
        code_header: text(&attrs.code_header),
        retry_header: text(&attrs.retry_header),
        reset_header: attrs.reset_header.get().map(|(name, unit)| (name.value(), *unit)),
        docs_url: text(&attrs.docs_url),
        reserved: attrs.reserved.get().into_iter().flatten().map(|(code, _)| code.clone()).collect(),
        schemars: attrs.schemars.given().then(|| syn::spanned::Spanned::span(&attrs.schemars.key())),
        integrations: integrations(input),
    }
}

/// `None` if something is unknown, which has been reported.
fn variant(input: &Input<'_>, settings: &TypeSettings, draft: Draft<'_>) -> Option<Variant> {
    let Draft { input: read, kind, fields } = draft;
    let kind = match kind {
        DraftKind::Unknown => return None,
        DraftKind::Transparent(field) => Kind::Transparent {
            field: field?,
            key: syn::spanned::Spanned::span(&read.attrs.transparent.key()),
        },
        DraftKind::As(target) => Kind::As(target?),
        DraftKind::Error(error) => {
            Kind::Error(Box::new(error_model(input, settings, read, &fields, *error)?))
        }
    };
    Some(Variant {
        ident: read.ident.clone(),
        kind,
        fields: fields.into_iter().map(field).collect::<Option<_>>()?,
    })
}

fn error_model(
    input: &Input<'_>,
    settings: &TypeSettings,
    read: &attr::VariantInput<'_>,
    fields: &[DraftField<'_>],
    error: DraftError,
) -> Option<ErrorModel> {
    let attrs = &read.attrs;
    let deprecated = match attrs.deprecated.get() {
        Some(note) => Some(note.as_ref().map_or_else(String::new, LitStr::value)),
        None => read.deprecated.clone(),
    };
    let docs_url = match attrs.docs_url.get().or(input.attrs.docs_url.get()) {
        Some(template) => Some(draft::docs_url(&template.value(), &error)?),
        None => None,
    };
    Some(ErrorModel {
        span: read.ident.span(),
        status: error.status?,
        name: error.name,
        code: error.code?,
        synonyms: attrs.code.get().map(|code| code.synonyms.clone()).unwrap_or_default(),
        classes: attrs.classes.get().cloned(),
        retry: attrs.retry.get().copied(),
        message: error.message?,
        own_message: attrs.message.given(),
        detail: error.detail,
        body: attrs.body.get().cloned(),
        content_type: text(&attrs.content_type),
        headers: headers(input, read, fields),
        slots: attrs
            .slots
            .get()
            .into_iter()
            .flatten()
            .map(|slot| Slot {
                name: syn::ext::IdentExt::unraw(&slot.name).to_string(),
                values: slot.values.iter().map(LitStr::value).collect(),
            })
            .collect(),
        whens: attrs
            .whens
            .get()
            .into_iter()
            .flatten()
            .map(|when| When { header: when.name.value(), value: when.value.as_ref().map(LitStr::value) })
            .collect(),
        cause: text(&attrs.cause),
        fix: text(&attrs.fix),
        docs_url,
        since: text(&attrs.since),
        deprecated,
        level: attrs.level.get().copied(),
        example: attrs.example.get().cloned(),
        stands_for: attrs.stands_for.get().into_iter().flatten().map(|(_, word)| *word).collect(),
        fallback: attrs.fallback.given(),
        allow_success: settings.allow_success || attrs.allow_success.given(),
        docs: read.docs.clone(),
    })
}

/// The type's texts, except where the variant writes that header itself, and the variant's.
fn headers(
    input: &Input<'_>,
    read: &attr::VariantInput<'_>,
    fields: &[DraftField<'_>],
) -> Vec<(String, String)> {
    let own = read.attrs.headers.get().map_or(&[][..], Vec::as_slice);
    let replaced = |name: &str| {
        own.iter().any(|(own, _)| own.value().eq_ignore_ascii_case(name))
            || read
                .attrs
                .whens
                .get()
                .into_iter()
                .flatten()
                .find(|when| when.value.is_some())
                .is_some_and(|when| when.name.value().eq_ignore_ascii_case(name))
            || fields.iter().any(|field| match &field.role {
                Some(Role::Header(header)) => header.eq_ignore_ascii_case(name),
                Some(Role::RetryAfter) => name.eq_ignore_ascii_case("retry-after"),
                _ => false,
            })
    };
    let inherited = input.attrs.headers.get().map_or(&[][..], Vec::as_slice);
    inherited
        .iter()
        .filter(|(name, _)| !replaced(&name.value()))
        .chain(own)
        .map(|(name, value)| (name.value(), value.value()))
        .collect()
}

fn field(draft: DraftField<'_>) -> Option<Field> {
    let DraftField { input, role, wire, serde, .. } = draft;
    Some(Field {
        member: input.member(),
        ty: input.ty.clone(),
        role: role?,
        wire,
        aliases: serde.aliases.iter().map(LitStr::value).collect(),
        default: serde.default,
        skip_serializing_if: serde.skip_serializing_if,
        serialize_with: serde.serialize_with,
        deserialize_with: serde.deserialize_with,
        flatten: serde.flatten,
        sensitive: input.attrs.sensitive.given(),
        example: input.attrs.example.get().cloned(),
        docs: input.docs.clone(),
    })
}

#[cfg(test)]
pub(crate) mod tests;
