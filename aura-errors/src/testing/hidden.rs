//! That nothing private is sent: a canary in the private places of a value.

use bytes::Bytes;
use http::Response;

use super::examples::{http_text, place};
use super::findings::Findings;
use crate::Taxonomy;

/// Asserts that a text in the private places of an error is nowhere in what is sent: not in the
/// status, the headers and the body of its response, and not in its message.
///
/// Give it a value with the canary in every place that must not be seen: in the cause, in skipped
/// fields, in their own causes. `Debug` has to show the canary, or the test would prove nothing.
/// The canary is found in any case of its letters.
///
/// ```
/// # use aura_errors::{Taxonomy, testing};
/// #[derive(Debug, thiserror::Error, Taxonomy)]
/// #[error("Out of order")]
/// #[api(500)]
/// struct Failed {
///     #[api(skip)]
///     query: String,
/// }
///
/// testing::assert_hidden(Failed { query: "select canary-7f3a".into() }, "canary-7f3a");
/// ```
///
/// # Panics
///
/// If the canary is sent, or is not in the value.
#[track_caller]
pub fn assert_hidden<E: Taxonomy>(error: E, canary: &str) {
    if let Err(findings) = check_hidden(error, canary) {
        panic!("{findings}");
    }
}

/// As [`assert_hidden`], without a panic.
///
/// # Errors
///
/// If [`assert_hidden`] would panic.
pub fn check_hidden<E: Taxonomy>(error: E, canary: &str) -> Result<(), Findings> {
    let name = place(error.spec());
    let canary = canary.to_lowercase();
    let has = |text: &str| text.to_lowercase().contains(&canary);
    let mut found = Vec::new();
    if canary.trim().is_empty() || !has(&format!("{error:?}")) {
        found.push(format!(
            "the `Debug` of `{name}` does not show the canary, so nothing is proved; put it into a private place"
        ));
    }
    if has(&error.message()) {
        found.push(format!("`{name}` shows the canary in its message: {}", error.message()));
    }
    let (sent, handed_over) = (wire(&error.to_response()), wire(&error.into_http()));
    if has(&sent) {
        found.push(format!("`{name}` sends the canary:\n{sent}"));
    } else if has(&handed_over) {
        found.push(format!("`{name}` sends the canary by `into_http`:\n{handed_over}"));
    }
    Findings::of(found, ())
}

/// The response as text, with the body a second time as it stands: once read, escapes are characters
/// and of two members with one name there is one.
fn wire(response: &Response<Bytes>) -> String {
    http_text(response) + &String::from_utf8_lossy(response.body())
}
