//! The hand-written errors of the workspace's benchmarks, beside the taxonomy there.
//!
//! They can express all shapes. Body: `{"error", "error_code", "detail"}`.

use aura_errors_benches::cases;

use crate::comparison::{Comparison, Pair, Shape};

/// All shapes, written and read.
///
/// # Panics
///
/// If the workspace's benchmarks have no such shape.
#[must_use]
pub fn comparisons() -> Vec<Comparison> {
    let pair = |comparisons: Vec<cases::Comparison>, shape: Shape| {
        let same = comparisons.into_iter().find(|comparison| comparison.what == shape.name());
        let same = same.unwrap_or_else(|| panic!("no benchmark is called `{}`", shape.name()));
        Pair { ours: same.ours, theirs: same.by_hand }
    };
    let compare = |shape| Comparison {
        peer: "by hand",
        shape,
        encode: pair(cases::encoding(), shape),
        decode: Some(pair(cases::decoding(), shape)),
    };
    Shape::ALL.map(compare).into()
}
