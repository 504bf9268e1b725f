//! A response that is not in the catalogue.

use std::fmt;
use std::sync::OnceLock;

use bytes::Bytes;
use http::{HeaderMap, Response, StatusCode};

use crate::decode::Received;
use crate::retry_after::RetryAfter;
use crate::text::one_line;
use crate::verdict;
use crate::{Catalog, Classes, Classify, Code, ErrorSpec, Retry};

/// A response that is none of the taxonomy's errors, kept whole: status, headers, extensions and
/// body, with code and message where they could be read, and the [`reason`](Self::reason).
///
/// It is classified by its status (by the declared classes where the error was recognised but its
/// fields did not fit), so callers can decide about a retry as for any other error.
///
/// `Display` is one line of at most 200 characters and shows neither body nor headers; `Debug` shows
/// the names and values of a short list of harmless headers only.
pub struct Unrecognized(Box<Inner>);

struct Inner {
    response: Response<Bytes>,
    received: Received,
    /// Made when it is asked for.
    code: OnceLock<Code>,
    reason: Reason,
    catalog: &'static Catalog,
}

/// Why a response was not recognised.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Reason {
    /// It has a code that no error declares, and no error of its status takes any code.
    UnknownCode,
    /// It is this error, but a required field is missing or not of its type.
    #[non_exhaustive]
    Fields {
        /// The error it is.
        spec: &'static ErrorSpec,
        /// The first field that does not fit: a JSON Pointer (RFC 6901) into the body, or `header
        /// Name`.
        path: String,
        /// What is wrong with it.
        problem: String,
    },
    /// It is not an error of this taxonomy: a proxy's page, say, or another API's.
    #[non_exhaustive]
    Foreign {
        /// The error it comes closest to, where a message could be read.
        nearest: Option<&'static ErrorSpec>,
        /// Where it first departs from that error's body: a JSON Pointer (RFC 6901).
        path: Option<String>,
    },
    /// Header and body name two different errors.
    Conflict,
    /// It fits several errors equally well.
    Ambiguous,
    /// Its body was cut off at the reader's limit, and what there was of it names no error.
    Cut,
}

impl Unrecognized {
    #[inline]
    pub(crate) fn new(
        response: Response<Bytes>,
        received: Received,
        reason: Reason,
        catalog: &'static Catalog,
    ) -> Self {
        Self(Box::new(Inner { response, received, code: OnceLock::new(), reason, catalog }))
    }

    /// The status of the response.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.0.response.status()
    }

    /// All headers of the response.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        self.0.response.headers()
    }

    /// The body as it came.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        self.0.response.body()
    }

    /// The code, where one could be read; else none.
    #[must_use]
    pub fn code(&self) -> &Code {
        self.0.code.get_or_init(|| self.0.received.code(self.body()))
    }

    /// The message, where one could be read.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.0.received.message(self.body())
    }

    /// Why it was not recognised.
    #[must_use]
    pub fn reason(&self) -> &Reason {
        &self.0.reason
    }

    /// The response, whole.
    #[must_use]
    pub fn response(&self) -> &Response<Bytes> {
        &self.0.response
    }

    /// Takes the response out, whole.
    #[must_use]
    pub fn into_response(self) -> Response<Bytes> {
        self.0.response
    }

    fn shown_message(&self) -> Option<&str> {
        self.message().filter(|_| !self.0.received.message_is_body)
    }

    /// The error whose fields did not fit.
    fn spec(&self) -> Option<&'static ErrorSpec> {
        match &self.0.reason {
            Reason::Fields { spec, .. } => Some(spec),
            _ => None,
        }
    }
}

impl Classify for Unrecognized {
    fn classes(&self) -> Classes {
        let status = self.status().as_u16();
        self.spec().and_then(ErrorSpec::fixed_classes).unwrap_or_else(|| Classes::of_status(status))
    }

    fn retry(&self) -> Retry {
        let status = self.status().as_u16();
        let own = self.spec().map_or_else(|| Retry::of_status(status), |spec| spec.retry_for(status));
        verdict::of_server(self.0.catalog, self.headers()).unwrap_or(own)
    }

    fn retry_after(&self) -> Option<RetryAfter> {
        // What the error's own classes add: headers of a quota count for a rate limit only.
        self.0.received.delay().or_else(|| verdict::delay_of(self.0.catalog, self.headers(), self.classes()))
    }
}

impl std::error::Error for Unrecognized {}

impl fmt::Display for Unrecognized {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = format!("unrecognized response with status {}", self.status().as_u16());
        match &self.0.reason {
            Reason::UnknownCode => text.push_str(": unknown code"),
            Reason::Fields { spec, path, problem } => {
                text.push_str(&format!(": `{}`, but {path}: {problem}", spec.variant()));
            }
            Reason::Foreign { nearest: Some(spec), path: Some(path) } => {
                let place = if path.is_empty() { "the body" } else { path };
                text.push_str(&format!(": not `{}`, see `{place}`", spec.variant()));
            }
            Reason::Foreign { .. } => text.push_str(": not an error of this API"),
            Reason::Conflict => text.push_str(": header and body name different errors"),
            Reason::Ambiguous => text.push_str(": fits several errors"),
            Reason::Cut if self.body().is_empty() => text.push_str(": its body was not read"),
            Reason::Cut => text.push_str(": its body was cut off"),
        }
        if !self.code().is_none() {
            text.push_str(&format!(", code `{}`", self.code()));
        }
        if let Some(message) = self.shown_message() {
            text.push_str(&format!(", message `{message}`"));
        }
        f.write_str(&one_line(&text))
    }
}

/// Headers that hold nothing about the caller or the server's inside.
const SAFE_HEADERS: [&str; 8] = [
    "content-type",
    "content-length",
    "date",
    "retry-after",
    "retry-after-ms",
    "server",
    "x-request-id",
    "allow",
];

impl fmt::Debug for Unrecognized {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let headers: Vec<_> =
            SAFE_HEADERS.iter().filter_map(|name| Some((*name, self.headers().get(*name)?))).collect();
        f.debug_struct("Unrecognized")
            .field("status", &self.status().as_u16())
            .field("reason", &self.0.reason)
            .field("code", &self.code().to_text().as_deref().map(one_line))
            .field("message", &self.shown_message().map(one_line))
            .field("headers", &headers)
            .field("body", &format_args!("{} bytes", self.body().len()))
            .finish()
    }
}
