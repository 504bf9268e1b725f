//! How the value of one field leaves the enum.
//!
//! The derive emits one method that hands field `i` to a [`Sink`], by a method named after the
//! field's role; what is done with it depends on what the encoder wants at that moment.

use std::fmt::{Display, Write as _};

use http::{HeaderValue, StatusCode};
use serde::Serialize;

use crate::RetryAfter;

/// Takes the value of one field, in the form that is wanted.
#[doc(hidden)]
pub struct Sink<'a> {
    want: Want<'a>,
}

enum Want<'a> {
    Json { out: &'a mut Vec<u8>, outcome: &'a mut Outcome },
    Header(&'a mut Option<HeaderValue>),
    RetryAfter(&'a mut Option<RetryAfter>),
    Status(&'a mut Option<u16>),
}

/// What became of a field that was to be written as JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Something was appended; it may be `null`.
    Written,
    /// Nothing was appended: the field is not to be written.
    Skipped,
    /// The value does not serialise; what was appended is not JSON.
    Failed,
}

impl<'a> Sink<'a> {
    pub(crate) fn json(out: &'a mut Vec<u8>, outcome: &'a mut Outcome) -> Self {
        Self { want: Want::Json { out, outcome } }
    }

    pub(crate) fn header(out: &'a mut Option<HeaderValue>) -> Self {
        Self { want: Want::Header(out) }
    }

    pub(crate) fn retry_after(out: &'a mut Option<RetryAfter>) -> Self {
        Self { want: Want::RetryAfter(out) }
    }

    pub(crate) fn status(out: &'a mut Option<u16>) -> Self {
        Self { want: Want::Status(out) }
    }
}

/// One method per form of a field, called by generated code.
impl Sink<'_> {
    #[inline]
    pub fn put_json<T: Serialize + ?Sized>(&mut self, value: &T) {
        if let Want::Json { out, outcome } = &mut self.want {
            **outcome = match serde_json::to_writer(&mut **out, value) {
                Ok(()) => Outcome::Written,
                Err(_) => Outcome::Failed,
            };
        }
    }

    /// For `serialize_with`: hands the serializer to the function.
    pub fn put_json_with<F, R>(&mut self, write: F)
    where
        F: FnOnce(&mut serde_json::Serializer<&mut Vec<u8>>) -> Result<R, serde_json::Error>,
    {
        if let Want::Json { out, outcome } = &mut self.want {
            let mut serializer = serde_json::Serializer::new(&mut **out);
            **outcome = match write(&mut serializer) {
                Ok(_) => Outcome::Written,
                Err(_) => Outcome::Failed,
            };
        }
    }

    /// For `skip_serializing_if`.
    pub fn put_nothing(&mut self) {
        if let Want::Json { outcome, .. } = &mut self.want {
            **outcome = Outcome::Skipped;
        }
    }

    pub fn put_retry_after(&mut self, value: Option<RetryAfter>) {
        if let Want::RetryAfter(out) = &mut self.want {
            **out = value;
        }
    }

    pub fn put_status(&mut self, value: Option<u16>) {
        if let Want::Status(out) = &mut self.want {
            **out = value;
        }
    }

    pub fn put_header_value<'v>(&mut self, value: impl Into<Option<&'v HeaderValue>>) {
        if let Want::Header(out) = &mut self.want {
            **out = value.into().cloned();
        }
    }

    /// A text that is not valid in a header field is left out, never injected.
    pub fn put_header_text<'v, T: Display + 'v>(&mut self, value: impl Into<Option<&'v T>>) {
        if let Want::Header(out) = &mut self.want {
            let mut text = String::new();
            **out = value
                .into()
                .filter(|value| write!(text, "{value}").is_ok())
                .and_then(|_| HeaderValue::try_from(text).ok())
                // Bytes beyond ASCII are allowed there, but no client could tell what they mean.
                .filter(|value| value.to_str().is_ok());
        }
    }
}

/// A type that a `retry_after` field may have.
#[diagnostic::on_unimplemented(
    message = "a `retry_after` field cannot be a `{Self}`",
    label = "not `RetryAfter` or `Option<RetryAfter>`",
    note = "write `Option<aura_errors::RetryAfter>`"
)]
#[doc(hidden)]
pub trait DelayField: Sized {
    fn get(&self) -> Option<RetryAfter>;
    fn from_wire(delay: Option<RetryAfter>) -> Option<Self>;
    fn example(delay: RetryAfter) -> Self;
}

#[diagnostic::do_not_recommend]
impl DelayField for RetryAfter {
    fn get(&self) -> Option<RetryAfter> {
        Some(*self)
    }

    fn from_wire(delay: Option<RetryAfter>) -> Option<Self> {
        delay
    }

    fn example(delay: RetryAfter) -> Self {
        delay
    }
}

#[diagnostic::do_not_recommend]
impl DelayField for Option<RetryAfter> {
    fn get(&self) -> Option<RetryAfter> {
        *self
    }

    fn from_wire(delay: Option<RetryAfter>) -> Option<Self> {
        Some(delay)
    }

    fn example(delay: RetryAfter) -> Self {
        Some(delay)
    }
}

/// A type that a `status` field may have.
#[diagnostic::on_unimplemented(
    message = "a `status` field cannot be a `{Self}`",
    label = "not a status",
    note = "write `http::StatusCode`, `u16`, or an `Option` of these"
)]
#[doc(hidden)]
pub trait StatusField: Sized {
    fn get(&self) -> Option<u16>;
    fn from_wire(status: StatusCode) -> Self;
}

#[diagnostic::do_not_recommend]
impl StatusField for StatusCode {
    fn get(&self) -> Option<u16> {
        Some(self.as_u16())
    }

    fn from_wire(status: StatusCode) -> Self {
        status
    }
}

#[diagnostic::do_not_recommend]
impl StatusField for u16 {
    fn get(&self) -> Option<u16> {
        Some(*self)
    }

    fn from_wire(status: StatusCode) -> Self {
        status.as_u16()
    }
}

#[diagnostic::do_not_recommend]
impl<T: StatusField> StatusField for Option<T> {
    fn get(&self) -> Option<u16> {
        self.as_ref().and_then(T::get)
    }

    fn from_wire(status: StatusCode) -> Self {
        Some(T::from_wire(status))
    }
}
