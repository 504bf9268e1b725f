//! Taxonomies that tests and examples share.

#![allow(missing_docs)]

pub mod seeds;
