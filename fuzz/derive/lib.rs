//! The derive as a library: a procedural macro cannot be linked, so its sources are compiled again.

#![forbid(unsafe_code)]

#[path = "../../aura-errors-derive/src/attr/mod.rs"]
mod attr;
#[path = "../../aura-errors-derive/src/body_format.rs"]
mod body_format;
#[path = "../../aura-errors-derive/src/case.rs"]
mod case;
#[path = "../../aura-errors-derive/src/check/mod.rs"]
mod check;
#[path = "../../aura-errors-derive/src/ctxt.rs"]
mod ctxt;
#[path = "../../aura-errors-derive/src/doc.rs"]
mod doc;
#[path = "../../aura-errors-derive/src/expand/mod.rs"]
mod expand;
#[path = "../../aura-errors-derive/src/lower.rs"]
mod lower;
#[path = "../../aura-errors-derive/src/model.rs"]
mod model;
#[path = "../../aura-errors-derive/src/names.rs"]
mod names;
#[path = "../../aura-errors-derive/src/template/mod.rs"]
mod template;

use proc_macro2::TokenStream;

/// `#[derive(Taxonomy)]`.
pub fn derive(input: TokenStream) -> TokenStream {
    expand::derive(input)
}

/// `body_format! { … }`.
pub fn body_format(input: TokenStream) -> TokenStream {
    body_format::expand_body_format(input)
}

/// `ready_made! { … }`, which the runtime crate alone uses.
pub fn ready_made(input: TokenStream) -> TokenStream {
    body_format::expand_ready_made(input)
}
