//! The value that a text begins with, for types that serde reads, in one pass.
//!
//! Where a body is compared with what this crate writes, the end of a field's value is known only
//! when it was read. What is read here is what serde_json makes of it; whatever is rare, and every
//! mistake, is not read at all, as then the whole body is read again in the general way.

use std::fmt::{self, Display};

use serde::de::value::BorrowedStrDeserializer;
use serde::de::{self, DeserializeOwned, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

use super::lex::{after_space, literal_end, number_end, string_end};
use super::text;

/// The value, and its length.
#[inline]
pub(crate) fn read_first<T: DeserializeOwned>(json: &str) -> Option<(T, usize)> {
    let mut stream = Stream { text: json, at: 0, levels: LEVELS, gave_up: false };
    let value = T::deserialize(&mut stream).ok()?;
    // A type may hide that something was not read: as the absence of a value, or as another one.
    (!stream.gave_up).then_some((value, stream.at))
}

/// How deep lists and objects may lie in one another. Fewer than serde_json allows.
const LEVELS: u8 = 64;

struct Stream<'de> {
    text: &'de str,
    at: usize,
    /// How many more may be opened.
    levels: u8,
    /// Something was not read.
    gave_up: bool,
}

/// Not read here.
#[derive(Debug)]
struct NotRead;

impl Display for NotRead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not read")
    }
}

impl std::error::Error for NotRead {}

impl de::Error for NotRead {
    fn custom<T: Display>(_: T) -> Self {
        NotRead
    }
}

impl<'de> Stream<'de> {
    #[cold]
    fn give_up(&mut self) -> NotRead {
        self.gave_up = true;
        NotRead
    }

    /// The first byte of what comes next.
    #[inline]
    fn peek(&mut self) -> Result<u8, NotRead> {
        match self.text.as_bytes().get(self.at) {
            Some(&byte) if byte > b' ' => Ok(byte),
            _ => self.peek_after_space(),
        }
    }

    /// Apart, as it is asked in many places and there is mostly none.
    #[cold]
    fn peek_after_space(&mut self) -> Result<u8, NotRead> {
        let Some((at, byte)) = after_space(self.text.as_bytes(), self.at) else { return Err(self.give_up()) };
        self.at = at;
        Ok(byte)
    }

    #[inline]
    fn pass(&mut self, byte: u8) -> Result<(), NotRead> {
        // Mostly it is there at once, as it is no white space.
        if self.text.as_bytes().get(self.at) == Some(&byte) || self.peek()? == byte {
            self.at += 1;
            return Ok(());
        }
        Err(self.give_up())
    }

    #[inline]
    fn literal(&mut self, literal: &[u8]) -> Result<(), NotRead> {
        self.at = literal_end(self.text.as_bytes(), self.at, literal).ok_or_else(|| self.give_up())?;
        Ok(())
    }

    /// A string whose quote comes next.
    #[inline]
    fn string<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, NotRead> {
        let start = self.at + 1;
        let Some((end, escaped)) = string_end(self.text.as_bytes(), start) else {
            return Err(self.give_up());
        };
        self.at = end;
        let content = &self.text[start..end - 1];
        if escaped {
            visitor.visit_str(&text::unescape(content).ok_or_else(|| self.give_up())?)
        } else {
            visitor.visit_borrowed_str(content)
        }
    }

    /// A number that comes next.
    #[inline]
    fn number(&mut self) -> Result<&'de str, NotRead> {
        let start = self.at;
        self.at = number_end(self.text.as_bytes(), start).ok_or_else(|| self.give_up())?;
        Ok(&self.text[start..self.at])
    }

    /// An integer that comes next.
    #[inline]
    fn integer<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, NotRead> {
        match integer(self.number()?) {
            Some((false, number)) => visitor.visit_u64(number),
            // Zero has no sign as an integer, and serde_json makes `-0` a float.
            Some((true, number)) if number > 0 => visitor.visit_i64(-(number as i64)),
            _ => Err(self.give_up()),
        }
    }

    /// What is between the brackets that come next.
    #[inline]
    fn inside<V>(
        &mut self,
        read: impl FnOnce(Inside<'_, 'de>) -> Result<V, NotRead>,
        end: u8,
    ) -> Result<V, NotRead> {
        self.levels = self.levels.checked_sub(1).ok_or_else(|| self.give_up())?;
        self.at += 1;
        let value = read(Inside { stream: self, is_first: true, end })?;
        self.pass(end)?;
        self.levels += 1;
        Ok(value)
    }
}

