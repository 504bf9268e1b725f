//! `Leaf`: which error a value is, and how each of its fields leaves it.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::{LitStr, Member};

use super::alike::Alike;
use super::{Context, FirstSpan, binding, binding_at, is_spelled, option_of};
use crate::check::format;
use crate::model::{ErrorModel, Field, Message, Role, Text, Variant};

pub(super) fn expand(context: &Context<'_>) -> TokenStream {
    let ident = &context.model.ident;
    let (implementation, arguments, clause) = context.generics.split_for_impl();
    let index = index(context);
    let fields = fields(context);
    let texts = texts(context);
    quote! {
        #[automatically_derived]
        impl #implementation __p::Leaf for #ident #arguments #clause {
            #[inline]
            fn leaf_index(&self) -> __p::usize {
                #index
            }

            fn leaf_field(&self, __index: __p::usize, __sink: &mut __p::Sink<'_>) {
                #fields
            }

            fn leaf_text(&self, __text: __p::LeafText, __f: &mut __p::fmt::Formatter<'_>) -> __p::fmt::Result {
                #texts
            }
        }
    }
}

fn errors<'a>(context: &'a Context<'_>) -> impl Iterator<Item = (usize, &'a Variant, &'a ErrorModel)> {
    context
        .model
        .variants
        .iter()
        .zip(&context.error_index)
        .filter_map(|(variant, index)| Some(((*index)?, variant, variant.error()?)))
}

