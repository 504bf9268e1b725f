//! The same errors, written by hand with serde as well as one can with reasonable effort.
//!
//! Writing: one derived body struct that borrows everything, `to_writer` into a buffer of a size that
//! fits, headers inserted one by one. Reading: one derived struct that borrows from the body, the
//! payload kept as it came until status and code say what it is.

use std::borrow::Cow;
use std::time::Duration;

use bytes::Bytes;
use http::header::{CONTENT_TYPE, RETRY_AFTER};
use http::{HeaderValue, Response, StatusCode};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// Errors of an API.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[allow(missing_docs)]
pub enum ApiError {
    #[error("Not found")]
    NotFound,
    #[error("Insufficient credit")]
    InsufficientCredit(Credit),
    #[error("Validation error")]
    Validation(Vec<FieldError>),
    #[error("Rate limit exceeded")]
    RateLimited { retry_after: Option<Duration> },
    #[error("The name {} is taken", .0.name)]
    NameTaken(Name),
    #[error("Server-side failure")]
    Internal,
}

/// The payload of [`ApiError::InsufficientCredit`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Credit {
    pub balance: u32,
    pub price: u32,
}

/// The payload of [`ApiError::NameTaken`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Name {
    pub name: String,
}

/// One violation of a request's schema.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct FieldError {
    pub loc: Vec<Loc>,
    pub msg: String,
    #[serde(rename = "type")]
    pub kind: String,
}

/// One step of a path.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
#[allow(missing_docs)]
pub enum Loc {
    Name(String),
    Index(i64),
}

#[derive(Serialize)]
struct Body<'a, D: ?Sized> {
    error: &'a str,
    error_code: &'a str,
    detail: &'a D,
}

#[derive(Deserialize)]
struct Received<'a> {
    #[serde(borrow)]
    error: Cow<'a, str>,
    // No code of this API has an escape in it.
    error_code: Option<&'a str>,
    #[serde(borrow)]
    detail: Option<&'a RawValue>,
}

/// A response that is none of the errors.
#[derive(Debug)]
#[allow(missing_docs)]
pub struct Unknown {
    pub response: Response<Bytes>,
    pub code: Option<String>,
    pub message: Option<String>,
}

impl ApiError {
    /// The status that is sent.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::InsufficientCredit { .. } => StatusCode::PAYMENT_REQUIRED,
            Self::Validation(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::RateLimited { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::NameTaken { .. } => StatusCode::CONFLICT,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The code that is sent.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "not_found",
            Self::InsufficientCredit { .. } => "insufficient_credit",
            Self::Validation(_) => "validation",
            Self::RateLimited { .. } => "rate_limited",
            Self::NameTaken { .. } => "name_taken",
            Self::Internal => "internal",
        }
    }

    /// The response that is sent.
    #[must_use]
    pub fn to_response(&self) -> Response<Bytes> {
        let body = match self {
            Self::NotFound => self.body("Not found", "Not found"),
            Self::InsufficientCredit(credit) => self.body("Insufficient credit", credit),
            Self::Validation(errors) => self.body("Validation error", errors),
            Self::RateLimited { .. } => self.body("Rate limit exceeded", "Rate limit exceeded"),
            Self::NameTaken(name) => self.body(&self.to_string(), name),
            Self::Internal => self.body("Server-side failure", "Server-side failure"),
        };
        let mut response = Response::new(body);
        *response.status_mut() = self.status();
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        if let Self::RateLimited { retry_after: Some(delay) } = self {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(delay.as_secs()));
        }
        response
    }

    fn body<D: Serialize + ?Sized>(&self, message: &str, detail: &D) -> Bytes {
        let mut out = Vec::with_capacity(128);
        let body = Body { error: message, error_code: self.code(), detail };
        match serde_json::to_writer(&mut out, &body) {
            Ok(()) => Bytes::from(out),
            Err(_) => Bytes::from_static(br#"{"error":"Server-side failure","error_code":"internal"}"#),
        }
    }

    /// The error that a response is.
    ///
    /// # Errors
    ///
    /// The response, where it is none.
    pub fn from_response(response: Response<Bytes>) -> Result<Self, Box<Unknown>> {
        let Ok(received) = serde_json::from_slice::<Received<'_>>(response.body()) else {
            return Err(Box::new(Unknown { response, code: None, message: None }));
        };
        let payload = received.detail.map_or("null", RawValue::get);
        let error = match (response.status().as_u16(), received.error_code) {
            (404, Some("not_found")) => Some(Self::NotFound),
            (402, Some("insufficient_credit")) => {
                serde_json::from_str(payload).ok().map(Self::InsufficientCredit)
            }
            (422, Some("validation")) => serde_json::from_str(payload).ok().map(Self::Validation),
            (429, Some("rate_limited")) => {
                let seconds = response.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok());
                let seconds = seconds.and_then(|seconds| seconds.parse().ok());
                Some(Self::RateLimited { retry_after: seconds.map(Duration::from_secs) })
            }
            (409, Some("name_taken")) => serde_json::from_str(payload).ok().map(Self::NameTaken),
            (500, Some("internal")) => Some(Self::Internal),
            _ => None,
        };
        match error {
            Some(error) => Ok(error),
            None => {
                let code = received.error_code.map(str::to_owned);
                let message = Some(received.error.into_owned());
                Err(Box::new(Unknown { response, code, message }))
            }
        }
    }
}
