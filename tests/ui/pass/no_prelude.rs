//! Nothing of the prelude, and crates of our own in place of those the expansion might name.

#![no_implicit_prelude]
#![deny(warnings)]

mod core {}
mod std {}
mod alloc {}
mod serde {}
mod http {}

#[derive(::std::fmt::Debug, ::thiserror::Error, ::aura_errors::Taxonomy)]
#[api(body = { "error": message, "code": code, ..fields })]
enum E {
    #[error("a")]
    #[api(404)]
    A,
    #[error("b {id}")]
    #[api(409, detail = "no {id}")]
    B { id: ::std::string::String },
}

fn main() {
    ::std::assert_eq!(::aura_errors::Taxonomy::code(&E::A), "a");
}
