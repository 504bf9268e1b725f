//! The machine-readable code of an error.

use std::borrow::Cow;
use std::fmt;
use std::hash::{Hash, Hasher};

use serde::de::{self, Deserialize, Deserializer, Visitor};
use serde::ser::{Serialize, Serializer};

/// The machine-readable code of an error: a string, an integer, or none.
///
/// Compared as on the wire: `1007` equals `"1007"`, and an empty string is no code. So a code may be
/// matched in whichever form the API's documents use, and `==`, hashing and
/// [`is_none`](Self::is_none) agree about it.
///
/// # Example
///
/// ```
/// use aura_errors::Code;
///
/// let code = Code::from(1007);
/// assert_eq!(code, 1007);
/// assert_eq!(code, "1007");
/// assert_eq!(Code::from(""), Code::None);
/// ```
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub enum Code {
    /// No code: the error travels without one, or none came.
    #[default]
    None,
    /// A string; an empty one is no code.
    Str(Cow<'static, str>),
    /// An integer.
    Int(i64),
}

/// What two equal codes have in common.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Key<'a> {
    None,
    Int(i64),
    Str(&'a str),
}

impl<'a> Key<'a> {
    fn of(text: &'a str) -> Self {
        match text.as_bytes() {
            [] => Key::None,
            _ => canonical_int(text).map_or(Key::Str(text), Key::Int),
        }
    }
}

/// The integer whose decimal form `text` is: `7` and `-7`, not `007`, `+7` or `-0`.
fn canonical_int(text: &str) -> Option<i64> {
    match text.as_bytes() {
        [b'0'] | [b'1'..=b'9', ..] | [b'-', b'1'..=b'9', ..] => text.parse().ok(),
        _ => None,
    }
}

impl Code {
    /// A code known at compile time; an empty one is none.
    #[inline]
    #[must_use]
    pub const fn from_static(code: &'static str) -> Self {
        if code.is_empty() { Code::None } else { Code::Str(Cow::Borrowed(code)) }
    }

    /// A number.
    #[inline]
    #[must_use]
    pub const fn int(code: i64) -> Self {
        Code::Int(code)
    }

    /// No code.
    #[inline]
    #[must_use]
    pub const fn none() -> Self {
        Code::None
    }

    /// Whether there is no code.
    #[inline]
    #[must_use]
    pub fn is_none(&self) -> bool {
        match self {
            Code::None => true,
            Code::Str(text) => text.is_empty(),
            Code::Int(_) => false,
        }
    }

    /// Whether there is a code.
    #[inline]
    #[must_use]
    pub fn is_some(&self) -> bool {
        !self.is_none()
    }

    /// The code if it is a string. `None` for no code and for an integer, even though that compares
    /// equal to its digits; [`to_text`](Self::to_text) has both.
    #[inline]
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Code::Str(text) if !text.is_empty() => Some(text),
            _ => None,
        }
    }

    /// The code as a number: of an integer, and of a string that is exactly its decimal form.
    /// `None` for any other string and for no code.
    #[must_use]
    pub fn as_int(&self) -> Option<i64> {
        match self.key() {
            Key::Int(code) => Some(code),
            Key::None | Key::Str(_) => None,
        }
    }

    /// The code as text, an integer in decimal. `None` for no code.
    #[must_use]
    pub fn to_text(&self) -> Option<Cow<'_, str>> {
        match self {
            Code::None => None,
            Code::Str(text) if text.is_empty() => None,
            Code::Str(text) => Some(Cow::Borrowed(text)),
            Code::Int(code) => Some(Cow::Owned(code.to_string())),
        }
    }

    fn key(&self) -> Key<'_> {
        match self {
            Code::None => Key::None,
            Code::Str(text) => Key::of(text),
            Code::Int(code) => Key::Int(*code),
        }
    }
}

impl PartialEq for Code {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

impl Eq for Code {}

impl Hash for Code {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key().hash(state);
    }
}

impl PartialEq<str> for Code {
    /// As between codes: `""` equals no code, the digits of an integer equal it.
    fn eq(&self, other: &str) -> bool {
        self.key() == Key::of(other)
    }
}

impl PartialEq<Code> for str {
    fn eq(&self, other: &Code) -> bool {
        other == self
    }
}

macro_rules! compare_with_text {
    ($($text:ty),*) => {$(
        impl PartialEq<$text> for Code {
            fn eq(&self, other: &$text) -> bool {
                let text: &str = other;
                self == text
            }
        }

        impl PartialEq<Code> for $text {
            fn eq(&self, other: &Code) -> bool {
                other == self
            }
        }
    )*};
}

