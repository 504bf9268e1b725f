//! What an adapter leaves behind of a failure that it has read.

#[cfg(any(feature = "reqwest-middleware05", feature = "tower05"))]
use {crate::Cut, bytes::Bytes, http::Response};

use crate::{CallError, Classes, Classify, ErrorSpec, Retry, RetryAfter, Taxonomy};

/// What is known of a failed call: which error it is, its classes, whether and when to try again.
///
/// Middlewares that read error bodies leave it in the extensions of the response, for what stands
/// outside of them: a retry policy, metrics, logs. It is small and holds nothing that the server sent.
///
/// ```
/// use aura_errors::{CallError, Classify, Taxonomy, Verdict};
///
/// #[derive(Debug, thiserror::Error, Taxonomy)]
/// enum ApiError {
///     #[error("Not found")]
///     #[api(404)]
///     NotFound,
/// }
///
/// let failure = CallError::<ApiError>::from_response(ApiError::NotFound.to_response());
/// let verdict = Verdict::of(&failure);
/// assert_eq!(verdict.spec().map(|spec| spec.name()), Some("not_found"));
/// assert!(verdict.is_not_found() && !verdict.is_retryable());
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Verdict {
    spec: Option<&'static ErrorSpec>,
    classes: Classes,
    retry: Retry,
    retry_after: Option<RetryAfter>,
}

impl Verdict {
    /// The verdict about a failed call, the server's own (`retry_header`) included.
    #[must_use]
    pub fn of<E: Taxonomy>(failure: &CallError<E>) -> Self {
        Self { spec: failure.api().map(Taxonomy::spec), ..Self::about(failure) }
    }

    /// The error of the API, as a bounded label for metrics, say. `None`: it is none of them.
    #[must_use]
    pub fn spec(&self) -> Option<&'static ErrorSpec> {
        self.spec
    }

    /// The verdict that was left in the extensions; where there is none, what the status and the
    /// headers say. `None`: the response is no failure.
    #[cfg(any(feature = "reqwest-retry09", feature = "tower05"))]
    pub(crate) fn left_in(
        status: http::StatusCode,
        headers: &http::HeaderMap,
        extensions: &http::Extensions,
    ) -> Option<Self> {
        if status.as_u16() < 400 {
            return None;
        }
        let known = extensions.get().copied();
        Some(known.unwrap_or_else(|| Self {
            retry_after: RetryAfter::from_headers(headers),
            ..Self::about(&status)
        }))
    }

    pub(crate) fn about(failure: &impl Classify) -> Self {
        Self {
            spec: None,
            classes: failure.classes(),
            retry: failure.retry(),
            retry_after: failure.retry_after(),
        }
    }
}

impl Classify for Verdict {
    fn classes(&self) -> Classes {
        self.classes
    }

    fn retry(&self) -> Retry {
        self.retry
    }

    fn retry_after(&self) -> Option<RetryAfter> {
        self.retry_after
    }
}

/// The response with the verdict about it in its extensions. A `Content-Length` is then that of the
/// body, also where it was cut: who passes the response on would promise too much.
#[cfg(any(feature = "reqwest-middleware05", feature = "tower05"))]
pub(crate) fn judged<E: Taxonomy>(response: Response<Bytes>) -> Response<Bytes> {
    let failure = CallError::<E>::from_response(response);
    let verdict = Verdict::of(&failure);
    let mut response = match failure {
        CallError::Api { response, .. } => *response,
        CallError::Unrecognized(unrecognized) => unrecognized.into_response(),
        // Not made from a response.
        CallError::Transport(_) => Response::default(),
    };
    response.extensions_mut().insert(verdict);
    if response.extensions().get::<Cut>().is_some() {
        let length = response.body().len();
        if let http::header::Entry::Occupied(mut entry) =
            response.headers_mut().entry(http::header::CONTENT_LENGTH)
        {
            entry.insert(length.into());
        }
    }
    response
}
