//! Any part of a document is an error or is kept, and is the same after it was written.

#![no_main]

use aura_errors::{Embedded, Taxonomy};
use aura_errors_fuzz::taxonomies::{
    AcmeBody, AuraBody, GoogleBody, JsonApiBody, LegacyBody, OAuth2Body, ProblemBody, ProblemTypeBody,
    VariedBody,
};
use aura_errors_tests::seeds::AuraError;
use libfuzzer_sys::{Corpus, fuzz_target};
use serde_json::Value;

fn check<E: Taxonomy + PartialEq>(value: &Value) {
    let read: Embedded<E> = serde_json::from_value(value.clone()).expect("what is no error is kept");
    if let Err(unknown) = read.get() {
        assert_eq!(unknown.value(), value);
        let shown = unknown.to_string();
        assert!(shown.chars().count() <= 200 && !shown.chars().any(char::is_control), "{shown}");
        let debug = format!("{unknown:?}");
        assert!(!debug.contains('\n'), "{debug}");
    }
    let written = serde_json::to_value(&read).expect("the body is JSON");
    let again: Embedded<E> = serde_json::from_value(written.clone()).expect("what is no error is kept");
    // What travels in a header alone is not written here, though a body may have it too: a date, and
    // header fields of formats implemented by hand.
    let in_a_header = read.get().is_ok_and(|error| {
        error.retry_after().is_some_and(|delay| delay.as_date().is_some())
            || error.spec().fields().any(|field| field.role() == "header")
    });
    if !in_a_header && !has_long_number(&written) {
        assert_eq!(again, read, "{written}");
    }
}

/// As many digits as a float has, or more before it was read: what the JSON value holds is near the number that was written.
fn has_long_number(json: &Value) -> bool {
    match json {
        Value::Number(number) if number.is_f64() => {
            number.to_string().bytes().filter(u8::is_ascii_digit).count() >= 15
        }
        Value::Array(elements) => elements.iter().any(has_long_number),
        Value::Object(members) => members.values().any(has_long_number),
        _ => false,
    }
}

fuzz_target!(|data: &[u8]| -> Corpus {
    let Ok(value) = serde_json::from_slice(data) else {
        return Corpus::Reject;
    };
    check::<AuraError>(&value);
    check::<AuraBody>(&value);
    check::<ProblemBody>(&value);
    check::<ProblemTypeBody>(&value);
    check::<GoogleBody>(&value);
    check::<JsonApiBody>(&value);
    check::<OAuth2Body>(&value);
    check::<AcmeBody>(&value);
    check::<LegacyBody>(&value);
    check::<VariedBody>(&value);
    Corpus::Keep
});
