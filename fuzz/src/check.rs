//! What holds for whatever is received.

use aura_errors::{CallError, Classify, Taxonomy, Unrecognized};
use bytes::Bytes;
use http::Response;
use serde_json::Value;

use crate::members;

/// What is read can be written, and what is written is read and written again alike; what is not
/// recognised is whole. Nothing that is shown spreads over lines.
pub fn received<E: Taxonomy>(response: &Response<Bytes>) {
    call::<E>(response);
    match E::from_response(response.clone()) {
        Ok(error) => recognised(&error, response),
        Err(other) => unrecognised(&other, response),
    }
    in_another_order::<E>(response);
}

/// The order of members, white space and the spelling of texts change nothing.
fn in_another_order<E: Taxonomy>(response: &Response<Bytes>) {
    let Ok(body) = serde_json::from_slice::<Value>(response.body()) else {
        return;
    };
    // The spelling of a number may count: a code is compared as text. And a field may refuse duplicates.
    if !body.is_object() || has_fraction(&body) || members::has_duplicates(response.body(), &body) {
        return;
    }
    let mut other = response.clone();
    *other.body_mut() = body.to_string().into();
    let error = |response: &Response<Bytes>| {
        let written = E::from_response(response.clone()).ok()?.to_response();
        let body = serde_json::from_slice::<Value>(written.body()).unwrap_or_default();
        Some((written.status(), written.headers().clone(), body))
    };
    assert_eq!(error(response), error(&other), "{:?} and {:?}", response.body(), other.body());
}

fn has_fraction(json: &Value) -> bool {
    match json {
        Value::Number(number) => number.is_f64(),
        Value::Array(elements) => elements.iter().any(has_fraction),
        Value::Object(members) => members.values().any(has_fraction),
        _ => false,
    }
}

fn recognised<E: Taxonomy>(error: &E, response: &Response<Bytes>) {
    classified(error);
    let _ = (error.message(), error.to_string(), format!("{error:?}"));

    let written = error.to_response();
    assert_eq!(written.status(), error.status());
    for value in written.headers().values() {
        assert!(!value.as_bytes().iter().any(|byte| matches!(byte, b'\r' | b'\n' | 0)), "{value:?}");
    }
    // One that came with a status it does not have is written with one it has, where another error may
    // be known by the status alone.
    if error.spec().statuses().contains(&response.status().as_u16()) {
        let again = E::from_response(written.clone())
            .unwrap_or_else(|other| panic!("{error:?} is not read back: {other}: {:?}", other.body()))
            .to_response();
        // Compared as written: a header has whole seconds, so a shorter delay that came is written longer.
        assert_eq!(again.status(), written.status());
        assert_eq!(again.headers(), written.headers());
        assert_eq!(again.body(), written.body());
    }
}

fn unrecognised(other: &Unrecognized, response: &Response<Bytes>) {
    classified(other);
    assert_eq!(other.status(), response.status());
    assert_eq!(other.headers(), response.headers());
    assert_eq!(other.body(), response.body());
    assert_eq!(other.body().as_ptr(), response.body().as_ptr(), "moved, not copied");
    let _ = (other.code(), other.message(), other.reason());
    one_line(&other.to_string());
    let debug = format!("{other:?}");
    assert!(!debug.contains('\n'), "{debug}");
}

fn call<E: Taxonomy>(response: &Response<Bytes>) {
    let error = CallError::<E>::from_response(response.clone());
    classified(&error);
    let _ = (error.code(), error.message(), format!("{error:?}"));
    one_line(&error.to_string());
}

fn classified(error: &dyn Classify) {
    assert!(error.classes().len() <= 10);
    let _ = error.retry();
    if let Some(delay) = error.retry_after() {
        self::delay(delay);
    }
}

/// A delay is at most 365 days, and what is written of it is never less than meant.
pub fn delay(delay: aura_errors::RetryAfter) {
    let mut headers = http::HeaderMap::new();
    headers.insert("retry-after", delay.to_header_value());
    let read = aura_errors::RetryAfter::from_headers(&headers).expect("a header of ours");
    match (delay.as_delay(), read.as_delay()) {
        (Some(meant), Some(read)) => {
            assert!(meant <= aura_errors::RetryAfter::MAX_DELAY);
            assert!(read >= meant && read.as_secs() - meant.as_secs() <= 1, "{read:?} for {meant:?}");
        }
        (None, None) => assert!(read.as_date() >= delay.as_date()),
        _ => panic!("{read:?} for {delay:?}"),
    }
    let json = serde_json::to_string(&delay).expect("a number or a text");
    let back: aura_errors::RetryAfter = serde_json::from_str(&json).expect("a delay of ours");
    assert_eq!(back.as_delay().is_some(), delay.as_delay().is_some(), "{json}");
}

/// As `Display` promises.
fn one_line(shown: &str) {
    assert!(shown.chars().count() <= 200, "{shown}");
    assert!(!shown.chars().any(char::is_control), "{shown:?}");
}
