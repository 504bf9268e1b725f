//! Which error a response is: one test for each sentence of the rules.

use aura_errors::{Reason, Taxonomy, Unrecognized};

mod bodies;
mod choice;
mod code;
mod fields;
mod fit;
mod nested;
mod with_code;
mod without_code;

/// Why a response was not recognised; fails where it was.
#[track_caller]
fn reason<E: Taxonomy>(result: Result<E, Unrecognized>) -> Reason {
    match result {
        Ok(error) => panic!("taken for {error:?}"),
        Err(other) => other.reason().clone(),
    }
}

#[track_caller]
fn assert_foreign<E: Taxonomy>(result: Result<E, Unrecognized>) {
    let reason = reason(result);
    assert!(matches!(reason, Reason::Foreign { .. }), "{reason:?}");
}

#[track_caller]
fn assert_unknown_code<E: Taxonomy>(result: Result<E, Unrecognized>) {
    assert_eq!(reason(result), Reason::UnknownCode);
}

#[track_caller]
fn assert_ambiguous<E: Taxonomy>(result: Result<E, Unrecognized>) {
    assert_eq!(reason(result), Reason::Ambiguous);
}

/// The variant that was chosen and the path of the field that did not fit.
#[track_caller]
fn misfit<E: Taxonomy>(result: Result<E, Unrecognized>) -> (&'static str, String) {
    match reason(result) {
        Reason::Fields { spec, path, .. } => (spec.variant(), path),
        other => panic!("{other:?}"),
    }
}
