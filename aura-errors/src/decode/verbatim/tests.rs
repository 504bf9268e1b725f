//! What is read of a body as it is written is what the general way reads of it.

use std::collections::BTreeMap;
use std::fmt::Debug;

use bytes::Bytes;
use http::{HeaderValue, Response, StatusCode, header};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde::{Deserialize, Serialize};

use crate::decode::reader::Reader;
use crate::decode::verbatim::{self, Sight};
use crate::decode::{NotRead, read_any};
use crate::private::Derived;
use crate::{FieldError, RetryAfter, Taxonomy};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Nested {
    name: String,
    #[serde(default)]
    tags: Vec<String>,
}

/// The code is the second member, and the message stands for an absent detail.
#[derive(Debug, Clone, thiserror::Error, Taxonomy)]
#[api(body = { "error": message, "error_code": code, "detail": detail | message })]
enum Flat {
    #[error("Not found")]
    #[api(404)]
    Unit,
    #[error("Insufficient \"credit\"")]
    #[api(402)]
    Fields {
        balance: u32,
        #[serde(rename = "rev", alias = "revision")]
        revision: Option<i64>,
        #[serde(default, skip_serializing_if = "String::is_empty")]
        note: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        nested: Option<Nested>,
    },
    #[error("Validation error")]
    #[api(422)]
    List(Vec<FieldError>),
    #[error("Text")]
    #[api(400)]
    Text(String),
    #[error("Perhaps")]
    #[api(400)]
    Perhaps(Option<u8>),
    #[error("Rate limit exceeded")]
    #[api(429)]
    Limited {
        #[api(retry_after)]
        retry_after: Option<RetryAfter>,
    },
    #[error("The name {name} is taken")]
    #[api(409)]
    Named { name: String, ratio: f64 },
    #[error("Any status")]
    #[api(5XX)]
    Range {
        #[api(status)]
        status: StatusCode,
    },
}

/// The code comes first, as a number; members may be left out.
#[derive(Debug, Clone, thiserror::Error, Taxonomy)]
#[api(body = { "error": { "code": code, "kind": "plain", "message": message, "hint"?: field(hint), ..fields }, "ok": false })]
enum Deep {
    #[error("Gone")]
    #[api(410, code = 7)]
    Unit,
    #[error("Wrong {number}")]
    #[api(400, code = -12)]
    Fields {
        hint: Option<String>,
        number: u8,
        more: BTreeMap<String, bool>,
        #[serde(with = "crate::decode::verbatim::tests::shouted")]
        loud: String,
    },
}

/// The one element of a list.
#[derive(Debug, Clone, thiserror::Error, Taxonomy)]
#[api(body = { "errors": [ { "title": message, "code": code, "meta"?: fields } ] })]
enum Listed {
    #[error("A")]
    #[api(400)]
    Unit,
    #[error("B")]
    #[api(400)]
    Fields { first: bool, second: serde_json::Value },
}

/// Other templates beside the type's, and slots.
#[derive(Debug, Clone, thiserror::Error, Taxonomy)]
#[api(body = { "type": slot(kind), "code": code, "message": message, "data"?: fields })]
enum Slots {
    #[error("A")]
    #[api(400, slot(kind = "a"))]
    Unit,
    #[error("B")]
    #[api(400, slot(kind = "b" | "c"))]
    Fields { number: u8 },
    #[error("C")]
    #[api(400)]
    Received {
        #[api(slot = "kind")]
        kind: Option<String>,
    },
    #[error("D")]
    #[api(409, body = { "type": code, "code": message })]
    Elsewhere,
    #[error("E")]
    #[api(409, body = { "kind": code })]
    Short,
}

/// `with = …`: upper case on the wire.
mod shouted {
    use serde::{Deserialize, Deserializer, Serializer};

    pub(crate) fn serialize<S: Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&text.to_uppercase())
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
        Ok(String::deserialize(deserializer)?.to_lowercase())
    }
}

fn read_as_written<E: Derived>(response: &Response<Bytes>) -> Option<E> {
    let index = E::runtime().index(E::CATALOG);
    let Sight::Known(entry, matching) = verbatim::sight(index, response) else { return None };
    let mut reader = Reader::verbatim(index, entry, response, matching);
    E::build(&entry.path, &mut reader).ok().filter(|_| reader.is_whole())
}

