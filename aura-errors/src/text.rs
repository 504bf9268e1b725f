//! Foreign text made safe to show.

use http::HeaderMap;

/// One line of at most 200 characters, control characters escaped.
pub(crate) fn one_line(text: &str) -> String {
    line(text, 200)
}

/// One line of at most so many characters, control characters escaped.
pub(crate) fn line(text: &str, limit: usize) -> String {
    let mut out = String::new();
    let mut count = 0;
    for character in text.chars() {
        let mut piece = String::new();
        if is_unsafe(character) {
            piece.extend(character.escape_default());
        } else {
            piece.push(character);
        }
        let length = piece.chars().count();
        // Room is kept for the mark of what was left out.
        if count + length > limit - 1 {
            out.push('…');
            break;
        }
        count += length;
        out.push_str(&piece);
    }
    out
}

/// Control characters, and those that reorder or hide what is around them.
fn is_unsafe(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{61c}' | '\u{2028}' | '\u{2029}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// The request id of a message, used only if it is 1–128 visible ASCII characters.
pub(crate) fn request_id(headers: &HeaderMap) -> Option<&str> {
    let text = headers.get("x-request-id")?.to_str().ok()?;
    is_request_id(text).then_some(text)
}

pub(crate) fn is_request_id(text: &str) -> bool {
    (1..=128).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic())
}

#[cfg(test)]
mod tests {
    use http::{HeaderMap, HeaderValue};

    use super::{one_line, request_id};

    #[test]
    fn a_request_id_is_taken_from_its_header() {
        let of = |value: HeaderValue| {
            let headers = HeaderMap::from_iter([(http::HeaderName::from_static("x-request-id"), value)]);
            request_id(&headers).map(str::to_owned)
        };
        assert_eq!(of(HeaderValue::from_static("abc-1")).as_deref(), Some("abc-1"));
        assert_eq!(of(HeaderValue::from_static("a b")), None);
        assert_eq!(of(HeaderValue::from_static("")), None);
        assert_eq!(of(HeaderValue::from_bytes(b"\xff").unwrap()), None);
        assert_eq!(request_id(&HeaderMap::new()), None);
    }

    #[test]
    fn is_short_and_escaped() {
        assert_eq!(one_line("a\nb\u{1b}[0m\u{202e}"), "a\\nb\\u{1b}[0m\\u{202e}");
        let long = one_line(&"ä".repeat(500));
        assert_eq!(long.chars().count(), 200);
        assert!(long.ends_with('…'));
        assert_eq!(one_line(&"x".repeat(199)), "x".repeat(199));
    }
}
