//! What reads the bodies of errors before they are retried: for reqwest-middleware and tower.

use std::fmt;
use std::marker::PhantomData;

use super::client::Limits;
use crate::Taxonomy;

/// Reads the bodies of errors: a layer for tower and a middleware for reqwest-middleware, innermost, so that
/// what is around it can use its verdict.
///
/// A response with a status of 400 or above is read within the limits. It then has a
/// [`Verdict`](crate::Verdict) in its extensions, with reqwest-middleware an `Idempotent` too, and is otherwise as
/// it was: status, headers, extensions, URL and body can be read once more, trailers apart. Where the body was
/// cut, [`Cut`](crate::Cut) is in the extensions too, and a `Content-Length` is that of what there is. Other
/// responses pass unread.
///
/// The time is measured with Tokio's timer.
pub struct ReadErrors<E> {
    pub(super) limits: Limits,
    error: PhantomData<fn() -> E>,
}

impl<E: Taxonomy> ReadErrors<E> {
    /// Reads within the default limits: 64 KiB in 10 seconds.
    #[must_use]
    pub fn new() -> Self {
        Self { limits: Limits::new(), error: PhantomData }
    }

    /// Reads within other limits.
    #[must_use]
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }
}

impl<E: Taxonomy> Default for ReadErrors<E> {
    fn default() -> Self {
        Self::new()
    }
}

impl<E> Clone for ReadErrors<E> {
    fn clone(&self) -> Self {
        Self { limits: self.limits, error: PhantomData }
    }
}

impl<E> fmt::Debug for ReadErrors<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReadErrors").field("limits", &self.limits).finish()
    }
}