/// Whether it was told to be unknown as written, which is then what it is in the general way.
fn same_unknown<E: Derived + Debug>(response: &Response<Bytes>) -> bool {
    let index = E::runtime().index(E::CATALOG);
    let Sight::Unknown = verbatim::sight(index, response) else { return false };
    let Some(found) = verbatim::unknown(index, response) else { return false };
    let quick = NotRead::unknown(&found);
    let Err(other) = read_any::<E>(response) else { panic!("unknown only as written: {response:?}") };
    let all = |not_read: &NotRead| format!("{:?} {:?}", not_read.received, not_read.reason);
    assert_eq!(all(&quick), all(&other), "{response:?}");
    true
}

/// Whether it was read.
fn same<E: Derived + Debug>(response: &Response<Bytes>) -> bool {
    let unknown = same_unknown::<E>(response);
    let Some(error) = read_as_written::<E>(response) else { return false };
    assert!(!unknown, "{response:?}");
    let Ok(other) = read_any::<E>(response) else { panic!("only as written: {error:?} {response:?}") };
    assert_eq!(format!("{error:?}"), format!("{other:?}"), "{response:?}");
    true
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[a-z \"\\\\\n]{0,8}",
        select(vec!["", "null", "Text", "{", "[]", "Not found"]).prop_map(String::from)
    ]
}

fn flat() -> impl Strategy<Value = Flat> {
    let nested = (text(), prop::collection::vec(text(), 0..3)).prop_map(|(name, tags)| Nested { name, tags });
    let list = prop::collection::vec((text(), any::<i64>(), text()), 0..3).prop_map(|list| {
        let error =
            |(name, index, msg): (String, i64, String)| FieldError::new([name], msg, "kind").at(index);
        list.into_iter().map(error).collect()
    });
    prop_oneof![
        Just(Flat::Unit),
        (any::<u32>(), any::<Option<i64>>(), text(), prop::option::of(nested))
            .prop_map(|(balance, revision, note, nested)| Flat::Fields { balance, revision, note, nested }),
        Strategy::prop_map(list, Flat::List),
        text().prop_map(Flat::Text),
        any::<Option<u8>>().prop_map(Flat::Perhaps),
        any::<Option<u16>>().prop_map(|seconds| Flat::Limited {
            retry_after: seconds.map(|seconds| RetryAfter::from_secs(seconds.into()))
        }),
        (text(), -1e9..1e9).prop_map(|(name, ratio)| Flat::Named { name, ratio }),
        (500..600_u16).prop_map(|status| Flat::Range { status: StatusCode::from_u16(status).unwrap() }),
    ]
}

fn deep() -> impl Strategy<Value = Deep> {
    let more = prop::collection::btree_map(text(), any::<bool>(), 0..3);
    prop_oneof![
        Just(Deep::Unit),
        (prop::option::of(text()), any::<u8>(), more, "[a-z]{0,5}")
            .prop_map(|(hint, number, more, loud)| Deep::Fields { hint, number, more, loud }),
    ]
}

fn listed() -> impl Strategy<Value = Listed> {
    let second = select(vec!["1", "null", "[1,{\"a\":\"b\"}]", "\"c\"", "1e400", "18446744073709551616"]);
    prop_oneof![
        Just(Listed::Unit),
        (any::<bool>(), second)
            .prop_map(|(first, second)| (first, serde_json::from_str(second).unwrap_or_default()))
            .prop_map(|(first, second)| Listed::Fields { first, second }),
    ]
}

fn slots() -> impl Strategy<Value = Slots> {
    prop_oneof![
        Just(Slots::Unit),
        any::<u8>().prop_map(|number| Slots::Fields { number }),
        prop::option::of(text()).prop_map(|kind| Slots::Received { kind }),
        Just(Slots::Elsewhere),
        Just(Slots::Short),
    ]
}

/// What happens to a body on its way.
#[derive(Debug, Clone)]
struct Change {
    kind: u8,
    at: Index,
    length: usize,
    piece: &'static str,
}

impl Change {
    fn any() -> impl Strategy<Value = Self> {
        let pieces = vec![
            "",
            " ",
            "\"",
            ",",
            ":",
            "{",
            "}",
            "[",
            "]",
            "0",
            "7",
            "-",
            ".5",
            "e3",
            "null",
            "true",
            "\\",
            "\\u0061",
            "é",
            "\"error\":",
            "\"code\":1,",
            ",\"x\":1",
            "\"Text\"",
            "\"Not found\"",
            "not_found",
            "fields",
            "A",
            "a",
            "\u{0}",
        ];
        (0..6_u8, any::<Index>(), 0..6_usize, select(pieces)).prop_map(|(kind, at, length, piece)| Self {
            kind,
            at,
            length,
            piece,
        })
    }

