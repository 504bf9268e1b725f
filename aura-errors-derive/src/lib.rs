//! The derive macro and the `body_format!` macro of `aura-errors`, which re-exports and documents
//! them.

#![forbid(unsafe_code)]

mod attr;
mod body_format;
mod case;
mod check;
mod ctxt;
mod doc;
mod expand;
mod lower;
mod model;
mod names;
mod template;

use proc_macro::TokenStream;

#[allow(missing_docs, reason = "documented on the re-export, where its examples compile")]
#[proc_macro_derive(Taxonomy, attributes(api, serde))]
pub fn derive_taxonomy(input: TokenStream) -> TokenStream {
    expand::derive(input.into()).into()
}

#[allow(missing_docs, reason = "documented on the re-export, where its examples compile")]
#[proc_macro]
pub fn body_format(input: TokenStream) -> TokenStream {
    body_format::expand_body_format(input.into()).into()
}

/// The ready-made bodies of `aura-errors` itself.
#[doc(hidden)]
#[proc_macro]
pub fn ready_made(input: TokenStream) -> TokenStream {
    body_format::expand_ready_made(input.into()).into()
}
