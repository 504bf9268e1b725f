//! Taxonomies with bodies that are hard to read.

use std::collections::BTreeMap;

use aura_errors::{FieldError, RetryAfter, Taxonomy};
use aura_errors_tests::seeds::AuraError;
use http::StatusCode;
use serde::{Deserialize, Serialize};

/// Bodies in many forms.
#[derive(Debug, thiserror::Error, Taxonomy)]
#[api(body = { "errors": detail @ [ { "message": message, "code"?: code, "domain"?: slot(domain) } ], "ver": 1.0 })]
pub(crate) enum Forms {
    #[error("several")]
    #[api(400, slot(domain = "a" | "b"))]
    Several(
        #[api(example = vec![BTreeMap::from([("message".into(), "several".into()), ("code".into(), "several".into())])])]
         Vec<BTreeMap<String, String>>,
    ),
    #[error("{text}")]
    #[api(409, body = { "error": field(reason) | message, "code": code, "hint"?: field(hint) | "none" })]
    Choice {
        #[api(message)]
        text: String,
        reason: Option<String>,
        hint: Option<String>,
    },
    #[error("{number}")]
    #[api(410, body = { "msg": message, "code": code })]
    Numbered {
        #[api(message, example = 5)]
        number: u32,
    },
    #[error("as text")]
    #[api(411, code = none, body = text)]
    Text(#[api(message, example = "plain")] String),
    #[error("empty")]
    #[api(412, code = none, body = empty)]
    Empty,
    #[error("payload")]
    #[api(413, code = none, body = detail)]
    Payload(#[api(example = vec![1])] Vec<u8>),
    #[error("other payload")]
    #[api(413, code = none, body = { "only": detail })]
    Only(#[api(example = true)] bool),
    #[error("listed")]
    #[api(422, code = "listed" | none, body = [ { "message": message, "code"?: code, ..fields } ])]
    Listed {
        #[api(example = 1)]
        first: i8,
        #[serde(flatten)]
        rest: BTreeMap<String, serde_json::Value>,
    },
    #[error("also {0}")]
    #[api(423, body = { "code": code, "~/odd": { "x/y": field(0) } })]
    Odd(#[api(example = "x")] String),
    #[error("late")]
    #[api(429, body = { "code": code, "wait"?: retry_after, "wait_ms"?: retry_after_ms })]
    Late {
        #[api(retry_after)]
        retry_after: Option<RetryAfter>,
    },
    #[error("must wait")]
    #[api(503, body = { "code": code, "text": "retry in {retry_after} seconds" })]
    MustWait {
        #[api(retry_after)]
        retry_after: RetryAfter,
    },
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Place {
    line: u32,
    column: Option<u32>,
}

/// Members */ with """odd\""" names, and types.
#[derive(Debug, thiserror::Error, Taxonomy)]
#[api(
    body = { "error": { "type": slot(type), "code"?: code, "message": message, "for"?: field(class) }, ..fields },
    code_header = "X-Error-Code",
    retry_header = "X-Should-Retry",
    reset_header("X-Reset" = seconds),
    fields(rename_all = "camelCase")
)]
pub(crate) enum Members {
    /// Names */ that a program """has\""" for itself.
    /// @deprecated is no tag
    #[error("names")]
    #[api(400, slot(type = "invalid"), docs_url = "https://example.com/*/\"x\"")]
    Names {
        #[api(example = Some("c".into()))]
        class: Option<String>,
        #[api(example = 1)]
        status: u8,
        #[serde(rename = "from", alias = "origin")]
        origin: Option<String>,
        #[serde(rename = "__proto__")]
        proto: Option<bool>,
        message: Option<String>,
    },
    #[error("types")]
    #[api(409, slot(type = "invalid" | "types"))]
    Types {
        #[api(example = -1)]
        small: i8,
        #[api(example = 1.5)]
        float: f64,
        #[api(example = 'x')]
        letter: char,
        #[api(example = vec![FieldError::missing(["a"])])]
        violations: Vec<FieldError>,
        by_name: Option<BTreeMap<String, u16>>,
        big: Option<u64>,
        any: Option<serde_json::Value>,
        #[api(example = vec![Some(FieldError::missing(["b"])), None])]
        rows: Vec<Option<FieldError>>,
    },
    #[error("in a header")]
    #[api(404, code = none, slot(type = "gone"))]
    InHeader {
        #[api(header = "X-Count")]
        count: Option<u16>,
        #[api(header = "X-Name", example = "n")]
        name: String,
    },
    #[error("conditional")]
    #[api(404, code = none, slot(type = "gone"), when(header("X-Left") = "0"))]
    Conditional,
    #[error("any")]
    #[api(429, code = any, slot(type = "limit"))]
    AnyLimit {
        #[api(code)]
        code: Option<String>,
        #[api(retry_after)]
        retry_after: Option<RetryAfter>,
    },
    #[error("a range")]
    #[api("5XX", code = any, slot(type = "server"))]
    Range {
        #[api(status)]
        status: StatusCode,
    },
    #[error("narrow")]
    #[api(520..=530, code = none, slot(type = "server"))]
    Narrow {
        #[api(status)]
        status: StatusCode,
    },
    #[error("a success")]
    #[api(200, allow_success, slot(type = "ok"))]
    Success,
    #[error("elsewhere")]
    #[api(418, code = 1007, slot(type = "tea"), retry = always)]
    Numbered,
    #[error(transparent)]
    #[api(transparent)]
    Aura(#[from] AuraError),
    #[error(transparent)]
    #[api(transparent)]
    Typed(#[from] Typed),
}

/// A taxonomy of one error.
#[derive(Debug, thiserror::Error, Taxonomy)]
#[error("typed")]
#[api(451, body = { "typed": code, "at"?: field(at), "reason"?: detail })]
pub(crate) struct Typed {
    at: Option<String>,
    #[api(detail)]
    reason: Option<String>,
}

/// Types that nobody describes.
#[derive(Debug, thiserror::Error, Taxonomy)]
#[api(body = { "code": code, "message": message, "place"?: field(place) | "nowhere" })]
pub(crate) enum Unknown {
    #[error("placed")]
    #[api(400)]
    Placed { place: Option<Place> },
}

/// What stands for an absent value, in many forms.
#[derive(Debug, thiserror::Error, Taxonomy)]
#[api(body = { "detail": detail | code, "code": code, "message": message, "kind": field(kind) | slot(of) })]
pub(crate) enum Instead {
    #[error("code")]
    #[api(400, slot(of = "k" | "l"))]
    OrCode(Option<String>),
    #[error("never absent")]
    #[api(404, body = { "code": code, "level": field(level) | 3, "text": field(text) | message })]
    Never {
        #[api(example = 3)]
        level: u32,
        #[api(example = "never absent")]
        text: String,
    },
    #[error("skipped")]
    #[api(404, body = { "code": code, "level": field(level) | 3, "text": field(text) | message })]
    Skipped {
        #[serde(skip_serializing_if = "Option::is_none")]
        level: Option<u32>,
        text: Option<String>,
    },
    #[error("known")]
    #[api(409, slot(of = "k"), body = {
        "code": code, "reason": field(a) | reason, "status": field(b) | status, "class": field(c) | class,
        "title": field(d) | title, "kind": field(kind) | slot(of)
    })]
    Known { a: Option<String>, b: Option<u16>, c: Option<String>, d: Option<String>, kind: Option<String> },
}
