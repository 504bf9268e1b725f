//! Attributes of other derives: read for what they say, never rejected here.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::{Attribute, Expr, Ident, Lit, LitStr, Meta, Token, Type};

use super::syntax::{drain, ends};

/// What `#[error(…)]` or `#[snafu(display(…))]` says of a variant's `Display`.
#[derive(Clone)]
pub(crate) enum Shown {
    /// Nothing: written by hand, or by a derive that is not known here.
    Unknown,
    /// One literal without arguments.
    Literal(LitStr),
    /// A literal with arguments, a function, or the source's own.
    Other,
}

pub(crate) fn shown(attrs: &[Attribute]) -> Shown {
    for attr in attrs {
        let Meta::List(list) = &attr.meta else { continue };
        if list.path.is_ident("error") {
            return list.parse_args_with(format_arguments).unwrap_or(Shown::Other);
        }
        if list.path.is_ident("snafu") {
            if let Some(arguments) = nested(&list.tokens, "display") {
                return format_arguments.parse2(arguments).unwrap_or(Shown::Other);
            }
        }
    }
    Shown::Unknown
}

fn format_arguments(input: ParseStream<'_>) -> syn::Result<Shown> {
    let literal = input.parse::<LitStr>();
    if input.peek(Token![,]) {
        input.parse::<Token![,]>()?;
    }
    let more = !input.is_empty();
    drain(input);
    Ok(match literal {
        Ok(literal) if !more => Shown::Literal(literal),
        _ => Shown::Other,
    })
}

/// The arguments of `key(…)` in a comma-separated list; empty ones for `key` alone.
fn nested(tokens: &TokenStream, key: &str) -> Option<TokenStream> {
    let mut trees = tokens.clone().into_iter().peekable();
    let mut starts = true;
    while let Some(tree) = trees.next() {
        match &tree {
            proc_macro2::TokenTree::Ident(ident) if starts && ident == key => {
                return Some(match trees.next() {
                    Some(proc_macro2::TokenTree::Group(group)) => group.stream(),
                    _ => TokenStream::new(),
                });
            }
            proc_macro2::TokenTree::Punct(punct) => starts = punct.as_char() == ',',
            _ => starts = false,
        }
    }
    None
}

/// `#[deprecated]`: the note, empty without one.
pub(crate) fn deprecated(attrs: &[Attribute]) -> Option<String> {
    let attr = attrs.iter().find(|attr| attr.path().is_ident("deprecated"))?;
    let note = match &attr.meta {
        Meta::Path(_) => None,
        Meta::NameValue(meta) => match &meta.value {
            Expr::Lit(expr) => match &expr.lit {
                Lit::Str(text) => Some(text.value()),
                _ => None,
            },
            _ => None,
        },
        Meta::List(list) => list
            .parse_args_with(|input: ParseStream<'_>| {
                let mut note = None;
                while !input.is_empty() {
                    let key = Ident::parse_any(input)?;
                    input.parse::<Token![=]>()?;
                    let value: LitStr = input.parse()?;
                    if key == "note" {
                        note = Some(value.value());
                    }
                    if !input.is_empty() {
                        input.parse::<Token![,]>()?;
                    }
                }
                Ok(note)
            })
            .ok()
            .flatten(),
    };
    Some(note.unwrap_or_default())
}

/// Why a field never travels, in the words of a message.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Hidden {
    From,
    Source,
    Backtrace,
    Implicit,
}

