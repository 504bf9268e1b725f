//! What kind of failure an error is.

use std::fmt;
use std::iter::FusedIterator;
use std::str::FromStr;

use serde::de::{self, Deserialize, Deserializer, SeqAccess, Visitor};
use serde::ser::{Serialize, Serializer};

/// What kind of failure an error is, from the point of view of the caller.
///
/// Declared with `#[api(class = …)]`, else known by status: see [`Classes::of_status`]. Written in
/// `snake_case` wherever it leaves the program: `rate_limit`.
///
/// # Example
///
/// ```
/// use aura_errors::Class;
///
/// assert_eq!(Class::RateLimit.as_str(), "rate_limit");
/// assert_eq!("rate_limit".parse(), Ok(Class::RateLimit));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Class {
    /// `auth`: the caller did not prove who it is; new credentials may help.
    ///
    /// By status: 401 and 407 (RFC 9110, sections 15.5.2 and 15.5.8), 511 (RFC 6585, section 6).
    Auth,
    /// `permission`: the caller is known and may not do this; new credentials do not help.
    ///
    /// By status: 403 (RFC 9110, section 15.5.4), 451 (RFC 7725, section 3).
    Permission,
    /// `validation`: the request itself is at fault and has to be changed.
    ///
    /// By status: 400, 413, 422 (RFC 9110, sections 15.5.1, 15.5.14 and 15.5.21).
    Validation,
    /// `not_found`: what the request names does not exist, or not any more.
    ///
    /// By status: 404, 410 (RFC 9110, sections 15.5.5 and 15.5.11).
    NotFound,
    /// `conflict`: the request contradicts the present state of what it names.
    ///
    /// By status: 409, 412 (RFC 9110, sections 15.5.10 and 15.5.13), 423 (RFC 4918, section 11.3).
    Conflict,
    /// `rate_limit`: too many requests; the same one is welcome later.
    ///
    /// By status: 429 (RFC 6585, section 4).
    RateLimit,
    /// `timeout`: somebody waited too long.
    ///
    /// By status: 408, 504 (RFC 9110, sections 15.5.9 and 15.6.5).
    Timeout,
    /// `unavailable`: the server, or one behind it, cannot serve anybody now.
    ///
    /// By status: 502, 503 (RFC 9110, sections 15.6.3 and 15.6.4), 507 (RFC 4918, section 11.5).
    Unavailable,
    /// `internal`: the server failed.
    ///
    /// By status: every 5xx that no other class takes (RFC 9110, section 15.6).
    Internal,
    /// `request`: the server refuses the request for a reason no other class names.
    ///
    /// By status: every 4xx that no other class takes (RFC 9110, section 15.5).
    Request,
}

impl Class {
    /// Every class, in the order of declaration.
    pub const ALL: &'static [Class] = &[
        Class::Auth,
        Class::Permission,
        Class::Validation,
        Class::NotFound,
        Class::Conflict,
        Class::RateLimit,
        Class::Timeout,
        Class::Unavailable,
        Class::Internal,
        Class::Request,
    ];

    /// The names of [`ALL`](Self::ALL), for messages.
    const NAMES: &'static [&'static str] = &{
        let mut names = [""; Class::ALL.len()];
        let mut index = 0;
        while index < names.len() {
            names[index] = Class::ALL[index].as_str();
            index += 1;
        }
        names
    };

    /// The name on the wire: `auth`, `permission`, `validation`, `not_found`, `conflict`,
    /// `rate_limit`, `timeout`, `unavailable`, `internal` or `request`.
    #[inline]
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Class::Auth => "auth",
            Class::Permission => "permission",
            Class::Validation => "validation",
            Class::NotFound => "not_found",
            Class::Conflict => "conflict",
            Class::RateLimit => "rate_limit",
            Class::Timeout => "timeout",
            Class::Unavailable => "unavailable",
            Class::Internal => "internal",
            Class::Request => "request",
        }
    }

    fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|class| class.as_str() == name)
    }

    const fn bit(self) -> u16 {
        1 << self as u16
    }
}

impl fmt::Display for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A text is not the name of a [`Class`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseClassError(());

impl fmt::Display for ParseClassError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("unknown class; the classes are ")?;
        write_names(f, Class::NAMES)
    }
}

