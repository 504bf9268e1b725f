//! The id by which one request is found in the logs of every service that it passes.

use std::fmt;
use std::hash::{BuildHasher, RandomState};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};

use http::{HeaderMap, HeaderName, HeaderValue};

use crate::text;

/// The id of a request: 1–128 visible ASCII characters, as they stand in `X-Request-Id`.
///
/// A service takes the one that came with a request, or generates one, and sends it along with the
/// requests that it makes of others in turn, so that the logs of all of them can be joined:
///
/// ```
/// use aura_errors::RequestId;
/// use aura_errors::http::{HeaderMap, Request};
///
/// let mut headers = HeaderMap::new();
/// headers.insert(RequestId::HEADER, "not an id: it has spaces".parse()?);
/// let id = RequestId::from_headers(&headers).unwrap_or_else(RequestId::generate);
///
/// let onwards = Request::get("http://stock.internal/").header(RequestId::HEADER, &id).body(())?;
/// assert_eq!(onwards.headers()["x-request-id"], id.as_str());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// The layer of the feature `tracing` does the first half. It leaves the id in the extensions of the
/// request, where an axum handler takes it with `Extension(id): Extension<RequestId>`.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct RequestId(HeaderValue);

impl RequestId {
    /// `X-Request-Id`.
    pub const HEADER: HeaderName = HeaderName::from_static("x-request-id");

    /// `None` unless the text is 1–128 visible ASCII characters, without spaces.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        text::is_request_id(text).then(|| HeaderValue::from_str(text).ok().map(Self))?
    }

    /// The id that came with a message; `None` where there is none, or what there is is no id.
    #[must_use]
    pub fn from_headers(headers: &HeaderMap) -> Option<Self> {
        Self::new(text::request_id(headers)?)
    }

    /// A new id: 32 hexadecimal digits that do not repeat and tell nothing, neither of the server nor
    /// of how many there were. They are not for secrets.
    #[must_use]
    pub fn generate() -> Self {
        // Keyed at random, per process: what is hashed is unique within it.
        static KEYS: LazyLock<(RandomState, RandomState)> = LazyLock::new(Default::default);
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let text = format!("{:016x}{:016x}", KEYS.0.hash_one(count), KEYS.1.hash_one(!count));
        // Hexadecimal digits are header text, so the alternative is never taken.
        Self(HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static("-")))
    }

    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.to_str().unwrap_or_default()
    }
}

impl From<RequestId> for HeaderValue {
    fn from(id: RequestId) -> Self {
        id.0
    }
}

impl From<&RequestId> for HeaderValue {
    fn from(id: &RequestId) -> Self {
        id.0.clone()
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::RequestId;

    #[test]
    fn is_1_to_128_visible_ascii_characters() {
        for text in ["a", "!~", &"x".repeat(128)] {
            assert_eq!(RequestId::new(text).unwrap().as_str(), text);
        }
        for text in ["", " ", "a b", "a\n", "ä", "\u{7f}", &"x".repeat(129)] {
            assert_eq!(RequestId::new(text), None, "{text:?}");
        }
    }

    #[test]
    fn generated_ids_are_ids_and_differ() {
        let ids: HashSet<String> = (0..10_000).map(|_| RequestId::generate().to_string()).collect();
        assert_eq!(ids.len(), 10_000);
        assert!(ids.iter().all(|id| id.len() == 32 && RequestId::new(id).is_some()));
    }
}