pub(crate) fn hidden(attrs: &[Attribute], ident: Option<&Ident>, ty: &Type) -> Option<Hidden> {
    let mut hidden = None;
    for attr in attrs {
        let path = attr.path();
        let found = if path.is_ident("from") {
            Some(Hidden::From)
        } else if path.is_ident("source") {
            Some(Hidden::Source)
        } else if path.is_ident("backtrace") {
            Some(Hidden::Backtrace)
        } else {
            match &attr.meta {
                // `#[error(source)]` is derive_more's spelling.
                Meta::List(list) if path.is_ident("snafu") || path.is_ident("error") => {
                    let says =
                        |key| nested(&list.tokens, key).is_some_and(|value| value.to_string() != "false");
                    if says("source") {
                        Some(Hidden::Source)
                    } else if says("backtrace") {
                        Some(Hidden::Backtrace)
                    } else if says("implicit") {
                        Some(Hidden::Implicit)
                    } else {
                        None
                    }
                }
                _ => None,
            }
        };
        // `#[from]` says more than the others.
        if hidden != Some(Hidden::From) {
            hidden = found.or(hidden);
        }
    }
    hidden.or_else(|| {
        let name = ident.map(|ident| ident.unraw().to_string());
        match name.as_deref() {
            Some("source") => Some(Hidden::Source),
            Some("backtrace") => Some(Hidden::Backtrace),
            _ if is_backtrace(ty) => Some(Hidden::Backtrace),
            _ => None,
        }
    })
}

fn is_backtrace(ty: &Type) -> bool {
    last_segment(ty).is_some_and(|segment| segment.ident == "Backtrace")
        || option(ty).is_some_and(is_backtrace)
}

/// `Option<T>` as spelled, by any path: its `T`.
pub(crate) fn option(ty: &Type) -> Option<&Type> {
    let segment = last_segment(ty)?;
    if segment.ident != "Option" {
        return None;
    }
    let syn::PathArguments::AngleBracketed(arguments) = &segment.arguments else {
        return None;
    };
    match arguments.args.first() {
        Some(syn::GenericArgument::Type(ty)) if arguments.args.len() == 1 => Some(ty),
        _ => None,
    }
}

pub(crate) fn last_segment(ty: &Type) -> Option<&syn::PathSegment> {
    match ungrouped(ty) {
        Type::Path(path) if path.qself.is_none() => path.path.segments.last(),
        _ => None,
    }
}

/// Types that come through a `macro_rules!` fragment are wrapped in an invisible group.
pub(crate) fn ungrouped(ty: &Type) -> &Type {
    match ty {
        Type::Group(group) => ungrouped(&group.elem),
        Type::Paren(paren) => ungrouped(&paren.elem),
        other => other,
    }
}

/// One key of a `#[serde(…)]` on a field.
pub(crate) struct SerdeKey {
    pub(crate) key: Ident,
    pub(crate) value: SerdeValue,
    /// The key with its value, to underline.
    pub(crate) tokens: TokenStream,
}

pub(crate) enum SerdeValue {
    None,
    Text(LitStr),
    /// `key(…)`, or what serde would not take either.
    Other,
}

/// Whether they are supported is a question of the field's role. What is no list of keys is left
/// out: serde's own derive says so, where it is there.
pub(crate) fn serde(attrs: &[Attribute]) -> Vec<SerdeKey> {
    let mut keys = Vec::new();
    for attr in attrs.iter().filter(|attr| attr.path().is_ident("serde")) {
        let Meta::List(list) = &attr.meta else { continue };
        let _ = list.parse_args_with(|input: ParseStream<'_>| {
            while !input.is_empty() {
                keys.push(serde_key(input)?);
                if !input.is_empty() {
                    input.parse::<Token![,]>()?;
                }
            }
            Ok(())
        });
    }
    keys
}

fn serde_key(input: ParseStream<'_>) -> syn::Result<SerdeKey> {
    let key = Ident::parse_any(input)?;
    let mut tokens = key.to_token_stream();
    let mut value = SerdeValue::None;
    if input.peek(Token![=]) {
        input.parse::<Token![=]>()?.to_tokens(&mut tokens);
        if input.peek(LitStr) {
            let text: LitStr = input.parse()?;
            text.to_tokens(&mut tokens);
            value = SerdeValue::Text(text);
        }
    }
    while !ends(input) {
        value = SerdeValue::Other;
        tokens.extend([input.parse::<proc_macro2::TokenTree>()?]);
    }
    Ok(SerdeKey { key, value, tokens })
}
