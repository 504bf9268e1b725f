//! What the fuzz targets share: inputs, taxonomies, and what has to hold.

#![forbid(unsafe_code)]

pub mod check;
pub mod expansion;
pub mod input;
pub mod rewrite;
pub mod source;
pub mod taxonomies;
