//! Body templates: JSON with Rust literals and placeholders, as `body = …` and `body_format!` take
//! them (docs/attributes.md, "Body templates").
//!
//! [`parse`] reads tokens into the types of [`ast`], [`ready`] holds the ready-made bodies in the
//! same notation, [`emit`] turns a template into the runtime's const data, [`walk`] answers what the
//! checks ask of one, and [`show`] writes it out again for documentation.

pub(crate) mod ast;
pub(crate) mod emit;
pub(crate) mod parse;
pub(crate) mod ready;
pub(crate) mod show;
pub(crate) mod suggest;
pub(crate) mod walk;

mod literal;
mod place;
mod text;
pub(crate) mod tokens;

#[cfg(test)]
mod mistakes;
#[cfg(test)]
mod tests;
