//! The template as const data of the runtime (`aura_errors::body::template`). Only literals and
//! references to them, so that rvalues are promoted and nothing is left to evaluate.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::Path;

use super::ast::{Alternative, Item, Literal, Node, NodeKind, Place, TextPart};
use super::ready::{Ready, ReadyKind};

/// An expression of the runtime's type `Template`.
pub(crate) fn template(node: &Node, krate: &Path) -> TokenStream {
    let p = &quote!(#krate::__private);
    let node = emit_node(node, p);
    quote!(#p::Template::Json(&#node))
}

/// An expression of type `Template` for a ready-made body, written out.
pub(crate) fn ready_template(ready: &Ready, krate: &Path) -> TokenStream {
    let p = &quote!(#krate::__private);
    match ready.kind {
        ReadyKind::Json(_) => match ready.node() {
            Some(node) => template(&node, krate),
            // A unit test parses them all.
            None => quote!(#p::Template::Anything),
        },
        ReadyKind::Text => quote!(#p::Template::Text),
        ReadyKind::Empty => quote!(#p::Template::Empty),
        ReadyKind::Anything => quote!(#p::Template::Anything),
    }
}

/// The type that implements `BodyFormat`; `None` for a template written in place.
pub(crate) fn alternative_type(alternative: &Alternative, krate: &Path) -> Option<TokenStream> {
    match alternative {
        Alternative::Inline(_) => None,
        Alternative::Ready(ready) => {
            let name = format_ident!("{}", ready.type_name);
            Some(quote!(#krate::body::#name))
        }
        Alternative::Named(ty) => Some(quote!(#ty)),
    }
}

fn emit_node(node: &Node, p: &TokenStream) -> TokenStream {
    match &node.kind {
        NodeKind::Literal(literal) => {
            let literal = emit_literal(literal, p);
            quote!(#p::Node::Literal(#literal))
        }
        NodeKind::Text(parts) => {
            let parts = parts.iter().map(|part| emit_part(part, p));
            quote!(#p::Node::Text(&[#(#parts),*]))
        }
        NodeKind::Object(items) => {
            let items = items.iter().map(|item| emit_item(item, p));
            quote!(#p::Node::Object(&[#(#items),*]))
        }
        NodeKind::Array(elements) => {
            let elements = elements.iter().map(|element| emit_node(element, p));
            quote!(#p::Node::Array(&[#(#elements),*]))
        }
        NodeKind::Place(place) => {
            let place = emit_place(place, p);
            quote!(#p::Node::Place(#place))
        }
        NodeKind::Or(left, right) => {
            let (left, right) = (emit_node(left, p), emit_node(right, p));
            quote!(#p::Node::Or(&#left, &#right))
        }
        NodeKind::Bind(place, shape) => {
            let (place, shape) = (emit_place(place, p), emit_node(shape, p));
            quote!(#p::Node::Bind(#place, &#shape))
        }
    }
}

fn emit_item(item: &Item, p: &TokenStream) -> TokenStream {
    match item {
        Item::Spread(_) => quote!(#p::Item::Spread),
        Item::Member(member) => {
            let (key, optional) = (&member.key, member.optional);
            let value = emit_node(&member.value, p);
            quote!(#p::Item::Member { key: #key, optional: #optional, value: #value })
        }
    }
}

fn emit_literal(literal: &Literal, p: &TokenStream) -> TokenStream {
    match literal {
        Literal::Null => quote!(#p::Literal::Null),
        Literal::Bool(value) => quote!(#p::Literal::Bool(#value)),
        Literal::Int(value) => quote!(#p::Literal::Int(#value)),
        Literal::Float(value) => quote!(#p::Literal::Float(#value)),
        Literal::Str(value) => quote!(#p::Literal::Str(#value)),
    }
}

fn emit_part(part: &TextPart, p: &TokenStream) -> TokenStream {
    match part {
        TextPart::Literal(text) => quote!(#p::TextPart::Literal(#text)),
        TextPart::Status => quote!(#p::TextPart::Status),
        TextPart::Code => quote!(#p::TextPart::Code),
        TextPart::Name => quote!(#p::TextPart::Name),
        TextPart::RetryAfter => quote!(#p::TextPart::RetryAfter),
    }
}

fn emit_place(place: &Place, p: &TokenStream) -> TokenStream {
    match place {
        Place::Message => quote!(#p::Place::Message),
        Place::Title => quote!(#p::Place::Title),
        Place::Code => quote!(#p::Place::Code),
        Place::Name => quote!(#p::Place::Name),
        Place::Status => quote!(#p::Place::Status),
        Place::Reason => quote!(#p::Place::Reason),
        Place::Class => quote!(#p::Place::Class),
        Place::Detail => quote!(#p::Place::Detail),
        Place::Fields => quote!(#p::Place::Fields),
        Place::Field(name) => quote!(#p::Place::Field(#name)),
        Place::FieldIndex(index) => quote!(#p::Place::FieldIndex(#index)),
        Place::Slot(name) => quote!(#p::Place::Slot(#name)),
        Place::RetryAfter => quote!(#p::Place::RetryAfter),
        Place::RetryAfterMs => quote!(#p::Place::RetryAfterMs),
        Place::DocsUrl => quote!(#p::Place::DocsUrl),
        Place::Header(name) => quote!(#p::Place::Header(#name)),
    }
}