/// Its sign and, up to 18 digits, its value.
#[inline]
fn integer(number: &str) -> Option<(bool, u64)> {
    let (negative, digits) = match number.as_bytes() {
        [b'-', digits @ ..] => (true, digits),
        digits => (false, digits),
    };
    if digits.len() > 18 {
        return None;
    }
    let value = digits.iter().try_fold(0, |value, byte| match byte {
        b'0'..=b'9' => Some(value * 10 + u64::from(byte - b'0')),
        _ => None,
    })?;
    Some((negative, value))
}

macro_rules! integers {
    ($($method:ident)*) => {$(
        #[inline]
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NotRead> {
            match self.peek()? {
                b'0'..=b'9' | b'-' => self.integer(visitor),
                _ => Err(self.give_up()),
            }
        }
    )*};
}

macro_rules! texts {
    ($($method:ident)*) => {$(
        #[inline]
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NotRead> {
            if self.peek()? == b'"' { self.string(visitor) } else { Err(self.give_up()) }
        }
    )*};
}

macro_rules! nothing {
    ($($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, _: V) -> Result<V::Value, NotRead> {
            Err(self.give_up())
        }
    )*};
}

impl<'de> Deserializer<'de> for &mut Stream<'de> {
    type Error = NotRead;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NotRead> {
        match self.peek()? {
            b'"' => self.string(visitor),
            b'{' => self.deserialize_map(visitor),
            b'[' => self.deserialize_seq(visitor),
            b't' | b'f' => self.deserialize_bool(visitor),
            b'n' => self.deserialize_unit(visitor),
            _ => self.integer(visitor),
        }
    }

    integers! { deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64
    deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 }

    texts! { deserialize_str deserialize_string deserialize_char deserialize_identifier }

    nothing! { deserialize_i128 deserialize_u128 deserialize_bytes deserialize_byte_buf }

    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NotRead> {
        self.peek()?;
        serde_json::Deserializer::from_str(self.number()?)
            .deserialize_f32(visitor)
            .map_err(|_| self.give_up())
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NotRead> {
        self.peek()?;
        serde_json::Deserializer::from_str(self.number()?)
            .deserialize_f64(visitor)
            .map_err(|_| self.give_up())
    }

    #[inline]
    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NotRead> {
        if self.peek()? == b't' {
            self.literal(b"true")?;
            visitor.visit_bool(true)
        } else {
            self.literal(b"false")?;
            visitor.visit_bool(false)
        }
    }

    #[inline]
    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NotRead> {
        if self.peek()? == b'n' {
            self.literal(b"null")?;
            visitor.visit_none()
        } else {
            visitor.visit_some(self)
        }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NotRead> {
        self.peek()?;
        self.literal(b"null")?;
        visitor.visit_unit()
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, NotRead> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, NotRead> {
        // serde_json has its own names for types it treats apart.
        if name.starts_with('$') { Err(self.give_up()) } else { visitor.visit_newtype_struct(self) }
    }

    #[inline]
    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NotRead> {
        if self.peek()? == b'[' {
            self.inside(|inside| visitor.visit_seq(inside), b']')
        } else {
            Err(self.give_up())
        }
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, NotRead> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, NotRead> {
        self.deserialize_seq(visitor)
    }

    #[inline]
    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NotRead> {
        if self.peek()? == b'{' {
            self.inside(|inside| visitor.visit_map(inside), b'}')
        } else {
            Err(self.give_up())
        }
    }

    #[inline]
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, NotRead> {
        if name.starts_with('$') { Err(self.give_up()) } else { self.deserialize_map(visitor) }
    }

    /// Of a variant without data.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, NotRead> {
        if self.peek()? != b'"' {
            return Err(self.give_up());
        }
        let start = self.at + 1;
        match string_end(self.text.as_bytes(), start) {
            Some((end, false)) => {
                self.at = end;
                visitor.visit_enum(BorrowedStrDeserializer::new(&self.text[start..end - 1]))
            }
            _ => Err(self.give_up()),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NotRead> {
        match self.peek()? {
            b'0'..=b'9' | b'-' => {
                self.number()?;
                visitor.visit_unit()
            }
            _ => self.deserialize_any(visitor),
        }
    }
}

/// The elements or members of what was opened.
struct Inside<'s, 'de> {
    stream: &'s mut Stream<'de>,
    is_first: bool,
    end: u8,
}

impl Inside<'_, '_> {
    /// Whether another one comes.
    #[inline]
    fn goes_on(&mut self) -> Result<bool, NotRead> {
        let next = self.stream.peek()?;
        if next == self.end {
            return Ok(false);
        }
        if self.is_first {
            self.is_first = false;
        } else if next == b',' {
            // Another one has to follow: whatever reads it refuses a bracket.
            self.stream.at += 1;
        } else {
            return Err(self.stream.give_up());
        }
        Ok(true)
    }
}

impl<'de> SeqAccess<'de> for Inside<'_, 'de> {
    type Error = NotRead;

    #[inline]
    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, NotRead> {
        if self.goes_on()? { seed.deserialize(&mut *self.stream).map(Some) } else { Ok(None) }
    }
}

impl<'de> MapAccess<'de> for Inside<'_, 'de> {
    type Error = NotRead;

    #[inline]
    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, NotRead> {
        if self.goes_on()? { seed.deserialize(Key(self.stream)).map(Some) } else { Ok(None) }
    }

    #[inline]
    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, NotRead> {
        self.stream.pass(b':')?;
        seed.deserialize(&mut *self.stream)
    }
}

/// The name of a member: a text, and nothing else. serde_json reads numbers and more from it.
struct Key<'s, 'de>(&'s mut Stream<'de>);

macro_rules! no_names {
    ($($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, _: V) -> Result<V::Value, NotRead> {
            Err(self.0.give_up())
        }
    )*};
}

impl<'de> Deserializer<'de> for Key<'_, 'de> {
    type Error = NotRead;

    #[inline]
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NotRead> {
        self.0.deserialize_str(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, NotRead> {
        if name.starts_with('$') { Err(self.0.give_up()) } else { visitor.visit_newtype_struct(self) }
    }

    no_names! { deserialize_bool deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128
    deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128 deserialize_f32
    deserialize_f64 deserialize_bytes deserialize_byte_buf deserialize_option }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, NotRead> {
        Err(self.0.give_up())
    }

    serde::forward_to_deserialize_any! {
        char str string unit unit_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::fmt::Debug;

    use proptest::prelude::*;
    use serde::Deserialize;
    use serde::de::{DeserializeOwned, IgnoredAny};

    use super::read_first;
    use crate::FieldError;

    #[derive(Debug, PartialEq, Deserialize)]
    enum Word {
        #[serde(rename = "a")]
        A,
        Data(u8),
    }

    #[derive(Debug, PartialEq, Deserialize)]
    struct Wrapped(String);

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(untagged)]
    enum Either {
        Text(String),
        Number(i64),
        List(Vec<Either>),
        Object(BTreeMap<String, Either>),
    }

    /// What does not fit is nothing, not a mistake.
    #[derive(Debug, PartialEq)]
    struct Forgiving<T>(Option<T>);

    impl<'de, T: Deserialize<'de>> Deserialize<'de> for Forgiving<T> {
        fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            Ok(Self(T::deserialize(deserializer).ok()))
        }
    }

    #[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
    struct ForgivingName(Option<u8>);

    impl<'de> Deserialize<'de> for ForgivingName {
        fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            Ok(Self(u8::deserialize(deserializer).ok()))
        }
    }

    #[derive(Debug, PartialEq, Deserialize)]
    struct Everything {
        #[serde(default)]
        a: Option<Word>,
        #[serde(default)]
        b: Vec<(u8, String)>,
        #[serde(flatten)]
        rest: BTreeMap<String, serde_json::Value>,
    }

    /// Whether the value was read: it is then what serde_json reads, and ends where that says.
    fn same<T: DeserializeOwned + Debug>(json: &str) -> bool {
        let Some((value, length)) = read_first::<T>(json) else { return false };
        let theirs = serde_json::from_str::<T>(&json[..length]);
        let theirs = theirs.unwrap_or_else(|error| panic!("{value:?} of {json}: {error}"));
        assert_eq!(format!("{value:?}"), format!("{theirs:?}"), "{json}");
        // A whole value, and not a part of a longer one: of the rest it is told apart by what may follow.
        if serde_json::from_str::<T>(json).is_ok() {
            assert_eq!(json[length..].trim(), "", "{json}");
        }
        true
    }

    fn same_for_all_types(json: &str) {
        same::<u8>(json);
        same::<i32>(json);
        same::<u64>(json);
        same::<i64>(json);
        same::<u128>(json);
        same::<f32>(json);
        same::<f64>(json);
        same::<bool>(json);
        same::<char>(json);
        same::<()>(json);
        same::<String>(json);
        same::<Option<u32>>(json);
        same::<Option<Option<String>>>(json);
        same::<Vec<u8>>(json);
        same::<[i8; 2]>(json);
        same::<(u8, String)>(json);
        same::<BTreeMap<String, u8>>(json);
        same::<BTreeMap<u8, bool>>(json);
        same::<BTreeMap<Name, bool>>(json);
        same::<serde_json::Value>(json);
        same::<Box<serde_json::value::RawValue>>(json);
        same::<Vec<FieldError>>(json);
        same::<std::num::NonZeroU16>(json);
        same::<std::net::IpAddr>(json);
        same::<std::time::Duration>(json);
        same::<Word>(json);
        same::<Wrapped>(json);
        same::<Either>(json);
        same::<Everything>(json);
        same::<IgnoredAny>(json);
        same::<Forgiving<u64>>(json);
        same::<Forgiving<String>>(json);
        same::<Forgiving<serde_json::Value>>(json);
        same::<Vec<Forgiving<u64>>>(json);
        same::<Forgiving<Vec<Forgiving<u8>>>>(json);
        same::<BTreeMap<String, Forgiving<bool>>>(json);
        same::<BTreeMap<ForgivingName, bool>>(json);
    }

    #[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
    struct Name(String);

    #[test]
    fn the_usual_is_read() {
        assert!(same::<u32>("30,"));
        assert!(same::<u32>("0}"));
        assert!(same::<i64>("-30]"));
        assert!(same::<f64>("-0.5e3,"));
        assert!(same::<String>(r#""a\n\u00e9","#));
        assert!(same::<Option<u8>>("null}"));
        assert!(same::<Option<bool>>("true}"));
        assert!(same::<Vec<u8>>("[ 1 , 2 ]x"));
        assert!(same::<Vec<u8>>("[]"));
        assert!(same::<BTreeMap<String, Vec<u8>>>(r#"{ "a" : [1] , "b" : [] }"#));
        assert!(same::<serde_json::Value>(r#"{"a":[1,{"b":null}],"c":"d"}"#));
        assert!(same::<Vec<FieldError>>(r#"[{"loc":["body",0],"msg":"m","type":"t","ctx":{"a":[-1.5]}}],"#));
        assert!(same::<Word>(r#""a""#));
        assert!(same::<Everything>(r#"{"b":[[1,"c"]],"a":"a","d":[true]}"#));
        assert!(same::<Either>(r#"[{"a":-1},["b"]]"#));
    }

    #[test]
    fn the_rest_is_not() {
        for json in [
            "",
            " ",
            "1.5",
            "-",
            "1.",
            "[1,]",
            "[1 2]",
            "[,1]",
            "[1",
            "{\"a\":1,}",
            "{\"a\" 1}",
            "{,}",
            "{1:2}",
            "\"a",
            "\"\\x\"",
            "\"\\ud800\"",
            "nul",
            "tru",
        ] {
            assert!(!same::<serde_json::Value>(json), "{json}");
        }
        let deep = |levels: usize| "[".repeat(levels) + &"]".repeat(levels);
        assert!(same::<IgnoredAny>(&deep(64)));
        assert!(!same::<IgnoredAny>(&deep(65)));
        assert!(!same::<IgnoredAny>(&deep(100_000)));
        assert!(!same::<Box<serde_json::value::RawValue>>("1"));
    }

    #[test]
    fn all_types_of_many_texts() {
        let texts = r#"0|7|255|256|-0|-1|-129|007|1.5|1e3|1E400|+1|12a|- 1|999999999999999999|1000000000000000000|
            18446744073709551616|-9223372036854775809|true|false|truex|null|nullx|""|"a"|"a"b"|"\ud83d\ude00"|"é"|"127.0.0.1"|[]|[1,"a"]|
            [1,2]|[1,2,3]|{}|{"a":1}|{"1":true}|{"Data":1}|{"Data":1}x|{"secs":1,"nanos":2}|{"a":{"Data":7},"e":1.5}|{"a":"a","a":"a"}"#;
        for json in texts.split('|') {
            for text in [json.to_owned(), format!(" {json}"), format!("{json} ,")] {
                same_for_all_types(&text);
            }
        }
    }

    /// Pieces of JSON in any order.
    fn pieces() -> impl Strategy<Value = String> {
        let pieces = [
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            " ",
            "\"a\"",
            "\"b\":",
            "\"loc\":",
            "\"msg\":",
            "\"type\":",
            "1",
            "-2",
            "0",
            "1.5",
            "null",
            "true",
            "\"",
            "\\",
            "\"\\u0061\"",
            "{\"a\":",
            "[1,",
            "[\"body\"]",
        ];
        prop::collection::vec(prop::sample::select(pieces.to_vec()), 0..12).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn all_types_of_any_text(json in pieces(), number: i128, text: String) {
            same_for_all_types(&json);
            same_for_all_types(&number.to_string());
            same_for_all_types(&(number as i64).to_string());
            same_for_all_types(&serde_json::to_string(&text).unwrap());
        }
    }
}