impl std::error::Error for ParseClassError {}

/// `` `a`, `b`, `c` ``
pub(crate) fn write_names(f: &mut fmt::Formatter<'_>, names: &[&str]) -> fmt::Result {
    for (index, name) in names.iter().enumerate() {
        let comma = if index == 0 { "" } else { ", " };
        write!(f, "{comma}`{name}`")?;
    }
    Ok(())
}

impl FromStr for Class {
    type Err = ParseClassError;

    /// Reads the name on the wire, exactly as [`as_str`](Class::as_str) writes it.
    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::from_name(name).ok_or(ParseClassError(()))
    }
}

impl Serialize for Class {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Class {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ClassVisitor;

        impl Visitor<'_> for ClassVisitor {
            type Value = Class;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the name of a class of errors")
            }

            fn visit_str<E: de::Error>(self, name: &str) -> Result<Class, E> {
                Class::from_name(name).ok_or_else(|| E::unknown_variant(name, Class::NAMES))
            }
        }

        deserializer.deserialize_str(ClassVisitor)
    }
}

/// The classes of one error: a small set that remembers which class was named first.
///
/// Nearly always one class. Two where one status means two things, as `class(validation, auth)`
/// says. Empty only for what is not an error.
///
/// Two sets are equal if they hold the same classes and the same one is
/// [`primary`](Self::primary); the order of the others does not matter.
///
/// # Example
///
/// ```
/// use aura_errors::{Class, Classes};
///
/// const UNPROCESSABLE: Classes = Classes::of(Class::Validation).with(Class::Auth);
///
/// assert!(UNPROCESSABLE.contains(Class::Auth));
/// assert_eq!(UNPROCESSABLE.primary(), Some(Class::Validation));
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Classes {
    bits: u16,
    /// The discriminant of the class named first; 0 in the empty set.
    primary: u8,
}

// One bit for each class.
const _: () = assert!(Class::ALL.len() <= u16::BITS as usize);

impl Classes {
    /// No class: not an error.
    #[inline]
    #[must_use]
    pub const fn empty() -> Self {
        Self { bits: 0, primary: 0 }
    }

    /// One class.
    #[inline]
    #[must_use]
    pub const fn of(class: Class) -> Self {
        Self::empty().with(class)
    }

    /// This set and one class more, which is the primary one only if the set was empty.
    #[inline]
    #[must_use]
    pub const fn with(self, class: Class) -> Self {
        Self {
            bits: self.bits | class.bit(),
            primary: if self.bits == 0 { class as u8 } else { self.primary },
        }
    }

    /// The class or classes that a status means by itself, where nothing is declared.
    ///
    /// | status | class |
    /// |---|---|
    /// | 401, 407, 511 | `auth` |
    /// | 403, 451 | `permission` |
    /// | 400, 413, 422 | `validation` |
    /// | 404, 410 | `not_found` |
    /// | 409, 412, 423 | `conflict` |
    /// | 429 | `rate_limit` |
    /// | 408, 504 | `timeout` |
    /// | 502, 503, 507 | `unavailable` |
    /// | other 500–599 | `internal` |
    /// | other 400–499 | `request` |
    /// | anything else | none: not an error |
    #[inline]
    #[must_use]
    pub const fn of_status(status: u16) -> Self {
        Self::of(match status {
            401 | 407 | 511 => Class::Auth,
            403 | 451 => Class::Permission,
            400 | 413 | 422 => Class::Validation,
            404 | 410 => Class::NotFound,
            409 | 412 | 423 => Class::Conflict,
            429 => Class::RateLimit,
            408 | 504 => Class::Timeout,
            502 | 503 | 507 => Class::Unavailable,
            500..=599 => Class::Internal,
            400..=499 => Class::Request,
            _ => return Self::empty(),
        })
    }

    /// Whether `class` is one of these.
    #[inline]
    #[must_use]
    pub const fn contains(self, class: Class) -> bool {
        self.bits & class.bit() != 0
    }

