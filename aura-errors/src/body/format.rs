//! Body formats: named templates, and formats implemented by hand.

use std::borrow::Cow;
use std::io;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::template::{Node, Template};
use crate::{Code, ErrorSpec, RetryAfter};

/// A body shape with a name, for `#[api(body = Name)]`.
///
/// Written with [`body_format!`](crate::body_format) where a template can say it. Where it cannot
/// (the identity sits in several places, say), it is implemented by hand: [`write`](Self::write)
/// one error's body and [`identify`](Self::identify) what a received body names.
///
/// # Example
///
/// ```
/// use aura_errors::body::{BodyFormat, BodyView, ErrorView, Identity};
///
/// /// `code=not_found&message=Not%20found`-like bodies: two lines of text.
/// pub struct TwoLines;
///
/// impl BodyFormat for TwoLines {
///     const CONTENT_TYPE: Option<&'static str> = Some("text/plain; charset=utf-8");
///
///     fn write(error: &ErrorView<'_>, out: &mut Vec<u8>) -> std::io::Result<()> {
///         use std::io::Write;
///         write!(out, "{}\n{}", error.code(), error.message())
///     }
///
///     fn identify<'a>(body: &BodyView<'a>) -> Option<Identity<'a>> {
///         let (code, message) = std::str::from_utf8(body.bytes()).ok()?.split_once('\n')?;
///         Some(Identity::new().with_code(code).with_message(message))
///     }
/// }
/// # #[derive(Debug, PartialEq)] struct E;
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a body format",
    label = "not a body format",
    note = "define one with `aura_errors::body_format! {{ pub Name = {{ … }} }}`, or implement `aura_errors::body::BodyFormat` by hand"
)]
pub trait BodyFormat: 'static {
    /// The content type of bodies in this format; `None` sends none. An annotation's
    /// `content_type` wins.
    const CONTENT_TYPE: Option<&'static str> = Some("application/json");

    #[doc(hidden)]
    const TEMPLATE: Option<Template> = None;

    /// Appends the body of one error to `out`.
    ///
    /// Called only for formats implemented by hand.
    ///
    /// # Errors
    ///
    /// On any error the response becomes the taxonomy's plain internal error.
    fn write(error: &ErrorView<'_>, out: &mut Vec<u8>) -> io::Result<()> {
        let _ = (error, out);
        Err(io::Error::other("this body format is a template"))
    }

    /// Reads what the body names. `None`: the body does not have this shape.
    ///
    /// Called only for formats implemented by hand.
    fn identify<'a>(body: &BodyView<'a>) -> Option<Identity<'a>> {
        let _ = body;
        None
    }

    /// The JSON Schema (2020-12) of one error's body; `None`: nothing is said about it.
    ///
    /// Called only for formats implemented by hand.
    fn schema(error: &ErrorSpec) -> Option<serde_json::Value> {
        let _ = error;
        None
    }
}

/// One alternative of a body, as a constant.
#[doc(hidden)]
#[derive(Clone, Copy)]
pub struct Format {
    pub(crate) template: Option<Template>,
    pub(crate) content_type: Option<&'static str>,
    pub(crate) write: fn(&ErrorView<'_>, &mut Vec<u8>) -> io::Result<()>,
    pub(crate) identify: for<'a> fn(&BodyView<'a>) -> Option<Identity<'a>>,
    pub(crate) schema: fn(&ErrorSpec) -> Option<serde_json::Value>,
}

/// The format of templates written out in an annotation.
struct Inline;

impl BodyFormat for Inline {}

impl Format {
    /// A template written out in an annotation.
    #[must_use]
    pub const fn inline(template: Template) -> Self {
        let mut format = Self::of::<Inline>();
        format.template = Some(template);
        format
    }

    /// A named format.
    #[must_use]
    pub const fn of<F: BodyFormat>() -> Self {
        Self {
            template: F::TEMPLATE,
            content_type: F::CONTENT_TYPE,
            write: F::write,
            identify: F::identify,
            schema: F::schema,
        }
    }

    pub(crate) const fn node(&self) -> Option<&'static Node> {
        match self.template {
            Some(Template::Json(node)) => Some(node),
            _ => None,
        }
    }
}

