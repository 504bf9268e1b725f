//! Where the words of JSON end (RFC 8259): white space, strings, literals and numbers.

use super::text;

/// The next byte that is no white space, and where it is.
#[inline]
pub(super) fn after_space(bytes: &[u8], at: usize) -> Option<(usize, u8)> {
    let byte = *bytes.get(at)?;
    // Servers mostly send none.
    if byte > b' ' { Some((at, byte)) } else { after_some_space(bytes, at) }
}

fn after_some_space(bytes: &[u8], at: usize) -> Option<(usize, u8)> {
    let rest = &bytes[at..];
    let length = rest.iter().position(|byte| !matches!(byte, b' ' | b'\n' | b'\r' | b'\t'))?;
    Some((at + length, rest[length]))
}

/// The length of the string that begins a text, with its quotes.
#[inline]
pub(crate) fn string_length(text: &[u8]) -> Option<usize> {
    if text.first() != Some(&b'"') {
        return None;
    }
    string_end(text, 1).map(|(end, _)| end)
}

/// As [`string_length`], of one without escapes.
pub(crate) fn plain_string_length(text: &[u8]) -> Option<usize> {
    if text.first() != Some(&b'"') {
        return None;
    }
    string_end(text, 1).and_then(|(end, escaped)| (!escaped).then_some(end))
}

/// From inside a string's opening quote to past its closing one, and whether there was an escape.
#[inline]
pub(super) fn string_end(bytes: &[u8], from: usize) -> Option<(usize, bool)> {
    let at = text::plain_end(bytes, from);
    if *bytes.get(at)? == b'"' {
        return Some((at + 1, false));
    }
    Some((escaped_string_end(bytes, at)?, true))
}

/// The rest of [`string_end`], from the first backslash on, or from a byte that must not be there.
#[inline(never)]
fn escaped_string_end(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        match bytes.get(at)? {
            b'"' => return Some(at + 1),
            b'\\' => match bytes.get(at + 1)? {
                b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => at += 2,
                b'u' => {
                    // Not whether it is half of a surrogate pair: RFC 8259's grammar does not ask, and nor does
                    // serde_json for a value that nobody reads.
                    text::hex4(bytes, at + 2)?;
                    at += 6;
                }
                _ => return None,
            },
            // A control character.
            _ => return None,
        }
        at = text::plain_end(bytes, at);
    }
}

#[inline]
pub(super) fn literal_end(bytes: &[u8], at: usize, literal: &[u8]) -> Option<usize> {
    bytes[at..].starts_with(literal).then_some(at + literal.len())
}

/// `-? (0 | [1-9] [0-9]*) ('.' [0-9]+)? ([eE] [+-]? [0-9]+)?`: RFC 8259, section 6.
#[inline]
pub(super) fn number_end(bytes: &[u8], mut at: usize) -> Option<usize> {
    if bytes[at] == b'-' {
        at += 1;
    }
    at = match bytes.get(at)? {
        // What follows a leading zero is checked by the caller: a digit is neither white space nor a separator.
        b'0' => at + 1,
        _ => digits_end(bytes, at)?,
    };
    if let Some(b'.') = bytes.get(at) {
        at = digits_end(bytes, at + 1)?;
    }
    if let Some(b'e' | b'E') = bytes.get(at) {
        at += 1;
        if let Some(b'+' | b'-') = bytes.get(at) {
            at += 1;
        }
        at = digits_end(bytes, at)?;
    }
    Some(at)
}

/// One digit or more.
#[inline]
fn digits_end(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    while let Some(b'0'..=b'9') = bytes.get(at) {
        at += 1;
    }
    (at > from).then_some(at)
}
