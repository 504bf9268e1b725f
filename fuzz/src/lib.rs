//! What the fuzz targets share: inputs, taxonomies, and what has to hold.

#![forbid(unsafe_code)]

pub mod check;
pub mod edits;
pub mod expansion;
pub mod html;
pub mod input;
pub mod lock;
pub mod members;
pub mod pages;
pub mod rewrite;
pub mod source;
pub mod taxonomies;
