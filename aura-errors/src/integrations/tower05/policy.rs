//! The retry policy.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use ::tower::retry;
use ::tower::retry::backoff::{Backoff, ExponentialBackoff, ExponentialBackoffMaker, MakeBackoff};
use ::tower::retry::budget::{Budget, TpsBudget};
use ::tower::util::rng::HasherRng;
use http::{Request, Response};
use tokio::time::{Instant, Sleep, sleep};

use crate::retry_rules::default;
use crate::{Classify, RetryRules, Verdict};

/// A policy for [`tower::retry`](::tower::retry): repeats what may be repeated, and waits as long as
/// the server asks for.
///
/// By default there are three tries in all, with 1 to 2 and 2 to 4 seconds between them; the delay that
/// the server asks for comes first, and one of more than 120 seconds is not waited for
/// ([`RetryRules`]). Over all requests tower's [`TpsBudget`] allows a retry for every fifth request
/// that did not need one, and ten in a second beside that.
///
/// The policy goes by the [`Verdict`] that [`ReadErrors`](super::ReadErrors) left; without that layer
/// by status and headers. Requests are cloned, so their bodies have to be `Clone`. It waits with
/// Tokio's timer.
///
/// Each clone counts the tries of one request, as tower makes one for each, and all share the budget.
#[derive(Clone)]
#[must_use]
pub struct Policy {
    rules: RetryRules,
    budget: Arc<dyn Budget + Send + Sync>,
    /// How many tries are left after the present one.
    left: u32,
    first: Duration,
    longest: Duration,
    backoff: Option<ExponentialBackoff>,
}

impl Policy {
    /// Three tries in all, and tower's default budget.
    pub fn new() -> Self {
        Self {
            rules: RetryRules::new(),
            budget: Arc::new(TpsBudget::default()),
            left: default::TRIES - 1,
            first: default::FIRST,
            longest: default::LONGEST,
            backoff: None,
        }
    }

    /// How often a request is sent in all. 0 is taken as 1: it is sent once.
    pub fn tries(mut self, tries: u32) -> Self {
        self.left = tries.saturating_sub(1);
        self
    }

    /// The first backoff, each one after it twice as long, and the longest. As much again is added at
    /// random, but not above the longest. A longest that is shorter than the first counts as the first.
    pub fn backoff(mut self, first: Duration, longest: Duration) -> Self {
        self.first = first;
        self.longest = longest.max(first);
        self
    }

    /// A budget for all requests together. A retry is withdrawn from it, and whatever needs none is a
    /// deposit.
    pub fn budget(mut self, budget: Arc<dyn Budget + Send + Sync>) -> Self {
        self.budget = budget;
        self
    }

    /// Decides by other rules.
    pub fn rules(mut self, rules: RetryRules) -> Self {
        self.rules = rules;
        self
    }

    fn next_backoff(&mut self) -> Duration {
        // Made anew for each request: clones of one repeat the same random numbers.
        let (first, longest) = (self.first, self.longest);
        let make = || {
            ExponentialBackoffMaker::new(first, longest, 1.0, HasherRng::default())
                .map(|mut maker| maker.make_backoff())
                .ok()
        };
        if self.backoff.is_none() {
            self.backoff = make();
        }
        // tower knows no backoff of zero.
        self.backoff.as_mut().map_or(Duration::ZERO, |backoff| {
            let now = Instant::now();
            backoff.next_backoff().deadline().saturating_duration_since(now)
        })
    }

    /// How long to wait before the next try. `None`: there is none.
    fn wait<Q>(&mut self, request: &Request<Q>, failure: &impl Classify) -> Option<Duration> {
        if !failure.should_retry_request(request.method(), request.headers()) {
            self.budget.deposit();
            return None;
        }
        self.left = self.left.checked_sub(1)?;
        let backoff = self.next_backoff();
        let wait = self.rules.delay(failure, backoff)?;
        self.budget.withdraw().then_some(wait)
    }
}

impl Default for Policy {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Policy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Policy")
            .field("rules", &self.rules)
            .field("left", &self.left)
            .field("first", &self.first)
            .field("longest", &self.longest)
            .finish_non_exhaustive()
    }
}

impl<Q: Clone, B, X: Classify> retry::Policy<Request<Q>, Response<B>, X> for Policy {
    type Future = Sleep;

    fn retry(&mut self, request: &mut Request<Q>, outcome: &mut Result<Response<B>, X>) -> Option<Sleep> {
        let wait = match outcome {
            Ok(response) => {
                let verdict = Verdict::left_in(response.status(), response.headers(), response.extensions());
                match verdict {
                    Some(verdict) => self.wait(request, &verdict)?,
                    None => {
                        self.budget.deposit();
                        return None;
                    }
                }
            }
            Err(error) => self.wait(request, error)?,
        };
        Some(sleep(wait))
    }

    fn clone_request(&mut self, request: &Request<Q>) -> Option<Request<Q>> {
        Some(request.clone())
    }
}
