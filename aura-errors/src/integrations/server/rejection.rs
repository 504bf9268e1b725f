//! What an extractor rejects, in words of this crate.

use std::error::Error;
use std::fmt;

use http::StatusCode;

use super::answer::text_of;
use crate::{Failure, FieldError};

/// Any error, for the server's logs.
type Source = Box<dyn Error + Send + Sync>;

/// What an extractor rejected and where, in the extensions of its response: what an error's details are
/// filled from when the rejection becomes an error of the taxonomy.
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

/// Why a request was rejected by one of the extractors [`Json`](super::Json), [`Query`](super::Query),
/// [`Path`](super::Path) and [`Headers`](super::Headers).
///
/// As a response it has the status of its [`failure`](Self::failure), [`RejectedFields`] in its
/// extensions and the violations as plain text, which the taxonomy's errors replace. What the framework
/// says of the failure is for the server's logs only: it is the [`source`](Error::source).
#[derive(Debug)]
pub struct Rejection {
    status: StatusCode,
    rejected: Option<RejectedFields>,
    source: Option<Source>,
}

impl Rejection {
    /// A rejection of an extractor of one's own. The texts of the violations reach the client.
    ///
    /// The status is 400 for syntax, path, query and header, 422 for data that does not fit, else the
    /// one that says what failed (404, 405, 408, 413, 415, 500).
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
    pub(crate) fn internal(source: impl Into<Source>) -> Self {
        Self { status: StatusCode::INTERNAL_SERVER_ERROR, rejected: None, source: Some(source.into()) }
    }

    pub(crate) fn because(mut self, source: impl Into<Source>) -> Self {
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

    /// What the server's logs are told of its own mistake. Where the request is to blame there is nothing,
    /// as it may be quoted.
    #[cfg(feature = "tracing")]
    pub(crate) fn mistake(&self) -> Option<String> {
        match self.rejected {
            None => crate::encode::shown::foreign(self.source.as_ref()?),
            Some(_) => None,
        }
    }

    /// What stays in the extensions of the response.
    pub(crate) fn rejected(&self) -> Option<&RejectedFields> {
        self.rejected.as_ref()
    }

    /// The body of the response.
    pub(crate) fn text(&self) -> String {
        text_of(self.fields(), "\n")
    }
}

/// [`Rejection::mistake`], in the extensions of the response.
#[cfg(all(feature = "axum08", feature = "tracing"))]
#[derive(Clone)]
pub(crate) struct Mistake(pub(crate) String);

impl From<RejectedFields> for Rejection {
    fn from(rejected: RejectedFields) -> Self {
        Self::new(rejected.failure, rejected.fields)
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