compare_with_text!(&str, String, Cow<'_, str>);

macro_rules! compare_with_integer {
    ($($integer:ty),*) => {$(
        impl PartialEq<$integer> for Code {
            fn eq(&self, other: &$integer) -> bool {
                self.as_int() == Some(i64::from(*other))
            }
        }

        impl PartialEq<Code> for $integer {
            fn eq(&self, other: &Code) -> bool {
                other == self
            }
        }

        impl From<$integer> for Code {
            fn from(code: $integer) -> Self {
                Code::Int(i64::from(code))
            }
        }
    )*};
}

compare_with_integer!(i8, i16, i32, i64, u8, u16, u32);

impl From<&'static str> for Code {
    fn from(code: &'static str) -> Self {
        Code::from_static(code)
    }
}

impl From<String> for Code {
    fn from(code: String) -> Self {
        Code::from(Cow::Owned(code))
    }
}

impl From<Cow<'static, str>> for Code {
    fn from(code: Cow<'static, str>) -> Self {
        if code.is_empty() { Code::None } else { Code::Str(code) }
    }
}

impl<T: Into<Code>> From<Option<T>> for Code {
    fn from(code: Option<T>) -> Self {
        code.map_or(Code::None, Into::into)
    }
}

impl fmt::Display for Code {
    /// The code itself; the word `none` where there is none, as in `#[api(code = none)]`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Code::Str(text) if !text.is_empty() => f.pad(text),
            Code::Int(code) => code.fmt(f),
            Code::None | Code::Str(_) => f.pad("none"),
        }
    }
}

impl Serialize for Code {
    /// `null`, a string or an integer.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Code::Str(text) if !text.is_empty() => serializer.serialize_str(text),
            Code::Int(code) => serializer.serialize_i64(*code),
            Code::None | Code::Str(_) => serializer.serialize_unit(),
        }
    }
}

impl<'de> Deserialize<'de> for Code {
    /// `null`, a string or an integer. An integer beyond `i64` is kept as its digits.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct CodeVisitor;

        impl<'de> Visitor<'de> for CodeVisitor {
            type Value = Code;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string, an integer or null")
            }

            fn visit_unit<E: de::Error>(self) -> Result<Code, E> {
                Ok(Code::None)
            }

            fn visit_none<E: de::Error>(self) -> Result<Code, E> {
                Ok(Code::None)
            }

            fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Code, D::Error> {
                Code::deserialize(deserializer)
            }

            fn visit_i64<E: de::Error>(self, code: i64) -> Result<Code, E> {
                Ok(Code::Int(code))
            }

            fn visit_u64<E: de::Error>(self, code: u64) -> Result<Code, E> {
                Ok(i64::try_from(code).map_or_else(|_| Code::from(code.to_string()), Code::Int))
            }

            fn visit_str<E: de::Error>(self, code: &str) -> Result<Code, E> {
                Ok(Code::from(code.to_owned()))
            }

            fn visit_string<E: de::Error>(self, code: String) -> Result<Code, E> {
                Ok(Code::from(code))
            }
        }

        deserializer.deserialize_any(CodeVisitor)
    }
}

#[cfg(test)]
mod tests {
    use std::hash::DefaultHasher;

    use proptest::prelude::*;

    use super::*;

    fn hash(code: &Code) -> u64 {
        let mut hasher = DefaultHasher::new();
        code.hash(&mut hasher);
        hasher.finish()
    }

    fn text(code: &'static str) -> Code {
        Code::Str(Cow::Borrowed(code))
    }

    #[test]
    fn integers_equal_their_digits_and_nothing_else() {
        assert_eq!(Code::Int(1007), text("1007"));
        assert_eq!(Code::Int(-7), text("-7"));
        assert_eq!(Code::Int(0), text("0"));
        assert_eq!(Code::Int(i64::MIN), text("-9223372036854775808"));
        for other in ["01007", "+1007", "1007 ", "1007.0", "1e3", "x", "", "none"] {
            assert_ne!(Code::Int(1007), text(other), "{other}");
        }
        assert_ne!(Code::Int(0), text("-0"));
        assert_ne!(Code::Int(0), text("00"));
        assert_ne!(Code::Int(0), Code::None);
        // One more than an `i64` holds: a string like any other.
        assert_eq!(text("9223372036854775808").as_int(), None);
        assert_eq!(text("9223372036854775808"), text("9223372036854775808"));
        assert_eq!(text("-").as_int(), None);
    }

