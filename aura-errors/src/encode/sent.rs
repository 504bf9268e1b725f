//! The error behind a response, for whoever logs it.

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use http::Response;

use super::shown::{self, Shown};
use crate::{ErrorSpec, Taxonomy};

/// The error that a response was made from, in the extensions of responses from
/// [`Taxonomy::into_http`].
///
/// A layer at the edge logs from it: the error with its source chain, and its description. The
/// feature `tracing` has one.
#[derive(Clone)]
pub struct Sent {
    error: Arc<dyn Taxonomy>,
    spec: &'static ErrorSpec,
}

impl Sent {
    /// The error as the handler returned it.
    #[must_use]
    pub fn error(&self) -> &Arc<dyn Taxonomy> {
        &self.error
    }

    /// The description of what the client was told.
    #[must_use]
    pub fn spec(&self) -> &'static ErrorSpec {
        self.spec
    }

    /// The error's own text, as logs may show it: one line of at most 1000 characters, control
    /// characters escaped.
    ///
    /// Of an error with a sensitive field it is the public message and the fields, those that are
    /// sensitive redacted.
    #[must_use]
    pub fn text(&self) -> String {
        shown::text_of(&*self.error)
    }

    /// What the error's causes say, the nearest first: at most 16 lines of at most 1000 characters.
    ///
    /// A cause whose text the error before it ends with, as in `#[error("database: {0}")]`, is left
    /// out. An error with a sensitive field has none here: what it was made from may quote the
    /// secret.
    #[must_use]
    pub fn causes(&self) -> Vec<String> {
        shown::causes_of(&*self.error)
    }

    /// The `X-Request-Id` that another service answered with, where its answer is among the causes as a
    /// [`CallError`](crate::CallError), and is 1–128 visible ASCII characters.
    #[must_use]
    pub fn upstream_request_id(&self) -> Option<&str> {
        shown::upstream_request_id(&*self.error)
    }
}

/// [`Taxonomy::into_http`], called by generated code.
#[doc(hidden)]
pub fn into_http<E: Taxonomy>(error: E) -> Response<Bytes> {
    let mut response = error.to_response();
    let spec = error.spec();
    response.extensions_mut().insert(Sent { error: Arc::new(error), spec });
    response
}

impl fmt::Debug for Sent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sent").field("error", &Shown(&*self.error)).field("spec", self.spec).finish()
    }
}
