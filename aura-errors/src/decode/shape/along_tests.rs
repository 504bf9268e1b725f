//! The walk in one pass with the scan finds what the walk over the finished tape finds.

use proptest::prelude::*;

use super::{Shape, ShapeKind, Walk};
use crate::body::Format;
use crate::json::{Room, Scan, Tape, Value};
use crate::private::Derived;
use crate::{RetryAfter, Taxonomy};

#[derive(Debug, thiserror::Error, Taxonomy)]
#[api(body = { "error": message, "error_code": code, "detail": detail | message })]
enum Flat {
    #[error("a")]
    #[api(404)]
    A,
}

#[derive(Debug, thiserror::Error, Taxonomy)]
#[api(body = { "error": { "kind"?: "plain", "code"?: code, "message": message, "status": status, ..fields }, "retry"?: retry_after, "ok": false })]
enum Deep {
    #[error("a")]
    #[api(429)]
    A {
        #[api(retry_after)]
        delay: Option<RetryAfter>,
        number: Option<u8>,
    },
}

#[derive(Debug, thiserror::Error, Taxonomy)]
#[api(body = { "errors": [ { "code": code, "message": message } ], "detail"?: detail | "none", "text"?: "{status} {code}" })]
enum Listed {
    #[error("a")]
    #[api(400)]
    A { number: Option<u8> },
}

fn format<E: Derived>() -> &'static Format {
    &E::CATALOG.data.body[0]
}

/// A piece of JSON, or of what is nearly JSON.
fn piece() -> impl Strategy<Value = String> {
    let names =
        ["error", "error_code", "detail", "code", "message", "status", "kind", "retry", "ok", "errors"];
    let mut pieces: Vec<String> = names.iter().map(|name| format!("\"{name}\":")).collect();
    let others = [
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        " ",
        "\n",
        "\"a\"",
        "\"\"",
        "\"\\u0061\"",
        "\"\\",
        "null",
        "true",
        "false",
        "1",
        "-1.5e3",
        "429",
        "\"plain\"",
        "\"none\"",
        "\"\\u0063ode\":",
        "\"other\":",
        "\"text\"",
        "{}",
        "[]",
        "\u{FEFF}",
        "é",
    ];
    pieces.extend(others.map(String::from));
    proptest::sample::select(pieces)
}

fn value() -> impl Strategy<Value = String> {
    let simple = ["\"text\"", "\"\"", "\"a\\n\"", "null", "12", "true", "{}", "[]", "\"plain\"", "\"none\""];
    let lists = [
        r#"[{"code":"x","message":"y"}]"#,
        r#"[{"message":1},2]"#,
        r#"{"number":3}"#,
        r#"{"a":[1,{"b":2}]}"#,
    ];
    proptest::sample::select([&simple[..], &lists].concat()).prop_map(String::from)
}

/// An object with some of the members, mostly in order, now and then one of them twice.
fn object(names: &'static [&'static str], inner: BoxedStrategy<String>) -> BoxedStrategy<String> {
    let member = (proptest::sample::select(vec!["", "", " ", "\r\n\t"]), 0..10_u8, inner);
    let members = proptest::collection::vec(member, names.len());
    (members, any::<proptest::sample::Index>(), 0..8_u8)
        .prop_map(|(members, at, change)| {
            let mut parts: Vec<String> = names
                .iter()
                .zip(members)
                .filter(|(_, (_, left_out, _))| *left_out > 0)
                .map(|(name, (space, _, value))| format!("{space}\"{name}\"{space}:{space}{value}{space}"))
                .collect();
            if !parts.is_empty() {
                let at = at.index(parts.len());
                match change {
                    0 => parts.rotate_left(at),
                    1 => parts.push(parts[at].clone()),
                    2 => parts.insert(at, String::from("\"other\":[1,{}]")),
                    3 => parts[at] = parts[at].replacen('e', "\\u0065", 1),
                    _ => {}
                }
            }
            format!("{{{}}}", parts.join(","))
        })
        .boxed()
}

fn body() -> impl Strategy<Value = String> {
    let flat = object(&["error", "error_code", "detail"], value().boxed());
    let error = object(&["kind", "code", "message", "status", "number"], value().boxed());
    let deep = object(&["error", "retry", "ok"], prop_oneof![3 => error, 1 => value()].boxed());
    let listed = object(&["errors", "detail", "text"], value().boxed());
    let whole = prop_oneof![flat, deep, listed];
    let cut = (whole.clone(), any::<proptest::sample::Index>(), piece()).prop_map(|(body, at, piece)| {
        let mut at = at.index(body.len());
        while !body.is_char_boundary(at) {
            at -= 1;
        }
        format!("{}{piece}{}", &body[..at], &body[at..])
    });
    let pieces = proptest::collection::vec(piece(), 0..12).prop_map(|pieces| pieces.concat());
    prop_oneof![6 => whole, 2 => cut, 1 => pieces]
}

