//! What `Display` and `Debug` show of a response that anybody may have sent.

use aura_errors::{Cut, Reason, Taxonomy, Unrecognized};

use crate::support::{read, response};

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = { "error": message, "code": code, ..fields }, code_header = "X-Error-Code")]
enum Api {
    #[error("plain")]
    #[api(400)]
    Plain,
    #[error("counted")]
    #[api(404)]
    Counted {
        count: u32,
        #[api(header = "X-Serial")]
        serial: u32,
    },
    #[error("colour")]
    #[api(409, code = "twice", name = "one")]
    One { colour: Colour },
    #[error("colour")]
    #[api(410, code = "twice", name = "two")]
    Two,
    #[error("secret")]
    #[api(422)]
    Secret {
        #[api(sensitive)]
        pin: u32,
    },
}

#[derive(Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
enum Colour {
    Red,
    Green,
}

fn unrecognized(status: u16, body: &str) -> Unrecognized {
    read::<Api>(status, body.to_owned()).unwrap_err()
}

#[test]
fn one_line_for_each_reason() {
    for (other, expected) in [
        (
            unrecognized(400, r#"{"error":"m","code":"new"}"#),
            "unrecognized response with status 400: unknown code, code `new`, message `m`",
        ),
        (
            unrecognized(404, r#"{"error":"m","code":"counted"}"#),
            "unrecognized response with status 404: `Counted`, but /count: is missing, code `counted`, message `m`",
        ),
        (
            unrecognized(400, r#"{"error":"m"}"#),
            "unrecognized response with status 400: not `Plain`, see `/code`, message `m`",
        ),
        (unrecognized(502, "<html>"), "unrecognized response with status 502: not an error of this API"),
        (
            unrecognized(400, r#"{"error":"m","code":"twice"}"#),
            "unrecognized response with status 400: fits several errors, code `twice`, message `m`",
        ),
        (
            Api::from_response(response(
                400,
                &[("X-Error-Code", "plain")],
                r#"{"error":"m","code":"counted"}"#,
            ))
            .unwrap_err(),
            "unrecognized response with status 400: header and body name different errors, code `plain`, message `m`",
        ),
        (
            {
                let mut response = response(400, &[], r#"{"err"#);
                response.extensions_mut().insert(Cut);
                Api::from_response(response).unwrap_err()
            },
            "unrecognized response with status 400: its body was cut off",
        ),
        (
            {
                let mut response = response(400, &[], "");
                response.extensions_mut().insert(Cut);
                Api::from_response(response).unwrap_err()
            },
            "unrecognized response with status 400: its body was not read",
        ),
    ] {
        assert_eq!(other.to_string(), expected);
    }
}

/// Texts that break lines, terminals or the order of what is read.
const HOSTILE: [&str; 12] = [
    "a\nb\r\nc",
    "\u{1b}[31mred\u{7}",
    "\u{0}\u{8}\u{7f}",
    "\u{85}\u{9b}",
    "\u{202e}txt.exe\u{202c}",
    "\u{202a}\u{202b}\u{202d}",
    "\u{2066}\u{2067}\u{2068}\u{2069}",
    "\u{200e}\u{200f}\u{61c}",
    "\u{2028}\u{2029}",
    "\u{200b}\u{feff}",
    "\u{b}\u{c}",
    "`\"\\",
];

fn is_harmless(character: char) -> bool {
    let code = u32::from(character);
    !character.is_control()
        && !matches!(code, 0x061c | 0x200b..=0x200f | 0x2028..=0x202e | 0x2066..=0x2069 | 0xfeff)
}

#[track_caller]
fn assert_harmless(shown: &str) {
    for character in shown.chars() {
        assert!(is_harmless(character), "{:?} in {shown:?}", character);
    }
}

#[test]
fn control_and_bidi_characters_are_escaped() {
    for text in HOSTILE {
        let json = serde_json::to_string(text).unwrap();
        for body in [
            format!(r#"{{"error":{json},"code":"new"}}"#),
            format!(r#"{{"error":"m","code":{json}}}"#),
            format!(r#"{{"error":{json},"code":"counted","count":{json}}}"#),
            format!(r#"{{"error":"m","code":"twice","colour":{json}}}"#),
        ] {
            for status in [400, 404, 409] {
                let other = unrecognized(status, &body);
                assert_harmless(&other.to_string());
                assert_harmless(&format!("{other:?}"));
                assert!(other.to_string().chars().count() <= 200);
            }
        }
    }
    let other = unrecognized(400, r#"{"error":"a\nb\u202ec","code":"new"}"#);
    let expected =
        r"unrecognized response with status 400: unknown code, code `new`, message `a\nb\u{202e}c`";
    assert_eq!(other.to_string(), expected);
}

#[test]
fn display_is_at_most_200_characters() {
    for text in ["x", "é", "\\n", "\u{1f600}"] {
        for length in [0, 100, 110, 120, 150, 199, 200, 201, 10_000] {
            let long = text.repeat(length);
            for body in [
                format!(r#"{{"error":"{long}","code":"new"}}"#),
                format!(r#"{{"error":"m","code":"new{long}"}}"#),
                format!(r#"{{"error":"{long}","code":"{long}"}}"#),
                format!(r#"{{"error":"m","code":"counted","count":"{long}"}}"#),
            ] {
                let shown = unrecognized(404, &body).to_string();
                assert!(shown.chars().count() <= 200, "{}", shown.chars().count());
                assert!(shown.starts_with("unrecognized response with status 404: "));
            }
        }
    }
}

#[test]
fn display_shows_no_body_and_no_header() {
    let body = r#"{"error":"m","code":"new","password":"hunter2"}"#;
    let headers = [("Set-Cookie", "session=hunter2"), ("X-Secret", "hunter2"), ("Server", "nginx")];
    let shown = Api::from_response(response(400, &headers, body)).unwrap_err().to_string();
    for hidden in ["hunter2", "password", "cookie", "nginx", "{"] {
        assert!(!shown.to_lowercase().contains(hidden), "{shown}");
    }
    let page = unrecognized(502, "<html>hunter2</html>").to_string();
    assert!(!page.contains("html") && !page.contains("hunter2"), "{page}");
}

#[test]
fn what_does_not_fit_is_described_without_its_value() {
    for (status, body) in [
        (404, r#"{"error":"m","code":"counted","count":"hunter2"}"#),
        (404, r#"{"error":"m","code":"counted","count":["hunter2"]}"#),
        (404, r#"{"error":"m","code":"counted","count":{"hunter2":1}}"#),
        (409, r#"{"error":"m","code":"twice","colour":"hunter2"}"#),
        (409, r#"{"error":"m","code":"twice","colour":{"hunter2":1}}"#),
        (422, r#"{"error":"m","code":"secret","pin":"hunter2"}"#),
    ] {
        let other = unrecognized(status, body);
        assert!(matches!(other.reason(), Reason::Fields { .. }), "{other}");
        assert!(!other.to_string().contains("hunter2"), "{other}");
        assert!(!format!("{other:?}").contains("hunter2"), "{other:?}");
    }
    let number = unrecognized(422, r#"{"error":"m","code":"secret","pin":-4711}"#);
    assert!(!number.to_string().contains("4711"), "{number}");
    let headers = [("X-Serial", "hunter2")];
    let body = r#"{"error":"m","code":"counted","count":1}"#;
    let header = Api::from_response(response(404, &headers, body)).unwrap_err();
    assert!(!header.to_string().contains("hunter2"), "{header}");
}

#[test]
fn what_does_not_fit_is_described_by_kind_and_by_what_was_expected() {
    let other = unrecognized(404, r#"{"error":"m","code":"counted","count":"hunter2"}"#);
    let shown = other.to_string();
    assert!(shown.contains("`Counted`, but /count: ") && shown.contains("u32"), "{shown}");
}

#[test]
fn debug_shows_only_harmless_headers() {
    let headers = [
        ("Set-Cookie", "session=hunter2"),
        ("Authorization", "Bearer hunter2"),
        ("X-Api-Key", "hunter2"),
        ("X-Internal-Host", "hunter2"),
        ("Location", "https://hunter2"),
        ("X-Request-Id", "req-1"),
        ("Content-Type", "text/html"),
        ("Retry-After", "7"),
    ];
    let shown = format!("{:?}", Api::from_response(response(502, &headers, "hunter2")).unwrap_err());
    for known in ["502", "x-request-id", "req-1", "content-type", "text/html", "retry-after", "7"] {
        assert!(shown.contains(known), "{known} in {shown}");
    }
    for hidden in ["hunter2", "cookie", "authorization", "api-key", "internal", "location"] {
        assert!(!shown.to_lowercase().contains(hidden), "{hidden} in {shown}");
    }
}

#[test]
fn debug_is_short_whatever_was_sent() {
    let long = "x".repeat(100_000);
    for body in [
        long.clone(),
        format!(r#"{{"error":"{long}","code":"{long}"}}"#),
        format!(r#"{{"error":"m","code":"counted","count":"{long}"}}"#),
    ] {
        let shown = format!("{:?}", unrecognized(404, &body));
        assert!(shown.len() < 2_000, "{}", shown.len());
    }
}
