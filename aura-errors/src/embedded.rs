//! One error inside another document.

use std::fmt;

use bytes::Bytes;
use serde::de::{Deserialize, Deserializer};
use serde::ser::{Error as _, Serialize, Serializer};
use serde_json::Value;

use crate::text::one_line;
use crate::{Code, Taxonomy, encode};

/// One error as a part of another document: an item of a batch result, the outcome of a job, an
/// event.
///
/// It serialises as the error's body. Read back, there is no status and there are no headers: its
/// code alone says which error it is. What is not in the catalogue is kept as it came
/// ([`UnknownEmbedded`]), so one unknown item does not spoil a batch.
///
/// Errors without a code, and those whose body is not JSON, cannot be told again when embedded:
/// the former come back as unknown, the latter fail to serialise. What travels in a header alone is
/// left out: a delay that is a date, and header fields, so that an error where one of these is required
/// comes back as unknown.
#[derive(Clone, Debug, PartialEq)]
pub struct Embedded<E>(Result<E, UnknownEmbedded>);

/// A part of a document that names no error of the catalogue, as it came.
#[derive(Clone, PartialEq)]
pub struct UnknownEmbedded {
    value: Value,
    code: Code,
    message: Option<String>,
}

impl<E> Embedded<E> {
    /// Embeds an error.
    pub const fn new(error: E) -> Self {
        Self(Ok(error))
    }

    /// The error, or what came in its place.
    ///
    /// # Errors
    ///
    /// What names no error of the catalogue.
    pub const fn get(&self) -> Result<&E, &UnknownEmbedded> {
        self.0.as_ref()
    }

    /// The error, or what came in its place.
    ///
    /// # Errors
    ///
    /// What names no error of the catalogue.
    pub fn into_result(self) -> Result<E, UnknownEmbedded> {
        self.0
    }
}

impl<E> From<E> for Embedded<E> {
    fn from(error: E) -> Self {
        Self::new(error)
    }
}

impl<E: Taxonomy> Serialize for Embedded<E> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Ok(error) => match encode::json_body(error) {
                Some(body) => body.serialize(serializer),
                None => Err(S::Error::custom(format_args!("the body of `{}` is not JSON", error.name()))),
            },
            Err(unknown) => unknown.value.serialize(serializer),
        }
    }
}

impl<'de, E: Taxonomy> Deserialize<'de> for Embedded<E> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        let json = Bytes::from(value.to_string());
        Ok(Self(E::read_embedded(&json).map_err(|received| UnknownEmbedded {
            value,
            code: received.code(&json),
            message: received.message(&json).map(str::to_owned),
        })))
    }
}

impl UnknownEmbedded {
    /// What came.
    #[must_use]
    pub fn value(&self) -> &Value {
        &self.value
    }

    /// The code, where one could be read; else none.
    #[must_use]
    pub fn code(&self) -> &Code {
        &self.code
    }

    /// The message, where one could be read.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.message.as_deref()
    }
}

impl std::error::Error for UnknownEmbedded {}

impl fmt::Display for UnknownEmbedded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::from("unrecognized embedded error");
        if !self.code.is_none() {
            text.push_str(&format!(", code `{}`", self.code));
        }
        if let Some(message) = &self.message {
            text.push_str(&format!(", message `{message}`"));
        }
        f.write_str(&one_line(&text))
    }
}

impl fmt::Debug for UnknownEmbedded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UnknownEmbedded")
            .field("code", &self.code)
            .field("message", &self.message.as_deref().map(one_line))
            .finish_non_exhaustive()
    }
}