    /// Whether there is no class, that is, whether this is not an error.
    #[inline]
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.bits == 0
    }

    /// How many classes there are.
    #[inline]
    #[must_use]
    pub const fn len(self) -> usize {
        self.bits.count_ones() as usize
    }

    /// The class named first, where one word has to do (the `class` placeholder of a body, a
    /// metrics label). `None` if the set is empty.
    #[inline]
    #[must_use]
    pub const fn primary(self) -> Option<Class> {
        let index = self.primary as usize;
        if self.bits == 0 || index >= Class::ALL.len() {
            return None;
        }
        Some(Class::ALL[index])
    }

    /// The classes: the primary one, then the others in the order of [`Class::ALL`].
    #[inline]
    #[must_use]
    pub const fn iter(self) -> ClassIter {
        ClassIter { left: self }
    }
}

impl From<Class> for Classes {
    fn from(class: Class) -> Self {
        Self::of(class)
    }
}

impl FromIterator<Class> for Classes {
    /// The first class becomes the primary one.
    fn from_iter<I: IntoIterator<Item = Class>>(classes: I) -> Self {
        classes.into_iter().fold(Self::empty(), Self::with)
    }
}

impl Extend<Class> for Classes {
    fn extend<I: IntoIterator<Item = Class>>(&mut self, classes: I) {
        *self = classes.into_iter().fold(*self, Self::with);
    }
}

impl IntoIterator for Classes {
    type Item = Class;
    type IntoIter = ClassIter;

    fn into_iter(self) -> ClassIter {
        self.iter()
    }
}

/// The classes of a [`Classes`]: the primary one first.
#[derive(Clone)]
pub struct ClassIter {
    left: Classes,
}

impl Iterator for ClassIter {
    type Item = Class;

    fn next(&mut self) -> Option<Class> {
        let class = self.left.primary()?;
        let bits = self.left.bits & !class.bit();
        self.left = Classes { bits, primary: if bits == 0 { 0 } else { bits.trailing_zeros() as u8 } };
        Some(class)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left.len(), Some(self.left.len()))
    }
}

impl ExactSizeIterator for ClassIter {}

impl FusedIterator for ClassIter {}

impl fmt::Debug for ClassIter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ClassIter").field(&self.left).finish()
    }
}

/// The names, the primary one first, separated by commas: `validation, auth`. Empty when there is
/// none.
impl fmt::Display for Classes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.iter().map(Class::as_str).collect();
        f.pad(&names.join(", "))
    }
}

impl fmt::Debug for Classes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

impl Serialize for Classes {
    /// A list of names, the primary class first.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

impl<'de> Deserialize<'de> for Classes {
    /// A list of names, the primary class first.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ClassesVisitor;

        impl<'de> Visitor<'de> for ClassesVisitor {
            type Value = Classes;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of names of classes")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut names: A) -> Result<Classes, A::Error> {
                let mut classes = Classes::empty();
                while let Some(class) = names.next_element()? {
                    classes = classes.with(class);
                }
                Ok(classes)
            }
        }

