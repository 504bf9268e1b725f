//! JSON string text: escaping, unescaping, and the search both share with the scanner.
//!
//! The bytes a writer must escape are exactly the bytes a reader must stop at: the quote, the backslash and the control
//! characters below U+0020 (RFC 8259, section 7). So one search, [`plain_end`], serves all three.

use std::borrow::Cow;
use std::fmt;

/// How each byte is written inside a JSON string: 0 as itself, `u` as `\u00XX`, any other letter after a backslash.
/// The same choices as serde_json's, so that a body does not depend on which of the two wrote it: `/` and U+007F stand
/// for themselves, and nothing beyond ASCII is escaped.
const ESCAPES: [u8; 256] = {
    let mut table = [0; 256];
    let mut control = 0;
    while control < 0x20 {
        table[control] = b'u';
        control += 1;
    }
    table[0x08] = b'b';
    table[b'\t' as usize] = b't';
    table[b'\n' as usize] = b'n';
    table[0x0C] = b'f';
    table[b'\r' as usize] = b'r';
    table[b'"' as usize] = b'"';
    table[b'\\' as usize] = b'\\';
    table
};

/// Lower case, as serde_json writes them.
const HEX_DIGITS: &[u8; 16] = b"0123456789abcdef";

/// The value of a hexadecimal digit of either case; [`NOT_HEX`] for any other byte.
const HEX_VALUES: [u8; 256] = {
    let mut table = [NOT_HEX; 256];
    let mut digit = 0;
    while digit < 16 {
        table[HEX_DIGITS[digit] as usize] = digit as u8;
        table[HEX_DIGITS[digit].to_ascii_uppercase() as usize] = digit as u8;
        digit += 1;
    }
    table
};
const NOT_HEX: u8 = 0xFF;

/// The first position at or after `from` of a byte that does not stand for itself in a JSON string, else the length.
///
/// Eight bytes at a time in ordinary integer arithmetic. `x - 0x01…01` sets the high bit of a byte that was zero, and a
/// borrow can only spoil bytes *above* one that was zero, so the lowest set bit is always right, and only that is read.
/// The same with `0x20…20` finds bytes below 0x20. `& !word` drops bytes above 0x7F, which are never special; the two
/// characters looked for are below 0x80 themselves, so this holds for them too.
#[inline]
pub(super) fn plain_end(bytes: &[u8], from: usize) -> usize {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x8080_8080_8080_8080;
    const QUOTES: u64 = ONES * b'"' as u64;
    const BACKSLASHES: u64 = ONES * b'\\' as u64;

    let mut at = from;
    while let Some(eight) = bytes.get(at..).and_then(<[u8]>::first_chunk::<8>) {
        // Little endian whatever the machine, so that the lowest set bit belongs to the first byte.
        let word = u64::from_le_bytes(*eight);
        let quote = (word ^ QUOTES).wrapping_sub(ONES);
        let backslash = (word ^ BACKSLASHES).wrapping_sub(ONES);
        let control = word.wrapping_sub(ONES * 0x20);
        let special = (quote | backslash | control) & !word & HIGH;
        if special != 0 {
            return at + special.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    while at < bytes.len() && ESCAPES[usize::from(bytes[at])] == 0 {
        at += 1;
    }
    at
}

/// Whether a text is written in a JSON string as it is.
pub(crate) fn is_plain(text: &str) -> bool {
    plain_end(text.as_bytes(), 0) == text.len()
}

/// Whether two texts of one length are equal: for the few bytes of a name, less than what a call of `memcmp` takes.
#[inline]
pub(super) fn same(one: &[u8], other: &[u8]) -> bool {
    fn chunk<const N: usize>(bytes: &[u8]) -> Option<([u8; N], [u8; N])> {
        Some((*bytes.first_chunk()?, *bytes.last_chunk()?))
    }
    debug_assert_eq!(one.len(), other.len());
    match one.len() {
        // The first and the last bytes; together they are all.
        8..=16 => chunk::<8>(one) == chunk(other),
        4..=7 => chunk::<4>(one) == chunk(other),
        _ => one == other,
    }
}

/// What follows a few bytes at the start of others.
#[inline]
pub(crate) fn after<'b>(bytes: &'b [u8], start: &[u8]) -> Option<&'b [u8]> {
    let (one, rest) = bytes.split_at_checked(start.len())?;
    same(one, start).then_some(rest)
}