    fn apply(&self, body: &[u8]) -> Vec<u8> {
        let mut body = body.to_vec();
        let at = self.at.index(body.len() + 1);
        let end = (at + self.length).min(body.len());
        match self.kind {
            0 => body.truncate(at),
            1 => drop(body.splice(at..end, *b"")),
            2 => drop(body.splice(at..at, self.piece.bytes())),
            3 => drop(body.splice(at..end, self.piece.bytes())),
            4 => body.extend(self.piece.bytes()),
            _ => {}
        }
        body
    }
}

fn changed(sent: &Response<Bytes>, change: &Change, status: Option<u16>) -> Response<Bytes> {
    let mut response = Response::new(Bytes::from(change.apply(sent.body())));
    *response.status_mut() = status.map_or(sent.status(), |status| StatusCode::from_u16(status).unwrap());
    *response.headers_mut() = sent.headers().clone();
    response
}

fn status() -> impl Strategy<Value = Option<u16>> {
    prop_oneof![9 => Just(None), 1 => (200..600_u16).prop_map(Some)]
}

proptest! {
    #[test]
    fn flat_bodies(error in flat(), change in Change::any(), status in status()) {
        same::<Flat>(&changed(&error.to_response(), &change, status));
    }

    #[test]
    fn unknown_bodies(
        message in text(),
        code in prop_oneof!["[a-z\"\\\\é]{0,3}", select(vec!["unit", "fields", "text"]).prop_map(String::from)],
        detail in select(vec!["null", "[]", "{\"a\":[1.5e3,{}]}", "\"\\ud800\"", "7", "[", "{\"error_code\":\"unit\"}"]),
        change in Change::any(),
        status in prop_oneof![399..601_u16, select(vec![404, 409, 410, 422, 451])],
    ) {
        let (message, code) = (serde_json::to_string(&message)?, serde_json::to_string(&code)?);
        let body = format!("{{\"error\":{message},\"error_code\":{code},\"detail\":{detail}}}");
        let mut response = Response::new(Bytes::from(change.apply(body.as_bytes())));
        *response.status_mut() = StatusCode::from_u16(status)?;
        same::<Flat>(&response);
        same::<Forgiving>(&response);
        let body = format!("{{\"message\":{message},\"code\":{code},\"data\":{detail}}}");
        *response.body_mut() = Bytes::from(change.apply(body.as_bytes()));
        same::<Loose>(&response);
    }

    #[test]
    fn deep_bodies(error in deep(), change in Change::any(), status in status()) {
        same::<Deep>(&changed(&error.to_response(), &change, status));
    }

    #[test]
    fn listed_bodies(error in listed(), change in Change::any(), status in status()) {
        same::<Listed>(&changed(&error.to_response(), &change, status));
    }

    #[test]
    fn bodies_with_slots(error in slots(), change in Change::any(), status in status(), swap: bool) {
        let mut response = changed(&error.to_response(), &change, status);
        if swap {
            *response.body_mut() = swapped(response.body());
        }
        same::<Slots>(&response);
    }
}

/// Of two texts of a body, one in the other's place.
fn swapped(body: &[u8]) -> Bytes {
    let body = String::from_utf8_lossy(body);
    Bytes::from(body.replace("\"type\"", "\"kind\"").replace("\"code\"", "\"type\""))
}

