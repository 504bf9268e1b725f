//! From a value to its response.

mod compile;
mod fallback;
pub(crate) mod plan;
mod sent;
pub(crate) mod shown;
pub(crate) mod sink;
mod write;

use std::borrow::Cow;
use std::fmt::{self, Write as _};

use bytes::Bytes;
use http::{Response, StatusCode};

pub(crate) use self::compile::{Op, compile, literal_json, member_head};
use self::fallback::fallback;
#[doc(hidden)]
pub use self::fallback::or_fallback;
use self::plan::{Body, Plan};
pub use self::sent::Sent;
#[doc(hidden)]
pub use self::sent::into_http;
pub(crate) use self::shown::{Shown, open_message};
use self::sink::{Outcome, Sink};
use crate::body::ErrorView;
use crate::body::layout::{Detail, Layout};
use crate::private::Derived;
use crate::spec::{FieldRole, MessageSource, SpecCode, TextSource};
use crate::{Code, ErrorSpec, RetryAfter, Taxonomy};

/// One value of a derived type that is an error of its own (not nested, not wearing another's face).
///
/// Implemented by the derive.
#[doc(hidden)]
pub trait Leaf: fmt::Display + Send + Sync {
    /// The index in the own catalogue's errors.
    fn leaf_index(&self) -> usize;

    /// Hands the field with this index (of [`SpecData::fields`](crate::spec::SpecData)) over.
    fn leaf_field(&self, index: usize, sink: &mut Sink<'_>);

    /// Writes the declared text, its placeholders filled in.
    fn leaf_text(&self, text: LeafText, f: &mut fmt::Formatter<'_>) -> fmt::Result;
}

/// Which declared text of a variant is meant.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeafText {
    Message,
    Detail,
}

/// A declared text of a value, as something to display.
struct Text<'a>(&'a dyn Leaf, LeafText);

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.leaf_text(self.1, f)
    }
}

/// The value could not be written as its body.
#[derive(Debug)]
pub(crate) struct Unwritable;

/// One value with its description.
#[derive(Clone, Copy)]
pub(crate) struct View<'a> {
    pub(crate) leaf: &'a dyn Leaf,
    pub(crate) spec: &'static ErrorSpec,
    pub(crate) status: StatusCode,
}

impl<'a> View<'a> {
    pub(crate) fn new(leaf: &'a dyn Leaf, spec: &'static ErrorSpec) -> Self {
        let mut view = Self { leaf, spec, status: spec.status() };
        if let Some(field) = spec.role(FieldRole::Status) {
            let mut status = None;
            leaf.leaf_field(field, &mut Sink::status(&mut status));
            // A status the error does not have goes out as its lowest.
            if let Some(status) = status.filter(|status| spec.has_status(*status)) {
                view.status = StatusCode::from_u16(status).unwrap_or(view.status);
            }
        }
        view
    }

    /// As [`new`](Self::new), by what the plan knows.
    #[inline]
    fn planned(leaf: &'a dyn Leaf, spec: &'static ErrorSpec, plan: &Plan) -> Self {
        if plan.has_status { Self::new(leaf, spec) } else { Self { leaf, spec, status: plan.status } }
    }

    fn json(&self, field: usize) -> Result<Option<Vec<u8>>, Unwritable> {
        let mut out = Vec::new();
        let mut outcome = Outcome::Skipped;
        self.leaf.leaf_field(field, &mut Sink::json(&mut out, &mut outcome));
        match outcome {
            Outcome::Written => Ok((out != b"null").then_some(out)),
            Outcome::Skipped => Ok(None),
            Outcome::Failed => Err(Unwritable),
        }
    }

    fn value(&self, field: usize) -> Result<Option<serde_json::Value>, Unwritable> {
        let json = self.json(field)?;
        json.map(|json| serde_json::from_slice(&json).map_err(|_| Unwritable)).transpose()
    }

    /// The code that is written: the one received, for an error that carries it.
    pub(crate) fn code(&self) -> Code {
        let Some(field) = self.spec.role(FieldRole::Code) else { return self.spec.code() };
        match self.value(field) {
            Ok(Some(serde_json::Value::String(text))) if !text.is_empty() => {
                let code = Code::from(text);
                match (self.spec.data.code, code.as_int()) {
                    (SpecCode::Int(_), Some(number)) => Code::Int(number),
                    _ => code,
                }
            }
            // It came without one; only a code that always travels is written all the same.
            _ if self.spec.code_is_optional() => Code::None,
            _ => self.spec.code(),
        }
    }

