//! Violations of a request's schema.

use std::fmt;

use serde::de::{self, Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeStruct, Serializer};

/// One violation of a request's schema: where, what, and of which kind.
///
/// The form in which FastAPI and pydantic report them, and with them the Aura API's 422:
///
/// ```json
/// { "loc": ["body", "name"], "msg": "field required", "type": "value_error.missing" }
/// ```
///
/// All three members are required when it is read; members beside them (pydantic's `ctx`, `input`
/// and `url`) are ignored.
///
/// # Example
///
/// ```
/// use aura_errors::FieldError;
///
/// let missing = FieldError::missing(["body", "items"]).at(0).at("name");
/// assert_eq!(missing.to_string(), "body.items[0].name: field required");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct FieldError {
    /// The path to the value: first the part of the request (`body`, `query`, `path`, `header`),
    /// then names of members and indexes of elements. Empty: the request as a whole.
    pub loc: Vec<Loc>,
    /// What is wrong, for people.
    pub msg: String,
    /// What is wrong, for programs, as in `value_error.missing`; `type` on the wire.
    pub kind: String,
}

impl FieldError {
    /// A violation at `loc`.
    ///
    /// # Example
    ///
    /// ```
    /// use aura_errors::FieldError;
    ///
    /// let error = FieldError::new(["query", "page"], "must be positive", "value_error.number.not_gt");
    /// assert_eq!(error.loc, ["query", "page"]);
    /// ```
    #[must_use]
    pub fn new(
        loc: impl IntoIterator<Item: Into<Loc>>,
        msg: impl Into<String>,
        kind: impl Into<String>,
    ) -> Self {
        Self { loc: loc.into_iter().map(Into::into).collect(), msg: msg.into(), kind: kind.into() }
    }

    /// A required value is missing: `field required`, `value_error.missing`.
    #[must_use]
    pub fn missing(loc: impl IntoIterator<Item: Into<Loc>>) -> Self {
        Self::new(loc, "field required", "value_error.missing")
    }

    /// The same violation one step further inside: appends a name or an index to
    /// [`loc`](Self::loc). For paths that mix both.
    #[must_use]
    pub fn at(mut self, step: impl Into<Loc>) -> Self {
        self.loc.push(step.into());
        self
    }

    /// [`loc`](Self::loc) as one text: `body.items[0].name`.
    #[must_use]
    pub fn path(&self) -> impl fmt::Display + '_ {
        Shown(&self.loc)
    }
}

struct Shown<'a>(&'a [Loc]);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, step) in self.0.iter().enumerate() {
            match step {
                Loc::Name(name) if index == 0 => f.write_str(name)?,
                Loc::Name(name) => write!(f, ".{name}")?,
                Loc::Index(number) => write!(f, "[{number}]")?,
            }
        }
        Ok(())
    }
}

impl fmt::Display for FieldError {
    /// `body.items[0].name: field required`; the message alone where `loc` is empty.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.loc.is_empty() {
            write!(f, "{}: ", self.path())?;
        }
        f.write_str(&self.msg)
    }
}

/// One step of a [`FieldError::loc`]: the name of a member, or the index of an element.
///
/// Made from strings and integers, compared with them.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Loc {
    /// The name of a member.
    Name(String),
    /// The index of an element, from 0 on; or the key of a map whose keys are integers, which may be
    /// negative. An integer beyond `i64` becomes a [`Name`](Self::Name), so that none is lost.
    Index(i64),
}

impl Loc {
    /// The name, `None` if this is an index.
    #[must_use]
    pub fn as_name(&self) -> Option<&str> {
        match self {
            Loc::Name(name) => Some(name),
            Loc::Index(_) => None,
        }
    }

    /// The index, `None` if this is a name.
    #[must_use]
    pub fn as_index(&self) -> Option<i64> {
        match self {
            Loc::Name(_) => None,
            Loc::Index(index) => Some(*index),
        }
    }
}

