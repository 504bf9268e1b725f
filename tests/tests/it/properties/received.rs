//! Whatever is received is read or kept, and nothing panics.

use aura_errors::{Classify, Taxonomy};
use aura_errors_tests::seeds::{AuraError, AuroraError};
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Response};
use proptest::prelude::*;

use super::arbitrary::{Rich, header_lines, json, rich};
use crate::apis;

fn received(status: u16, lines: &[(&'static str, Vec<u8>)], body: Bytes) -> Response<Bytes> {
    let mut response = Response::builder().status(status).body(body).unwrap();
    for (name, value) in lines {
        if let Ok(value) = HeaderValue::from_bytes(value) {
            response.headers_mut().append(*name, value);
        }
    }
    response
}

/// Reads it as `E`; what is not recognised is whole, and what is recognised can be written.
fn check<E: Taxonomy>(
    status: u16,
    lines: &[(&'static str, Vec<u8>)],
    body: &Bytes,
) -> Result<(), TestCaseError> {
    let response = received(status, lines, body.clone());
    let headers: HeaderMap = response.headers().clone();
    match E::from_response(response) {
        Ok(error) => {
            prop_assert!(error.classes().len() <= 2);
            let _ = (error.retry(), error.retry_after(), error.to_string(), format!("{error:?}"));
            let written = error.to_response();
            prop_assert_eq!(written.status(), error.status());
        }
        Err(other) => {
            prop_assert_eq!(other.status().as_u16(), status);
            prop_assert_eq!(other.headers(), &headers);
            prop_assert_eq!(other.body(), body);
            prop_assert_eq!(other.body().as_ptr(), body.as_ptr());
            let shown = other.to_string();
            prop_assert!(shown.chars().count() <= 200 && !shown.chars().any(char::is_control), "{}", shown);
            let debug = format!("{other:?}");
            prop_assert!(!debug.contains('\n'), "{}", debug);
            let _ = (other.classes(), other.retry(), other.retry_after());
        }
    }
    Ok(())
}

/// As each of several taxonomies.
fn check_all(status: u16, lines: &[(&'static str, Vec<u8>)], body: Vec<u8>) -> Result<(), TestCaseError> {
    let body = Bytes::from(body);
    check::<Rich>(status, lines, &body)?;
    check::<AuraError>(status, lines, &body)?;
    check::<AuroraError>(status, lines, &body)?;
    check::<apis::google::GoogleError>(status, lines, &body)?;
    check::<apis::stripe::StripeError>(status, lines, &body)?;
    check::<apis::slack::SlackError>(status, lines, &body)
}

fn status() -> impl Strategy<Value = u16> {
    prop_oneof![
        4 => prop::sample::select(&[400_u16, 402, 403, 404, 409, 410, 422, 429, 500, 503][..]),
        1 => 400..=599_u16,
        1 => 100..=999_u16,
    ]
}

/// The same document with the members of every object in the opposite order.
fn reversed(json: &serde_json::Value) -> String {
    match json {
        serde_json::Value::Object(members) => {
            let members = members.iter().rev();
            let members: Vec<_> = members
                .map(|(name, value)| {
                    format!("{}:{}", serde_json::Value::from(name.as_str()), reversed(value))
                })
                .collect();
            format!("{{{}}}", members.join(","))
        }
        serde_json::Value::Array(elements) => {
            format!("[{}]", elements.iter().map(reversed).collect::<Vec<_>>().join(","))
        }
        other => other.to_string(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn any_bytes(status in status(), lines in header_lines(), body in prop::collection::vec(any::<u8>(), 0..200)) {
        check_all(status, &lines, body)?;
    }

    #[test]
    fn bytes_that_look_like_json(status in status(), body in "[\\[\\]{}:,\"\\\\a-z0-9.eE+\\- tfn]{0,60}") {
        check_all(status, &[], body.into_bytes())?;
    }

    #[test]
    fn any_json(status in status(), lines in header_lines(), body in json()) {
        check_all(status, &lines, body.to_string().into_bytes())?;
    }

    #[test]
    fn any_status_and_headers_with_a_documented_body(
        error in rich(),
        status in 100..=999_u16,
        lines in header_lines(),
    ) {
        check_all(status, &lines, error.to_response().into_body().into())?;
    }

    #[test]
    fn a_documented_body_that_was_damaged(
        error in rich(),
        status in status(),
        at: prop::sample::Index,
        byte: u8,
        cut: bool,
    ) {
        let mut body: Vec<u8> = error.to_response().into_body().into();
        let at = at.index(body.len());
        if cut { body.truncate(at) } else { body[at] = byte }
        check_all(status, &[], body)?;
    }

    #[test]
    fn what_was_read_is_written_and_read_again_alike(status in 400..=599_u16, body in json()) {
        let Ok(error) = Rich::from_response(received(status, &[], body.to_string().into())) else {
            return Ok(());
        };
        // One that came with a status it does not have is written with one it has.
        prop_assume!(error.spec().statuses().contains(&status));
        let again = Rich::from_response(error.to_response()).unwrap();
        prop_assert_eq!(again, error);
    }

    /// A body in the order of its template is read in one pass; any other order is not.
    #[test]
    fn the_order_of_members_changes_nothing(error in rich()) {
        let response = error.to_response();
        let document: serde_json::Value = serde_json::from_slice(response.body()).unwrap();
        let (mut one, mut other) = (response.clone(), response);
        *one.body_mut() = document.to_string().into();
        *other.body_mut() = reversed(&document).into();
        prop_assert_eq!(Rich::from_response(one).unwrap(), error.clone());
        prop_assert_eq!(Rich::from_response(other).unwrap(), error);
    }
}
