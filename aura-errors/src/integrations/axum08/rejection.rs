//! What an extractor rejects, in words of this crate.

use std::error::Error;
use std::fmt;

use ::axum::BoxError;
use ::axum::response::{IntoResponse, Response};
use http::StatusCode;

use super::answer::text_of;
use crate::{Failure, FieldError};

/// What an extractor rejected and where, in the extensions of its response: what
/// [`ErrorLayer`](super::ErrorLayer) fills an error's details from.
///
/// An extractor or middleware of one's own may leave it too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RejectedFields {
    failure: Failure,
    fields: Vec<FieldError>,
}

impl RejectedFields {
    /// The violations of one request. Their texts reach the client.
    #[must_use]
    pub fn new(failure: Failure, fields: Vec<FieldError>) -> Self {
        Self { failure, fields }
    }

    /// Which part of the request was rejected, and how.
    #[must_use]
    pub fn failure(&self) -> Failure {
        self.failure
    }

    /// The violations; empty where there is nothing to say of a part.
    #[must_use]
    pub fn fields(&self) -> &[FieldError] {
        &self.fields
    }
}

/// Why a request was rejected by an extractor of [this module](super).
///
/// As a response it has axum's status, [`RejectedFields`] in its extensions and the violations as
/// plain text, which [`ErrorLayer`](super::ErrorLayer) replaces. What axum says of the failure is for
/// the server's logs only: it is the [`source`](Error::source).
#[derive(Debug)]
pub struct Rejection {
    status: StatusCode,
    rejected: Option<RejectedFields>,
    source: Option<BoxError>,
}

impl Rejection {
    /// A rejection of an extractor of one's own, with the status axum would give it (400 for a
    /// header, for example). The texts of the violations reach the client.
    #[must_use]
    pub fn new(failure: Failure, fields: Vec<FieldError>) -> Self {
        let status = match failure {
            Failure::Route => StatusCode::NOT_FOUND,
            Failure::Method => StatusCode::METHOD_NOT_ALLOWED,
            Failure::BodySyntax | Failure::Path | Failure::Query | Failure::Header => StatusCode::BAD_REQUEST,
            Failure::BodyData => StatusCode::UNPROCESSABLE_ENTITY,
            Failure::ContentType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Failure::BodySize => StatusCode::PAYLOAD_TOO_LARGE,
            Failure::Timeout => StatusCode::REQUEST_TIMEOUT,
            Failure::Panic => StatusCode::INTERNAL_SERVER_ERROR,
        };
        Self { status, rejected: Some(RejectedFields::new(failure, fields)), source: None }
    }

    /// A mistake of the server's own, as a `Path` with more parameters than the route has.
    pub(super) fn internal(source: impl Into<BoxError>) -> Self {
        Self { status: StatusCode::INTERNAL_SERVER_ERROR, rejected: None, source: Some(source.into()) }
    }

    pub(super) fn because(mut self, source: impl Into<BoxError>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// The status of the response.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Which part of the request was rejected; `None` where the server is to blame, for example by
    /// a `Path` with more parameters than its route has.
    #[must_use]
    pub fn failure(&self) -> Option<Failure> {
        self.rejected.as_ref().map(RejectedFields::failure)
    }

    /// The violations.
    #[must_use]
    pub fn fields(&self) -> &[FieldError] {
        self.rejected.as_ref().map_or(&[], RejectedFields::fields)
    }

    /// The violations, by value.
    #[must_use]
    pub fn into_fields(self) -> Vec<FieldError> {
        self.rejected.map_or_else(Vec::new, |rejected| rejected.fields)
    }
}

impl fmt::Display for Rejection {
    /// The violations; the reason phrase where there are none.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.fields() {
            [] => f.write_str(crate::spec::reason_of(self.status.as_u16())),
            fields => f.write_str(&text_of(fields, "; ")),
        }
    }
}

impl Error for Rejection {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_ref().map(|source| &**source as _)
    }
}

impl IntoResponse for Rejection {
    fn into_response(self) -> Response {
        let text = text_of(self.fields(), "\n");
        let mut response = (self.status, text).into_response();
        if let Some(rejected) = self.rejected {
            response.extensions_mut().insert(rejected);
        }
        response
    }
}
