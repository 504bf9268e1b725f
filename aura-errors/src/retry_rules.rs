//! The one decision about a retry that every adapter makes.

use std::time::{Duration, SystemTime};

use http::{HeaderMap, Method};

use crate::Classify;

/// Whether a failed request is sent again, and how long to wait before that: the decision behind the
/// adapters for retry libraries, and for a loop of one's own.
///
/// The library brings the backoff and counts the tries. The rules add what the failure says: whether
/// this request may be repeated at all ([`Classify::should_retry_request`]), and the delay that the
/// server asks for. That delay is the least: the backoff, with the jitter in it, comes on top, so that
/// the clients that were all told the same do not come back at the same moment. Who asks for a longer
/// delay than [`max_delay`](Self::max_delay) is not waited for.
///
/// ```
/// use std::time::Duration;
///
/// use aura_errors::RetryRules;
/// # use aura_errors::{CallError, RetryAfter, Taxonomy};
/// use http::{HeaderMap, Method};
/// # #[derive(Debug, thiserror::Error, Taxonomy)]
/// # enum ApiError {
/// #     #[error("Too many requests")]
/// #     #[api(429)]
/// #     RateLimited {
/// #         #[api(retry_after)]
/// #         retry_after: Option<RetryAfter>,
/// #     },
/// # }
/// # let sent = |seconds| ApiError::RateLimited { retry_after: Some(RetryAfter::from_secs(seconds)) };
/// # let answer = |seconds| CallError::<ApiError>::from_response(sent(seconds).to_response());
///
/// let rules = RetryRules::new();
/// let backoff = Duration::from_millis(1300);
/// // A 429 with `Retry-After: 30`.
/// # let failure = answer(30);
/// let wait = rules.decide(&failure, &Method::GET, &HeaderMap::new(), backoff);
/// assert_eq!(wait, Some(Duration::from_millis(31_300)));
/// // A 429 with `Retry-After: 3600`.
/// # let failure = answer(3600);
/// assert_eq!(rules.decide(&failure, &Method::GET, &HeaderMap::new(), backoff), None);
/// ```
#[derive(Clone, Copy, Debug)]
#[must_use]
pub struct RetryRules {
    max_delay: Duration,
    clock: fn() -> SystemTime,
}

impl RetryRules {
    /// Delays of up to 120 seconds, and the system's clock.
    pub const fn new() -> Self {
        Self { max_delay: Duration::from_secs(120), clock: SystemTime::now }
    }

    /// The longest delay of a server that is waited for; above it there is no further try. With zero
    /// no delay is waited for. The backoff is not limited by it.
    pub const fn max_delay(mut self, delay: Duration) -> Self {
        self.max_delay = delay;
        self
    }

    /// The clock, which is read only where the server gave a date, and no `Date` of its own beside it.
    pub const fn clock(mut self, clock: fn() -> SystemTime) -> Self {
        self.clock = clock;
        self
    }

    /// How long to wait before the same request is sent again: what the server asks for, and `backoff`
    /// on top.
    ///
    /// `None`: it is not sent again, because the failure is final, because the server may have acted
    /// and the request is not idempotent, or because the server asks for too long a delay.
    #[must_use]
    pub fn decide(
        &self,
        failure: &(impl Classify + ?Sized),
        method: &Method,
        headers: &HeaderMap,
        backoff: Duration,
    ) -> Option<Duration> {
        if failure.should_retry_request(method, headers) { self.delay(failure, backoff) } else { None }
    }

    /// The same for a request that is known to be idempotent, or was asked about already.
    ///
    /// `None`: no request is sent again after this failure, or the server asks for too long a delay.
    #[must_use]
    pub fn delay(&self, failure: &(impl Classify + ?Sized), backoff: Duration) -> Option<Duration> {
        if !failure.is_retryable() {
            return None;
        }
        let least = match failure.retry_after() {
            Some(asked) => asked.as_delay().unwrap_or_else(|| asked.delay((self.clock)())),
            None => return Some(backoff),
        };
        (least <= self.max_delay).then(|| least.saturating_add(backoff))
    }
}

impl Default for RetryRules {
    fn default() -> Self {
        Self::new()
    }
}

/// What the adapters do where nothing else is said.
#[cfg(any(feature = "backon1", feature = "reqwest-retry09", feature = "tower05"))]
pub(crate) mod default {
    use std::time::Duration;

    /// How often a request is sent in all.
    pub(crate) const TRIES: u32 = 3;
    /// The first backoff; each is twice the one before.
    pub(crate) const FIRST: Duration = Duration::from_secs(1);
    /// The longest backoff.
    pub(crate) const LONGEST: Duration = Duration::from_secs(60);
}

/// Whether a request means the same to the server however often it is received.
#[cfg(feature = "reqwest-middleware05")]
pub(crate) fn is_idempotent(method: &Method, headers: &HeaderMap) -> bool {
    // After a 500 exactly the idempotent requests may be sent again.
    http::StatusCode::INTERNAL_SERVER_ERROR.should_retry_request(method, headers)
}