/// The four hexadecimal digits at `at`, as of a `\u` escape.
#[inline]
pub(super) fn hex4(bytes: &[u8], at: usize) -> Option<u16> {
    let digits = bytes.get(at..)?.first_chunk::<4>()?;
    let mut unit = 0;
    for &digit in digits {
        let value = HEX_VALUES[usize::from(digit)];
        if value == NOT_HEX {
            return None;
        }
        unit = unit << 4 | u16::from(value);
    }
    Some(unit)
}

/// Appends `s` as a JSON string with its quotes, byte for byte as serde_json writes it.
pub(crate) fn write_str(out: &mut Vec<u8>, s: &str) {
    // Enough for a text without escapes, the usual case, in one allocation.
    out.reserve(s.len() + 2);
    out.push(b'"');
    escape(out, s);
    out.push(b'"');
}

/// A writer that escapes what it is given for the inside of a JSON string, and writes no quotes itself. For values that
/// are only `Display`: they go into the body without a `String` of their own.
pub(crate) struct Escape<'a>(pub(crate) &'a mut Vec<u8>);

impl fmt::Write for Escape<'_> {
    #[inline]
    fn write_str(&mut self, s: &str) -> fmt::Result {
        escape(self.0, s);
        Ok(())
    }
}

fn escape(out: &mut Vec<u8>, s: &str) {
    let bytes = s.as_bytes();
    let mut from = 0;
    loop {
        let at = plain_end(bytes, from);
        out.extend_from_slice(&bytes[from..at]);
        let Some(&byte) = bytes.get(at) else { return };
        match ESCAPES[usize::from(byte)] {
            b'u' => out.extend_from_slice(&[
                b'\\',
                b'u',
                b'0',
                b'0',
                HEX_DIGITS[usize::from(byte >> 4)],
                HEX_DIGITS[usize::from(byte & 0xF)],
            ]),
            letter => out.extend_from_slice(&[b'\\', letter]),
        }
        from = at + 1;
    }
}

/// The text that the inside of a JSON string (`raw`, without its quotes) stands for; borrowed when it has no escape.
///
/// `None` for an escape that RFC 8259 does not have, and for a lone surrogate (`\ud800` and no `\udc00` after it): that
/// is valid JSON, but no Rust text. Never a replacement character instead: two names that differ must not become equal.
/// Quotes and control characters are not looked for; the scanner has refused them already.
pub(crate) fn unescape(raw: &str) -> Option<Cow<'_, str>> {
    let mut rest = raw;
    let Some(mut at) = rest.find('\\') else {
        return Some(Cow::Borrowed(raw));
    };
    // No escape is shorter than what it stands for, so this never grows.
    let mut out = String::with_capacity(raw.len());
    loop {
        out.push_str(&rest[..at]);
        let (char, length) = escaped_char(&rest.as_bytes()[at..])?;
        out.push(char);
        rest = &rest[at + length..];
        match rest.find('\\') {
            Some(next) => at = next,
            None => {
                out.push_str(rest);
                return Some(Cow::Owned(out));
            }
        }
    }
}

/// The character that the escape at the start of `bytes` stands for, and the length of the escape.
fn escaped_char(bytes: &[u8]) -> Option<(char, usize)> {
    let char = match bytes.get(1)? {
        b'"' => '"',
        b'\\' => '\\',
        b'/' => '/',
        b'b' => '\u{8}',
        b'f' => '\u{C}',
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        b'u' => {
            let unit = hex4(bytes, 2)?;
            if !(0xD800..=0xDBFF).contains(&unit) {
                // Refuses a trailing surrogate that has nothing before it.
                return Some((char::from_u32(unit.into())?, 6));
            }
            // Beyond U+FFFF a character is written as two escapes, a UTF-16 surrogate pair.
            if bytes.get(6..8)? != br"\u" {
                return None;
            }
            let trail = hex4(bytes, 8)?;
            return Some((char::decode_utf16([unit, trail]).next()?.ok()?, 12));
        }
        _ => return None,
    };
    Some((char, 2))
}

#[cfg(test)]
mod tests {
    use super::{Escape, plain_end, same, unescape, write_str};
    use std::borrow::Cow;
    use std::fmt::Write as _;

