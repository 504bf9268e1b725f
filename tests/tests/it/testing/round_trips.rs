//! Arbitrary values, made from the schema of bodies.

use std::collections::BTreeMap;

use aura_errors::testing::{arbitrary, assert_round_trips, check_round_trips};
use aura_errors::{FieldError, RetryAfter, Taxonomy};
use aura_errors_tests::seeds::{AuraError, AuroraError};
use http::StatusCode;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

#[derive(Debug, Clone, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = { "error": { "type"?: slot(kind), "code": code, "message": message, ..fields } })]
enum Rich {
    #[error("Named")]
    #[api(400)]
    Named {
        #[api(example = "x")]
        text: String,
        #[api(example = 'x')]
        character: char,
        #[api(example = 1)]
        small: i8,
        #[api(example = 1)]
        large: u64,
        #[api(example = 0.5)]
        float: f64,
        #[api(example = true)]
        flag: bool,
        maybe: Option<String>,
        list: Vec<Option<i32>>,
        #[serde(default)]
        map: BTreeMap<String, Vec<u8>>,
    },
    #[error("Tuple")]
    #[api(404, body = { "code": code, "detail": detail })]
    Tuple(Vec<FieldError>),
    #[error("Headers")]
    #[api(403, slot(kind = "a" | "b"))]
    Headers {
        #[api(header = "X-Text", example = "t")]
        text: String,
        #[api(header = "X-Number")]
        number: Option<i64>,
    },
    #[error("Limited")]
    #[api(429)]
    Limited {
        #[api(retry_after)]
        retry_after: Option<RetryAfter>,
    },
    #[error("Any")]
    #[api(402, code = any)]
    Any {
        #[api(code)]
        code: Option<String>,
    },
    #[error("Server")]
    #[api("5XX")]
    Server {
        #[api(status)]
        status: StatusCode,
        #[api(expose)]
        hint: Option<String>,
    },
}

#[test]
fn arbitrary_values_come_back() {
    assert_round_trips::<Rich>();
    assert_round_trips::<AuraError>();
    assert_round_trips::<AuroraError>();
}

/// How many different values of the taxonomy come up.
fn different<E: Taxonomy>(name: &str) -> usize {
    let mut runner = TestRunner::deterministic();
    let values = arbitrary::<E>();
    let mut seen: Vec<String> = Vec::new();
    for _ in 0..400 {
        let error = values.new_tree(&mut runner).unwrap().current();
        let shown = format!("{error:?}");
        if error.name() == name && !seen.contains(&shown) {
            seen.push(shown);
        }
    }
    seen.len()
}

#[test]
fn the_values_are_arbitrary() {
    for (name, at_least) in
        [("named", 20), ("tuple", 20), ("headers", 20), ("limited", 20), ("any", 20), ("server", 20)]
    {
        let number = different::<Rich>(name);
        assert!(number >= at_least, "{name}: {number}");
    }
}

proptest! {
    #[test]
    fn a_strategy_for_tests_of_ones_own(error in arbitrary::<Rich>()) {
        prop_assert_eq!(Rich::from_response(error.to_response()).unwrap(), error);
    }
}

/// Another one whenever it is read.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
#[serde(transparent)]
struct Growing(u32);

impl<'de> serde::Deserialize<'de> for Growing {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        u32::deserialize(deserializer).map(|number| Self(number.wrapping_add(1)))
    }
}

mod spelled {
    /// Its schema is that of the name.
    #[allow(non_camel_case_types)]
    pub(super) type u32 = super::Growing;
}

#[derive(Debug, thiserror::Error, Taxonomy)]
enum Lossy {
    #[error("growing")]
    #[api(400)]
    Growing(#[api(example = Growing(2))] spelled::u32),
    #[error("unknown")]
    #[api(404)]
    NoExample(u32),
}

#[test]
fn what_does_not_come_back_is_found_and_so_is_a_missing_example() {
    let found = check_round_trips::<Lossy>().expect_err("something to be found").to_string();
    assert!(found.contains("`Lossy::Growing` is not written again as it was"), "{found}");
    assert!(found.contains("`Lossy::NoExample` has no example to start from"), "{found}");
}

#[derive(Debug, thiserror::Error, Taxonomy)]
#[error("unreadable")]
#[api(400)]
struct Unreadable(#[api(example = Never)] spelled_never::bool);

#[derive(Debug, serde::Serialize)]
struct Never;

impl<'de> serde::Deserialize<'de> for Never {
    fn deserialize<D: serde::Deserializer<'de>>(_: D) -> Result<Self, D::Error> {
        Err(serde::de::Error::custom("never"))
    }
}

mod spelled_never {
    #[allow(non_camel_case_types)]
    pub(super) type bool = super::Never;
}

#[test]
fn an_error_that_is_never_read_is_found() {
    let found = check_round_trips::<Unreadable>().expect_err("something to be found").to_string();
    assert!(found.starts_with("- responses of `Unreadable` made by its schema are not read: "), "{found}");
}
