//! Other crates that do part of the job, each beside a taxonomy that describes the same responses.
//!
//! A module a peer: what it can say of the four shapes, its errors as its documentation writes them,
//! a taxonomy of the same bodies, and how both are called.

pub mod api_error;
pub mod by_hand;
pub mod cf_gears;
pub mod comparison;
pub mod conjure;
pub mod doxa;
pub mod problem_details;

use comparison::Comparison;

/// All peers, with the hand-written errors first.
#[must_use]
pub fn comparisons() -> Vec<Comparison> {
    let each = [
        by_hand::comparisons(),
        api_error::comparisons(),
        doxa::comparisons(),
        problem_details::comparisons(),
        cf_gears::comparisons(),
        conjure::comparisons(),
    ];
    each.into_iter().flatten().collect()
}
