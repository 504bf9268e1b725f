//! The code blocks of the documents, compiled and run by `cargo test --doc`.
//!
//! This crate stands for the one that server and clients share: its only item is the enum of the README's
//! first example, which the others use.

#[rustfmt::skip] // As the README shows it.
#[allow(missing_docs)]
mod shop_error;

pub use shop_error::ShopError;

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub struct Readme;

#[cfg(doctest)]
#[doc = include_str!("attributes.md")]
pub struct Attributes;

#[cfg(doctest)]
#[doc = include_str!("contract.md")]
pub struct Contract;
