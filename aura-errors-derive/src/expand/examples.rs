//! One example per error: the declared one, else one that needs no data.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::Type;

use super::{Context, absent, generic_argument, is_spelled, option_of};
use crate::model::{ErrorModel, Field, FieldDefault, Kind, Role, Variant};

/// The arms of `Derived::example`, by error index.
pub(super) fn arms(context: &Context<'_>) -> TokenStream {
    let mut arms = TokenStream::new();
    for (variant, index) in context.model.variants.iter().zip(&context.error_index) {
        let (Some(index), Some(error)) = (index, variant.error()) else { continue };
        if let Some(value) = own(context, variant, error) {
            arms.extend(quote!(#index => __p::Option::Some(#value),));
        }
    }
    arms
}

/// The statements of `Taxonomy::examples` for nested taxonomies, in declaration order.
pub(super) fn nested(context: &Context<'_>) -> TokenStream {
    let mut out = TokenStream::new();
    for variant in &context.model.variants {
        let Kind::Transparent { field: nested, .. } = &variant.kind else { continue };
        let ty = &variant.fields[*nested].ty;
        let value = context.construct(variant, |position, field| {
            if position == *nested { quote!(__inner) } else { absent(field, 500) }
        });
        out.extend(quote! {
            for __inner in <#ty as __p::Derived>::nested_examples() {
                __examples.push(#value);
            }
        });
    }
    out
}

fn own(context: &Context<'_>, variant: &Variant, error: &ErrorModel) -> Option<TokenStream> {
    if let Some(example) = &error.example {
        return Some(example.clone());
    }
    let status = status(context, error);
    let values: Option<Vec<_>> = variant.fields.iter().map(|field| value(field, error, status)).collect();
    let values = values?;
    Some(context.construct(variant, |position, _| values[position].clone()))
}

/// The first status of a range that is not another error's: with that one it might be read back as
/// the other.
fn status(context: &Context<'_>, error: &ErrorModel) -> u16 {
    let (first, last) = error.status;
    if first == last {
        return first;
    }
    let others = || context.model.variants.iter().filter_map(Variant::error).map(|other| other.status);
    let taken =
        |status: u16| others().any(|(from, to)| to - from < last - first && (from..=to).contains(&status));
    (first..=last).find(|status| !taken(*status)).unwrap_or(first)
}

fn value(field: &Field, error: &ErrorModel, status: u16) -> Option<TokenStream> {
    let ty = &field.ty;
    if let Some(example) = &field.example {
        return Some(coerced(ty, example));
    }
    Some(match &field.role {
        Role::Hidden | Role::Skip | Role::Status => absent(field, status),
        Role::RetryAfter => quote!(<#ty as __p::DelayField>::example(__p::example_delay())),
        Role::Code => quote!(__p::Option::None),
        Role::Message if is_spelled(option_of(ty).unwrap_or(ty), "String") => {
            let title =
                if error.docs.summary.is_empty() { "An example message" } else { &error.docs.summary };
            coerced(ty, &quote!(#title))
        }
        Role::Slot(name) if is_spelled(ty, "String") => {
            let values = error.slots.iter().find(|slot| slot.name == *name)?;
            let first = values.values.first()?;
            quote!(<#ty as __p::From<&'static __p::str>>::from(#first))
        }
        _ if option_of(ty).is_some() => quote!(__p::Option::None),
        _ if generic_argument(ty, "Vec").is_some() => quote!(<#ty>::new()),
        _ => match &field.default {
            Some(FieldDefault::Trait) => quote!(<#ty as __p::Default>::default()),
            Some(FieldDefault::Path(path)) => quote!(#path()),
            None => return None,
        },
    })
}

/// `"x"` is an example of a `String`, `[a, b]` one of a `Vec`, and both, numbers and truth values of an
/// `Option` of these.
fn coerced(ty: &Type, example: &TokenStream) -> TokenStream {
    let (mut is_text, mut is_list, mut is_value) = (false, false, false);
    match opened(example.clone()).as_slice() {
        [TokenTree::Literal(literal)] => {
            is_value = true;
            is_text = literal.to_string().starts_with(['"', 'r']);
        }
        [TokenTree::Punct(minus), TokenTree::Literal(_)] => is_value = minus.as_char() == '-',
        [TokenTree::Ident(word)] => is_value = word == "true" || word == "false",
        [TokenTree::Group(group)] => is_list = group.delimiter() == Delimiter::Bracket,
        _ => {}
    }
    if let Some(inner) = option_of(ty) {
        if is_text || is_list || is_value {
            let inner = coerced(inner, example);
            return quote!(__p::Option::Some(#inner));
        }
    } else if is_text && is_spelled(ty, "String") {
        return quote!(<#ty as __p::From<&'static __p::str>>::from(#example));
    } else if is_list && generic_argument(ty, "Vec").is_some() {
        return quote!(<#ty as __p::From<_>>::from(#example));
    }
    example.to_token_stream()
}

/// Without the invisible brackets that a fragment of `macro_rules!` has.
fn opened(tokens: TokenStream) -> Vec<TokenTree> {
    let tokens: Vec<_> = tokens.into_iter().collect();
    match tokens.as_slice() {
        [TokenTree::Group(group)] if group.delimiter() == Delimiter::None => opened(group.stream()),
        _ => tokens,
    }
}
