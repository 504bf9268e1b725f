//! One value from its JSON text, for types that serde reads.
//!
//! Most fields are integers, short texts and options of these. Such a value is handed over as it
//! stands; everything else, and every mistake, is left to serde_json.

use serde::de::{DeserializeOwned, Deserializer, Visitor};
use serde_json::Error;

use super::text;

/// As `serde_json::from_str`, with the same results and the same mistakes.
#[inline]
pub(crate) fn read<T: DeserializeOwned>(json: &str) -> Result<T, Error> {
    T::deserialize(Text(json))
}

#[derive(Clone, Copy)]
struct Text<'de>(&'de str);

impl<'de> Text<'de> {
    /// What is between the quotes of a string that stands for itself.
    #[inline]
    fn plain(self) -> Option<&'de str> {
        let content = self.0.strip_prefix('"')?.strip_suffix('"')?;
        text::is_plain(content).then_some(content)
    }

    /// Some decimal digits: an integer that is not negative and fits.
    #[inline]
    fn digits(self) -> Option<u64> {
        match self.0.as_bytes() {
            [b'0'] => Some(0),
            digits @ [b'1'..=b'9', ..] if digits.len() < 19 => {
                digits.iter().try_fold(0, |number, byte| match byte {
                    b'0'..=b'9' => Some(number * 10 + u64::from(byte - b'0')),
                    _ => None,
                })
            }
            _ => None,
        }
    }

    /// By serde_json.
    fn whole<V>(
        self,
        read: impl FnOnce(&mut serde_json::Deserializer<serde_json::de::StrRead<'de>>) -> Result<V, Error>,
    ) -> Result<V, Error> {
        let mut deserializer = serde_json::Deserializer::from_str(self.0);
        let value = read(&mut deserializer)?;
        deserializer.end()?;
        Ok(value)
    }
}

macro_rules! integers {
    ($($method:ident)*) => {$(
        #[inline]
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            match self.digits() {
                Some(number) => visitor.visit_u64(number),
                None => self.whole(|json| json.$method(visitor)),
            }
        }
    )*};
}

macro_rules! texts {
    ($($method:ident)*) => {$(
        #[inline]
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            match self.plain() {
                Some(text) => visitor.visit_borrowed_str(text),
                None => self.whole(|json| json.$method(visitor)),
            }
        }
    )*};
}

macro_rules! others {
    ($($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            self.whole(|json| json.$method(visitor))
        }
    )*};
}

impl<'de> Deserializer<'de> for Text<'de> {
    type Error = Error;

    integers! { deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64
    deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 }

    texts! { deserialize_str deserialize_string }

    others! { deserialize_any deserialize_i128 deserialize_u128 deserialize_f32 deserialize_f64
    deserialize_char deserialize_bytes deserialize_byte_buf deserialize_unit deserialize_seq
    deserialize_map deserialize_identifier deserialize_ignored_any }

    #[inline]
    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            "true" => visitor.visit_bool(true),
            "false" => visitor.visit_bool(false),
            _ => self.whole(|json| json.deserialize_bool(visitor)),
        }
    }

    #[inline]
    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0.as_bytes() {
            [b'"' | b'0'..=b'9' | b'-' | b't' | b'f' | b'[' | b'{', ..] => visitor.visit_some(self),
            b"null" => visitor.visit_none(),
            _ => self.whole(|json| json.deserialize_option(visitor)),
        }
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.whole(|json| json.deserialize_unit_struct(name, visitor))
    }

    /// Not looked into: serde_json has its own names for types it treats apart.
    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.whole(|json| json.deserialize_newtype_struct(name, visitor))
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, len: usize, visitor: V) -> Result<V::Value, Error> {
        self.whole(|json| json.deserialize_tuple(len, visitor))
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        len: usize,
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.whole(|json| json.deserialize_tuple_struct(name, len, visitor))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.whole(|json| json.deserialize_struct(name, fields, visitor))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.whole(|json| json.deserialize_enum(name, variants, visitor))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::fmt::Debug;

    use proptest::prelude::*;
    use serde::de::DeserializeOwned;

    use crate::FieldError;

    /// The same value, or the same mistake but for where in the text it is.
    fn same<T: DeserializeOwned + Debug>(json: &str) {
        let shown = |result: Result<T, serde_json::Error>| match result {
            Ok(value) => format!("{value:?}"),
            Err(error) => {
                let text = error.to_string();
                text.split(" at line ").next().unwrap_or_default().to_owned()
            }
        };
        assert_eq!(shown(super::read(json)), shown(serde_json::from_str(json)), "{json}");
    }

    fn same_for_all_types(json: &str) {
        same::<u8>(json);
        same::<u32>(json);
        same::<u64>(json);
        same::<u128>(json);
        same::<i8>(json);
        same::<i64>(json);
        same::<f64>(json);
        same::<bool>(json);
        same::<char>(json);
        same::<()>(json);
        same::<String>(json);
        same::<Box<str>>(json);
        same::<Option<u32>>(json);
        same::<Option<Option<String>>>(json);
        same::<Option<()>>(json);
        same::<Vec<u8>>(json);
        same::<(u8, String)>(json);
        same::<BTreeMap<String, u8>>(json);
        same::<serde_json::Value>(json);
        same::<Box<serde_json::value::RawValue>>(json);
        same::<Vec<FieldError>>(json);
        same::<std::num::NonZeroU16>(json);
        same::<std::net::IpAddr>(json);
    }

    #[test]
    fn reads_as_serde_json_does() {
        let numbers = "0|7|255|256|-0|-1|-129|007|1.5|1e3|1E400|+1|12a|- 1|999999999999999999|1000000000000000000|\
            18446744073709551615|18446744073709551616|-9223372036854775808|\
            -9223372036854775809|340282366920938463463374607431768211456";
        let words = "true|false|tru|truex|null|nul|nullx|x|";
        let texts = r#"""|"a"|"|"a|a"|"a"b"|"a\n"|"\ud800"|"é"|"127.0.0.1"|"\|"\x""#;
        let others = r#"[]|[1,"a"]|[1,2,3]|[1|{}|{"a":1}|{"a":1|[{"loc":["body",0],"msg":"m","type":"t"}]|[{"loc":1}]"#;
        for json in [numbers, words, texts, others].into_iter().flat_map(|list| list.split('|')) {
            same_for_all_types(json);
            same_for_all_types(&format!(" {json}"));
            same_for_all_types(&format!("{json} "));
        }
        same_for_all_types("\"\u{1}\"");
    }

    proptest! {
        #[test]
        fn reads_numbers_and_texts_as_serde_json_does(number: i128, text: String, broken in "[-0-9.e\"\\\\ntrufalse]{0,8}") {
            same_for_all_types(&number.to_string());
            same_for_all_types(&(number as i64).to_string());
            same_for_all_types(&(number as u16).to_string());
            same_for_all_types(&serde_json::to_string(&text).unwrap());
            same_for_all_types(&format!("\"{text}\""));
            same_for_all_types(&broken);
        }
    }
}
