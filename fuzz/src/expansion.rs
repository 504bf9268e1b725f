//! What holds for whatever the macros are given.

use aura_errors_derive_sources::{body_format, derive, ready_made};
use proc_macro2::{TokenStream, TokenTree};

/// The derive answers with items: impls, or errors and stubs.
pub fn derived(input: TokenStream) {
    // As rustc does: what is no item never comes to the derive.
    if syn::parse2::<syn::DeriveInput>(input.clone()).is_err() {
        return;
    }
    let output = derive(input.clone());
    if !takes_expressions(input) {
        items(output);
    }
}

/// The other two macros are given any tokens.
pub fn formats(input: TokenStream) {
    items(body_format(input.clone()));
    items(ready_made(input));
}

fn items(output: TokenStream) {
    if let Err(error) = syn::parse2::<syn::File>(output.clone()) {
        panic!("{error} in {output}");
    }
}

/// Expressions go into the expansion as they are, and rustc says what is wrong with them.
fn takes_expressions(input: TokenStream) -> bool {
    input.into_iter().any(|tree| match tree {
        TokenTree::Ident(ident) => ident == "as" || ident == "example",
        TokenTree::Group(group) => takes_expressions(group.stream()),
        _ => false,
    })
}
