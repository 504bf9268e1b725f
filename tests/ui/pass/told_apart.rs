//! Errors of one code, or without one, that something else tells apart.

use aura_errors::{Taxonomy, body_format};

body_format! {
    Kinds = { "kind"?: slot(kind), "code"?: code, "message": message }
}

#[derive(Debug, thiserror::Error, Taxonomy)]
#[api(body = Kinds)]
enum OneCode {
    #[error("a status")]
    #[api(400, code = "x")]
    Status,
    #[error("another status")]
    #[api(401, code = "x")]
    OtherStatus,
    #[error("a range around it")]
    #[api("4XX", code = "x")]
    Range {
        #[api(status)]
        status: u16,
    },
    #[error("a condition")]
    #[api(400, code = "x", when(header("X-A") = "1"))]
    Condition,
    #[error("another condition")]
    #[api(400, code = "x", when(header("X-A") = "2"))]
    OtherCondition,
    #[error("a slot")]
    #[api(400, code = "x", slot(kind = "a"))]
    Slot,
    #[error("another value of it")]
    #[api(400, code = "x", slot(kind = "b"))]
    OtherSlot,
}

#[derive(Debug, thiserror::Error, Taxonomy)]
enum NoCode {
    #[error("a text")]
    #[api(400, code = none)]
    Text,
    #[error("an object in its place")]
    #[api(400, code = none, body = { "error": { "message": message } })]
    Object,
    #[error("a literal")]
    #[api(401, code = none, body = { "kind": "a", "message": message })]
    Literal,
    #[error("another literal")]
    #[api(401, code = none, body = { "kind": "b", "message": message })]
    OtherLiteral,
    #[error("less")]
    #[api(402, code = none, body = { "message": message })]
    Less,
    #[error("more")]
    #[api(402, code = none, body = { "message": message, "title": title })]
    More,
    #[error("the payload itself")]
    #[api(403, code = none, body = detail)]
    Payload(Vec<String>),
    #[error("a message beside it")]
    #[api(403, code = none, body = { "message": message })]
    BesidePayload,
    #[error("a condition")]
    #[api(404, code = none, when(header("X-A") = "1"))]
    OnHeader,
    #[error("another condition")]
    #[api(404, code = none, when(header("X-B") = "1"))]
    OnOtherHeader,
    #[error("no condition")]
    #[api(404, code = none)]
    OnNoHeader,
    #[error("more")]
    #[api(405, code = none, body = { "message": message, "title": title }, when(header("X-A") = "1"))]
    MoreFirst,
    #[error("less")]
    #[api(405, code = none, body = { "message": message }, when(header("X-A") = "1"))]
    LessLater,
}

#[derive(Debug, thiserror::Error, Taxonomy)]
enum Outer {
    #[error(transparent)]
    #[api(transparent)]
    OneCode(#[from] OneCode),
    #[error(transparent)]
    #[api(transparent)]
    NoCode(#[from] NoCode),
    #[error("another status than those nested")]
    #[api(409, code = "x", name = "other")]
    Other,
}

fn main() {
    for error in Outer::examples() {
        let name = error.name();
        let read = Outer::from_response(error.to_response()).unwrap();
        assert_eq!(read.name(), name);
    }
}
