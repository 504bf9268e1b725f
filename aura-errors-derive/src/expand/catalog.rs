//! The catalogue, as data.

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};
use syn::Member;

use super::{Context, mentions};
use crate::check::draft::code_text;
use crate::model::{Code, CodeRule, ErrorModel, Field, Message, ResetUnit, Role, Text, Variant};
use crate::template::ast::{Alternative, Body};
use crate::template::emit;

pub(super) fn expand(context: &Context<'_>) -> TokenStream {
    let model = context.model;
    let settings = &model.settings;
    let mut data = Data::default();
    data.set("name", model.ident.to_string().trim_start_matches("r#"));
    data.set_text("title", &model.docs.summary);
    data.set_text("description", &model.docs.description);
    let errors: Vec<_> = model
        .variants
        .iter()
        .zip(&context.error_index)
        .filter_map(|(variant, index)| Some(error(context, variant, variant.error()?, (*index)?)))
        .collect();
    let (number, errors) = (errors.len(), quote!([#(#errors),*]));
    // A constant is compiled anew in every part of the crate that uses it, a static once; but a static
    // knows neither type parameters nor `Self`.
    let in_static = !context.has_type_params() && !mentions(errors.clone(), &[format_ident!("Self")]);
    let statics = in_static.then(|| quote!(static __ERRORS: [__p::ErrorSpec; #number] = #errors;));
    data.set("errors", if in_static { quote!(&__ERRORS) } else { quote!(&#errors) });
    let nested: Vec<_> = context
        .nested()
        .map(|(variant, field)| {
            let (name, ty) = (variant.ident.to_string(), &field.ty);
            quote!(__p::Nested { variant: #name, catalog: <#ty as __p::Derived>::CATALOG })
        })
        .collect();
    if !nested.is_empty() {
        data.set("nested", quote!(&[#(#nested),*]));
    }
    data.set("body", body(context, &settings.body));
    data.set_option("code_header", settings.code_header.as_deref());
    data.set_option("retry_header", settings.retry_header.as_deref());
    data.set_option(
        "reset_header",
        settings.reset_header.as_ref().map(|(name, unit)| {
            let unit = match unit {
                ResetUnit::Epoch => quote!(Epoch),
                ResetUnit::Seconds => quote!(Seconds),
            };
            quote!((#name, __p::Reset::#unit))
        }),
    );
    data.set_option("docs_url", settings.docs_url.as_deref());
    if !settings.reserved.is_empty() {
        let reserved = settings.reserved.iter().map(|reserved| {
            let (hash, code) = (hash(&code_text(reserved)), code(reserved));
            quote!((#hash, #code))
        });
        data.set("reserved", quote!(&[#(#reserved),*]));
    }
    let fallback = model.fallback.and_then(|variant| context.error_index[variant]);
    data.set_option("fallback", fallback.and_then(|index| u16::try_from(index).ok()));
    data.set(
        "codes",
        table(context, |error| {
            let own = match &error.code {
                CodeRule::Always(code) | CodeRule::Optional(code) => Some(code),
                CodeRule::None | CodeRule::Any(_) => None,
            };
            own.into_iter().chain(&error.synonyms).map(|code| code_text(code).into_owned()).collect()
        }),
    );
    data.set("names", table(context, |error| vec![error.name.clone()]));
    let data = data.finish(&quote!(__p::CatalogData));
    quote!({ #statics &__p::Catalog::new(#data) })
}

/// What all own errors have in common.
pub(super) fn base(context: &Context<'_>) -> TokenStream {
    let (model, settings) = (context.model, &context.model.settings);
    let mut data = Data::default();
    data.set("taxonomy", model.ident.to_string().trim_start_matches("r#"));
    data.set("body", body(context, &settings.body));
    data.set_option("content_type", settings.content_type.as_deref());
    data.set_option("code_header", settings.code_header.as_deref());
    data.set("example", quote!(__p::example_response::<Self>));
    let data = data.finish(&quote!(__p::SpecData));
    quote!(&#data)
}

fn error(context: &Context<'_>, variant: &Variant, error: &ErrorModel, index: usize) -> TokenStream {
    let own = context.own_type();
    let ident = variant.ident.to_string();
    let (ident, name) = (ident.trim_start_matches("r#"), &error.name);
    let (first, last) = error.status;
    // Of more errors the tables below know none either.
    let index = u16::try_from(index).unwrap_or(u16::MAX);
    let mut spec =
        Calls(quote!(__p::ErrorSpec::of(<#own as __p::Derived>::BASE, #index, #ident, #name, #first)));
    if last != first {
        spec.with("last", last);
    }
    let (rule, own) = match &error.code {
        CodeRule::Always(code) => (quote!(Always), Some(code)),
        CodeRule::Optional(code) => (quote!(Optional), Some(code)),
        CodeRule::None => (quote!(None), None),
        CodeRule::Any(code) => (quote!(Any), Some(code)),
    };
    if !matches!(&error.code, CodeRule::Always(Code::Str(code)) if code == name) {
        let own = own.map_or_else(|| quote!(__p::SpecCode::None), code);
        spec.with("rule", quote!(__p::CodeRule::#rule, #own));
    }
    if !error.synonyms.is_empty() {
        let synonyms = error.synonyms.iter().map(code);
        spec.with("synonyms", quote!(&[#(#synonyms),*]));
    }
    spec.with_option(
        "classes",
        error.classes.as_ref().map(|classes| {
            let with = classes.iter().map(|class| {
                let class = variant_of(class);
                quote!(.with(__p::Class::#class))
            });
            quote!(__p::Classes::empty() #(#with)*)
        }),
    );
    spec.with_option(
        "retry",
        error.retry.map(|retry| {
            let retry = variant_of(retry);
            quote!(__p::Retry::#retry)
        }),
    );
    match &error.message {
        Message::Text(Text::Literal(literal)) => spec.with("text", literal),
        Message::Text(source) => {
            let source = text(source);
            spec.with("message", quote!(__p::MessageSource::Text(#source)));
        }
        Message::Display => spec.with("message", quote!(__p::MessageSource::Display)),
        Message::Field(field) => spec.with("message", quote!(__p::MessageSource::Field(#field))),
        Message::Reason => {}
    }
    if error.own_message {
        spec.with("own_message", true);
    }
    spec.with_option("detail", error.detail.as_ref().map(text));
    let (title, description) = (&error.docs.summary, &error.docs.description);
    if !title.is_empty() || !description.is_empty() {
        spec.with("docs", quote!(#title, #description));
    }
    spec.with_option("cause", error.cause.as_deref());
    spec.with_option("fix", error.fix.as_deref());
    spec.with_option("docs_url", error.docs_url.as_deref());
    spec.with_option("since", error.since.as_deref());
    spec.with_option("deprecated", error.deprecated.as_deref());
    spec.with_option(
        "level",
        error.level.map(|level| {
            let level = variant_of(level);
            quote!(__p::Level::#level)
        }),
    );
    if let Some(own) = &error.body {
        spec.with("body", body(context, own));
    }
    if error.content_type.is_some() {
        spec.with_option("content_type", error.content_type.as_deref());
    } else if error.body.is_some() && context.model.settings.content_type.is_some() {
        // A body of its own also brings its own content type.
        spec.with("content_type", quote!(__p::Option::None));
    }
    if !error.headers.is_empty() {
        let headers = error.headers.iter().map(|(name, value)| quote!((#name, #value)));
        spec.with("headers", quote!(&[#(#headers),*]));
    }
    if !error.whens.is_empty() {
        let whens = error.whens.iter().map(|when| {
            let (header, value) = (&when.header, option(when.value.as_deref()));
            quote!((#header, #value))
        });
        spec.with("whens", quote!(&[#(#whens),*]));
    }
    if !error.slots.is_empty() {
        let slots = error.slots.iter().map(|slot| {
            let (name, values) = (&slot.name, &slot.values);
            quote!((#name, &[#(#values),*]))
        });
        spec.with("slots", quote!(&[#(#slots),*]));
        if error.slots.iter().all(|slot| slot.values.len() == 1) {
            let mut texts: Vec<_> =
                error.slots.iter().map(|slot| format!("{}={}", slot.name, slot.values[0])).collect();
            texts.sort();
            spec.with("slots_key", hash(&texts.join("\n")));
        }
    }
    if !variant.fields.is_empty() {
        let fields = variant.fields.iter().map(|one| field(context, one));
        spec.with("fields", quote!(&[#(#fields),*]));
    }
    if !error.stands_for.is_empty() {
        let failures = error.stands_for.iter().map(|failure| {
            let failure = variant_of(failure);
            quote!(__p::Failure::#failure)
        });
        spec.with("stands_for", quote!(&[#(#failures),*]));
    }
    if error.fallback {
        spec.with("fallback", true);
    }
    if error.allow_success {
        spec.with("allow_success", true);
    }
    spec.0
}

fn field(context: &Context<'_>, field: &Field) -> TokenStream {
    let ty = spelled(field.ty.to_token_stream());
    let (name, constructor) = match &field.member {
        Member::Named(ident) => (ident.to_string().trim_start_matches("r#").to_owned(), quote!(of)),
        Member::Unnamed(position) => (position.index.to_string(), quote!(unnamed)),
    };
    let mut spec = Calls(quote!(__p::FieldSpec::#constructor(#name, #ty)));
    if field.wire != name {
        spec.with("wire", field.wire.as_str());
    }
    if !field.aliases.is_empty() {
        let aliases = &field.aliases;
        spec.with("aliases", quote!(&[#(#aliases),*]));
    }
    let role = match &field.role {
        Role::Plain => None,
        Role::Detail => Some(quote!(Detail)),
        Role::Message => Some(quote!(Message)),
        Role::Code => Some(quote!(Code)),
        Role::Status => Some(quote!(Status)),
        Role::RetryAfter => Some(quote!(RetryAfter)),
        Role::Header(name) => {
            spec.with_option("header", Some(name.as_str()));
            Some(quote!(Header))
        }
        Role::Slot(name) => {
            spec.with_option("slot", Some(name.as_str()));
            Some(quote!(Slot))
        }
        Role::Hidden => Some(quote!(Hidden)),
        Role::Skip => Some(quote!(Skip)),
    };
    if let Some(role) = role {
        spec.with("role", quote!(__p::FieldRole::#role));
    }
    let functions: Vec<_> = [&field.serialize_with, &field.deserialize_with]
        .into_iter()
        .flatten()
        .map(|path| spelled(path.to_token_stream()))
        .collect();
    if !functions.is_empty() {
        let own_reader = field.deserialize_with.is_some();
        spec.with("functions", {
            let functions = functions.join(", ");
            quote!(#functions, #own_reader)
        });
    } else if context.model.settings.schemars.is_some() && field.role.travels() {
        let ty = &field.ty;
        spec.with("schema", quote!(__p::Option::Some(__p::field_schema::<#ty>)));
    }
    if field.default.is_some() {
        spec.with("default", true);
    }
    if field.flatten {
        spec.with("flatten", true);
    }
    if field.skip_serializing_if.is_some() {
        spec.with("skips", true);
    }
    if field.sensitive {
        spec.with("sensitive", true);
    }
    let docs = match (field.docs.summary.as_str(), field.docs.description.as_str()) {
        (summary, "") => summary.to_owned(),
        (summary, description) => format!("{summary}\n\n{description}"),
    };
    if !docs.is_empty() {
        spec.with("docs", docs);
    }
    spec.0
}

/// A type as a person would spell it: tokens without the spaces between them.
fn spelled(ty: TokenStream) -> String {
    let text = ty.to_string();
    let mut out = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        if character == ' ' {
            // Only words need to be kept apart, and a comma from what follows.
            let before = out.chars().last().unwrap_or(' ');
            let after = characters.peek().copied().unwrap_or(' ');
            let word = |character: char| character.is_alphanumeric() || character == '_';
            if (word(before) && word(after))
                || matches!(before, ',' | ';' | '+' | '=')
                || matches!(after, '+' | '=')
            {
                out.push(' ');
            }
        } else {
            out.push(character);
        }
    }
    out
}

fn body(context: &Context<'_>, body: &Body) -> TokenStream {
    let krate = &context.model.krate;
    let formats = body.alternatives.iter().map(|alternative| match alternative {
        Alternative::Inline(node) => {
            let template = emit::template(node, krate);
            quote!(__p::Format::inline(#template))
        }
        Alternative::Ready(_) | Alternative::Named(_) => {
            let ty = emit::alternative_type(alternative, krate);
            quote!(__p::Format::of::<#ty>())
        }
    });
    quote!(&[#(#formats),*])
}

fn code(code: &Code) -> TokenStream {
    match code {
        Code::Str(text) => quote!(__p::SpecCode::Str(#text)),
        Code::Int(number) => quote!(__p::SpecCode::Int(#number)),
    }
}

fn text(text: &Text) -> TokenStream {
    match text {
        Text::Literal(text) => quote!(__p::TextSource::Static(#text)),
        Text::Format(literal) => {
            let written = literal.value();
            quote!(__p::TextSource::Format(#written))
        }
    }
}

/// `(hash, index)` of every key of every error, sorted.
fn table(context: &Context<'_>, keys: impl Fn(&ErrorModel) -> Vec<String>) -> TokenStream {
    let mut rows: Vec<(u64, u16)> = context
        .model
        .variants
        .iter()
        .zip(&context.error_index)
        .filter_map(|(variant, index)| Some((keys(variant.error()?), u16::try_from((*index)?).ok()?)))
        .flat_map(|(keys, index)| keys.into_iter().map(move |key| (hash(&key), index)))
        .collect();
    rows.sort_unstable();
    let rows = rows.iter().map(|(hash, index)| quote!((#hash, #index)));
    quote!(&[#(#rows),*])
}

/// FNV-1a. Equal hashes are followed by a comparison of the texts, so that it collides rarely is
/// all that is asked.
fn hash(text: &str) -> u64 {
    text.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// `rate_limit` becomes `RateLimit`: the attribute's words are those of our enums.
fn variant_of(word: &str) -> proc_macro2::Ident {
    let name: String = word
        .split('_')
        .flat_map(|part| {
            let mut characters = part.chars();
            characters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(characters)
        })
        .collect();
    proc_macro2::Ident::new(&name, proc_macro2::Span::call_site())
}

fn option<T: ToTokens>(value: Option<T>) -> TokenStream {
    match value {
        Some(value) => quote!(__p::Option::Some(#value)),
        None => quote!(__p::Option::None),
    }
}

/// A struct literal of which only what differs from the empty one is written.
#[derive(Default)]
struct Data {
    fields: TokenStream,
}

impl Data {
    fn set(&mut self, name: &str, value: impl ToTokens) {
        let name = proc_macro2::Ident::new(name, proc_macro2::Span::call_site());
        self.fields.extend(quote!(#name: #value,));
    }

    fn set_text(&mut self, name: &str, text: &str) {
        if !text.is_empty() {
            self.set(name, text);
        }
    }

    fn set_option(&mut self, name: &str, value: Option<impl ToTokens>) {
        if value.is_some() {
            self.set(name, option(value));
        }
    }

    fn finish(self, ty: &TokenStream) -> TokenStream {
        let fields = self.fields;
        quote!(#ty { #fields ..#ty::EMPTY })
    }
}

/// A value and the calls that add to it: `with_…`, each with its arguments.
struct Calls(TokenStream);

impl Calls {
    fn with(&mut self, name: &str, arguments: impl ToTokens) {
        let name = format_ident!("with_{}", name);
        self.0.extend(quote!(.#name(#arguments)));
    }

    fn with_option(&mut self, name: &str, value: Option<impl ToTokens>) {
        if value.is_some() {
            self.with(name, option(value));
        }
    }
}
