//! Header fields as a value of a type, by serde.

use std::borrow::Cow;
use std::vec;

use serde::de::value::{Error, MapDeserializer, SeqDeserializer};
use serde::de::{DeserializeOwned, Deserializer, Error as _, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;

use super::{Rejection, violation_at, words};
use crate::Failure;

/// Reads `T` from header fields in the order in which they came, each with the name in lower case.
pub(crate) fn read_headers<'a, T: DeserializeOwned>(
    fields: impl Iterator<Item = (&'a str, &'a [u8])>,
) -> Result<T, Rejection> {
    serde_path_to_error::deserialize(Fields(fields.collect())).map_err(|error| {
        let violation = violation_at("header", &error);
        Rejection::new(Failure::Header, vec![violation]).because(error)
    })
}

struct Fields<'a>(Vec<(&'a str, &'a [u8])>);

impl<'a> Fields<'a> {
    /// All values of a header as one list (RFC 9110, section 5.3).
    fn value(&self, name: &str) -> Option<Value<'a>> {
        let mut values = self.0.iter().filter(|(other, _)| other.eq_ignore_ascii_case(name));
        let mut value = Cow::Borrowed(values.next()?.1);
        for (_, further) in values {
            let list = value.to_mut();
            list.extend_from_slice(b", ");
            list.extend_from_slice(further);
        }
        Some(Value(value))
    }
}

impl<'de> Deserializer<'de> for Fields<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let mut names: Vec<&str> = self.0.iter().map(|(name, _)| *name).collect();
        names.sort_unstable();
        names.dedup();
        let found = names.iter().filter_map(|name| Some((*name, self.value(name)?)));
        visitor.visit_map(MapDeserializer::new(found))
    }

    /// Nothing but what the struct asks for.
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let found = names.iter().filter_map(|name| Some((*name, self.value(name)?)));
        visitor.visit_map(MapDeserializer::new(found))
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
        unit_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

/// The value of one header.
struct Value<'a>(Cow<'a, [u8]>);

impl Value<'_> {
    fn text(&self) -> Result<&str, Error> {
        std::str::from_utf8(&self.0).map_err(|_| Error::custom(words::NOT_TEXT))
    }

    fn elements(&self) -> vec::IntoIter<Value<'static>> {
        let elements = self.0.split(|byte| *byte == b',').map(<[u8]>::trim_ascii);
        // Empty elements of a list count as absent (RFC 9110, section 5.6.1).
        let elements = elements.filter(|element| !element.is_empty());
        elements.map(|element| Value(Cow::Owned(element.to_vec()))).collect::<Vec<_>>().into_iter()
    }
}

impl IntoDeserializer<'_, Error> for Value<'_> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

macro_rules! parsed {
    ($($method:ident $visit:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            visitor.$visit(self.text()?.parse().map_err(Error::custom)?)
        }
    )*};
}

impl<'de> Deserializer<'de> for Value<'_> {
    type Error = Error;

    parsed! {
        deserialize_bool visit_bool
        deserialize_i8 visit_i8
        deserialize_i16 visit_i16
        deserialize_i32 visit_i32
        deserialize_i64 visit_i64
        deserialize_i128 visit_i128
        deserialize_u8 visit_u8
        deserialize_u16 visit_u16
        deserialize_u32 visit_u32
        deserialize_u64 visit_u64
        deserialize_u128 visit_u128
        deserialize_f32 visit_f32
        deserialize_f64 visit_f64
        deserialize_char visit_char
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_str(self.text()?)
    }

    fn deserialize_bytes<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_byte_buf(self.0.into_owned())
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_bytes(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_enum(self.text()?.into_deserializer())
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_seq(SeqDeserializer::new(self.elements()))
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        str string unit_struct tuple_struct map struct identifier
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;

    use super::*;

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    struct Asked {
        x_name: String,
        x_depth: Option<u8>,
        #[serde(default)]
        x_ids: Vec<u64>,
        x_mode: Option<crate::Retry>,
    }

    fn read<T: DeserializeOwned>(fields: &[(&'static str, &'static [u8])]) -> Result<T, String> {
        read_headers(fields.iter().copied()).map_err(|rejection| rejection.to_string())
    }

    #[test]
    fn what_a_struct_asks_for() {
        let asked = read::<Asked>(&[
            ("accept", b"\xff"),
            ("x-ids", b"1, 2,, 3"),
            ("x-name", b"Ada"),
            ("x-depth", b"7"),
            ("x-ids", b"4"),
            ("x-mode", b"never"),
        ]);
        let expected = Asked {
            x_name: "Ada".to_owned(),
            x_depth: Some(7),
            x_ids: vec![1, 2, 3, 4],
            x_mode: Some(crate::Retry::Never),
        };
        assert_eq!(asked, Ok(expected));
    }

    #[test]
    fn what_does_not_fit() {
        let problem = |fields: &[(&'static str, &'static [u8])]| read::<Asked>(fields).unwrap_err();
        assert_eq!(problem(&[]), "header.x-name: field required");
        assert_eq!(problem(&[("x-name", b"\xff")]), "header.x-name: value is not valid UTF-8");
        let name: (&str, &[u8]) = ("x-name", b"");
        assert_eq!(problem(&[name, ("x-depth", b"300")]), "header.x-depth: value is out of range");
        assert_eq!(problem(&[name, ("x-depth", b"secret")]), "header.x-depth: value is not a valid integer");
        assert_eq!(problem(&[name, ("x-ids", b"1, x")]), "header.x-ids[1]: value is not a valid integer");
        assert_eq!(
            problem(&[name, ("x-mode", b"secret")]),
            "header.x-mode: value is not a valid enumeration member"
        );
    }

    #[test]
    fn all_of_them() {
        let all = read::<BTreeMap<String, String>>(&[("b", b"2"), ("a", b"1"), ("b", b"3")]).unwrap();
        assert_eq!(
            all.into_iter().collect::<Vec<_>>(),
            [("a".into(), "1".into()), ("b".into(), "2, 3".into())]
        );
    }
}
