//! Examples written and read back.

use aura_errors::testing::{assert_examples, check_examples};
use aura_errors::{Taxonomy, body_format};
use aura_errors_tests::seeds::{AuraError, AuroraError};
use aura_errors_tests_foreign::{BillingError, LedgerError};

use crate::support::snapshot;

#[test]
fn the_responses_of_the_seeds() {
    snapshot("examples_aura", &assert_examples::<AuraError>());
    snapshot("examples_aurora", &assert_examples::<AuroraError>());
}

#[test]
fn nested_errors_are_among_the_responses() {
    let text = assert_examples::<BillingError>();
    for name in ["card_declined", "account_unknown", "books_locked"] {
        assert!(text.contains(&format!("# {name}\n\nHTTP/1.1 ")), "{name}: {text}");
    }
    assert!(text.ends_with(&assert_examples::<LedgerError>()));
}

#[track_caller]
fn findings<E: Taxonomy>() -> String {
    check_examples::<E>().expect_err("something to be found").to_string()
}

#[derive(Debug, thiserror::Error, Taxonomy)]
enum Missing {
    #[error("No order {id}")]
    #[api(404)]
    NoOrder { id: u32 },
    #[error("Fine")]
    #[api(400)]
    Fine,
    #[error("No customer {0}")]
    #[api(404)]
    NoCustomer(u32),
}

#[test]
fn a_missing_example_is_named() {
    let found = findings::<Missing>();
    assert_eq!(found.lines().count(), 2, "{found}");
    assert!(found.starts_with("- `Missing::NoOrder` has no example; write `#[api(example = …)]`"), "{found}");
    assert!(found.contains("- `Missing::NoCustomer` has no example"), "{found}");
}

#[derive(Debug, thiserror::Error, Taxonomy)]
#[error("for the log")]
#[api(404, message = "For the caller")]
struct SaysTwo;

#[test]
fn a_message_that_is_given_need_not_be_the_display() {
    assert!(assert_examples::<SaysTwo>().contains("\"error\": \"For the caller\""));
}

/// Serialises as something that it does not read.
#[derive(Debug, Clone, PartialEq, serde::Deserialize)]
struct OneWay(u32);

impl serde::Serialize for OneWay {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0.to_string())
    }
}

/// Grows whenever it is read.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
#[serde(transparent)]
struct Growing(u32);

impl<'de> serde::Deserialize<'de> for Growing {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        u32::deserialize(deserializer).map(|number| Self(number + 1))
    }
}

#[derive(Debug, thiserror::Error, Taxonomy)]
enum Lossy {
    #[error("one way")]
    #[api(400)]
    OneWay(#[api(example = OneWay(1))] OneWay),
    #[error("growing")]
    #[api(409)]
    Growing(#[api(example = Growing(1))] Growing),
}

#[test]
fn what_does_not_come_back_is_shown_with_its_response() {
    let found = findings::<Lossy>();
    assert!(found.starts_with("- `Lossy::OneWay` is not read back: "), "{found}");
    assert!(
        found.contains("\n- `Lossy::Growing` is not written again as it was\n  HTTP/1.1 409 Conflict\n"),
        "{found}"
    );
    assert!(found.contains("\"detail\": 2"), "{found}");
}

body_format! {
    Lines = { "lines": [ message ] }, content_type = "application/vnd.lines+json";
}

#[derive(Debug, thiserror::Error, Taxonomy)]
#[api(body = Lines)]
enum Bodies {
    #[error("in an array")]
    #[api(400)]
    Array,
    #[error("as text")]
    #[api(404, body = text)]
    Text,
    #[error("nothing")]
    #[api(410, body = empty)]
    Nothing,
}

#[test]
fn bodies_of_every_kind() {
    assert_eq!(
        assert_examples::<Bodies>(),
        "# array\n\nHTTP/1.1 400 Bad Request\ncontent-type: application/vnd.lines+json\n\n{\n  \"lines\": [\n    \"in an array\"\n  ]\n}\n\n\
         # text\n\nHTTP/1.1 404 Not Found\ncontent-type: text/plain; charset=utf-8\n\nas text\n\n\
         # nothing\n\nHTTP/1.1 410 Gone\n"
    );
}
