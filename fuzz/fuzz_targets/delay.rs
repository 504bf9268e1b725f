//! Whatever says how long to wait is read as a delay of at most 365 days, a date, or nothing.

#![no_main]

use std::time::Duration;

use aura_errors::{RetryAfter, Taxonomy};
use aura_errors_fuzz::{check, input};
use bytes::Bytes;
use http::Response;
use libfuzzer_sys::{Corpus, fuzz_target};

macro_rules! limited {
    ($name:ident, $unit:ident) => {
        #[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
        #[error("limited")]
        #[api(
            429,
            body = { "ms"?: retry_after_ms, "seconds"?: retry_after, "text"?: "try again in {retry_after}s" },
            reset_header("X-RateLimit-Reset" = $unit)
        )]
        struct $name {
            #[api(retry_after)]
            retry_after: Option<RetryAfter>,
        }
    };
}

limited!(Seconds, seconds);
limited!(Epoch, epoch);

/// Where the first `Retry-After` is a plain number above zero and nothing comes before it, that is the delay.
fn plain(response: &Response<Bytes>) -> Option<Duration> {
    if response.headers().contains_key("retry-after-ms") || !response.body().is_empty() {
        return None;
    }
    let text = response.headers().get("retry-after")?.to_str().ok()?;
    let seconds: u32 = text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())??;
    (1..=31_536_000).contains(&seconds).then(|| Duration::from_secs(seconds.into()))
}

/// Where it is a date after the response's own `Date`, the difference is.
fn between(response: &Response<Bytes>) -> Option<Duration> {
    if response.headers().contains_key("retry-after-ms") || !response.body().is_empty() {
        return None;
    }
    let date = |name| httpdate::parse_http_date(response.headers().get(name)?.to_str().ok()?).ok();
    let delay = date("retry-after")?.duration_since(date("date")?).ok()?;
    (!delay.is_zero() && delay <= RetryAfter::MAX_DELAY).then_some(delay)
}

fn limited<E: Taxonomy>(response: &Response<Bytes>) {
    let Ok(error) = E::from_response(response.clone()) else {
        return;
    };
    let delay = error.retry_after();
    if let Some(delay) = delay {
        check::delay(delay);
    }
    if let Some(expected) = plain(response).or_else(|| between(response)) {
        assert_eq!(delay.and_then(RetryAfter::as_delay), Some(expected));
    }
}

fuzz_target!(|data: &[u8]| -> Corpus {
    let Some(response) = input::response(data) else {
        return Corpus::Reject;
    };
    limited::<Seconds>(&response);
    limited::<Epoch>(&response);
    if let Some(delay) = RetryAfter::from_headers(response.headers()) {
        check::delay(delay);
    }
    if let Ok(delay) = serde_json::from_slice::<RetryAfter>(response.body()) {
        check::delay(delay);
    }
    Corpus::Keep
});
