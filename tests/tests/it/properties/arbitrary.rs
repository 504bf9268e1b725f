//! A taxonomy with every kind of field, and its arbitrary values.

use std::collections::BTreeMap;

use aura_errors::{FieldError, Loc, RetryAfter, Taxonomy};
use http::StatusCode;
use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Item {
    name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    size: Option<i64>,
    tags: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub(super) enum Part {
    Simple { text: String },
    Whole { items: Vec<Item> },
    Nothing,
}

#[derive(Debug, Clone, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = { "fault": { "id": code, "text": message, ..fields } })]
pub(super) enum Inner {
    #[error("inner")]
    #[api(409)]
    Inner { word: String, number: u64 },
    #[error("spread")]
    #[api(409)]
    Spread {
        #[serde(flatten)]
        rest: BTreeMap<String, u8>,
    },
}

#[derive(Debug, Clone, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = { "error": { "type"?: slot(kind), "code": code, "message": message, "part"?: field(part), ..fields } })]
pub(super) enum Rich {
    #[error("unit")]
    #[api(400)]
    Unit,
    #[error("named")]
    #[api(400)]
    Named {
        text: String,
        #[serde(rename = "oneCharacter")]
        character: char,
        flag: bool,
        small: i8,
        large: u64,
        lowest: i64,
        float: f64,
        maybe: Option<String>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        list: Vec<Option<i32>>,
        map: BTreeMap<String, Vec<Item>>,
        part: Option<Part>,
    },
    #[error("{message}")]
    #[api(404, slot(kind = "said" | "told"))]
    Said {
        #[api(message)]
        message: String,
        part: Option<Part>,
    },
    #[error("tuple")]
    #[api(422, body = { "error": message, "code": code, "detail": detail })]
    Tuple(Vec<FieldError>),
    #[error("optional")]
    #[api(422, body = { "error": message, "code": code, "detail": detail | message })]
    Optional(Option<Vec<Item>>),
    #[error("headers")]
    #[api(403, header("X-Fixed" = "fixed"))]
    Headers {
        #[api(header = "X-Text")]
        text: String,
        #[api(header = "X-Number")]
        number: Option<i64>,
        #[api(header = "X-Raw")]
        raw: Option<http::HeaderValue>,
    },
    #[error("limited")]
    #[api(429)]
    Limited {
        #[api(retry_after)]
        retry_after: Option<RetryAfter>,
        left: u32,
    },
    #[error("precise")]
    #[api(503, body = { "code": code, "message": message, "wait"?: retry_after })]
    Precise {
        #[api(retry_after)]
        retry_after: Option<RetryAfter>,
    },
    #[error("whole")]
    #[api(410, code = none, body = detail)]
    Whole(BTreeMap<String, Option<Item>>),
    #[error("any")]
    #[api(402, code = any)]
    Any {
        #[api(code)]
        code: Option<String>,
        #[api(detail)]
        part: Option<Part>,
    },
    #[error("server")]
    #[api("5XX")]
    Server {
        #[api(status)]
        status: StatusCode,
        #[api(expose)]
        hint: Option<String>,
    },
    #[error(transparent)]
    #[api(transparent)]
    Inner(#[from] Inner),
}

fn items() -> impl Strategy<Value = Vec<Item>> {
    let item = (any::<String>(), option::of(any::<i64>()), vec(any::<String>(), 0..3));
    vec(item.prop_map(|(name, size, tags)| Item { name, size, tags }), 0..3)
}

fn part() -> impl Strategy<Value = Part> {
    prop_oneof![
        any::<String>().prop_map(|text| Part::Simple { text }),
        items().prop_map(|items| Part::Whole { items }),
        Just(Part::Nothing),
    ]
}

fn violations() -> impl Strategy<Value = Vec<FieldError>> {
    let loc = prop_oneof![
        any::<String>().prop_map(Loc::from),
        any::<u32>().prop_map(|index| Loc::from(index as usize)),
    ];
    let violation = (vec(loc, 0..4), any::<String>(), any::<String>())
        .prop_map(|(loc, msg, kind)| FieldError::new(loc, msg, kind));
    vec(violation, 0..4)
}

/// Header text: visible ASCII with spaces and tabs, none at its ends.
fn header_text() -> impl Strategy<Value = String> {
    "([!-~]([ -~\t]{0,20}[!-~])?)?"
}

/// In whole seconds, which is what a header holds, or a date.
fn seconds() -> impl Strategy<Value = RetryAfter> {
    let moment = |seconds| RetryAfter::at(std::time::UNIX_EPOCH + std::time::Duration::from_secs(seconds));
    prop_oneof![
        (0..=31_536_000_u64).prop_map(RetryAfter::from_secs),
        (1_u64..253_402_300_799).prop_map(moment),
    ]
}

/// To the millisecond, where there is a place for it in the body.
fn precise() -> impl Strategy<Value = RetryAfter> {
    (0..31_536_000_000_u64).prop_map(|millis| std::time::Duration::from_millis(millis).into())
}

/// With few digits: serde_json reads others to the nearest float or the one beside it, unless its
/// feature `float_roundtrip` is on.
fn float() -> impl Strategy<Value = f64> {
    (any::<i32>(), 0..4_u32).prop_map(|(number, places)| f64::from(number) / f64::from(10_u32.pow(places)))
}

fn named() -> impl Strategy<Value = Rich> {
    let texts = (any::<String>(), any::<char>(), any::<bool>(), option::of(any::<String>()));
    let numbers = (any::<i8>(), any::<u64>(), any::<i64>(), float());
    let lists =
        (vec(option::of(any::<i32>()), 0..4), btree_map(any::<String>(), items(), 0..3), option::of(part()));
    (texts, numbers, lists).prop_map(
        |((text, character, flag, maybe), (small, large, lowest, float), (list, map, part))| Rich::Named {
            text,
            character,
            flag,
            small,
            large,
            lowest,
            float,
            maybe,
            list,
            map,
            part,
        },
    )
}

fn headers() -> impl Strategy<Value = Rich> {
    let raw = vec(prop_oneof![0x20..=0x7e_u8, 0x80..=0xff_u8, Just(b'\t')], 0..12)
        .prop_map(|bytes| http::HeaderValue::from_bytes(&bytes).unwrap());
    (header_text(), option::of(any::<i64>()), option::of(raw)).prop_map(|(text, number, raw)| Rich::Headers {
        text,
        number,
        raw,
    })
}

/// Any value of the taxonomy.
pub(super) fn rich() -> impl Strategy<Value = Rich> {
    prop_oneof![
        1 => Just(Rich::Unit),
        6 => named(),
        3 => (any::<String>(), option::of(part())).prop_map(|(message, part)| Rich::Said { message, part }),
        2 => violations().prop_map(Rich::Tuple),
        2 => option::of(items()).prop_map(Rich::Optional),
        3 => headers(),
        2 => (option::of(seconds()), any::<u32>())
            .prop_map(|(retry_after, left)| Rich::Limited { retry_after, left }),
        2 => option::of(precise()).prop_map(|retry_after| Rich::Precise { retry_after }),
        2 => btree_map(any::<String>(), option::of(items()), 0..3)
            .prop_map(|map| Rich::Whole(map.into_iter().map(|(name, items)| (name, items.and_then(|items| items.into_iter().next()))).collect())),
        2 => (option::of("[^\"]{1,12}"), option::of(part())).prop_map(|(code, part)| Rich::Any { code, part }),
        2 => (500..=599_u16, option::of(any::<String>())).prop_map(|(status, hint)| {
            Rich::Server { status: StatusCode::from_u16(status).unwrap(), hint }
        }),
        1 => (any::<String>(), any::<u64>()).prop_map(|(word, number)| Inner::Inner { word, number }.into()),
        1 => btree_map("[a-z]{1,3}", any::<u8>(), 0..3)
            .prop_map(|rest| Inner::Spread { rest: rest.into_iter().filter(|(name, _)| name != "id").collect() }.into()),
    ]
}

/// Any JSON, often with the members that the taxonomy looks for.
pub(super) fn json() -> impl Strategy<Value = serde_json::Value> {
    use serde_json::Value;
    let scalar = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        prop::num::f64::NORMAL.prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        known_text().prop_map(Value::from),
    ];
    scalar.prop_recursive(4, 24, 6, |inner| {
        let name = prop_oneof![3 => known_name(), 1 => any::<String>()];
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            vec((name, inner), 0..6).prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

fn known_name() -> impl Strategy<Value = String> {
    const NAMES: &[&str] = &[
        "error", "code", "message", "type", "part", "fault", "id", "text", "detail", "wait", "kind", "list",
        "word", "number", "left", "hint",
    ];
    prop::sample::select(NAMES).prop_map(str::to_owned)
}

/// Texts that mean something to the taxonomy.
pub(super) fn known_text() -> impl Strategy<Value = String> {
    const TEXTS: &[&str] = &[
        "unit", "named", "said", "told", "tuple", "optional", "headers", "limited", "precise", "whole",
        "any", "server", "inner", "spread", "nothing", "30", "1.5s", "",
    ];
    prop::sample::select(TEXTS).prop_map(str::to_owned)
}

/// Any header lines, often those that mean something.
pub(super) fn header_lines() -> impl Strategy<Value = Vec<(&'static str, Vec<u8>)>> {
    const NAMES: &[&str] = &[
        "retry-after",
        "retry-after-ms",
        "ratelimit",
        "date",
        "x-text",
        "x-number",
        "x-raw",
        "content-type",
    ];
    let value = prop_oneof![
        "[0-9]{1,9}(\\.[0-9]{1,3})?s?".prop_map(String::into_bytes),
        Just(b"Sun, 06 Nov 1994 08:49:37 GMT".to_vec()),
        known_text().prop_map(String::into_bytes),
        vec(any::<u8>(), 0..16),
    ];
    vec((prop::sample::select(NAMES), value), 0..5)
}