        deserializer.deserialize_seq(ClassesVisitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The table of the documentation, turned around: by class.
    fn expected(status: u16) -> Option<Class> {
        const BY_CLASS: &[(Class, &[u16])] = &[
            (Class::Auth, &[401, 407, 511]),
            (Class::Permission, &[403, 451]),
            (Class::Validation, &[400, 413, 422]),
            (Class::NotFound, &[404, 410]),
            (Class::Conflict, &[409, 412, 423]),
            (Class::RateLimit, &[429]),
            (Class::Timeout, &[408, 504]),
            (Class::Unavailable, &[502, 503, 507]),
        ];
        for (class, statuses) in BY_CLASS {
            if statuses.contains(&status) {
                return Some(*class);
            }
        }
        match status / 100 {
            4 => Some(Class::Request),
            5 => Some(Class::Internal),
            _ => None,
        }
    }

    #[test]
    fn every_status_has_the_class_of_the_table() {
        for status in (0..=999).chain([u16::MAX]) {
            let classes = Classes::of_status(status);
            assert_eq!(classes.primary(), expected(status), "{status}");
            assert_eq!(classes.len(), usize::from(expected(status).is_some()));
        }
    }

    #[test]
    fn names_are_snake_case_variants_and_come_back() {
        for &class in Class::ALL {
            let mut snake = String::new();
            for letter in format!("{class:?}").chars() {
                if letter.is_uppercase() && !snake.is_empty() {
                    snake.push('_');
                }
                snake.extend(letter.to_lowercase());
            }
            assert_eq!(class.as_str(), snake);
            assert_eq!(class.to_string(), snake);
            assert_eq!(snake.parse(), Ok(class));
            let json = serde_json::to_string(&class).unwrap();
            assert_eq!(json, format!("\"{snake}\""));
            assert_eq!(serde_json::from_str::<Class>(&json).unwrap(), class);
        }
        assert_eq!(format!("{:>6}|", Class::Auth), "  auth|");
    }

    #[test]
    fn all_is_in_the_order_of_discriminants() {
        for (index, &class) in Class::ALL.iter().enumerate() {
            assert_eq!(class as usize, index);
        }
    }

    #[test]
    fn unknown_names_are_refused_with_the_known_ones() {
        let error = "Auth".parse::<Class>().unwrap_err();
        assert!(error.to_string().contains("`auth`, `permission`"));
        let error = serde_json::from_str::<Class>("\"authn\"").unwrap_err();
        assert!(error.to_string().contains("`rate_limit`"), "{error}");
        assert!(serde_json::from_str::<Class>("1").is_err());
    }

    /// Every sequence of three classes, repetitions included, against a list.
    #[test]
    fn sets_agree_with_lists() {
        for &a in Class::ALL {
            for &b in Class::ALL {
                for &c in Class::ALL {
                    let set: Classes = [a, b, c].into_iter().collect();
                    let mut rest = vec![b, c];
                    rest.retain(|&class| class != a);
                    rest.sort();
                    rest.dedup();
                    let mut list = vec![a];
                    list.extend(rest);

                    assert_eq!(set.iter().collect::<Vec<_>>(), list);
                    assert_eq!(set.iter().len(), list.len());
                    assert_eq!(set.len(), list.len());
                    assert_eq!(set.primary(), Some(a));
                    assert_eq!(set.iter().collect::<Classes>(), set);
                    for &class in Class::ALL {
                        assert_eq!(set.contains(class), list.contains(&class));
                    }
                    let json = serde_json::to_string(&set).unwrap();
                    assert_eq!(json, serde_json::to_string(&list).unwrap());
                    assert_eq!(serde_json::from_str::<Classes>(&json).unwrap(), set);
                }
            }
        }
    }

    #[test]
    fn the_empty_set() {
        assert!(Classes::empty().is_empty());
        assert_eq!(Classes::empty().primary(), None);
        assert_eq!(Classes::default(), Classes::empty());
        assert_eq!(Classes::empty().iter().next(), None);
        assert_eq!(serde_json::to_string(&Classes::empty()).unwrap(), "[]");
        assert_eq!(serde_json::from_str::<Classes>("[]").unwrap(), Classes::empty());
    }

    #[test]
    fn the_primary_class_counts_in_comparisons() {
        let one = Classes::of(Class::Auth).with(Class::Validation);
        let other = Classes::of(Class::Validation).with(Class::Auth);
        assert_ne!(one, other);
        assert_eq!(format!("{one:?}"), "{Auth, Validation}");
        assert_eq!(format!("{other:?}"), "{Validation, Auth}");
        assert_eq!(format!("{one}; {other:>18}"), "auth, validation;   validation, auth");
    }

    #[test]
    fn constants() {
        const BOTH: Classes = Classes::of(Class::Validation).with(Class::Auth);
        const STATUS: Classes = Classes::of_status(429);
        assert_eq!(BOTH.len(), 2);
        assert!(STATUS.contains(Class::RateLimit));
        let mut grown = BOTH;
        grown.extend([Class::Timeout]);
        assert_eq!(grown.len(), 3);
        assert_eq!(Classes::from(Class::Auth), Classes::of(Class::Auth));
    }

    #[test]
    fn what_is_no_class_says_what_is_one() {
        let error = "Auth".parse::<Class>().unwrap_err().to_string();
        assert!(error.starts_with("unknown class; the classes are `auth`, `permission`, "), "{error}");
        let error = serde_json::from_str::<Class>("3").unwrap_err().to_string();
        assert!(error.contains("expected the name of a class of errors"), "{error}");
        let error = serde_json::from_str::<Classes>("3").unwrap_err().to_string();
        assert!(error.contains("expected a list of names of classes"), "{error}");
    }
}
