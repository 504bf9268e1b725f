//! Nothing that a value holds adds a line to the head of a response.

use aura_errors::Taxonomy;
use proptest::prelude::*;

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = { "error": message, "code"?: code, "detail": detail }, code_header = "X-Code", header("X-Fixed" = "1"))]
enum Api {
    #[error("{text}")]
    #[api(400, code = any)]
    Text {
        #[api(code)]
        code: Option<String>,
        #[api(header = "X-Text")]
        text: String,
        #[api(header = "X-Optional")]
        optional: Option<String>,
        #[api(header = "X-Character")]
        character: char,
        #[api(detail)]
        detail: String,
    },
}

/// Often with what ends a line.
fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("\r\n".to_owned()),
        Just("\n".to_owned()),
        Just("\r".to_owned()),
        Just("\0".to_owned()),
        Just("Set-Cookie: a=b".to_owned()),
        Just("\u{10a}\u{10d}".to_owned()),
        any::<String>(),
    ];
    prop::collection::vec(piece, 0..5).prop_map(|pieces| pieces.concat())
}

const NAMES: [&str; 6] = ["content-type", "x-fixed", "x-code", "x-text", "x-optional", "x-character"];

proptest! {
    #[test]
    fn no_line_break_reaches_a_header(
        code in prop::option::of(hostile()),
        text in hostile(),
        optional in prop::option::of(hostile()),
        character: char,
        detail in hostile(),
    ) {
        let response = Api::Text { code, text: text.clone(), optional, character, detail }.to_response();
        for (name, value) in response.headers() {
            prop_assert!(NAMES.contains(&name.as_str()), "{}", name);
            let bytes = value.as_bytes();
            prop_assert!(!bytes.iter().any(|byte| matches!(byte, b'\r' | b'\n' | 0)), "{:?}", value);
        }
        prop_assert!(response.headers().len() <= NAMES.len());
        prop_assert_eq!(&response.headers()["x-fixed"], "1");
        // A text that cannot be a header is left out whole, not cut or changed.
        match response.headers().get("x-text") {
            Some(value) => prop_assert_eq!(value.as_bytes(), text.as_bytes()),
            None => prop_assert!(text.bytes().any(|byte| !matches!(byte, b' '..=b'~' | b'\t'))),
        }
    }
}

#[test]
fn a_response_splitting_text_is_left_out() {
    let error = Api::Text {
        code: Some("a\r\nX-Injected: 1".into()),
        text: "a\r\nX-Injected: 1\r\n\r\n<html>".into(),
        optional: Some("a\nb".into()),
        character: '\n',
        detail: "a\r\nb".into(),
    };
    let response = error.to_response();
    let names: Vec<&str> = response.headers().keys().map(|name| name.as_str()).collect();
    assert_eq!(names, ["content-type", "x-fixed"]);
}