impl fmt::Display for Loc {
    /// The name or the number alone.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Loc::Name(name) => f.pad(name),
            Loc::Index(index) => index.fmt(f),
        }
    }
}

impl From<&str> for Loc {
    fn from(name: &str) -> Self {
        Loc::Name(name.to_owned())
    }
}

impl From<String> for Loc {
    fn from(name: String) -> Self {
        Loc::Name(name)
    }
}

impl PartialEq<str> for Loc {
    fn eq(&self, other: &str) -> bool {
        self.as_name() == Some(other)
    }
}

impl PartialEq<&str> for Loc {
    fn eq(&self, other: &&str) -> bool {
        self == *other
    }
}

impl PartialEq<String> for Loc {
    fn eq(&self, other: &String) -> bool {
        self == other.as_str()
    }
}

macro_rules! integers {
    ($($integer:ty),*) => {$(
        impl From<$integer> for Loc {
            fn from(index: $integer) -> Self {
                i64::try_from(index).map_or_else(|_| Loc::Name(index.to_string()), Loc::Index)
            }
        }

        impl PartialEq<$integer> for Loc {
            fn eq(&self, other: &$integer) -> bool {
                match i64::try_from(*other) {
                    Ok(other) => self.as_index() == Some(other),
                    Err(_) => self.as_name().is_some_and(|name| name == other.to_string()),
                }
            }
        }
    )*};
}

integers!(i8, i16, i32, i64, isize, u8, u16, u32, u64, usize);

impl Serialize for Loc {
    /// A string or an integer.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Loc::Name(name) => serializer.serialize_str(name),
            Loc::Index(index) => serializer.serialize_i64(*index),
        }
    }
}

// By hand, as an untagged derive would buffer every step before it tries the variants.
impl<'de> Deserialize<'de> for Loc {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct LocVisitor;

        impl Visitor<'_> for LocVisitor {
            type Value = Loc;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a name or an index")
            }

            fn visit_str<E: de::Error>(self, name: &str) -> Result<Loc, E> {
                Ok(Loc::from(name))
            }

            fn visit_string<E: de::Error>(self, name: String) -> Result<Loc, E> {
                Ok(Loc::Name(name))
            }

            fn visit_u64<E: de::Error>(self, index: u64) -> Result<Loc, E> {
                Ok(Loc::from(index))
            }

            fn visit_i64<E: de::Error>(self, index: i64) -> Result<Loc, E> {
                Ok(Loc::Index(index))
            }
        }

        deserializer.deserialize_any(LocVisitor)
    }
}

/// A [`FieldError::loc`]: most have two to four steps, so room for four is made at once.
struct Path(Vec<Loc>);

impl<'de> Deserialize<'de> for Path {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct PathVisitor;

        impl<'de> Visitor<'de> for PathVisitor {
            type Value = Path;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of names and indexes")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut steps: A) -> Result<Path, A::Error> {
                let Some(first) = steps.next_element()? else { return Ok(Path(Vec::new())) };
                let mut path = Vec::with_capacity(4);
                path.push(first);
                while let Some(step) = steps.next_element()? {
                    path.push(step);
                }
                Ok(Path(path))
            }
        }

        deserializer.deserialize_seq(PathVisitor)
    }
}

const LOC: &str = "loc";
const MSG: &str = "msg";
const TYPE: &str = "type";

impl Serialize for FieldError {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("FieldError", 3)?;
        object.serialize_field(LOC, &self.loc)?;
        object.serialize_field(MSG, &self.msg)?;
        object.serialize_field(TYPE, &self.kind)?;
        object.end()
    }
}

impl<'de> Deserialize<'de> for FieldError {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_struct("FieldError", &[LOC, MSG, TYPE], FieldErrorVisitor)
    }
}

struct FieldErrorVisitor;

