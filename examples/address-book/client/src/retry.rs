//! When to try again, and when to give up.

use std::future::Future;
use std::time::{Duration, Instant};

use address_book_api::IDEMPOTENCY_KEY;
use aura_errors::RetryRules;
use aura_errors::backon::{adjust_by, when_request};
use backon::{ExponentialBuilder, Retryable};
use http::{HeaderMap, HeaderName, HeaderValue, Method};

use crate::client::Failure;

/// How long a call that fails for the moment is tried again. Nothing else is: a request that is wrong stays
/// wrong.
#[derive(Debug, Clone, Copy)]
pub struct Patience(pub Duration);

impl Patience {
    /// Calls until there is an answer that further tries would not change, or until patience ends. `when`
    /// says which failures are tried again, `notify` hears of each of them.
    pub(crate) async fn keep_trying<T, F>(
        self,
        when: impl Fn(&Failure) -> bool,
        notify: impl FnMut(&Failure, Duration),
        call: impl FnMut() -> F,
    ) -> Result<T, Failure>
    where
        F: Future<Output = Result<T, Failure>>,
    {
        let began = Instant::now();
        let adjust = adjust_by(RetryRules::new().max_delay(self.0));
        // backon adds up its own pauses, without what the server asks for and what the calls take.
        let in_time = |failure: &_, pause| {
            adjust(failure, pause).filter(|wait| began.elapsed().saturating_add(*wait) <= self.0)
        };
        call.retry(pauses()).when(when).adjust(in_time).notify(notify).await
    }
}

/// Pauses that grow from a tenth of a second to five, with jitter, so that many clients do not come back all
/// at once.
fn pauses() -> ExponentialBuilder {
    ExponentialBuilder::new()
        .with_min_delay(Duration::from_millis(100))
        .with_max_delay(Duration::from_secs(5))
        .with_jitter()
        .without_max_times()
}

/// What of a `POST` with an idempotency key may be tried again: more than of one without.
pub(crate) fn when_created_once() -> impl Fn(&Failure) -> bool {
    let key = (HeaderName::from_static(IDEMPOTENCY_KEY), HeaderValue::from_static("any"));
    when_request(&Method::POST, &HeaderMap::from_iter([key]))
}
