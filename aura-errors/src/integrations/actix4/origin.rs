//! The error that a response was made from.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use actix_web::body::BoxBody;
use actix_web::http::StatusCode;
use actix_web::{Error, HttpResponse, ResponseError};

use super::convert;
use crate::{ErrorSpec, Sent, Taxonomy};

/// In the extensions of a response that a taxonomy made: what the error is, and how to find it in what
/// actix keeps of it. [`ResponseError`] only lends the error, so it cannot be in the extensions itself.
#[derive(Clone, Copy)]
struct Origin {
    spec: &'static ErrorSpec,
    find: for<'a> fn(&'a Error) -> Option<&'a dyn Taxonomy>,
}

/// What `#[api(actix)]` implements `error_response` with.
#[doc(hidden)]
pub fn respond<E: Taxonomy + ResponseError>(error: &E) -> HttpResponse {
    let (head, body) = error.to_response().into_parts();
    let mut response = HttpResponse::with_body(convert::status(head.status), BoxBody::new(body));
    convert::write_headers(&head.headers, response.headers_mut());
    let origin = Origin { spec: error.spec(), find: |error| error.as_error::<E>().map(|error| error as _) };
    response.extensions_mut().insert(origin);
    response
}

/// What `#[api(actix)]` implements `status_code` with.
#[doc(hidden)]
pub fn status<E: Taxonomy>(error: &E) -> StatusCode {
    convert::status(error.status())
}

/// The description of the error that this response was made from, whoever holds the error.
pub(super) fn spec_behind<B>(response: &HttpResponse<B>) -> Option<&'static ErrorSpec> {
    let extensions = response.extensions();
    let sent = extensions.get::<Sent>().map(Sent::spec);
    sent.or_else(|| extensions.get::<Origin>().map(|origin| origin.spec))
}

/// Whether an error of a taxonomy was rendered as this response; not one that took the place of another.
#[cfg(feature = "tracing")]
pub(super) fn is_rendered<B>(response: &HttpResponse<B>) -> bool {
    response.extensions().get::<Origin>().is_some()
}

/// Whether this is the error that makes such a response each time that it is asked; another, as
/// `InternalError`, has given away the only one.
pub(super) fn makes<B>(error: &Error, response: &HttpResponse<B>) -> bool {
    let origin = response.extensions().get::<Origin>().copied();
    origin.is_some_and(|origin| (origin.find)(error).is_some())
}

/// The error of a taxonomy that a response was made from, with its causes; `None` where there is none.
///
/// An error that a handler returned stays in [`HttpResponse::error`]. One that
/// [`ErrorMiddleware`](super::ErrorMiddleware) put in place of actix's is in the response's extensions, as
/// [`Sent`]; actix's own is then [`HttpResponse::error`]. A response that the application made by itself
/// with [`ResponseError::error_response`] does not hold its error, so there is none;
/// [`error_label`] and the log name it all the same.
///
/// ```
/// use actix_web::HttpResponse;
/// use aura_errors::{Taxonomy, actix::error_of};
///
/// #[derive(Debug, thiserror::Error, Taxonomy)]
/// #[error("Gone")]
/// #[api(actix, 410)]
/// struct Gone;
///
/// let response = HttpResponse::from_error(Gone);
/// assert_eq!(error_of(&response).unwrap().name(), "gone");
/// assert!(error_of(&HttpResponse::NotFound().finish()).is_none());
/// ```
#[must_use]
pub fn error_of<B>(response: &HttpResponse<B>) -> Option<ErrorRef<'_>> {
    error_behind(response, response.error())
}

/// The same of a response that does not hold the error that it was rendered from.
pub(super) fn error_behind<'a, B>(
    response: &HttpResponse<B>,
    error: Option<&'a Error>,
) -> Option<ErrorRef<'a>> {
    let (sent, origin) = {
        let extensions = response.extensions();
        (extensions.get::<Sent>().cloned(), extensions.get::<Origin>().copied())
    };
    match sent {
        Some(sent) => Some(ErrorRef(Holder::Sent(Arc::clone(sent.error())))),
        None => (origin?.find)(error?).map(|error| ErrorRef(Holder::Returned(error))),
    }
}

/// What a response counts as in metrics: [`aura_errors::error_label`](crate::error_label) of actix's
/// response.
///
/// ```
/// use actix_web::HttpResponse;
/// use aura_errors::actix::error_label;
///
/// assert_eq!(error_label(&HttpResponse::NotFound().finish()), Some("http_404"));
/// assert_eq!(error_label(&HttpResponse::Ok().finish()), None);
/// ```
#[must_use]
pub fn error_label<B>(response: &HttpResponse<B>) -> Option<&'static str> {
    match spec_behind(response) {
        Some(spec) => Some(spec.name()),
        None => crate::label::of_status(convert::to_http(response.status())),
    }
}

/// An error of a taxonomy, from [`error_of`].
pub struct ErrorRef<'a>(Holder<'a>);

enum Holder<'a> {
    Returned(&'a dyn Taxonomy),
    Sent(Arc<dyn Taxonomy>),
}

impl Deref for ErrorRef<'_> {
    type Target = dyn Taxonomy;

    fn deref(&self) -> &dyn Taxonomy {
        match &self.0 {
            Holder::Returned(error) => *error,
            Holder::Sent(error) => &**error,
        }
    }
}

impl fmt::Debug for ErrorRef<'_> {
    /// By its name alone where a field of it is sensitive.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&crate::encode::Shown(&**self), f)
    }
}