impl<'de> Visitor<'de> for FieldErrorVisitor {
    type Value = FieldError;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with `loc`, `msg` and `type`")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<FieldError, A::Error> {
        fn once<T, E: de::Error>(place: &mut Option<T>, name: &'static str, value: T) -> Result<(), E> {
            match place.replace(value) {
                None => Ok(()),
                Some(_) => Err(E::duplicate_field(name)),
            }
        }

        let (mut loc, mut msg, mut kind) = (None, None, None);
        while let Some(member) = members.next_key()? {
            match member {
                Member::Loc => once(&mut loc, LOC, members.next_value::<Path>()?.0)?,
                Member::Msg => once(&mut msg, MSG, members.next_value()?)?,
                Member::Type => once(&mut kind, TYPE, members.next_value()?)?,
                Member::Other => {
                    members.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(FieldError {
            loc: loc.ok_or_else(|| de::Error::missing_field(LOC))?,
            msg: msg.ok_or_else(|| de::Error::missing_field(MSG))?,
            kind: kind.ok_or_else(|| de::Error::missing_field(TYPE))?,
        })
    }

    /// For formats that write structs as lists.
    fn visit_seq<A: SeqAccess<'de>>(self, mut members: A) -> Result<FieldError, A::Error> {
        let missing = |index| move || de::Error::invalid_length(index, &FieldErrorVisitor);
        Ok(FieldError {
            loc: members.next_element()?.ok_or_else(missing(0))?,
            msg: members.next_element()?.ok_or_else(missing(1))?,
            kind: members.next_element()?.ok_or_else(missing(2))?,
        })
    }
}

enum Member {
    Loc,
    Msg,
    Type,
    Other,
}

impl<'de> Deserialize<'de> for Member {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct MemberVisitor;

        impl Visitor<'_> for MemberVisitor {
            type Value = Member;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the name of a member")
            }

            fn visit_str<E: de::Error>(self, name: &str) -> Result<Member, E> {
                Ok(match name {
                    LOC => Member::Loc,
                    MSG => Member::Msg,
                    TYPE => Member::Type,
                    _ => Member::Other,
                })
            }