/// One error on its way into a body: what a [`BodyFormat`] implemented by hand writes from.
///
/// Holds nothing that may not be public: hidden and skipped fields cannot be reached from here. What
/// does not serialise is empty here, and the response becomes the taxonomy's plain internal error.
#[non_exhaustive]
pub struct ErrorView<'a> {
    leaf: crate::encode::View<'a>,
    /// Something could not be written, whatever the format made of its absence.
    failed: std::cell::Cell<bool>,
}

impl<'a> ErrorView<'a> {
    pub(crate) fn new(leaf: crate::encode::View<'a>) -> Self {
        Self { leaf, failed: std::cell::Cell::new(false) }
    }

    pub(crate) fn has_failed(&self) -> bool {
        self.failed.get()
    }

    fn noted<T: Default>(&self, result: Result<T, crate::encode::Unwritable>) -> T {
        result.unwrap_or_else(|_| {
            self.failed.set(true);
            T::default()
        })
    }

    /// The description of the error.
    #[must_use]
    pub fn spec(&self) -> &'static ErrorSpec {
        self.leaf.spec
    }

    /// The status of the response.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.leaf.status
    }

    /// The code that is written, none where the error travels without one.
    #[must_use]
    pub fn code(&self) -> Code {
        self.leaf.code()
    }

    /// The public message.
    #[must_use]
    pub fn message(&self) -> Cow<'static, str> {
        self.noted(self.leaf.message())
    }

    /// The `detail`: the declared one, else the single unnamed field, else the object of named
    /// fields, else `None`.
    #[must_use]
    pub fn detail(&self) -> Option<serde_json::Value> {
        self.noted(self.leaf.detail())
    }

    /// The named fields that travel in the body, by their names on the wire.
    #[must_use]
    pub fn fields(&self) -> serde_json::Map<String, serde_json::Value> {
        self.noted(self.leaf.fields())
    }

    /// The delay, where the error has one.
    #[must_use]
    pub fn retry_after(&self) -> Option<RetryAfter> {
        self.leaf.retry_after()
    }
}

/// A received response: what a [`BodyFormat`] implemented by hand reads.
#[non_exhaustive]
#[derive(Clone, Copy)]
pub struct BodyView<'a> {
    pub(crate) status: u16,
    pub(crate) headers: &'a HeaderMap,
    pub(crate) body: &'a Bytes,
}

impl<'a> BodyView<'a> {
    /// The status of the response.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status
    }

    /// The headers of the response.
    #[must_use]
    pub fn headers(&self) -> &'a HeaderMap {
        self.headers
    }

    /// The whole body.
    #[must_use]
    pub fn bytes(&self) -> &'a [u8] {
        self.body
    }
}

/// What a received body names: returned by [`BodyFormat::identify`].
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct Identity<'a> {
    pub(crate) code: Option<Cow<'a, str>>,
    pub(crate) message: Option<Cow<'a, str>>,
    pub(crate) detail: Option<Cow<'a, str>>,
    pub(crate) fields: Vec<(Cow<'a, str>, Cow<'a, str>)>,
    pub(crate) retry_after: Option<Cow<'a, str>>,
}

impl<'a> Identity<'a> {
    /// Nothing named yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// The code; an empty one counts as none.
    pub fn with_code(mut self, code: impl Into<Cow<'a, str>>) -> Self {
        self.code = Some(code.into());
        self
    }

    /// The message.
    pub fn with_message(mut self, message: impl Into<Cow<'a, str>>) -> Self {
        self.message = Some(message.into());
        self
    }

    /// The detail, as JSON text.
    pub fn with_detail(mut self, json: impl Into<Cow<'a, str>>) -> Self {
        self.detail = Some(json.into());
        self
    }

    /// One field by its name on the wire, as JSON text.
    pub fn with_field(mut self, name: impl Into<Cow<'a, str>>, json: impl Into<Cow<'a, str>>) -> Self {
        self.fields.push((name.into(), json.into()));
        self
    }

    /// The delay, as the JSON text of a number of seconds or of a text such as `"48s"`.
    pub fn with_retry_after(mut self, json: impl Into<Cow<'a, str>>) -> Self {
        self.retry_after = Some(json.into());
        self
    }
}
