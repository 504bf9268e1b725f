//! reqwest-retry 0.9, feature `reqwest-retry09`: a client that tries again.
//!
//! ```
//! use aura_errors::reqwest_middleware::ResponseExt;
//! use aura_errors::reqwest_retry::RetryMiddleware;
//! use aura_errors::{CallError, Taxonomy};
//! use reqwest_middleware::{ClientBuilder, ClientWithMiddleware};
//!
//! #[derive(Debug, thiserror::Error, Taxonomy)]
//! enum ApiError {
//!     #[error("Not found")]
//!     #[api(404)]
//!     NotFound,
//! }
//!
//! fn client() -> ClientWithMiddleware {
//!     ClientBuilder::new(reqwest::Client::new()).with(RetryMiddleware::<ApiError>::new()).build()
//! }
//!
//! async fn fetch(http: &ClientWithMiddleware, url: &str) -> Result<String, CallError<ApiError>> {
//!     Ok(http.get(url).send().await.error_for::<ApiError>().await?.text().await?)
//! }
//! # let _ = (client, fetch);
//! ```
//!
//! reqwest-retry's own middleware waits by its policy alone, whatever `Retry-After` says. [`RetryMiddleware`]
//! stands in its place, with the same policies. Where that middleware has to stay, [`Strategy`] tells
//! it what is tried again.

use std::error::Error as StdError;
use std::fmt;
use std::marker::PhantomData;
use std::time::{Duration, SystemTime};

use ::reqwest::{Request, Response};
use ::reqwest_middleware::{Error, Middleware, Next, Result};
use ::reqwest_retry::policies::ExponentialBackoff;
use ::reqwest_retry::{RetryDecision, RetryPolicy, Retryable, RetryableStrategy};
use async_trait::async_trait;
use http::Extensions;

use super::reqwest_middleware05::{Idempotent, read_error};
use super::reqwest013;
use crate::retry_rules::default;
use crate::{Classify, RetryRules, Taxonomy, Transport, Verdict};

#[doc(no_inline)]
pub use super::reqwest013::Limits;

/// A middleware that sends a failed request again, as far as the failure and the request allow it.
///
/// By default there are three tries in all, with up to 1 and 2 seconds between them; the delay that the
/// server asks for comes first, and one of more than 120 seconds is not waited for ([`RetryRules`]).
///
/// Errors are read as by [`ReadErrors`](crate::reqwest_middleware::ReadErrors), which therefore is not
/// needed beside it; the last response, or error, is returned as it came, so that
/// [`error_for`](crate::reqwest::ResponseExt::error_for) reads it. A request whose body cannot be
/// cloned, a stream, is sent once.
///
/// Middlewares that are added after it see every try, those before it one call. It waits with Tokio's
/// timer.
pub struct RetryMiddleware<E, P = ExponentialBackoff> {
    policy: P,
    rules: RetryRules,
    limits: Limits,
    error: PhantomData<fn() -> E>,
}

impl<E: Taxonomy> RetryMiddleware<E> {
    /// Three tries in all, with exponential backoff and full jitter.
    #[must_use]
    pub fn new() -> Self {
        let backoff = ExponentialBackoff::builder().retry_bounds(default::FIRST, default::LONGEST);
        Self::with_policy(backoff.build_with_max_retries(default::TRIES - 1))
    }
}

impl<E: Taxonomy> Default for RetryMiddleware<E> {
    fn default() -> Self {
        Self::new()
    }
}

impl<E: Taxonomy, P: RetryPolicy> RetryMiddleware<E, P> {
    /// The number of tries, or the time for them, and the backoff are the policy's.
    #[must_use]
    pub fn with_policy(policy: P) -> Self {
        Self { policy, rules: RetryRules::new(), limits: Limits::new(), error: PhantomData }
    }

    /// Decides by other rules.
    #[must_use]
    pub fn rules(mut self, rules: RetryRules) -> Self {
        self.rules = rules;
        self
    }