    pub(crate) fn message(&self) -> Result<Cow<'static, str>, Unwritable> {
        Ok(match self.spec.data.message {
            MessageSource::Text(TextSource::Static(text)) => Cow::Borrowed(text),
            MessageSource::Text(TextSource::Format(_)) => {
                Cow::Owned(displayed(&Text(self.leaf, LeafText::Message))?)
            }
            MessageSource::Display => Cow::Owned(displayed(self.leaf)?),
            MessageSource::Field(field) => match self.value(field)? {
                Some(serde_json::Value::String(text)) => Cow::Owned(text),
                Some(other) => Cow::Owned(other.to_string()),
                None => Cow::Borrowed(self.reason()),
            },
            MessageSource::Reason => Cow::Borrowed(self.reason()),
        })
    }

    pub(crate) fn reason(&self) -> &'static str {
        crate::spec::reason_of(self.status.as_u16())
    }

    pub(crate) fn detail(&self) -> Result<Option<serde_json::Value>, Unwritable> {
        Ok(match Layout::new(self.spec, None).detail {
            Detail::Text(TextSource::Static(text)) => Some(text.into()),
            Detail::Text(TextSource::Format(_)) => {
                Some(displayed(&Text(self.leaf, LeafText::Detail))?.into())
            }
            Detail::Field(field) => self.value(field)?,
            Detail::Object(_) => Some(self.fields()?.into()),
            Detail::Absent => None,
        })
    }

    pub(crate) fn fields(&self) -> Result<serde_json::Map<String, serde_json::Value>, Unwritable> {
        let mut map = serde_json::Map::new();
        for index in Layout::new(self.spec, None).spread {
            let field = &self.spec.data.fields[index].data;
            match self.value(index)? {
                Some(serde_json::Value::Object(members)) if field.flatten => map.extend(members),
                Some(value) => {
                    map.insert(field.wire.to_owned(), value);
                }
                None => {}
            }
        }
        Ok(map)
    }

    pub(crate) fn retry_after(&self) -> Option<RetryAfter> {
        let field = self.spec.role(FieldRole::RetryAfter)?;
        let mut delay = None;
        self.leaf.leaf_field(field, &mut Sink::retry_after(&mut delay));
        delay
    }
}

/// A text that may refuse to be displayed, without the panic of `to_string`.
fn displayed(text: &(impl fmt::Display + ?Sized)) -> Result<String, Unwritable> {
    let mut out = String::new();
    write!(out, "{text}").map_err(|_| Unwritable)?;
    Ok(out)
}

/// The response of one own error, called by generated code.
#[doc(hidden)]
#[inline]
pub fn respond<E: Derived>(error: &E) -> Response<Bytes> {
    let index = error.leaf_index();
    let plan = &E::runtime().plans(E::CATALOG)[index];
    let view = || View::planned(error, &E::CATALOG.errors()[index], plan);
    if let Body::Static(body) = &plan.body {
        return with_body(plan, view, body.clone());
    }
    let view = view();
    match body_of(view, &plan.body) {
        Ok(body) => with_body(plan, || view, body),
        Err(Unwritable) => fallback::<E>(index),
    }
}

/// Inlined, and the response is made last of all: one whose headers were borrowed is moved as a whole when
/// it is returned, which takes as long as writing a header.
#[inline]
fn with_body<'a>(plan: &Plan, view: impl FnOnce() -> View<'a>, body: Bytes) -> Response<Bytes> {
    let (mut head, ()) = Response::new(()).into_parts();
    head.status = plan.status;
    plan.add_headers(&mut head.headers);
    if plan.asks_value {
        plan.add_head_of(view(), &mut head);
    }
    Response::from_parts(head, body)
}

fn body_of(view: View<'_>, body: &Body) -> Result<Bytes, Unwritable> {
    Ok(match body {
        Body::Static(body) => body.clone(),
        Body::Json { ops, capacity } => write::json(view, ops, *capacity)?,
        Body::Message => {
            let message = view.message()?;
            // An empty body would not be read back.
            Bytes::from(if message.trim().is_empty() { view.reason().into() } else { message.into_owned() })
        }
        Body::Custom(format) => {
            let (mut out, error) = (Vec::new(), ErrorView::new(view));
            (format.write)(&error, &mut out).map_err(|_| Unwritable)?;
            if error.has_failed() {
                return Err(Unwritable);
            }
            Bytes::from(out)
        }
    })
}

/// The JSON body of an error, for embedding it in another document. `None` where its body is not
/// JSON.
pub(crate) fn json_body<E: Taxonomy>(error: &E) -> Option<serde_json::Value> {
    serde_json::from_slice(error.to_response().body()).ok()
}
