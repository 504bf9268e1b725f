//! backon 1, feature `backon1`: what is tried again, and when.
//!
#![cfg_attr(feature = "reqwest013", doc = "```")]
#![cfg_attr(not(feature = "reqwest013"), doc = "```ignore")]
//! use aura_errors::reqwest::ResponseExt;
//! use aura_errors::{CallError, Taxonomy, backon};
//! use ::backon::Retryable;
//! use http::Method;
//!
//! #[derive(Debug, thiserror::Error, Taxonomy)]
//! enum ApiError {
//!     #[error("Not found")]
//!     #[api(404)]
//!     NotFound,
//! }
//!
//! async fn fetch(http: &reqwest::Client, url: &str) -> Result<String, CallError<ApiError>> {
//!     let once = async || Ok(http.get(url).send().await.error_for().await?.text().await?);
//!     once.retry(backon::backoff()).when(backon::when(&Method::GET)).adjust(backon::adjust).await
//! }
//! # let _ = fetch;
//! ```
//!
//! [`adjust`] waits as long as the server asks for, with backon's own delay and its jitter on top, and
//! gives up where the server asks for more than 120 seconds; [`adjust_by`] takes other
//! [`RetryRules`]. Any builder of backon does instead of [`backoff`], and decides about the number of
//! tries. The error is any that is [`Classify`].
//!
//! # Blocking
//!
//! backon's [`BlockingRetryable`](::backon::BlockingRetryable) has no `adjust`. [`Blocking`] does the same with `when` and
//! `sleep`:
//!
//! ```
//! use aura_errors::backon::{self, Blocking};
//! # use aura_errors::{CallError, Taxonomy};
//! use ::backon::BlockingRetryable;
//! use http::Method;
//! # #[derive(Debug, thiserror::Error, Taxonomy)]
//! # enum ApiError {
//! #     #[error("Not found")]
//! #     #[api(404)]
//! #     NotFound,
//! # }
//! # let fetch = || Err::<String, _>(CallError::<ApiError>::from_response(ApiError::NotFound.to_response()));
//!
//! // `fetch` is any function that returns a `Result<_, CallError<ApiError>>`.
//! let pause = Blocking::new(&Method::GET);
//! let fetched = fetch.retry(backon::backoff()).when(pause.when()).sleep(pause.sleep()).call();
//! # assert!(fetched.is_err());
//! ```

use std::cell::Cell;
use std::rc::Rc;
use std::thread;
use std::time::Duration;

use ::backon::ExponentialBuilder;
use http::{HeaderMap, Method};

use crate::retry_rules::default;
use crate::{Classify, RetryRules};

/// The default backoff: three tries in all, with 1 to 2 and 2 to 4 seconds between them.
///
/// backon's own default is one try more and no jitter.
#[must_use]
pub fn backoff() -> ExponentialBuilder {
    ExponentialBuilder::new()
        .with_min_delay(default::FIRST)
        .with_max_delay(default::LONGEST)
        .with_max_times(default::TRIES as usize - 1)
        .with_jitter()
}

/// For `when`: whether a request with this method may be sent again after an error
/// ([`Classify::should_retry`]).
pub fn when<F: Classify>(method: &Method) -> impl Fn(&F) -> bool + Clone + use<F> {
    let method = method.clone();
    move |failure| failure.should_retry(&method)
}

/// For `when`: whether a request with this method and these headers may be sent again after an error;
/// one with an `Idempotency-Key` is idempotent ([`Classify::should_retry_request`]).
pub fn when_request<F: Classify>(
    method: &Method,
    headers: &HeaderMap,
) -> impl Fn(&F) -> bool + Clone + use<F> {
    let (method, headers) = (method.clone(), headers.clone());
    move |failure| failure.should_retry_request(&method, &headers)
}

/// For `adjust`: the delay that the server asks for, and backon's on top, by the default
/// [`RetryRules`].
///
/// `None`, which ends the tries: backon has no further one, the server asks for more than 120 seconds,
/// or the error is never tried again.
pub fn adjust<F: Classify>(failure: &F, backoff: Option<Duration>) -> Option<Duration> {
    RetryRules::new().delay(failure, backoff?)
}

/// For `adjust`: the same by other rules.
///
/// ```
/// use std::time::Duration;
///
/// use aura_errors::{RetryRules, backon};
///
/// let patient = RetryRules::new().max_delay(Duration::from_secs(600));
/// let adjust = backon::adjust_by::<http::StatusCode>(patient);
/// let backoff = Some(Duration::from_secs(1));
/// assert_eq!(adjust(&http::StatusCode::BAD_GATEWAY, backoff), backoff);
/// ```
pub fn adjust_by<F: Classify>(
    rules: RetryRules,
) -> impl Fn(&F, Option<Duration>) -> Option<Duration> + Clone {
    move |failure, backoff| rules.delay(failure, backoff?)
}

/// For a [`BlockingRetry`](::backon::BlockingRetry): what `when` decides, `sleep` waits for.
///
/// One value is for one call at a time; its clones belong together. The delay that `notify` is told is
/// backon's own, without that of the server.
#[derive(Clone, Debug)]
#[must_use]
pub struct Blocking {
    rules: RetryRules,
    method: Method,
    headers: HeaderMap,
    /// What the server asks for after the last failure.
    asked: Rc<Cell<Duration>>,
}

impl Blocking {
    /// For requests with this method and no `Idempotency-Key`, by the default [`RetryRules`].
    pub fn new(method: &Method) -> Self {
        Self {
            rules: RetryRules::new(),
            method: method.clone(),
            headers: HeaderMap::new(),
            asked: Rc::default(),
        }
    }

    /// For requests with these headers; one with an `Idempotency-Key` is idempotent.
    pub fn headers(mut self, headers: &HeaderMap) -> Self {
        self.headers = headers.clone();
        self
    }

    /// Decides by other rules.
    pub fn rules(mut self, rules: RetryRules) -> Self {
        self.rules = rules;
        self
    }

    /// For `when`: whether the request may be sent again, and the server does not ask for too long a
    /// delay.
    pub fn when<F: Classify>(&self) -> impl Fn(&F) -> bool + use<F> {
        let this = self.clone();
        move |failure| {
            let asked = this.rules.decide(failure, &this.method, &this.headers, Duration::ZERO);
            this.asked.set(asked.unwrap_or_default());
            asked.is_some()
        }
    }

    /// For `sleep`: waits as long as the server asks for, with backon's own delay on top.
    pub fn sleep(&self) -> impl Fn(Duration) + use<> {
        let this = self.clone();
        move |backoff| thread::sleep(this.wait(backoff))
    }

    /// How long that is, for a `sleep` of one's own.
    #[must_use]
    pub fn wait(&self, backoff: Duration) -> Duration {
        self.asked.get().saturating_add(backoff)
    }
}
