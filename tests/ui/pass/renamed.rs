//! The crate under another name, and nothing at all under its own.

#![deny(warnings)]

extern crate aura_errors as renamed;

mod aura_errors {}

mod errors {
    pub use renamed::*;
}

renamed::body_format! {
    Acme = { "message": message, "code": code }, crate = crate::errors
}

#[derive(Debug, thiserror::Error, renamed::Taxonomy)]
#[api(crate = renamed, body = Acme)]
enum Named {
    #[error("a")]
    #[api(404)]
    A,
}

#[derive(Debug, thiserror::Error, errors::Taxonomy)]
#[api(crate = "crate::errors")]
enum E<T> {
    #[error(transparent)]
    #[api(transparent)]
    Named(#[from] Named),
    #[error("b")]
    #[api(409)]
    B(T),
}

fn main() {
    use renamed::Taxonomy;

    assert_eq!(Named::A.code(), "a");
    assert_eq!(E::B(1).code(), "b");
}