fn index(context: &Context<'_>) -> TokenStream {
    if context.model.variants.is_empty() {
        return quote!(match *self {});
    }
    let arms = errors(context).map(|(index, variant, _)| {
        let constructor = context.constructor(variant);
        quote!(#constructor { .. } => #index,)
    });
    // Only nested and `as` variants are no leaves, and nobody asks them.
    let rest = (context.errors() < context.model.variants.len()).then(|| quote!(_ => __p::usize::MAX,));
    quote!(match self { #(#arms)* #rest })
}

fn fields(context: &Context<'_>) -> TokenStream {
    let mut alike = Alike::default();
    for (_, variant, _) in errors(context) {
        let sent: Vec<_> =
            variant.fields.iter().enumerate().filter(|(_, field)| field.role.travels()).collect();
        if sent.is_empty() {
            continue;
        }
        let constructor = context.constructor(variant);
        let patterns = sent.iter().map(|(index, field)| {
            let (member, binding) = (&field.member, binding(*index));
            quote!(#member: #binding)
        });
        let pattern = quote!(#constructor { #(#patterns,)* .. });
        let arms: TokenStream = sent
            .iter()
            .map(|(index, field)| {
                let put = put(field, *index);
                quote!(#index => #put,)
            })
            .collect();
        let types = sent.iter().map(|(_, field)| &field.ty);
        alike.add(&quote!(#(#types)* #arms), (pattern, arms));
    }
    // One pattern for all variants whose fields leave them in the same way.
    let covered: usize = alike.groups.iter().map(Vec::len).sum();
    let arms: Vec<_> = alike
        .groups
        .iter()
        .filter_map(|group| {
            let patterns = group.iter().map(|(pattern, _)| pattern);
            let (_, arms) = group.first()?;
            Some(quote!(#(#patterns)|* => match __index { #arms _ => {} },))
        })
        .collect();
    match_or_nothing(context, &arms, covered, &quote!({}))
}

/// A match over `self` in which most variants do nothing.
fn match_or_nothing(
    context: &Context<'_>,
    arms: &[TokenStream],
    covered: usize,
    nothing: &TokenStream,
) -> TokenStream {
    if arms.is_empty() {
        return quote!(#nothing);
    }
    // A struct's one arm already covers everything.
    let rest =
        (context.model.is_enum && covered < context.model.variants.len()).then(|| quote!(_ => #nothing,));
    quote!(match self { #(#arms)* #rest })
}

fn put(field: &Field, index: usize) -> TokenStream {
    let ty = &field.ty;
    let span = ty.span_of_first();
    let binding = binding_at(index, span);
    match &field.role {
        Role::Plain | Role::Detail | Role::Message | Role::Code | Role::Slot(_) => {
            let put = match &field.serialize_with {
                Some(path) => {
                    quote_spanned!(span=> __sink.put_json_with(|__serializer| #path(#binding, __serializer)))
                }
                None => quote_spanned!(span=> __sink.put_json(#binding)),
            };
            match &field.skip_serializing_if {
                Some(path) => quote!(if #path(#binding) { __sink.put_nothing() } else { #put }),
                None => put,
            }
        }
        Role::Status => quote_spanned!(span=> __sink.put_status(<#ty as __p::StatusField>::get(#binding))),
        Role::RetryAfter => {
            quote_spanned!(span=> __sink.put_retry_after(<#ty as __p::DelayField>::get(#binding)))
        }
        Role::Header(_) => {
            let optional = option_of(&field.ty);
            let value = match optional {
                Some(_) => quote!(__p::Option::as_ref(#binding)),
                None => quote!(#binding),
            };
            if is_spelled(optional.unwrap_or(&field.ty), "HeaderValue") {
                quote_spanned!(span=> __sink.put_header_value(#value))
            } else {
                quote_spanned!(span=> __sink.put_header_text(#value))
            }
        }
        Role::Hidden | Role::Skip => quote!({}),
    }
}

fn texts(context: &Context<'_>) -> TokenStream {
    let arms: Vec<_> = errors(context)
        .filter_map(|(_, variant, error)| {
            let message = match &error.message {
                Message::Text(Text::Format(literal)) => Some((quote!(Message), literal)),
                _ => None,
            };
            let detail = match &error.detail {
                Some(Text::Format(literal)) => Some((quote!(Detail), literal)),
                _ => None,
            };
            let texts: Vec<_> = message.into_iter().chain(detail).collect();
            if texts.is_empty() {
                return None;
            }
            let constructor = context.constructor(variant);
            let patterns = variant.fields.iter().enumerate().map(|(index, field)| {
                let (member, binding) = (&field.member, binding(index));
                quote!(#member: #binding)
            });
            let inner = texts.iter().map(|(which, literal)| {
                let write = write_text(variant, literal);
                quote!(__p::LeafText::#which => #write,)
            });
            Some(quote! {
                #constructor { #(#patterns),* } => match __text {
                    #(#inner)*
                    #[allow(unreachable_patterns)]
                    _ => __p::Ok(()),
                },
            })
        })
        .collect();
    match_or_nothing(context, &arms, arms.len(), &quote!(__p::Ok(())))
}

/// `write!` with the fields that the text names as its only arguments: an unused one is an error.
fn write_text(variant: &Variant, literal: &LitStr) -> TokenStream {
    // The checks have parsed it already.
    let named = format::parse(&literal.value()).map(|format| format.names).unwrap_or_default();
    let mut arguments = Vec::new();
    for (index, field) in variant.fields.iter().enumerate() {
        let name = match &field.member {
            Member::Named(ident) => ident.to_string().trim_start_matches("r#").to_owned(),
            Member::Unnamed(position) => position.index.to_string(),
        };
        if named.contains(&name) {
            let argument = match &field.member {
                Member::Named(_) => Ident::new(&name, Span::call_site()),
                Member::Unnamed(_) => format_ident!("_{}", name),
            };
            let binding = binding_at(index, literal.span_of_first());
            // The place itself, as a width or a precision is no reference.
            arguments.push(quote_spanned!(binding.span()=> #argument = *#binding));
        }
    }
    let literal = LitStr::new(&name_positions(&literal.value()), literal.span());
    quote!(::core::write!(__f, #literal, #(#arguments),*))
}

/// `{0}` becomes `{_0}`: as a named argument it does not ask for those before it. `{r#type}` becomes
/// `{type}`: format strings have no raw identifiers.
fn name_positions(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 4);
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        out.push(character);
        if character == '{' {
            match characters.peek().copied() {
                Some('{') => out.extend(characters.next()),
                Some(next) if next.is_ascii_digit() => out.push('_'),
                Some('r') if characters.clone().nth(1) == Some('#') => {
                    characters.nth(1);
                }
                _ => {}
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::name_positions;

    #[test]
    fn positions_are_named() {
        assert_eq!(name_positions("{0} {{0}} {1:?} {x}"), "{_0} {{0}} {_1:?} {x}");
        assert_eq!(name_positions("{r#type} {{r#type}} {r}"), "{type} {{r#type}} {r}");
    }
}