            fn visit_bytes<E: de::Error>(self, name: &[u8]) -> Result<Member, E> {
                std::str::from_utf8(name).map_or(Ok(Member::Other), |name| self.visit_str(name))
            }
        }

        deserializer.deserialize_identifier(MemberVisitor)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;

    fn read(value: Value) -> Result<FieldError, String> {
        let owned = serde_json::from_value(value.clone()).map_err(|error| error.to_string());
        let text = value.to_string();
        let borrowed = serde_json::from_str(&text).map_err(|error| error.to_string());
        assert_eq!(owned.is_ok(), borrowed.is_ok());
        if let (Ok(owned), Ok(borrowed)) = (&owned, &borrowed) {
            assert_eq!(owned, borrowed);
        }
        owned
    }

    /// Word for word what the Aura API's page shows.
    #[test]
    fn the_documented_form() {
        let error = FieldError::missing(["body", "name"]);
        let text = r#"{"loc":["body","name"],"msg":"field required","type":"value_error.missing"}"#;
        assert_eq!(serde_json::to_string(&error).unwrap(), text);
        assert_eq!(serde_json::from_str::<FieldError>(text).unwrap(), error);
        assert_eq!(error.to_string(), "body.name: field required");
    }

    #[test]
    fn what_pydantic_2_adds_is_ignored() {
        let error = read(json!({
            "type": "int_parsing",
            "loc": ["body", "items", 0, -1],
            "msg": "Input should be a valid integer",
            "input": {"deep": [1, null, {"a": "b"}]},
            "ctx": {"error": {}},
            "url": "https://errors.pydantic.dev/2.0.3/v/int_parsing",
        }))
        .unwrap();
        let expected = FieldError::new(["body", "items"], "Input should be a valid integer", "int_parsing");
        assert_eq!(error, expected.at(0).at(-1));
    }

    #[test]
    fn misfits_are_named() {
        let good = json!({"loc": [], "msg": "m", "type": "t"});
        assert!(read(good.clone()).is_ok());
        for name in ["loc", "msg", "type"] {
            let mut value = good.clone();
            value.as_object_mut().unwrap().remove(name);
            assert!(read(value).unwrap_err().contains(&format!("missing field `{name}`")));
            let mut value = good.clone();
            value[name] = Value::Null;
            assert!(read(value).is_err());
        }
        for loc in [json!("body"), json!([null]), json!([1.5]), json!([true]), json!([["a"]]), json!({})] {
            assert!(read(json!({"loc": loc, "msg": "m", "type": "t"})).is_err(), "{loc}");
        }
        let error = read(json!({"loc": [[]], "msg": "m", "type": "t"})).unwrap_err();
        assert!(error.contains("a name or an index"), "{error}");
        let twice = r#"{"loc":[],"msg":"m","msg":"n","type":"t"}"#;
        let error = serde_json::from_str::<FieldError>(twice).unwrap_err();
        assert!(error.to_string().contains("duplicate field `msg`"), "{error}");
        assert!(read(json!("text")).is_err());
    }

    #[test]
    fn lists_are_read_too() {
        let error = read(json!([["body"], "m", "t"])).unwrap();
        assert_eq!(error, FieldError::new(["body"], "m", "t"));
        assert!(read(json!([["body"], "m"])).is_err());
        assert!(read(json!([])).is_err());
    }

    #[test]
    fn paths() {
        let none: [Loc; 0] = [];
        assert_eq!(FieldError::new(none, "bad", "t").to_string(), "bad");
        let error = FieldError::missing(["body"]).at("items").at(0).at(1).at("name");
        assert_eq!(error.path().to_string(), "body.items[0][1].name");
        assert_eq!(FieldError::missing([7]).to_string(), "[7]: field required");
        let mixed = FieldError::missing([Loc::from("body"), Loc::from(3_u64)]);
        assert_eq!(mixed.path().to_string(), "body[3]");
        assert_eq!(FieldError::missing(vec![String::from("query")]).loc, ["query"]);
    }

    #[test]
    fn steps() {
        assert_eq!(Loc::from(5), 5);
        assert_eq!(Loc::from(5_usize), Loc::Index(5));
        assert_eq!(Loc::from(-5), Loc::Index(-5));
        assert_ne!(Loc::from("5"), Loc::from(5));
        assert_ne!(Loc::from("5"), 5);
        assert_eq!(Loc::from(u64::MAX), Loc::Name(u64::MAX.to_string()));
        assert_eq!(Loc::from(u64::MAX), u64::MAX);
        assert_eq!(Loc::from("a"), "a");
        assert_eq!(Loc::from("a"), String::from("a"));
        assert_eq!(Loc::from("a").as_name(), Some("a"));
        assert_eq!(Loc::from("a").as_index(), None);
        assert_eq!(Loc::from(1).as_index(), Some(1));
        assert_eq!(Loc::from(1).as_name(), None);
        assert_eq!(Loc::from(1).to_string() + &Loc::from("a").to_string(), "1a");
        assert_eq!(serde_json::from_str::<Loc>("18446744073709551615").unwrap(), u64::MAX);
        assert_eq!(serde_json::from_str::<Loc>("-3").unwrap(), -3);
        // Beyond 64 bits: a float to serde_json, and no step.
        assert!(serde_json::from_str::<Loc>("18446744073709551616").is_err());
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(
            loc in prop::collection::vec(prop_oneof![any::<String>().prop_map(Loc::from), any::<i64>().prop_map(Loc::from)], 0..5),
            msg: String,
            kind: String,
        ) {
            let error = FieldError::new(loc, msg, kind);
            let text = serde_json::to_string(&error).unwrap();
            prop_assert_eq!(serde_json::from_str::<FieldError>(&text).unwrap(), error.clone());
            let value = serde_json::to_value(&error).unwrap();
            prop_assert_eq!(serde_json::from_value::<FieldError>(value).unwrap(), error);
        }
    }
}
