//! Canaries in private places.

use aura_errors::Taxonomy;
use aura_errors::testing::{assert_hidden, check_hidden};

const CANARY: &str = "Canary-7f3a";

#[derive(Debug, thiserror::Error, Taxonomy)]
enum ApiError {
    #[error("Out of order")]
    #[api(500)]
    Hides {
        #[api(skip)]
        query: String,
        #[source]
        cause: Option<std::io::Error>,
    },
    #[error("No {what}")]
    #[api(404, header("X-Api" = "1"))]
    Shows { what: String },
    #[error("Escaped")]
    #[api(400, body = { "why": field(why) })]
    Escaped { why: String },
    #[error("In a header")]
    #[api(409)]
    Header {
        #[api(header = "X-Why")]
        why: String,
    },
}

fn found(error: ApiError, canary: &str) -> String {
    check_hidden(error, canary).expect_err("something to be found").to_string()
}

#[test]
fn what_is_hidden_is_not_sent() {
    let cause = || Some(std::io::Error::other(CANARY));
    assert_hidden(ApiError::Hides { query: CANARY.into(), cause: cause() }, CANARY);
    assert_hidden(ApiError::Hides { query: String::new(), cause: cause() }, "canary-7F3A");
}

#[test]
fn what_is_sent_is_found_wherever_it_is() {
    let shown = found(ApiError::Shows { what: CANARY.to_uppercase() }, CANARY);
    assert!(shown.contains("`ApiError::Shows` shows the canary in its message: No CANARY-7F3A"), "{shown}");
    assert!(shown.contains("`ApiError::Shows` sends the canary:\n  HTTP/1.1 404"), "{shown}");
    assert!(found(ApiError::Header { why: CANARY.into() }, CANARY).contains("x-why: Canary-7f3a"));
    // Written as an escape, and read as what it is.
    assert!(found(ApiError::Escaped { why: "a\"b".into() }, "a\\\"b").contains("sends the canary"));
}

#[test]
fn a_value_without_the_canary_proves_nothing() {
    let hides = |query: &str| ApiError::Hides { query: query.into(), cause: None };
    for (query, canary) in [("other", CANARY), (CANARY, ""), (CANARY, " ")] {
        let found = found(hides(query), canary);
        assert!(found.contains("the `Debug` of `ApiError::Hides` does not show the canary"), "{found}");
    }
}
