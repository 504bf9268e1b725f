//! Calls of the checks that need another type, spanned at the token a mistake is reported at.

use proc_macro2::{Group, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};

use super::{Context, first_token};
use crate::model::{CodeRule, ErrorModel, Slot};
use crate::template::ast::{Alternative, Body, Place};

/// As items, for types without parameters.
pub(super) fn items(context: &Context<'_>) -> TokenStream {
    let ident = &context.model.ident;
    calls(context, &quote!(#ident))
        .into_iter()
        .map(|(call, span)| respanned(quote!(const _: () = #call;), span))
        .collect()
}

/// As an associated constant, for generic types: they are checked where they are used.
pub(super) fn constant(context: &Context<'_>) -> TokenStream {
    if !context.has_type_params() {
        return TokenStream::new();
    }
    let calls: Vec<_> =
        calls(context, &quote!(Self)).into_iter().map(|(call, span)| respanned(call, span)).collect();
    if calls.is_empty() {
        return TokenStream::new();
    }
    quote!(const CHECKED: () = { #(#calls;)* };)
}

fn calls(context: &Context<'_>, own: &TokenStream) -> Vec<(TokenStream, Span)> {
    let catalog = quote!(<#own as __p::Derived>::CATALOG);
    let mut calls = Vec::new();
    for (number, key) in context.nested_keys().enumerate() {
        calls.push((quote!(__p::check_nested(#catalog, #number)), key));
    }
    for (number, ty) in named(&context.model.settings.body) {
        calls.push((quote!(__p::check_body(#catalog, #number)), first_span(ty)));
    }
    let errors = context.model.variants.iter().zip(&context.error_index);
    let mut codeless: Vec<(&ErrorModel, usize)> = Vec::new();
    for (variant, index) in errors {
        let (Some(error), Some(index)) = (variant.error(), index) else { continue };
        for (number, ty) in error.body.iter().flat_map(named) {
            let call = quote!(__p::check_variant_body(&#catalog.errors()[#index], #number));
            calls.push((call, first_span(ty)));
        }
        if may_lack_a_code(context, error) {
            // What a slot or a condition on one alone tells apart needs no const evaluation, which is slow.
            let similar: Vec<usize> = codeless
                .iter()
                .filter(|(before, _)| overlap(before.status, error.status) && !slots_differ(before, error))
                .filter(|(before, _)| before.whens.is_empty() == error.whens.is_empty())
                .map(|(_, before)| *before)
                .collect();
            if !similar.is_empty() {
                calls.push((quote!(__p::check_apart(#catalog, #index, &[#(#similar),*])), error.span));
            }
            codeless.push((error, *index));
        }
    }
    calls
}

fn overlap(one: (u16, u16), other: (u16, u16)) -> bool {
    one.0 <= other.1 && other.0 <= one.1
}

/// A slot that only one of them has, or one without a common value.
fn slots_differ(one: &ErrorModel, other: &ErrorModel) -> bool {
    let shared = |slot: &Slot| {
        let facing = other.slots.iter().find(|facing| facing.name == slot.name);
        facing.is_some_and(|facing| slot.values.iter().any(|value| facing.values.contains(value)))
    };
    one.slots.len() != other.slots.len() || !one.slots.iter().all(shared)
}

/// Where the first token stands. These calls have no local names, so nothing has to be resolved in
/// the derive's context, and the compiler then shows that token alone.
fn first_span(ty: &syn::Type) -> Span {
    first_token(ty.to_token_stream()).map_or_else(Span::call_site, |token| token.span())
}

/// The named bodies, with their position among the alternatives.
fn named(body: &Body) -> impl Iterator<Item = (usize, &syn::Type)> {
    body.alternatives.iter().enumerate().filter_map(|(number, alternative)| match alternative {
        Alternative::Named(ty) => Some((number, &**ty)),
        _ => None,
    })
}

/// Whether a response without a code may be this error, as far as it is known here.
fn may_lack_a_code(context: &Context<'_>, error: &ErrorModel) -> bool {
    if !matches!(error.code, CodeRule::Always(_)) {
        return true;
    }
    if context.model.settings.code_header.is_some() {
        return false;
    }
    let body = error.body.as_ref().unwrap_or(&context.model.settings.body);
    body.has_named() || !body.has(&Place::Code)
}

/// Every token at one place, so that the compiler shows that place and nothing of ours.
fn respanned(tokens: TokenStream, span: Span) -> TokenStream {
    tokens
        .into_iter()
        .map(|mut token| {
            if let TokenTree::Group(group) = &token {
                let mut inner = Group::new(group.delimiter(), respanned(group.stream(), span));
                inner.set_span(span);
                return inner.into_token_stream().into_iter().next().unwrap_or(token);
            }
            token.set_span(span);
            token
        })
        .collect()
}