    /// Reads the bodies of errors within other limits.
    #[must_use]
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// How long to wait before the next try. `None`: there is none.
    fn wait(
        &self,
        outcome: &Result<Response>,
        request: &Request,
        began: SystemTime,
        past: u32,
    ) -> Option<Duration> {
        let verdict = match outcome {
            Ok(response) => of_answer(response)?,
            Err(error) => of_failure(error)?,
        };
        // The policy asks the system's clock in between, so its backoff is not shortened.
        let now = SystemTime::now();
        let RetryDecision::Retry { execute_after } = self.policy.should_retry(began, past) else {
            return None;
        };
        let backoff = execute_after.duration_since(now).unwrap_or_default();
        self.rules.decide(&verdict, request.method(), request.headers(), backoff)
    }
}

impl<E, P: fmt::Debug> fmt::Debug for RetryMiddleware<E, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RetryMiddleware")
            .field("policy", &self.policy)
            .field("rules", &self.rules)
            .field("limits", &self.limits)
            .finish()
    }
}

#[async_trait]
impl<E: Taxonomy, P: RetryPolicy + Send + Sync + 'static> Middleware for RetryMiddleware<E, P> {
    async fn handle(
        &self,
        request: Request,
        extensions: &mut Extensions,
        next: Next<'_>,
    ) -> Result<Response> {
        let began = SystemTime::now();
        let mut past = 0;
        while let Some(copy) = request.try_clone() {
            let outcome = match next.clone().run(copy, extensions).await {
                Ok(response) => Ok(read_error::<E>(response, self.limits).await),
                Err(error) => Err(error),
            };
            let Some(wait) = self.wait(&outcome, &request, began, past) else {
                return outcome;
            };
            drop(outcome);
            tokio::time::sleep(wait).await;
            past = past.saturating_add(1);
        }
        Ok(read_error::<E>(next.run(request, extensions).await?, self.limits).await)
    }
}

/// The strategy for reqwest-retry's own middleware: what is tried again, not when.
///
/// It reads the verdict that [`ReadErrors`](crate::reqwest_middleware::ReadErrors) left, which is added
/// after it; without that it goes by the status, and takes every request as not idempotent. Of the
/// calls without an answer those are tried again whose request was not sent, as a strategy is not told
/// what the request was. [`RetryMiddleware`] knows it, and waits as long as the server asks for.
///
/// ```
/// use aura_errors::Taxonomy;
/// use aura_errors::reqwest_middleware::ReadErrors;
/// use aura_errors::reqwest_retry::Strategy;
/// use reqwest_middleware::ClientBuilder;
/// use reqwest_retry::{RetryTransientMiddleware, policies::ExponentialBackoff};
///
/// #[derive(Debug, thiserror::Error, Taxonomy)]
/// enum ApiError {
///     #[error("Not found")]
///     #[api(404)]
///     NotFound,
/// }
///
/// let backoff = ExponentialBackoff::builder().build_with_max_retries(2);
/// let client = ClientBuilder::new(reqwest::Client::new())
///     .with(RetryTransientMiddleware::new_with_policy_and_strategy(backoff, Strategy))
///     .with(ReadErrors::<ApiError>::new())
///     .build();
/// # let _ = client;
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct Strategy;

impl RetryableStrategy for Strategy {
    fn handle(&self, outcome: &Result<Response>) -> Option<Retryable> {
        let repeat = match outcome {
            Ok(response) => {
                let idempotent = response.extensions().get() == Some(&Idempotent(true));
                of_answer(response)?.retry().permits(idempotent)
            }
            Err(error) => of_failure(error).is_some_and(|verdict| verdict.retry().permits(false)),
        };
        Some(if repeat { Retryable::Transient } else { Retryable::Fatal })
    }
}

/// What an answer was found to be, or says of itself. `None`: it is no failure.
fn of_answer(response: &Response) -> Option<Verdict> {
    Verdict::left_in(response.status(), response.headers(), response.extensions())
}

/// What is known of a call without an answer. `None`: the failure is a middleware's own.
fn of_failure(error: &Error) -> Option<Verdict> {
    let error = match error {
        Error::Reqwest(error) => error,
        Error::Middleware(error) => error.chain().find_map(<dyn StdError>::downcast_ref)?,
    };
    let (kind, sent) = reqwest013::judge(error);
    Some(Verdict::about(&Transport::new(kind, sent, fmt::Error)))
}
