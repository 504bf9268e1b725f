//! `Taxonomy` and `Classify`, and which taxonomies are nested.

use std::collections::HashSet;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote, quote_spanned};
use syn::GenericParam;

use super::{Context, FirstSpan, absent, examples, mentions};
use crate::model::{AsTarget, Field, Kind, Variant};

pub(super) fn expand(context: &Context<'_>) -> TokenStream {
    let ident = &context.model.ident;
    let (implementation, arguments, clause) = context.generics.split_for_impl();
    let spec = delegated(
        context,
        |face| quote!(__p::Taxonomy::spec(#face)),
        |of| quote!(#of::nested_spec(__inner)),
        quote!(&<Self as __p::Derived>::CATALOG.errors()[__p::Leaf::leaf_index(self)]),
    );
    let response = delegated(
        context,
        |face| quote!(__p::Taxonomy::to_response(#face)),
        |of| quote!(__p::or_fallback::<Self>(|| #of::nested_response(__inner))),
        quote!(__p::respond(self)),
    );
    let visit = delegated(
        context,
        |face| quote!(__p::Taxonomy::visit_leaf(#face, __visit)),
        |of| quote!(#of::nested_leaf(__inner, __visit)),
        quote!(__visit(self, __p::Taxonomy::spec(self))),
    );
    let delay = delegated(
        context,
        |face| quote!(__p::Classify::retry_after(#face)),
        |of| quote!(#of::nested_delay(__inner)),
        if has_delay(context) { quote!(__p::delay(self)) } else { quote!(__p::None) },
    );
    let nested_examples = examples::nested(context);
    let checks = context.has_type_params().then(|| quote!(let () = <Self as __p::Derived>::CHECKED;));
    quote! {
        #[automatically_derived]
        impl #implementation __p::Classify for #ident #arguments #clause {
            #[inline]
            fn classes(&self) -> __p::Classes {
                __p::classes(self)
            }

            #[inline]
            fn retry(&self) -> __p::Retry {
                __p::retry(self)
            }

            fn retry_after(&self) -> __p::Option<__p::RetryAfter> {
                #delay
            }
        }

        #[automatically_derived]
        impl #implementation __p::Taxonomy for #ident #arguments #clause {
            #[inline]
            fn spec(&self) -> &'static __p::ErrorSpec {
                #spec
            }

            fn to_response(&self) -> __p::Response<__p::Bytes> {
                #response
            }

            fn into_http(self) -> __p::Response<__p::Bytes> {
                __p::into_http(self)
            }

            fn read(__response: &__p::Response<__p::Bytes>) -> __p::Result<Self, __p::NotRead> {
                #checks
                __p::read(__response)
            }

            fn read_embedded(__json: &__p::Bytes) -> __p::Result<Self, __p::Received> {
                #checks
                __p::read_embedded(__json)
            }

            fn build_at(
                __path: &[__p::u16],
                __reader: &mut __p::Reader<'_>,
            ) -> __p::Result<Self, __p::Misfit> {
                <Self as __p::Derived>::build(__path, __reader)
            }

            fn received(__response: &__p::Response<__p::Bytes>) -> __p::Received {
                __p::received::<Self>(__response)
            }

            fn catalog() -> &'static __p::Catalog {
                #checks
                <Self as __p::Derived>::CATALOG
            }

            fn examples() -> __p::Vec<Self> {
                let mut __examples = __p::own_examples::<Self>();
                #nested_examples
                __examples
            }

            fn visit_leaf(&self, __visit: &mut dyn __p::FnMut(&dyn __p::Leaf, &'static __p::ErrorSpec)) {
                #visit
            }
        }
    }
}

fn has_delay(context: &Context<'_>) -> bool {
    context
        .model
        .variants
        .iter()
        .filter(|variant| variant.error().is_some())
        .flat_map(|variant| &variant.fields)
        .any(|field| field.role == crate::model::Role::RetryAfter)
}

/// A match in which nested and `as` variants answer by another value. Of a nested one everything is
/// asked by the one trait `Derived`, so that a type which is no taxonomy is one error.
fn delegated(
    context: &Context<'_>,
    answer: impl Fn(TokenStream) -> TokenStream,
    nested: impl Fn(TokenStream) -> TokenStream,
    own: TokenStream,
) -> TokenStream {
    if context.model.variants.is_empty() {
        return quote!(match *self {});
    }
    let mut arms = TokenStream::new();
    for variant in &context.model.variants {
        let constructor = context.constructor(variant);
        match &variant.kind {
            Kind::Error(_) => {}
            Kind::Transparent { field, .. } => {
                let Field { member, ty, .. } = &variant.fields[*field];
                let span = ty.span_of_first();
                let answer = nested(quote_spanned!(span=> <#ty as __p::Derived>));
                arms.extend(quote!(#constructor { #member: __inner, .. } => #answer,));
            }
            Kind::As(target) => {
                let answer = answer(quote!(&__face));
                let face = face(context, target);
                arms.extend(quote!(#constructor { .. } => { let __face = #face; #answer }));
            }
        }
    }
    if arms.is_empty() {
        return own;
    }
    let rest = (context.errors() > 0).then(|| quote!(_ => #own,));
    quote!(match self { #arms #rest })
}

/// The value whose face an `as` variant wears.
fn face(context: &Context<'_>, target: &AsTarget) -> TokenStream {
    match target {
        AsTarget::Own(index) => {
            let variant: &Variant = &context.model.variants[*index];
            let first = variant.error().map_or(500, |error| error.status.0);
            context.construct(variant, |_, field| absent(field, first))
        }
        AsTarget::Value(expression) => {
            let span = expression.span_of_first();
            quote_spanned!(span=> __p::Face(#expression).of::<Self>())
        }
    }
}

/// One marker impl per nested type that `as` may name a value of.
pub(super) fn expand_nests(context: &Context<'_>) -> TokenStream {
    let ident = &context.model.ident;
    let (implementation, arguments, clause) = context.generics.split_for_impl();
    let params: Vec<_> = context
        .model
        .generics
        .params
        .iter()
        .filter_map(|param| match param {
            GenericParam::Type(param) => Some(param.ident.clone()),
            _ => None,
        })
        .collect();
    let mut known = HashSet::new();
    let mut out = TokenStream::new();
    for (_, field) in context.nested() {
        let ty = &field.ty;
        // Types with parameters may be one type, which would be two impls for it.
        let may_overlap = context.nested().count() > 1 && mentions(ty.to_token_stream(), &params);
        if may_overlap || !known.insert(ty.to_token_stream().to_string()) {
            continue;
        }
        out.extend(quote! {
            #[automatically_derived]
            impl #implementation __p::Nests<#ty> for #ident #arguments #clause {}
        });
    }
    out
}
