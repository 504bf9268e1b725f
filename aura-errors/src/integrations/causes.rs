//! What lies beneath the error of a client.

use std::error::Error;
use std::{io, iter};

/// Any error.
#[cfg(any(feature = "reqwest-middleware05", feature = "tower05"))]
pub(super) type BoxError = Box<dyn Error + Send + Sync>;

/// Whether a cause of the error is a `T` of which this holds.
#[cfg(feature = "reqwest013")]
pub(super) fn has<T: Error + 'static>(error: &(dyn Error + 'static), holds: impl Fn(&T) -> bool) -> bool {
    causes(error).filter_map(|cause| cause.downcast_ref::<T>()).any(holds)
}

/// The causes of an error, the error itself not included.
pub(crate) fn causes<'a>(
    error: &'a (dyn Error + 'static),
) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    iter::successors(cause(error), |error| cause(*error))
}

fn cause<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a (dyn Error + 'static)> {
    // The source of an `io::Error` is the source of the error in it, which would be passed over.
    match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
        Some(inner) => Some(inner),
        None => error.source(),
    }
}
