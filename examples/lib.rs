//! The code blocks of the documents, compiled and run by `cargo test --doc`.

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub struct Readme;

#[cfg(doctest)]
#[doc = include_str!("../docs/attributes.md")]
pub struct Attributes;
