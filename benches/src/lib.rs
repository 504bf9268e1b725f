//! What the benchmarks measure: the same errors as a taxonomy and written by hand, and how each is
//! called.

pub mod by_hand;
pub mod cases;
pub mod growth;
pub mod measure;
pub mod ours;
