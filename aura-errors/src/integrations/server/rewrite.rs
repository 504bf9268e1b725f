//! Whether an error response becomes one of the taxonomy, and which.

use std::sync::Arc;

use http::header::{self, HeaderMap, HeaderName};
use http::{Method, StatusCode};

use super::RejectedFields;
use super::answer::{Answers, Failed};
use crate::{Failure, Taxonomy};

/// Marks a response that stays as it was written, in its extensions: the error layer of the framework
/// leaves it alone, whatever its status, body and settings are.
///
/// A plain text of the application's own looks like one of the framework's; this tells them apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AsWritten;

/// The rules of one taxonomy: what is rewritten, and into what.
#[derive(Clone)]
pub(crate) struct Rewrite {
    answers: Arc<Answers>,
    all: bool,
}

/// What becomes of an error response that no taxonomy made.
pub(crate) enum Verdict<E> {
    /// It stays as it is.
    Pass,
    /// Its body goes, as it may hold what is meant for debugging.
    Empty,
    /// This error takes its place.
    Replace(E),
}

/// An error response, as far as the verdict needs it.
pub(crate) struct Seen<'a> {
    pub(crate) status: StatusCode,
    pub(crate) headers: &'a HeaderMap,
    pub(crate) body: BodyKind,
    pub(crate) rejected: Option<&'a RejectedFields>,
    /// Where the framework says more than the status does.
    pub(crate) failure: Option<Failure>,
}

/// Who may have written a body.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum BodyKind {
    /// Nobody: there is none. Or a middleware or the application, as plain text.
    Plain,
    /// The framework, for debugging.
    Debug,
    /// The application.
    Own,
}

impl Rewrite {
    pub(crate) fn of<E: Taxonomy>() -> Self {
        Self { answers: Answers::of(E::catalog()), all: false }
    }

    pub(crate) fn all(self) -> Self {
        Self { all: true, ..self }
    }

    pub(crate) fn is_all(&self) -> bool {
        self.all
    }

    pub(crate) fn verdict<E: Taxonomy>(&self, asked: Asked, seen: &Seen<'_>) -> Verdict<E> {
        if seen.body == BodyKind::Own && seen.rejected.is_none() && !self.all {
            return Verdict::Pass;
        }
        let failures = match seen.rejected.map(RejectedFields::failure).or(seen.failure) {
            Some(failure) => vec![failure],
            None => asked.failures(seen.status),
        };
        let failed = Failed { status: seen.status, headers: seen.headers, failures, rejected: seen.rejected };
        match self.answers.answer::<E>(&failed) {
            Some(error) => Verdict::Replace(error),
            // What is rejected in words of this crate may be read by anyone.
            None if seen.body == BodyKind::Debug && seen.rejected.is_none() => Verdict::Empty,
            None => Verdict::Pass,
        }
    }
}

/// What of the request tells failures of one status apart.
#[derive(Clone, Copy)]
pub(crate) struct Asked {
    pub(crate) head: bool,
    has_body: bool,
    has_query: bool,
}

impl Asked {
    /// `length`: the value of `Content-Length`; `chunked`: whether there is a `Transfer-Encoding`;
    /// `framed`: whether a body may come without either, as in HTTP/2 and later (RFC 9113, section 8.1.1).
    pub(crate) fn new(
        method: &str,
        length: Option<&[u8]>,
        chunked: bool,
        framed: bool,
        query: Option<&str>,
    ) -> Self {
        let (get, head) = (method == Method::GET.as_str(), method == Method::HEAD.as_str());
        Self {
            head,
            has_body: chunked || length.map_or(framed && !get && !head, |length| length != b"0"),
            has_query: query.is_some_and(|query| !query.is_empty()),
        }
    }

    fn failures(self, status: StatusCode) -> Vec<Failure> {
        let failure = match status.as_u16() {
            400 => {
                let mut failures = vec![Failure::Path, Failure::Header];
                if self.has_query {
                    failures.push(Failure::Query);
                }
                if self.has_body {
                    failures.push(Failure::BodySyntax);
                }
                return failures;
            }
            404 => Failure::Route,
            405 => Failure::Method,
            408 | 504 => Failure::Timeout,
            413 => Failure::BodySize,
            415 => Failure::ContentType,
            422 => Failure::BodyData,
            500 => Failure::Panic,
            _ => return Vec::new(),
        };
        vec![failure]
    }
}

/// Whether this is the content type of what frameworks write.
pub(crate) fn is_plain_text(content_type: &[u8]) -> bool {
    let essence = content_type.split(|byte| *byte == b';').next().unwrap_or_default();
    essence.trim_ascii().eq_ignore_ascii_case(b"text/plain")
}

/// What describes the body that is replaced.
pub(crate) const OF_THE_BODY: [HeaderName; 13] = [
    header::ACCEPT_RANGES,
    header::CONTENT_DISPOSITION,
    header::CONTENT_ENCODING,
    header::CONTENT_LANGUAGE,
    header::CONTENT_LENGTH,
    header::CONTENT_LOCATION,
    header::CONTENT_RANGE,
    header::CONTENT_TYPE,
    header::ETAG,
    header::LAST_MODIFIED,
    header::TRAILER,
    header::TRANSFER_ENCODING,
    HeaderName::from_static("content-digest"),
];