/// Without this the others would hold of a reader that reads nothing.
#[test]
fn most_errors_are_read_as_written() {
    let nested = Some(Nested { name: "a\\\"é".into(), tags: vec!["b".into()] });
    let flat = [
        Flat::Unit,
        Flat::Fields { balance: 30, revision: Some(-5), note: "n".into(), nested },
        Flat::Fields { balance: 0, revision: None, note: String::new(), nested: None },
        Flat::List(vec![FieldError::missing(["body", "name"]).at(3)]),
        Flat::List(Vec::new()),
        Flat::Limited { retry_after: Some(RetryAfter::from_secs(30)) },
        Flat::Limited { retry_after: None },
        Flat::Named { name: "aurora".into(), ratio: 0.5 },
        Flat::Range { status: StatusCode::BAD_GATEWAY },
    ];
    for error in flat {
        assert!(same::<Flat>(&error.to_response()), "{error:?}");
    }
    // Others may leave out what this crate writes as `null`.
    let mut without =
        Flat::Fields { balance: 30, revision: None, note: "n".into(), nested: None }.to_response();
    let body = std::str::from_utf8(without.body()).unwrap().replace(r#","rev":null"#, "");
    assert!(!body.contains("rev"), "{body}");
    *without.body_mut() = body.into();
    assert!(same::<Flat>(&without), "{without:?}");
    let fields = |hint: Option<&str>| Deep::Fields {
        hint: hint.map(String::from),
        number: 7,
        more: BTreeMap::from([("a".into(), true)]),
        loud: "shout".into(),
    };
    for error in [Deep::Unit, fields(None), fields(Some("a"))] {
        assert!(same::<Deep>(&error.to_response()), "{error:?}");
    }
    for error in [Listed::Unit, Listed::Fields { first: true, second: serde_json::json!({"a": [1, null]}) }] {
        assert!(same::<Listed>(&error.to_response()), "{error:?}");
    }
}

#[test]
fn most_unknown_errors_are_told_as_written() {
    let told = |status: u16, body: &'static str| {
        let mut response = Response::new(Bytes::from_static(body.as_bytes()));
        *response.status_mut() = StatusCode::from_u16(status).unwrap();
        same_unknown::<Flat>(&response)
    };
    assert!(told(404, r#"{"error":"No such region","error_code":"no_such_region","detail":"x"}"#));
    assert!(told(451, r#"{"error":"","error_code":"é","detail":{"a":[1,{"error_code":"unit"}]}}"#));
    // What is not for certain is left to the general way.
    assert!(!told(404, r#"{"error":"No such region","error_code":"","detail":"x"}"#));
    assert!(!told(404, r#"{"error":"No such region","error_code":7,"detail":"x"}"#));
    assert!(!told(404, r#"{"error":null,"error_code":"no_such_region","detail":"x"}"#));
    assert!(!told(404, r#"{"error":"\n","error_code":"no_such_region","detail":"x"}"#));
    assert!(!told(404, r#"{"error":"No such region","error_code":"no_such_region","detail":"x"} "#));
    assert!(!told(404, r#"{"error":"No such region","error_code":"no_such_region","detail":x}"#));
    assert!(!told(404, r#"{"error":"No such region","error_code":"no_such_region"}"#));
    assert!(!told(302, r#"{"error":"No such region","error_code":"no_such_region","detail":"x"}"#));
}

#[test]
fn fixed_slots_are_read_as_written() {
    for (error, as_written) in [
        (Slots::Unit, true),
        (Slots::Fields { number: 1 }, true),
        (Slots::Received { kind: Some("a".into()) }, false),
        // The type's own template is asked for a code first.
        (Slots::Elsewhere, false),
        (Slots::Short, false),
    ] {
        assert_eq!(same::<Slots>(&error.to_response()), as_written, "{error:?}");
    }
    let mut other = Slots::Fields { number: 1 }.to_response();
    *other.body_mut() =
        Bytes::from_static(br#"{"type":"c","code":"fields","message":"B","data":{"number":1}}"#);
    assert!(!same::<Slots>(&other));
    assert!(matches!(read_any::<Slots>(&other), Ok(Slots::Fields { number: 1 })));
}

/// What could stand for an absent value, and whatever departs in one byte between the values.
#[test]
fn the_rest_is_left_to_the_general_way() {
    for error in [Flat::Text("a".into()), Flat::Perhaps(Some(1)), Flat::Perhaps(None)] {
        assert!(!same::<Flat>(&error.to_response()), "{error:?}");
    }
    let sent = Flat::Fields { balance: 30, revision: None, note: String::new(), nested: None }.to_response();
    let text = String::from_utf8(sent.body().to_vec()).unwrap();
    for other in [
        text.replace("30", "\"30\""),
        text.replace("30", "30 "),
        text.replace("30", "30.0"),
        text.replace("30", "30,\"balance\":31"),
        text.replace("credit", "funds"),
        text.replace("}}", "},\"request_id\":\"a\"}"),
        text.replace("\"balance\"", "\"b\\u0061lance\""),
        format!("{text}\n"),
        format!("\u{FEFF}{text}"),
    ] {
        assert_ne!(other, text);
        let mut response = Response::new(Bytes::from(other));
        *response.status_mut() = sent.status();
        assert!(!same::<Flat>(&response), "{response:?}");
    }
}

#[test]
fn headers_count_as_ever() {
    let mut response = Flat::Limited { retry_after: None }.to_response();
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("7"));
    let error = read_as_written::<Flat>(&response);
    assert!(
        matches!(error, Some(Flat::Limited { retry_after: Some(delay) }) if delay == RetryAfter::from_secs(7))
    );
}

/// What does not fit is nothing, not a mistake.
fn lenient<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<u64>, D::Error> {
    Ok(u64::deserialize(deserializer).ok())
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Item {
    #[serde(deserialize_with = "lenient")]
    id: Option<u64>,
}

/// Codes that nobody declares may still be meant: by status alone, and by what only a payload tells.
#[derive(Debug, Clone, thiserror::Error, Taxonomy)]
#[api(body = { "message": message, "code": code, "data": fields })]
enum Loose {
    #[error("Always")]
    #[api(404)]
    Always,
    #[error("Perhaps")]
    #[api(409, code = "perhaps" | none)]
    Perhaps,
    #[error("Any")]
    #[api(410, code = any)]
    Any,
    #[error("None")]
    #[api(422, code = none, body = { "message": message, "status": status })]
    Without,
    #[error("Payload")]
    #[api(451, code = none, body = { "code": field(text), "message": field(message), "data": field(data) })]
    Payload { text: String, message: String, data: u8 },
}

#[test]
fn an_unknown_code_may_be_meant_all_the_same() {
    let told = |status: u16| {
        let body = r#"{"message":"No such region","code":"no_such_region","data":7}"#;
        let mut response = Response::new(Bytes::from_static(body.as_bytes()));
        *response.status_mut() = StatusCode::from_u16(status).unwrap();
        (same_unknown::<Loose>(&response), Loose::from_response(response).is_ok())
    };
    assert_eq!(told(404), (true, false));
    assert_eq!(told(500), (true, false));
    assert_eq!(told(410), (false, true));
    for left in [302, 409, 422, 451] {
        assert!(!told(left).0, "{left}");
    }
}

/// Another template has its code where this one has the message.
#[derive(Debug, Clone, thiserror::Error, Taxonomy)]
#[api(body = { "code": code, "message": message })]
enum Two {
    #[error("First")]
    #[api(404)]
    First,
    #[error("Second")]
    #[api(409, body = { "message": code })]
    Second,
}

/// The type has its message elsewhere than the one error with a code.
#[derive(Debug, Clone, thiserror::Error, Taxonomy)]
#[api(body = { "error": message })]
enum Own {
    #[error("Plain")]
    #[api(400)]
    Plain,
    #[error("Coded")]
    #[api(404, body = { "code": code, "text": message, "error": "own" })]
    Coded,
}

/// What is unknown says how long to wait all the same.
#[derive(Debug, Clone, thiserror::Error, Taxonomy)]
#[api(body = { "code": code, "message": message, "wait": retry_after })]
enum Waiting {
    #[error("Gone")]
    #[api(410)]
    Gone,
    #[error("Later")]
    #[api(429)]
    Later {
        #[api(retry_after)]
        retry_after: Option<RetryAfter>,
    },
}

#[test]
fn an_unknown_code_is_not_all_that_is_looked_for() {
    let mut response = Response::new(Bytes::from_static(br#"{"code":"nope","message":"second"}"#));
    *response.status_mut() = StatusCode::CONFLICT;
    assert!(!same_unknown::<Two>(&response));
    assert!(matches!(Two::from_response(response), Ok(Two::Second)));

    let mut response = Response::new(Bytes::from_static(br#"{"code":"nope","text":"a","error":"own"}"#));
    *response.status_mut() = StatusCode::NOT_FOUND;
    assert!(!same_unknown::<Own>(&response));
    assert_eq!(Own::from_response(response).unwrap_err().message(), Some("own"));

    let mut response = Response::new(Bytes::from_static(br#"{"code":"nope","message":"","wait":7}"#));
    *response.status_mut() = StatusCode::GONE;
    assert!(!same_unknown::<Waiting>(&response));
    let unrecognized = Waiting::from_response(response).unwrap_err();
    assert_eq!(crate::Classify::retry_after(&unrecognized), Some(RetryAfter::from_secs(7)));
}

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
enum Forgiving {
    #[error("Gone")]
    #[api(410)]
    Gone { item: Item },
}

#[test]
fn what_a_forgiving_type_hides_is_left_to_the_general_way() {
    for id in [7, 1_234_567_890_123_456_789, u64::MAX] {
        let sent = Forgiving::Gone { item: Item { id: Some(id) } };
        assert_eq!(Forgiving::from_response(sent.to_response()).unwrap(), sent);
        same::<Forgiving>(&sent.to_response());
    }
}