    fn written(s: &str) -> String {
        let mut out = Vec::new();
        write_str(&mut out, s);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn every_character_is_written_as_serde_json_writes_it() {
        for char in '\0'..=char::MAX {
            // On both sides of the eight-byte steps, and next to another escape. Not every one of a million: the
            // planes beyond the first differ in nothing that matters here.
            if u32::from(char) > 0x3000 && u32::from(char) % 97 != 0 {
                continue;
            }
            let text = format!("{char}seven b{char}\"{char}");
            assert_eq!(written(&text), serde_json::to_string(&text).unwrap());
        }
    }

    #[test]
    fn a_special_byte_is_found_wherever_it_stands() {
        for special in (0..0x20).chain([b'"', b'\\']) {
            // The neighbours in value: a borrow from a false hit would show next to them.
            for filler in [b' ', b'!', b'#', b'[', b']', 0x7F, 0x80, 0xA2, 0xDC, 0xFF] {
                for length in 0..20 {
                    let mut bytes = vec![filler; length];
                    assert_eq!(plain_end(&bytes, 0), length);
                    for at in 0..length {
                        bytes[at] = special;
                        for from in 0..=at {
                            assert_eq!(plain_end(&bytes, from), at);
                        }
                        bytes[at] = filler;
                    }
                }
            }
        }
    }

    #[test]
    fn texts_are_the_same_when_every_byte_is() {
        for length in 0..40 {
            let one: Vec<u8> = (0..length).collect();
            assert!(same(&one, &one.clone()));
            for at in 0..one.len() {
                let mut other = one.clone();
                other[at] ^= 0x80;
                assert!(!same(&one, &other), "{length} {at}");
            }
        }
    }

    #[test]
    fn a_formatted_value_is_escaped_as_it_is_written() {
        let mut out = Vec::new();
        let (text, quoted, char) = ("a\n", "b", '"');
        write!(Escape(&mut out), "{text}: {quoted:?}{char}").unwrap();
        assert_eq!(out, br#"a\n: \"b\"\""#);
    }

    #[test]
    fn unescaping_gives_the_text_back() {
        for char in '\0'..=char::MAX {
            if u32::from(char) > 0x3000 && u32::from(char) % 97 != 0 {
                continue;
            }
            let text = format!("a{char}é{char}");
            let raw = written(&text);
            assert_eq!(unescape(&raw[1..raw.len() - 1]).unwrap(), text);
            // The same with every character as `\u` escapes, surrogate pairs included.
            let raw: String = text.encode_utf16().fold(String::new(), |mut raw, unit| {
                write!(raw, "\\u{unit:04X}").unwrap();
                raw
            });
            assert_eq!(unescape(&raw).unwrap(), text);
        }
    }

    #[test]
    fn a_text_without_escapes_is_borrowed() {
        assert!(matches!(unescape("plain é"), Some(Cow::Borrowed("plain é"))));
        assert!(matches!(unescape(""), Some(Cow::Borrowed(""))));
    }

    #[test]
    fn every_escape_is_known_and_no_other() {
        assert_eq!(unescape(r#"\"\\\/\b\f\n\r\t\u0041"#).unwrap(), "\"\\/\u{8}\u{C}\n\r\tA");
        for letter in '\0'..='\u{FF}' {
            let known = matches!(letter, '"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't');
            assert_eq!(unescape(&format!("\\{letter}")).is_some(), known, "{letter:?}");
        }
        for broken in [r"\", r"\u", r"\u123", r"\u12g4", r"\u+123", r"\u12é4", r"a\", r"\n\"] {
            assert_eq!(unescape(broken), None, "{broken}");
        }
    }

    #[test]
    fn a_lone_surrogate_is_no_text() {
        assert_eq!(unescape(r"\ud83d\ude00").unwrap(), "😀");
        for lone in [
            r"\ud83d",
            r"\ude00",
            r"\ude00\ud83d",
            r"\ud83d\ud83d",
            r"\ud83d\ud83d\ude00",
            r"\ud83dx",
            r"\ud83d\n",
            r"\ud83d\u0041",
            r"\ud83d\ude0",
            r"\ud83d\",
        ] {
            assert_eq!(unescape(lone), None, "{lone}");
            assert!(serde_json::from_str::<String>(&format!("\"{lone}\"")).is_err());
        }
    }
}
