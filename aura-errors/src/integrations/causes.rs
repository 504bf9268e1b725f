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

/// How far a chain of causes is followed: nothing keeps one from being endless.
const DEPTH: usize = 16;

/// The causes of an error, the error itself not included.
pub(crate) fn causes<'a>(
    error: &'a (dyn Error + 'static),
) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    iter::successors(cause(error), |error| cause(*error)).take(DEPTH)
}

fn cause<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a (dyn Error + 'static)> {
    // The source of an `io::Error` is the source of the error in it, which would be passed over.
    match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
        Some(inner) => Some(inner),
        None => error.source(),
    }
}

#[cfg(test)]
mod tests {
    use std::fmt;

    use super::*;

    /// Its own cause.
    #[derive(Debug)]
    struct Endless;

    impl Error for Endless {
        fn source(&self) -> Option<&(dyn Error + 'static)> {
            Some(self)
        }
    }

    impl fmt::Display for Endless {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("again")
        }
    }

    #[test]
    fn an_endless_chain_is_left() {
        assert_eq!(causes(&Endless).count(), DEPTH);
        let transport = crate::Transport::new(crate::TransportKind::Other, true, Endless);
        assert_eq!(transport.to_string(), "no usable answer: again");
    }
}
