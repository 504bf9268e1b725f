//! From the checked model to code: data for the runtime to interpret, and for each variant one arm
//! that names its fields.

mod alike;
mod build;
mod catalog;
mod checks;
mod examples;
mod leaf;
#[cfg(test)]
mod snapshots_test;
mod stub;
mod taxonomy;

use proc_macro2::{Delimiter, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::{DeriveInput, GenericParam, Generics, Member, Type, WherePredicate, parse_quote};

use crate::attr::foreign::ungrouped;
use crate::check::format;
use crate::lower;
use crate::model::{Field, FieldDefault, Integration, Kind, Message, Role, Taxonomy, Text, Variant};

/// The whole derive.
pub(crate) fn derive(input: TokenStream) -> TokenStream {
    let input = match syn::parse2::<DeriveInput>(input) {
        Ok(input) => input,
        Err(error) => return error.into_compile_error(),
    };
    match lower::model(&input) {
        Ok(model) => expand(&model),
        Err(failure) => {
            let errors = failure.error.into_compile_error();
            let stub = stub::expand(&input, &failure.krate, &failure.integrations);
            quote!(#errors #stub)
        }
    }
}

/// What every emitter reads.
struct Context<'a> {
    model: &'a Taxonomy,
    /// Generics with the bounds of the generated impls.
    generics: Generics,
    /// For each variant its index among the own errors, if it is one.
    error_index: Vec<Option<usize>>,
}

impl<'a> Context<'a> {
    fn new(model: &'a Taxonomy) -> Self {
        let mut next = 0;
        let error_index = model
            .variants
            .iter()
            .map(|variant| {
                variant.error().map(|_| {
                    next += 1;
                    next - 1
                })
            })
            .collect();
        Self { model, generics: bounded(model), error_index }
    }

    /// The number of own errors.
    fn errors(&self) -> usize {
        self.error_index.iter().flatten().count()
    }

    /// The transparent variants with their nested types, in declaration order.
    fn nested(&self) -> impl Iterator<Item = (&'a Variant, &'a Field)> {
        self.model.variants.iter().filter_map(|variant| match &variant.kind {
            Kind::Transparent { field, .. } => Some((variant, &variant.fields[*field])),
            _ => None,
        })
    }

    /// Where each of them is called `transparent`.
    fn nested_keys(&self) -> impl Iterator<Item = Span> {
        self.model.variants.iter().filter_map(|variant| match variant.kind {
            Kind::Transparent { key, .. } => Some(key),
            _ => None,
        })
    }

    /// `Self::Variant`, or `Self` for a struct.
    fn constructor(&self, variant: &Variant) -> TokenStream {
        if self.model.is_enum {
            let ident = &variant.ident;
            quote!(Self::#ident)
        } else {
            quote!(Self)
        }
    }

    /// The type as items inside its impls can name it, where it has no type parameters.
    fn own_type(&self) -> TokenStream {
        if self.has_type_params() { quote!(Self) } else { self.model.ident.to_token_stream() }
    }

    /// A value of a variant, each field from an expression.
    fn construct(&self, variant: &Variant, value: impl Fn(usize, &Field) -> TokenStream) -> TokenStream {
        let constructor = self.constructor(variant);
        let fields = variant.fields.iter().enumerate().map(|(index, field)| {
            let member = &field.member;
            let value = value(index, field);
            quote!(#member: #value)
        });
        quote!(#constructor { #(#fields),* })
    }

    fn has_type_params(&self) -> bool {
        self.model
            .generics
            .params
            .iter()
            .any(|param| matches!(param, GenericParam::Type(_) | GenericParam::Const(_)))
    }
}

fn expand(model: &Taxonomy) -> TokenStream {
    let context = Context::new(model);
    let krate = &model.krate;
    let leaf = leaf::expand(&context);
    let derived = build::expand(&context);
    let taxonomy = taxonomy::expand(&context);
    let nests = taxonomy::expand_nests(&context);
    let checks = if context.has_type_params() { TokenStream::new() } else { checks::items(&context) };
    let features = model.settings.schemars.map(|span| quote_spanned!(span=> __p::needs_schemars1! {}));
    let integrations = implement(&model.settings.integrations, &model.ident, &context.generics);
    quote! {
        // Names of the user's scope never reach in: every path is absolute.
        #[doc(hidden)]
        #[allow(
            // Deprecated variants and fields are still written and read.
            deprecated,
            // Variants of empty types.
            unreachable_code,
            unused_variables,
            // User-written expressions stand inside.
            clippy::all,
            clippy::pedantic,
            clippy::nursery,
            clippy::restriction
        )]
        const _: () = {
            use #krate::__private as __p;
            #leaf
            #derived
            #taxonomy
            #nests
            #checks
            #features
            #integrations
        };
    }
}

/// The framework's own trait, by a macro of the runtime: it knows which features are on.
fn implement(integrations: &[Integration], ident: &Ident, generics: &Generics) -> TokenStream {
    let (implementation, arguments, clause) = generics.split_for_impl();
    let calls = integrations.iter().map(|(key, feature)| {
        let name = format_ident!("implement_{}", feature, span = key.span());
        quote_spanned!(key.span()=> __p::#name! { [#implementation] [#ident #arguments] [#clause] })
    });
    calls.collect()
}

/// The local variable a field is bound to.
fn binding(index: usize) -> Ident {
    format_ident!("__field{}", index)
}

/// The same where it is used: what is wrong with it is shown at `span`.
fn binding_at(index: usize, span: Span) -> Ident {
    format_ident!("__field{}", index, span = span)
}

/// The value of a field that nothing is known about.
fn absent(field: &Field, first_status: u16) -> TokenStream {
    let ty = &field.ty;
    match &field.role {
        Role::Skip => quote!(<#ty as __p::Default>::default()),
        Role::Status => status_field(ty, &quote!(__p::status(#first_status))),
        _ => quote_absent(ty),
    }
}

/// A value of a `status` field's type.
fn status_field(ty: &Type, status: &TokenStream) -> TokenStream {
    let span = ty.span_of_first();
    quote_spanned!(span=> <#ty as __p::StatusField>::from_wire(#status))
}

/// Underlines the type when it is no `Option`.
fn quote_absent(ty: &Type) -> TokenStream {
    let span = ty.span_of_first();
    quote_spanned!(span=> <#ty as __p::Absent>::absent())
}

trait FirstSpan {
    fn span_of_first(&self) -> proc_macro2::Span;
}

impl<T: ToTokens> FirstSpan for T {
    fn span_of_first(&self) -> proc_macro2::Span {
        let call_site = proc_macro2::Span::call_site();
        // Located there, but resolved here: in the output of a `macro_rules!` the token's own
        // context does not see our local names.
        first_token(self.to_token_stream()).map_or(call_site, |token| call_site.located_at(token.span()))
    }
}

/// The first token, looked for inside the invisible brackets of a `macro_rules!` fragment.
fn first_token(tokens: TokenStream) -> Option<TokenTree> {
    match tokens.into_iter().next()? {
        TokenTree::Group(group) if group.delimiter() == Delimiter::None => first_token(group.stream()),
        token => Some(token),
    }
}

/// The user's generics with the bounds the generated impls need: on field types that mention a type
/// parameter, for the traits really used.
fn bounded(model: &Taxonomy) -> Generics {
    let mut generics = model.generics.clone();
    let params: Vec<Ident> = generics
        .params
        .iter()
        .filter_map(|param| match param {
            GenericParam::Type(param) => Some(param.ident.clone()),
            _ => None,
        })
        .collect();
    if params.is_empty() && model.bound.is_none() && generics.params.is_empty() {
        return generics;
    }
    let krate = &model.krate;
    let mut predicates: Vec<WherePredicate> = match &model.bound {
        Some(given) => given.clone(),
        None => model.variants.iter().flat_map(|variant| variant_bounds(model, variant, &params)).collect(),
    };
    let ident = &model.ident;
    let (_, arguments, _) = model.generics.split_for_impl();
    predicates.push(parse_quote! {
        #ident #arguments: #krate::__private::Error + #krate::__private::Send + #krate::__private::Sync + 'static
    });
    let clause = generics.make_where_clause();
    // A trailing comma may be missing in the user's clause.
    if !clause.predicates.empty_or_trailing() {
        clause.predicates.push_punct(syn::token::Comma::default());
    }
    clause.predicates.extend(predicates);
    generics
}

fn variant_bounds(model: &Taxonomy, variant: &Variant, params: &[Ident]) -> Vec<WherePredicate> {
    let krate = &model.krate;
    let mut predicates = Vec::new();
    for (index, field) in variant.fields.iter().enumerate() {
        if !mentions(field.ty.to_token_stream(), params) {
            continue;
        }
        let ty = &field.ty;
        for shown in shown_by(variant, field) {
            predicates.push(parse_quote!(#ty: ::core::fmt::#shown));
        }
        match (&variant.kind, &field.role) {
            (Kind::Transparent { field, .. }, _) if *field == index => {
                predicates.push(parse_quote!(#ty: #krate::__private::Derived));
            }
            (Kind::As(_), _) => {}
            (_, Role::Plain | Role::Detail | Role::Message | Role::Slot(_)) => {
                if field.serialize_with.is_none() {
                    predicates.push(parse_quote!(#ty: #krate::__private::Serialize));
                }
                if field.deserialize_with.is_none() {
                    predicates.push(parse_quote!(#ty: #krate::__private::DeserializeOwned));
                }
                if matches!(field.default, Some(FieldDefault::Trait)) {
                    predicates.push(parse_quote!(#ty: #krate::__private::Default));
                }
                let has_functions = field.serialize_with.is_some() || field.deserialize_with.is_some();
                if model.settings.schemars.is_some() && !has_functions {
                    predicates.push(parse_quote!(#ty: #krate::__private::JsonSchema));
                }
            }
            (_, Role::Header(_)) => {
                let inner = option_of(ty).unwrap_or(ty);
                predicates
                    .push(parse_quote!(#inner: #krate::__private::Display + #krate::__private::FromStr));
            }
            (_, Role::Skip) => predicates.push(parse_quote!(#ty: #krate::__private::Default)),
            _ => {}
        }
    }
    predicates
}

/// The traits of `std::fmt` by which the declared texts show a field.
fn shown_by(variant: &Variant, field: &Field) -> Vec<Ident> {
    let Some(error) = variant.error() else { return Vec::new() };
    let message = match &error.message {
        Message::Text(text) => Some(text),
        _ => None,
    };
    let name = match &field.member {
        Member::Named(ident) => ident.to_string().trim_start_matches("r#").to_owned(),
        Member::Unnamed(position) => position.index.to_string(),
    };
    let texts = message.into_iter().chain(&error.detail).filter_map(|text| match text {
        Text::Format(literal) => format::parse(&literal.value()).ok(),
        Text::Literal(_) => None,
    });
    let shown = texts.flat_map(|text| text.shown).filter(|(shown, _)| *shown == name);
    shown.map(|(_, form)| Ident::new(form, Span::call_site())).collect()
}

fn mentions(tokens: TokenStream, params: &[Ident]) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Ident(ident) => params.contains(&ident),
        TokenTree::Group(group) => mentions(group.stream(), params),
        _ => false,
    })
}

/// The `T` of a type spelled `Option<T>`.
fn option_of(ty: &Type) -> Option<&Type> {
    generic_argument(ty, "Option")
}

/// The `T` of a type spelled `Name<T>`.
fn generic_argument<'t>(ty: &'t Type, name: &str) -> Option<&'t Type> {
    let Type::Path(path) = ungrouped(ty) else { return None };
    let last = path.path.segments.last()?;
    if last.ident != name {
        return None;
    }
    let syn::PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    arguments.args.iter().find_map(|argument| match argument {
        syn::GenericArgument::Type(ty) => Some(ty),
        _ => None,
    })
}

/// Whether the last segment of a type's path is this name.
fn is_spelled(ty: &Type, name: &str) -> bool {
    matches!(ungrouped(ty), Type::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == name))
}