#[cfg(test)]
mod tests {
    use std::time::UNIX_EPOCH;

    use proptest::prelude::*;

    use super::*;
    use crate::{Classes, Retry, RetryAfter};

    struct Failure(Retry, Option<RetryAfter>);

    impl Classify for Failure {
        fn classes(&self) -> Classes {
            Classes::empty()
        }
        fn retry(&self) -> Retry {
            self.0
        }
        fn retry_after(&self) -> Option<RetryAfter> {
            self.1
        }
    }

    const NO_CLOCK: RetryRules = RetryRules::new().clock(|| panic!("the clock was read"));
    const SECOND: Duration = Duration::from_secs(1);

    fn with_key() -> HeaderMap {
        HeaderMap::from_iter([("idempotency-key".parse().unwrap(), "8e03978e".parse().unwrap())])
    }

    #[test]
    fn the_request_decides_where_the_server_may_have_acted() {
        let bare = HeaderMap::new();
        for (retry, get, post, with_a_key) in [
            (Retry::Never, false, false, false),
            (Retry::IfIdempotent, true, false, true),
            (Retry::Always, true, true, true),
        ] {
            let failure = Failure(retry, None);
            let repeats = |method, headers| NO_CLOCK.decide(&failure, &method, headers, SECOND);
            assert_eq!(repeats(Method::GET, &bare), get.then_some(SECOND), "{retry}");
            assert_eq!(repeats(Method::POST, &bare), post.then_some(SECOND), "{retry}");
            assert_eq!(repeats(Method::POST, &with_key()), with_a_key.then_some(SECOND), "{retry}");
        }
    }

    #[test]
    fn a_delay_never_makes_a_failure_retryable() {
        let failure = Failure(Retry::Never, Some(RetryAfter::from_secs(1)));
        assert_eq!(NO_CLOCK.delay(&failure, SECOND), None);
        let headers = HeaderMap::new();
        let failure = Failure(Retry::IfIdempotent, Some(RetryAfter::from_secs(1)));
        assert_eq!(NO_CLOCK.decide(&failure, &Method::POST, &headers, SECOND), None);
    }

    #[test]
    fn the_limit() {
        let asks = |delay: Duration| Failure(Retry::Always, Some(delay.into()));
        let limit = Duration::from_secs(120);
        assert_eq!(NO_CLOCK.delay(&asks(limit), SECOND), Some(limit + SECOND));
        assert_eq!(NO_CLOCK.delay(&asks(limit + Duration::from_nanos(1)), SECOND), None);
        assert_eq!(NO_CLOCK.delay(&asks(RetryAfter::MAX_DELAY), Duration::ZERO), None);
        // A backoff is the library's own affair.
        assert_eq!(NO_CLOCK.delay(&Failure(Retry::Always, None), 9 * limit), Some(9 * limit));

        let none = NO_CLOCK.max_delay(Duration::ZERO);
        assert_eq!(none.delay(&asks(Duration::from_millis(1)), SECOND), None);
        assert_eq!(none.delay(&asks(Duration::ZERO), SECOND), Some(SECOND));
        assert_eq!(none.delay(&Failure(Retry::Always, None), SECOND), Some(SECOND));
    }

    #[test]
    fn a_date_is_counted_from_the_clock() {
        let date = |seconds| Failure(Retry::Always, Some((UNIX_EPOCH + Duration::from_secs(seconds)).into()));
        let rules = RetryRules::new().clock(|| UNIX_EPOCH + Duration::from_secs(1_000_000_000));
        assert_eq!(rules.delay(&date(1_000_000_007), SECOND), Some(Duration::from_secs(8)));
        assert_eq!(rules.delay(&date(1_000_000_120), SECOND), Some(Duration::from_secs(121)));
        assert_eq!(rules.delay(&date(1_000_000_121), SECOND), None);
        // It has passed.
        assert_eq!(rules.delay(&date(999_999_999), SECOND), Some(SECOND));
    }

    proptest! {
        #[test]
        fn no_wait_is_shorter_than_asked_nor_than_the_backoff(
            asked in prop::option::of(0..200_000_u64),
            backoff in any::<Duration>(),
            limit in 0..200_000_u64,
        ) {
            let (asked, limit) = (asked.map(Duration::from_millis), Duration::from_millis(limit));
            let failure = Failure(Retry::Always, asked.map(RetryAfter::from));
            let wait = NO_CLOCK.max_delay(limit).delay(&failure, backoff);
            let least = asked.unwrap_or_default();
            prop_assert_eq!(wait.is_some(), least <= limit);
            if let Some(wait) = wait {
                prop_assert!(wait >= least && wait >= backoff);
                // The whole jitter is kept: two backoffs that differ stay as far apart.
                prop_assert_eq!(wait, least.saturating_add(backoff));
            }
        }
    }
}