/// Both ways over one body; whether the quick one was one.
fn compare(format: &Format, body: &str, depth: u16) -> bool {
    let shape = Shape::new(format);
    let depth = depth.max(shape.depth);
    let ShapeKind::Json(read) = &shape.kind else { panic!("the templates are JSON") };
    let (mut room, mut slow_room) = (Room::new(), Room::new());
    let Some((mut scan, at)) = Scan::start(body.as_bytes(), depth, &mut room) else { return false };
    let mut walk = Walk::EMPTY;
    if !walk.along(&shape, &mut scan, at) {
        return false;
    }
    let tape = scan.finish();
    let slow_tape = Tape::parse(body.as_bytes(), depth, &mut slow_room);
    let slow_tape = slow_tape.unwrap_or_else(|| panic!("no JSON, but walked along: {body}"));
    let slow_walk = Walk::over(&shape, read, &slow_tape);
    assert_eq!(walk.fits, slow_walk.fits, "{body}");
    assert_eq!(walk.literal_differs, slow_walk.literal_differs, "{body}");
    assert_eq!(walk.literal_missing, slow_walk.literal_missing, "{body}");
    for place in 0..shape.places.len() {
        assert_eq!(walk.at(place), slow_walk.at(place), "place {place} of {body}");
    }
    assert_same(&tape, tape.root(), &slow_tape, slow_tape.root());
    true
}

/// One value and all inside it.
fn assert_same(tape: &Tape<'_>, value: Value, other: &Tape<'_>, other_value: Value) {
    assert_eq!(value, other_value);
    assert_eq!(tape.kind(value), other.kind(other_value));
    assert_eq!(tape.raw(value), other.raw(other_value));
    assert_eq!(tape.str(value), other.str(other_value));
    let (members, others): (Vec<_>, Vec<_>) =
        (tape.members(value).collect(), other.members(other_value).collect());
    assert_eq!(members, others);
    let (elements, others): (Vec<_>, Vec<_>) =
        (tape.elements(value).collect(), other.elements(other_value).collect());
    assert_eq!(elements, others);
    for value in members.into_iter().map(|(_, member)| member).chain(elements) {
        assert_same(tape, value, other, value);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    #[test]
    fn along_a_body_as_over_its_tape(body in body(), depth in 0_u16..6) {
        compare(format::<Flat>(), &body, depth);
        compare(format::<Deep>(), &body, depth);
        compare(format::<Listed>(), &body, depth);
    }
}

#[test]
fn what_a_server_writes_is_walked_along() {
    let flat = Flat::A.to_response();
    let deep = Deep::A { delay: Some(RetryAfter::from_secs(3)), number: None }.to_response();
    let listed = Listed::A { number: Some(3) }.to_response();
    for (format, response) in
        [(format::<Flat>(), flat), (format::<Deep>(), deep), (format::<Listed>(), listed)]
    {
        let text = std::str::from_utf8(response.body()).unwrap();
        assert!(compare(format, text, 0), "{text}");
        assert!(compare(format, &format!("\u{FEFF} {} ", text.replace(',', " , ")), 9), "{text}");
    }
    // Others may follow.
    assert!(compare(
        format::<Flat>(),
        r#"{"error":"a","error_code":"b","detail":1,"other":{"a":[2]},"other":3}"#,
        9
    ));
    // An optional member may be left out.
    assert!(compare(format::<Deep>(), r#"{"error":{"message":"a","status":1},"ok":false}"#, 0));
    assert!(compare(format::<Flat>(), "3", 0), "nothing is out of order there");
}

#[test]
fn out_of_order_is_not_walked_along() {
    for body in [
        r#"{"error_code":"a","error":"b","detail":1}"#,
        r#"{"detail":1}"#,
        r#"{"error":"a","detail":1}"#,
        r#"{"other":1,"error":"a","error_code":"b","detail":1}"#,
        r#"{"error":"a","other":1,"error_code":"b","detail":1}"#,
        r#"{"error":"a","error_code":"b","detail":1,"error":"a"}"#,
        r#"{"error":"a","error_code":"b","detail":1,"\u0065":1}"#,
        r#"{"err\u006fr":"a","error_code":"b","detail":1}"#,
        r#"{"error":"a","error_code":"b","detail":1,}"#,
        r#"{"error":"a","error_code":"b","detail":1"#,
        r#"{"error":"a","error_code":"b","detail":1}}"#,
        r#"{"error":"a","error_code":"b","detail" 1}"#,
    ] {
        assert!(!compare(format::<Flat>(), body, 0), "{body}");
    }
}
