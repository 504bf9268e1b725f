//! `Derived`: the catalogue as a constant, and how a value is built from what was read.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote, quote_spanned};

use super::alike::Alike;
use super::{
    Context, FirstSpan, absent, binding, catalog, checks, examples, is_spelled, option_of, status_field,
};
use crate::model::{Field, FieldDefault, Kind, Role, Variant};

pub(super) fn expand(context: &Context<'_>) -> TokenStream {
    let ident = &context.model.ident;
    let (implementation, arguments, clause) = context.generics.split_for_impl();
    let (catalog, base) = (catalog::expand(context), catalog::base(context));
    let runtime = if context.has_type_params() {
        quote!(__p::Runtime::of::<Self>())
    } else {
        quote! {
            static __RUNTIME: __p::Runtime = __p::Runtime::new();
            &__RUNTIME
        }
    };
    let arms = arms(context);
    let examples = examples::arms(context);
    let checks = checks::constant(context);
    quote! {
        #[automatically_derived]
        impl #implementation __p::Derived for #ident #arguments #clause {
            const CATALOG: &'static __p::Catalog = #catalog;

            const BASE: &'static __p::SpecData = #base;

            #checks

            #[inline]
            fn runtime() -> &'static __p::Runtime {
                #runtime
            }

            fn build(__path: &[__p::u16], __reader: &mut __p::Reader<'_>) -> __p::Result<Self, __p::Misfit> {
                let (__first, __rest) = __p::step(__path);
                __p::Ok(match __first {
                    #arms
                    _ => return __p::Err(__p::no_such_error()),
                })
            }

            fn example(__index: __p::usize) -> __p::Option<Self> {
                match __index {
                    #examples
                    _ => __p::Option::None,
                }
            }
        }
    }
}

fn arms(context: &Context<'_>) -> TokenStream {
    let mut next_nested = context.errors();
    let mut arms = TokenStream::new();
    let mut alike = Alike::default();
    for (variant, index) in context.model.variants.iter().zip(&context.error_index) {
        match (&variant.kind, index) {
            (Kind::Error(_), Some(index)) => {
                let taken: Vec<_> =
                    variant.fields.iter().enumerate().map(|(index, field)| take(index, field)).collect();
                let types = variant.fields.iter().map(|field| &field.ty);
                let key = quote!(#((#types, #taken))*);
                alike.add(&key, (*index, variant, taken));
            }
            (Kind::Transparent { field: nested, .. }, _) => {
                let value = context.construct(variant, |position, field| {
                    if position == *nested {
                        let ty = &field.ty;
                        let span = ty.span_of_first();
                        quote_spanned!(span=> <#ty as __p::Derived>::build(__rest, __reader)?)
                    } else {
                        absent(field, 500)
                    }
                });
                // Returned at once: as the value of the `match` it would be moved once more on each level.
                arms.extend(quote!(#next_nested => return __p::Ok(#value),));
                next_nested += 1;
            }
            _ => {}
        }
    }
    for group in alike.groups {
        arms.extend(match &group[..] {
            // Nothing to read, or nothing to share.
            [(_, variant, _), _, ..] if !variant.fields.is_empty() => shared(context, &group),
            _ => group
                .iter()
                .map(|(index, variant, taken)| {
                    let value = context.construct(variant, |position, _| taken[position].clone());
                    quote!(#index => #value,)
                })
                .collect(),
        });
    }
    arms
}

/// Several variants whose fields are read in the same way: reading is written, and compiled, once.
fn shared(context: &Context<'_>, group: &[(usize, &Variant, Vec<TokenStream>)]) -> TokenStream {
    let [(_, first, taken), ..] = group else { return TokenStream::new() };
    let indexes = group.iter().map(|(index, ..)| index);
    let bindings = (0..taken.len()).map(binding);
    let types = first.fields.iter().map(|field| &field.ty);
    let last = group.len() - 1;
    let values = group.iter().enumerate().map(|(position, (index, variant, _))| {
        let value = context.construct(variant, |field, _| binding(field).to_token_stream());
        if position == last { quote!(_ => #value) } else { quote!(#index => #value) }
    });
    quote! {
        #(#indexes)|* => {
            #(let #bindings: #types = #taken;)*
            match __first { #(#values),* }
        }
    }
}

/// One field from the reader.
fn take(index: usize, field: &Field) -> TokenStream {
    let span = field.ty.span_of_first();
    match &field.role {
        Role::Plain | Role::Detail | Role::Message | Role::Slot(_) => {
            let ty = &field.ty;
            let default = match &field.default {
                Some(FieldDefault::Trait) => Some(quote_spanned!(span=> <#ty as __p::Default>::default)),
                Some(FieldDefault::Path(path)) => Some(quote!(#path)),
                None => None,
            };
            match (&field.deserialize_with, default) {
                (None, None) => quote_spanned!(span=> __reader.take(#index)?),
                (None, Some(default)) => quote_spanned!(span=> __reader.take_or(#index, #default)?),
                (Some(path), None) => {
                    quote!(__reader.take_with(#index, |__deserializer| #path(__deserializer), __p::None)?)
                }
                (Some(path), Some(default)) => quote! {
                    __reader.take_with(#index, |__deserializer| #path(__deserializer), __p::Some(#default))?
                },
            }
        }
        Role::Code => quote!(__reader.take_code()),
        Role::Status => status_field(&field.ty, &quote!(__reader.take_status())),
        Role::RetryAfter => {
            let ty = &field.ty;
            quote_spanned!(span=> __reader.take_retry_after(#index, <#ty as __p::DelayField>::from_wire)?)
        }
        Role::Header(_) => {
            let optional = option_of(&field.ty);
            let is_value = is_spelled(optional.unwrap_or(&field.ty), "HeaderValue");
            match (optional.is_some(), is_value) {
                (false, true) => quote!(__reader.take_header_value(#index)?),
                (true, true) => quote!(__reader.take_header_value_opt(#index)),
                (false, false) => quote_spanned!(span=> __reader.take_header(#index)?),
                (true, false) => quote_spanned!(span=> __reader.take_header_opt(#index)),
            }
        }
        Role::Hidden | Role::Skip => absent(field, 500),
    }
}
