//! The error behind a response, for whoever logs it.

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use http::Response;

use crate::{ErrorSpec, Taxonomy};

/// The error that a response was made from, in the extensions of responses from
/// [`Taxonomy::into_http`].
///
/// A layer at the edge logs from it: the error with its source chain, and its description.
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

/// An error as logs may show it: by its name alone where a field of it is sensitive.
pub(crate) struct Shown<'a, E: ?Sized>(pub(crate) &'a E);

impl<E: Taxonomy + ?Sized> fmt::Debug for Shown<'_, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.spec().is_sensitive() {
            true => f.write_str(self.0.name()),
            false => fmt::Debug::fmt(self.0, f),
        }
    }
}