    #[test]
    fn an_empty_string_is_no_code() {
        for empty in [
            Code::None,
            text(""),
            Code::from_static(""),
            Code::from(String::new()),
            Code::default(),
            Code::from(None::<&'static str>),
        ] {
            assert!(empty.is_none() && !empty.is_some());
            assert_eq!(empty, Code::none());
            assert_eq!(hash(&empty), hash(&Code::None));
            assert_eq!(empty.as_str(), None);
            assert_eq!(empty.to_text(), None);
            assert_eq!(empty.to_string(), "none");
            assert_eq!(serde_json::to_string(&empty).unwrap(), "null");
            assert_eq!(empty, "");
        }
        assert_ne!(text("none"), Code::None);
    }

    #[test]
    fn there_is_one_or_none() {
        for code in [text("a"), text("0"), Code::Int(0), Code::Int(-1)] {
            assert!(code.is_some() && !code.is_none(), "{code}");
            assert_ne!(hash(&code), hash(&Code::None), "{code}");
        }
        let error = serde_json::from_str::<Code>("true").unwrap_err();
        assert!(error.to_string().contains("expected a string, an integer or null"), "{error}");
    }

    #[test]
    fn a_bare_text_compares_too() {
        assert!(*"not_found" == text("not_found"));
        assert!(*"not_found" != text("found"));
    }

    #[test]
    fn compares_with_texts_and_numbers() {
        let code = Code::from_static("not_found");
        assert_eq!(code, "not_found");
        assert_eq!("not_found", code);
        assert_eq!(code, *"not_found");
        assert_eq!(code, String::from("not_found"));
        assert_ne!(code, "Not_found");
        assert_ne!(code, 404);
        let code = Code::from("1007");
        assert_eq!(code, 1007);
        assert_eq!(1007_i64, code);
        assert_eq!(code, 1007_u16);
        assert_eq!(code.as_str(), Some("1007"));
        assert_eq!(code.as_int(), Some(1007));
        assert_eq!(Code::int(1007).as_str(), None);
        assert_eq!(Code::int(1007).to_text().as_deref(), Some("1007"));
        assert_eq!(Code::int(1007), "1007");
    }

    #[test]
    fn json() {
        for (json, code) in [
            ("null", Code::None),
            ("\"a\"", text("a")),
            ("\"1007\"", text("1007")),
            ("1007", Code::Int(1007)),
            ("-1", Code::Int(-1)),
        ] {
            assert_eq!(serde_json::to_string(&code).unwrap(), json);
            let read: Code = serde_json::from_str(json).unwrap();
            assert_eq!(serde_json::to_string(&read).unwrap(), json);
            let value: serde_json::Value = serde_json::from_str(json).unwrap();
            assert_eq!(serde_json::from_value::<Code>(value).unwrap(), code);
        }
        assert!(serde_json::from_str::<Code>("\"\"").unwrap().is_none());
        let big: Code = serde_json::from_str("18446744073709551615").unwrap();
        assert_eq!(big, "18446744073709551615");
        for bad in ["1.5", "true", "[]", "{}"] {
            assert!(serde_json::from_str::<Code>(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn constants_and_display() {
        const CODE: Code = Code::from_static("gone");
        const NUMBER: Code = Code::int(7);
        assert_eq!(CODE.to_string(), "gone");
        assert_eq!(format!("{CODE:>6}|{NUMBER:>3}|"), "  gone|  7|");
        assert_eq!(Code::from(Some("gone")), CODE);
    }

    proptest! {
        #[test]
        fn equal_codes_hash_equally(a in "-?[0-9]{0,3}|[a-c]?", b in "-?[0-9]{0,3}|[a-c]?", n in -30_i64..30) {
            let codes = [Code::Str(a.into()), Code::Str(b.into()), Code::Int(n), Code::None];
            for one in &codes {
                for other in &codes {
                    prop_assert_eq!(one == other, other == one);
                    // Equal exactly where they are written alike.
                    prop_assert_eq!(one == other, one.to_text() == other.to_text());
                    if one == other {
                        prop_assert_eq!(hash(one), hash(other));
                    }
                }
            }
        }

        #[test]
        fn every_integer_equals_its_digits(n: i64) {
            prop_assert_eq!(Code::Int(n), Code::Str(n.to_string().into()));
            prop_assert_eq!(Code::Int(n), n);
        }
    }
}
