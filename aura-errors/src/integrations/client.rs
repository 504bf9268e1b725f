//! What the clients share: how much of an error's body is read, and what a status alone says.

use std::time::Duration;

use bytes::BytesMut;
#[cfg(any(feature = "reqwest013", feature = "ureq3"))]
use {
    bytes::Bytes,
    http::{Response, StatusCode},
};

use crate::Cut;

/// How much of an error's body is read, and for how long.
///
/// A limit stops a body that is too large or endless, the timeout one that stalls. The response is
/// then read from what there is of it, with [`Cut`](crate::Cut) in its extensions.
///
/// ```
/// # use std::time::Duration;
#[cfg_attr(feature = "reqwest013", doc = "# use aura_errors::reqwest::Limits;")]
#[cfg_attr(all(feature = "ureq3", not(feature = "reqwest013")), doc = "# use aura_errors::ureq::Limits;")]
#[cfg_attr(not(any(feature = "reqwest013", feature = "ureq3")), doc = "# use aura_errors::tower::Limits;")]
/// let limits = Limits::new().body(16 * 1024).timeout(Duration::from_secs(2));
/// # let _ = limits;
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub struct Limits {
    pub(super) body: usize,
    pub(super) timeout: Duration,
}

impl Limits {
    /// 64 KiB in 10 seconds.
    pub const fn new() -> Self {
        Self { body: 64 * 1024, timeout: Duration::from_secs(10) }
    }

    /// As many bytes of the body are read, after the client has decompressed it. With 0 only an empty
    /// body is not cut.
    pub const fn body(mut self, bytes: usize) -> Self {
        self.body = bytes;
        self
    }

    /// The time for the body from its first byte to its last. The client's own timeouts hold beside
    /// it.
    pub const fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self::new()
    }
}

/// Adds a chunk of a body, as far as there is room for it.
pub(super) fn add(body: &mut BytesMut, chunk: &[u8], limit: usize) -> Result<(), Cut> {
    let room = limit.saturating_sub(body.len());
    body.extend_from_slice(&chunk[..chunk.len().min(room)]);
    if chunk.len() > room { Err(Cut) } else { Ok(()) }
}

/// What is left of a response whose body the client threw away.
#[cfg(any(feature = "reqwest013", feature = "ureq3"))]
pub(super) fn status_alone(status: StatusCode) -> Response<Bytes> {
    let mut response = Response::new(Bytes::new());
    *response.status_mut() = status;
    response.extensions_mut().insert(Cut);
    response
}
