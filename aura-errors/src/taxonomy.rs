//! The trait at the centre: a type is the taxonomy, a value is one of its errors.

use std::borrow::Cow;

use bytes::Bytes;
use http::{Response, StatusCode};

use crate::decode::reader::{Misfit, Reader};
use crate::decode::{NotRead, Received};
use crate::encode::{Leaf, View};
use crate::{Catalog, Classify, Code, ErrorSpec, Unrecognized};

/// A type that describes all errors of an HTTP API; each of its values is one error.
///
/// Only [the derive](macro@crate::Taxonomy) implements it. A value becomes a response with
/// [`to_response`](Self::to_response) and is read back with [`from_response`](Self::from_response);
/// what a caller should do about it is answered by [`Classify`].
///
/// The trait is dyn-compatible: `&dyn Taxonomy` and `Box<dyn Taxonomy>` work, and what is behind them
/// is a [`std::error::Error`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a taxonomy",
    label = "`{Self}` does not derive `Taxonomy`",
    note = "add `#[derive(aura_errors::Taxonomy)]` to `{Self}`"
)]
pub trait Taxonomy: std::error::Error + Classify + Send + Sync + 'static {
    /// The description of this error; of the face it wears, for an `as` variant.
    fn spec(&self) -> &'static ErrorSpec;

    /// The response a server sends: status, headers and body.
    ///
    /// Never fails: an error whose body does not serialise becomes the taxonomy's plain internal
    /// error, and an empty 500 where there is none.
    fn to_response(&self) -> Response<Bytes>;

    /// The response, with the error itself and its description in the extensions
    /// ([`Sent`](crate::Sent)). Server integrations call this, so that a layer at the edge can log
    /// what happened.
    fn into_http(self) -> Response<Bytes>
    where
        Self: Sized;

    /// Reads a response back into the error it is.
    ///
    /// Responses with a status of 400–599 are read, and those with a status that some error is
    /// allowed to have by `allow_success`.
    ///
    /// # Errors
    ///
    /// A response that is not in the catalogue comes back whole as [`Unrecognized`], with the
    /// reason.
    fn from_response(response: Response<Bytes>) -> Result<Self, Unrecognized>
    where
        Self: Sized,
    {
        // Not by `map_err`, whose closure the response would be moved into, whatever was read.
        match Self::read(&response) {
            Ok(error) => Ok(error),
            Err(why) => Err(why.about(response, Self::catalog())),
        }
    }

    /// The static description of the whole taxonomy.
    fn catalog() -> &'static Catalog
    where
        Self: Sized;

    /// One example of every error that has one: those declared, and those that need no data.
    /// Nested taxonomies' examples are included; `as` variants have none, they look like the error
    /// whose face they wear.
    fn examples() -> Vec<Self>
    where
        Self: Sized;

    /// The status of the response.
    #[inline]
    fn status(&self) -> StatusCode {
        let spec = self.spec();
        if spec.is_exact() {
            return spec.status();
        }
        let mut status = spec.status();
        self.visit_leaf(&mut |leaf, spec| status = View::new(leaf, spec).status);
        status
    }

    /// The code that is written, none where the error travels without one.
    #[inline]
    fn code(&self) -> Code {
        let spec = self.spec();
        if spec.carries_code() {
            let mut code = Code::None;
            self.visit_leaf(&mut |leaf, spec| code = View::new(leaf, spec).code());
            return code;
        }
        spec.code()
    }

    /// The stable name.
    #[inline]
    fn name(&self) -> &'static str {
        self.spec().name()
    }

    /// The public message, as it stands in the body.
    fn message(&self) -> Cow<'static, str> {
        let mut message = Cow::Borrowed("");
        self.visit_leaf(&mut |leaf, spec| {
            let view = View::new(leaf, spec);
            message = view.message().unwrap_or_else(|_| Cow::Borrowed(view.reason()));
        });
        message
    }

    /// Shows the value whose face this one wears, and its description.
    #[doc(hidden)]
    fn visit_leaf(&self, visit: &mut dyn FnMut(&dyn Leaf, &'static ErrorSpec));

    /// Reads a response that stays whole.
    #[doc(hidden)]
    fn read(response: &Response<Bytes>) -> Result<Self, NotRead>
    where
        Self: Sized;

    /// Reads an error that is part of another document.
    #[doc(hidden)]
    fn read_embedded(json: &Bytes) -> Result<Self, Received>
    where
        Self: Sized;

    /// The error at a path of the merged catalogue, made from what a reader has.
    #[doc(hidden)]
    fn build_at(path: &[u16], reader: &mut Reader<'_>) -> Result<Self, Misfit>
    where
        Self: Sized;

    /// What a response says of itself.
    #[doc(hidden)]
    fn received(response: &Response<Bytes>) -> Received
    where
        Self: Sized;
}
