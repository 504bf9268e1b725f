//! The expansion stands in any place: whatever is in scope there, whatever the enum is made of, and
//! whatever else is derived on it.

use aura_errors::{Class, Classify, Taxonomy};

use crate::support::{body, read};

/// Sent and read back: the same body again.
fn round_trip<E: Taxonomy>(error: &E) -> String {
    let sent = body(error);
    let read = E::from_response(error.to_response()).unwrap();
    assert_eq!(body(&read), sent);
    assert_eq!(read.name(), error.name());
    sent
}

/// Named as our own types are.
mod payloads {
    use serde::{Deserialize, Serialize};

    #[derive(Debug, Serialize, Deserialize)]
    pub(super) enum Class {
        First,
    }
    #[derive(Debug, Serialize, Deserialize)]
    pub(super) struct Retry(pub(super) i32);
    #[derive(Debug, Serialize, Deserialize)]
    pub(super) struct Code {
        pub(super) value: i32,
    }
}

/// Nothing of the prelude, other things under its names and under those of crates and of ours.
#[no_implicit_prelude]
mod shadowed {
    #![allow(dead_code, unused_macros, non_camel_case_types)]

    pub(super) mod core {}
    pub(super) mod std {}
    pub(super) mod alloc {}
    pub(super) mod http {}
    pub(super) mod serde {}
    pub(super) mod aura_errors {}

    pub(super) struct Option;
    pub(super) struct Some;
    pub(super) struct None;
    pub(super) struct Result;
    pub(super) struct Ok;
    pub(super) struct Err;
    pub(super) struct String;
    pub(super) struct Vec;
    pub(super) struct Box;
    pub(super) trait Default {}
    pub(super) trait From {}
    pub(super) trait Into {}
    pub(super) trait Clone {}
    pub(super) trait Send {}
    pub(super) trait Sync {}
    pub(super) trait Sized {}
    pub(super) trait Drop {}
    pub(super) trait Fn {}
    pub(super) trait Iterator {}
    pub(super) trait ToString {}
    pub(super) trait Error {}
    pub(super) trait Display {}
    pub(super) trait Serialize {}
    pub(super) trait Deserialize {}
    pub(super) trait Taxonomy {}
    pub(super) trait Classify {}
    pub(super) trait Derived {}
    pub(super) trait Leaf {}
    pub(super) type u16 = ();
    pub(super) type usize = ();
    pub(super) type str = ();
    pub(super) type bool = ();

    #[macro_use]
    mod macros {
        macro_rules! write {
            () => {};
        }
        macro_rules! matches {
            () => {};
        }
        macro_rules! unreachable {
            () => {};
        }
        macro_rules! format_args {
            () => {};
        }
    }

    pub(super) use super::payloads::{Class, Code, Retry};

    ::aura_errors::body_format! {
        pub(super) Status = { "error": message, "code": code, "detail"?: detail, "kind"?: slot(kind), ..fields }
    }

    #[derive(::std::fmt::Debug, ::thiserror::Error, ::aura_errors::Taxonomy)]
    #[api(body = Status)]
    pub(super) enum StatusCode {
        #[error("unit")]
        #[api(404, class(not_found, conflict), retry = never, slot(kind = "k"), header("X-A" = "1"))]
        Unit,
        #[error("tuple")]
        #[api(409, message = "class {0:?}")]
        Tuple(Class),
        #[error("named")]
        #[api(429, when(header("X-B") = "1"))]
        Named {
            class: Class,
            retry: Retry,
            #[serde(rename = "number")]
            code: Code,
            #[serde(default)]
            list: ::std::vec::Vec<::core::primitive::u16>,
            #[api(message)]
            message: ::std::string::String,
            #[api(retry_after)]
            wait: ::std::option::Option<::aura_errors::RetryAfter>,
            #[api(status)]
            status: ::http::StatusCode,
            #[api(header = "X-Count")]
            count: ::core::primitive::u16,
            #[api(skip)]
            skipped: ::core::primitive::bool,
            source: ::std::option::Option<::std::fmt::Error>,
        },
        #[error(transparent)]
        #[api(transparent)]
        Nested(#[from] ErrorSpec),
        #[error("face")]
        #[api(as = ErrorSpec {})]
        Face,
        #[error("own face")]
        #[api(as = Unit)]
        OwnFace,
    }

    #[derive(::std::fmt::Debug, ::thiserror::Error, ::aura_errors::Taxonomy)]
    #[error("struct")]
    #[api(500)]
    pub(super) struct ErrorSpec;
}

#[test]
fn nothing_in_scope_is_taken_for_what_is_meant() {
    use self::shadowed::{Class, Code, ErrorSpec, Retry, StatusCode};
    assert_eq!(round_trip(&StatusCode::Unit), r#"{"error":"unit","code":"unit","kind":"k"}"#);
    assert_eq!(
        round_trip(&StatusCode::Tuple(Class::First)),
        r#"{"error":"class First","code":"tuple","detail":"First"}"#
    );
    let named = StatusCode::Named {
        class: Class::First,
        retry: Retry(1),
        code: Code { value: 2 },
        list: vec![3],
        message: "m".to_owned(),
        wait: None,
        status: http::StatusCode::TOO_MANY_REQUESTS,
        count: 4,
        skipped: true,
        source: Some(std::fmt::Error),
    };
    assert_eq!(
        round_trip(&named),
        r#"{"error":"m","code":"named","class":"First","retry":1,"number":{"value":2},"list":[3]}"#
    );
    assert_eq!(round_trip(&StatusCode::Nested(ErrorSpec)), body(&StatusCode::Nested(ErrorSpec)));
}

mod reexport {
    pub(super) mod inner {
        pub(crate) use aura_errors::*;
    }
}

/// Found by another path: nothing named `aura_errors` is in scope.
mod renamed {
    extern crate aura_errors as other;
    mod aura_errors {}

    pub(super) mod by_reexport {
        use crate::hygiene::reexport::inner as errors;

        errors::body_format! {
            pub(crate) Format = { "message": message, "code": code }, crate = crate::hygiene::reexport::inner
        }

        #[derive(Debug, thiserror::Error, errors::Taxonomy)]
        #[api(crate = crate::hygiene::reexport::inner, body = Format)]
        pub(crate) enum ByReexport {
            #[error("a {0}")]
            #[api(404, body = { "detail": detail, "code": code })]
            A(String),
            #[error("b")]
            #[api(409)]
            B,
        }
    }

    pub(super) mod by_extern_crate {
        use super::other;

        #[derive(Debug, thiserror::Error, other::Taxonomy)]
        #[api(crate = super::other)]
        pub(crate) enum ByExternCrate<T> {
            #[error(transparent)]
            #[api(transparent)]
            Nested(#[from] super::by_reexport::ByReexport),
            #[error("c")]
            #[api(410)]
            C(T),
        }
    }
}

#[test]
fn the_crate_is_found_where_the_key_says() {
    use self::renamed::by_extern_crate::ByExternCrate;
    use self::renamed::by_reexport::ByReexport;
    assert_eq!(round_trip(&ByReexport::B), r#"{"message":"b","code":"b"}"#);
    assert_eq!(
        round_trip(&ByExternCrate::<u8>::from(ByReexport::A("x".to_owned()))),
        r#"{"detail":"x","code":"a"}"#
    );
    assert_eq!(round_trip(&ByExternCrate::C(1)), r#"{"error":"c","error_code":"c","detail":1}"#);
}

/// Every kind of fragment, with names of the macro's and of its caller.
macro_rules! errors {
    (
        $(#[$meta:meta])*
        $vis:vis enum $name:ident<$param:ident> {
            $unit:ident = $status:literal, $text:literal;
            $tuple:ident($ty:ty) = $code:expr, example $example:expr;
            $named:ident { $field:ident: $field_ty:ty, $wait:ident } message $message:literal;
            $transparent:ident($nested:ty);
            $face:ident as $value:expr;
            body $($body:tt)*
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, thiserror::Error, Taxonomy)]
        #[api(body = $($body)*)]
        $vis enum $name<$param> {
            #[error($text)]
            #[api($status)]
            $unit,
            #[error("tuple")]
            #[api(409, code = $code, example = $example)]
            $tuple($ty),
            #[error("named")]
            #[api(429, message = $message, detail = "{a}")]
            $named {
                #[api(example = $text)]
                $field: $field_ty,
                #[api(example = 1)]
                a: u8,
                #[api(retry_after)]
                $wait: Option<aura_errors::RetryAfter>,
                #[api(header = "X-A", example = $message)]
                header: $field_ty,
                #[api(example = $text)]
                note: Option<String>,
                #[api(example = -1)]
                below: Option<i32>,
                #[api(example = true)]
                sure: Option<bool>,
                source: Option<std::fmt::Error>,
            },
            #[error(transparent)]
            #[api(transparent)]
            $transparent(#[from] $nested),
            #[error("face")]
            #[api(as = $value)]
            $face(#[source] std::io::Error),
            #[error("parameter")]
            #[api(410)]
            Parameter($param),
        }
    };
}

#[derive(Debug, thiserror::Error, Taxonomy)]
#[error("inner")]
#[api(500)]
struct Inner;

errors! {
    /// Made by a macro.
    enum Made<T> {
        Unit = 404, "unit";
        Tuple(Vec<String>) = "t", example Made::Tuple(vec!["x".to_owned()]);
        Named { field: String, wait } message "with {field}";
        Transparent(Inner);
        Face as Inner {};
        body { "error": message, "code": code, "detail"?: detail, ..fields }
    }
}

#[test]
fn macros_make_enums() {
    assert_eq!(round_trip(&Made::<u8>::Unit), r#"{"error":"unit","code":"unit"}"#);
    assert_eq!(
        round_trip(&Made::<u8>::Tuple(vec!["x".to_owned()])),
        r#"{"error":"tuple","code":"t","detail":["x"]}"#
    );
    let named = Made::<u8>::Named {
        field: "f".to_owned(),
        a: 1,
        wait: None,
        header: "h".to_owned(),
        note: None,
        below: Some(-2),
        sure: None,
        source: None,
    };
    assert_eq!(
        round_trip(&named),
        r#"{"error":"with f","code":"named","detail":"1","field":"f","a":1,"note":null,"below":-2,"sure":null}"#
    );
    let example = Made::<u8>::examples().into_iter().find(|error| error.name() == "named").unwrap();
    assert!(matches!(
        example,
        Made::Named { field, note: Some(note), below: Some(-1), sure: Some(true), .. }
            if field == "unit" && note == "unit"
    ));
    assert_eq!(round_trip(&Made::Parameter(7)), r#"{"error":"parameter","code":"parameter","detail":7}"#);
    let face = Made::<u8>::Face(std::io::Error::other("secret"));
    assert_eq!(body(&face), body(&Inner));
    assert_eq!(body(&Made::<u8>::from(Inner)), body(&Inner));
    assert_eq!(Made::<u8>::catalog().description(), "");
}

/// Keywords as names.
#[derive(Debug, thiserror::Error, Taxonomy)]
#[api(body = { "error": message, "code": code, "type": field(type), ..fields })]
enum r#Raw {
    #[error("no {type} and {fn}")]
    #[api(404)]
    r#Match { r#type: String, r#fn: u8 },
    #[error("raw")]
    #[api(409, message = "{type} {r#fn}", body = { "m": message, "code": code, ..fields })]
    r#Move { r#type: String, r#fn: u8 },
    #[error("face")]
    #[api(as = r#Loop)]
    r#As,
    #[error("loop")]
    #[api(500, body = { "code": code })]
    r#Loop,
}

#[test]
fn raw_identifiers_have_no_prefix_on_the_wire() {
    let raw = r#Raw::r#Match { r#type: "t".to_owned(), r#fn: 1 };
    assert_eq!(round_trip(&raw), r#"{"error":"no t and 1","code":"match","type":"t","fn":1}"#);
    let raw = r#Raw::r#Move { r#type: "t".to_owned(), r#fn: 1 };
    assert_eq!(round_trip(&raw), r#"{"m":"t 1","code":"move","type":"t","fn":1}"#);
    assert_eq!(body(&r#Raw::r#As), r#"{"code":"loop"}"#);
    assert_eq!(r#Raw::catalog().errors()[0].name(), "match");
}

/// What is configured out is not there, and attributes that are configured in are merged.
#[derive(Debug, thiserror::Error, Taxonomy)]
#[cfg_attr(all(), api(rename_all = "kebab-case"))]
#[cfg_attr(any(), api(rename_all = "lowercase"))]
#[api(body = { "error": message, "code": code, ..fields })]
enum Configured {
    #[error("first")]
    #[api(404)]
    #[cfg_attr(all(), api(class = conflict, fix = "a fix"))]
    FirstOne {
        #[cfg(any())]
        #[api(header = "X-A")]
        absent: NoSuchType,
        #[cfg(not(any()))]
        #[cfg_attr(all(), serde(rename = "other"))]
        present: u8,
    },
    #[cfg(any())]
    #[api(404, code = "first-one")]
    Absent(NoSuchType),
}

#[test]
fn configuration_is_respected() {
    let error = Configured::FirstOne { present: 1 };
    assert_eq!(round_trip(&error), r#"{"error":"first","code":"first-one","other":1}"#);
    assert!(error.is(Class::Conflict));
    assert_eq!(Configured::catalog().errors().len(), 1);
    assert_eq!(error.spec().fix(), Some("a fix"));
}

/// Under every lint that a user may deny. (`tests/ui/pass/lints.rs` denies them for a whole crate.)
#[deny(
    warnings,
    deprecated,
    missing_docs,
    missing_debug_implementations,
    unused,
    unused_qualifications,
    unreachable_pub,
    trivial_casts,
    trivial_numeric_casts,
    single_use_lifetimes,
    clippy::all,
    clippy::pedantic,
    clippy::nursery
)]
mod denied {
    // It contradicts `unreachable_pub`.
    #![allow(clippy::redundant_pub_crate)]

    use aura_errors::Taxonomy;

    /// The errors.
    #[derive(Debug, thiserror::Error, Taxonomy)]
    #[non_exhaustive]
    pub(crate) enum Denied {
        /// No longer sent.
        #[error("old")]
        #[api(404)]
        #[deprecated(since = "1.1.0", note = "use `New`")]
        Old,
        /// The new one.
        #[error("new")]
        #[api(409)]
        New {
            /// Who.
            who: String,
            /// No longer filled in.
            #[deprecated]
            what: Option<String>,
        },
    }
}

#[test]
fn deprecated_errors_are_still_read() {
    let new = read::<denied::Denied>(
        409,
        r#"{"error":"new","error_code":"new","detail":{"who":"me","what":"it"}}"#,
    );
    assert!(matches!(new, Ok(denied::Denied::New { who, .. }) if who == "me"));
    let old = read::<denied::Denied>(404, r#"{"error":"old","error_code":"old","detail":"old"}"#).unwrap();
    assert_eq!(old.spec().deprecated(), Some("use `New`"));
}

mod generic {
    use std::fmt::{Debug, Display};
    use std::marker::PhantomData;
    use std::str::FromStr;

    use aura_errors::Taxonomy;
    use serde::de::DeserializeOwned;
    use serde::{Deserialize, Serialize};

    /// Parameters in every place a field may have, with bounds, a default and a `where` of their own.
    #[derive(Debug, thiserror::Error, Taxonomy)]
    #[api(body = { "error": message, "code": code, "detail"?: detail, ..fields })]
    pub(super) enum Everywhere<T, H: Debug + Send + Sync, D = u8, const N: usize = 2>
    where
        D: Debug + Default + Send + Sync + 'static,
        T: Debug + Send + Sync + 'static,
        H: 'static,
    {
        #[error("payload")]
        #[api(400)]
        Payload(Option<T>),
        #[error("named")]
        #[api(404)]
        Named {
            list: Vec<T>,
            #[api(header = "X-H")]
            header: Option<H>,
            #[api(skip)]
            skipped: D,
            #[api(skip)]
            marker: PhantomData<fn(T) -> [u8; N]>,
        },
    }

    /// A taxonomy as a parameter.
    #[derive(Debug, thiserror::Error, Taxonomy)]
    pub(super) enum Wrapper<E: Taxonomy> {
        #[error("wrapped: {0}")]
        #[api(transparent)]
        Wrapped(#[source] E),
        #[error("full")]
        #[api(503)]
        Full,
    }

    /// Traits that only some keys ask for.
    #[derive(Debug, thiserror::Error, Taxonomy)]
    pub(super) enum Asked<T: Debug + Send + Sync + 'static> {
        #[error("defaulted")]
        #[api(400)]
        Defaulted {
            #[serde(default)]
            value: T,
        },
        #[error("shown")]
        #[api(404, message = "{shown} of {all:?}")]
        Shown { shown: T, all: Vec<T> },
    }

    /// A value of a nested taxonomy with the same parameter.
    #[derive(Debug, thiserror::Error, Taxonomy)]
    pub(super) enum Around<T: Debug + Default + Send + Sync + 'static> {
        #[error(transparent)]
        #[api(transparent)]
        Asked(#[from] Asked<T>),
        #[error("face")]
        #[api(as = Asked::Shown { shown: T::default(), all: Vec::new() })]
        Face(#[source] std::io::Error),
    }

    /// Bounds by hand, in place of those inferred.
    #[derive(Debug, thiserror::Error, Taxonomy)]
    #[api(bound = "T: Serialize + DeserializeOwned + Debug + Send + Sync + 'static")]
    pub(super) enum Bound<T: Associated> {
        #[error("bound")]
        #[api(400)]
        Bound(Vec<T::Of>),
    }

    pub(super) trait Associated {
        type Of: Debug + Serialize + DeserializeOwned + Send + Sync + 'static;
    }

    #[derive(Debug, Serialize, Deserialize)]
    pub(super) struct Numbers;

    impl Associated for Numbers {
        type Of = u32;
    }

    /// A struct with a parameter, and functions of serde's that have one.
    #[derive(Debug, thiserror::Error, Taxonomy)]
    #[error("parsed")]
    #[api(422)]
    pub(super) struct Parsed<T: Display + FromStr + Debug + Send + Sync + 'static>(
        #[serde(with = "as_text")] pub(super) T,
    );

    mod as_text {
        use std::fmt::Display;
        use std::str::FromStr;

        use serde::{Deserialize, Deserializer, Serializer};

        pub(super) fn serialize<T: Display, S: Serializer>(value: &T, to: S) -> Result<S::Ok, S::Error> {
            to.collect_str(value)
        }

        pub(super) fn deserialize<'de, T: FromStr, D: Deserializer<'de>>(from: D) -> Result<T, D::Error> {
            String::deserialize(from)?.parse().map_err(|_| serde::de::Error::custom("not of its type"))
        }
    }
}

#[test]
fn parameters_have_the_bounds_they_need() {
    use self::generic::{Around, Asked, Bound, Everywhere, Numbers, Parsed, Wrapper};
    let shown = || Asked::Shown { shown: 0_u8, all: vec![] };
    assert!(round_trip(&shown()).starts_with(r#"{"error":"0 of []","error_code":"shown""#));
    assert!(round_trip(&Asked::Defaulted { value: 3_u8 }).contains(r#"{"value":3}"#));
    assert_eq!(body(&Around::<u8>::Face(std::io::Error::other("secret"))), body(&shown()));
    let named = Everywhere::<u8, String>::Named {
        list: vec![1],
        header: Some("h".to_owned()),
        skipped: 9,
        marker: std::marker::PhantomData,
    };
    assert_eq!(round_trip(&named), r#"{"error":"named","code":"named","list":[1]}"#);
    let payload = Everywhere::<String, u32, bool, 3>::Payload(Some("p".to_owned()));
    assert_eq!(round_trip(&payload), r#"{"error":"payload","code":"payload","detail":"p"}"#);
    assert_eq!(
        round_trip(&Wrapper::Wrapped(payload)),
        r#"{"error":"payload","code":"payload","detail":"p"}"#
    );
    assert_eq!(
        round_trip(&Wrapper::<Inner>::Full),
        r#"{"error":"full","error_code":"full","detail":"full"}"#
    );
    assert_eq!(
        round_trip(&Bound::<Numbers>::Bound(vec![1])),
        r#"{"error":"bound","error_code":"bound","detail":[1]}"#
    );
    assert_eq!(round_trip(&Parsed(7u64)), r#"{"error":"parsed","error_code":"parsed","detail":"7"}"#);
}

mod structs {
    use aura_errors::Taxonomy;

    #[derive(Debug, thiserror::Error, Taxonomy)]
    #[error("unit")]
    #[api(404)]
    pub(super) struct Unit;

    #[derive(Debug, thiserror::Error, Taxonomy)]
    #[error("tuple")]
    #[api(409)]
    pub(super) struct Tuple(pub(super) u8);

    #[derive(Debug, thiserror::Error, Taxonomy)]
    #[error("named {id}")]
    #[api(410, rename_all = "UPPERCASE", body = { "m": message, "c": code, ..fields })]
    pub(super) struct Named {
        pub(super) id: u8,
    }

    #[derive(Debug, thiserror::Error, Taxonomy)]
    #[error(transparent)]
    #[api(transparent)]
    pub(super) struct Transparent(#[from] pub(super) Unit);

    #[derive(Debug, thiserror::Error, Taxonomy)]
    pub(super) enum Empty {}

    /// Nests what has no values.
    #[derive(Debug, thiserror::Error, Taxonomy)]
    pub(super) enum NestsEmpty {
        #[error(transparent)]
        #[api(transparent)]
        Empty(#[from] Empty),
    }
}

#[test]
fn structs_and_empty_enums() {
    use self::structs::{Empty, Named, NestsEmpty, Transparent, Tuple, Unit};
    assert_eq!(round_trip(&Unit), r#"{"error":"unit","error_code":"unit","detail":"unit"}"#);
    assert_eq!(round_trip(&Tuple(1)), r#"{"error":"tuple","error_code":"tuple","detail":1}"#);
    assert_eq!(round_trip(&Named { id: 1 }), r#"{"m":"named 1","c":"NAMED","id":1}"#);
    assert_eq!(round_trip(&Transparent(Unit)), body(&Unit));
    assert!(Empty::examples().is_empty() && NestsEmpty::examples().is_empty());
    assert!(read::<NestsEmpty>(500, "{}").is_err());
    assert!(read::<Empty>(404, r#"{"error":"unit","error_code":"unit"}"#).is_err());
}

mod by_snafu {
    use aura_errors::Taxonomy;
    use snafu::Snafu;

    #[derive(Debug, Snafu, Taxonomy)]
    pub(super) enum BySnafu {
        #[snafu(display("no order {id}"))]
        #[api(404)]
        NoOrder { id: u64 },
        #[snafu(display("storage"))]
        #[api(as = Internal)]
        Storage {
            source: std::io::Error,
            #[snafu(implicit)]
            location: snafu::Location,
        },
        #[snafu(display("internal"))]
        #[api(500)]
        Internal,
        #[snafu(transparent)]
        #[api(transparent)]
        Nested { source: super::Inner },
        #[api(409)]
        WithoutText { id: u8, backtrace: Option<snafu::Backtrace> },
    }

    pub(super) fn storage() -> Result<(), BySnafu> {
        use snafu::ResultExt;
        Err(std::io::Error::other("secret")).context(StorageSnafu)
    }
}

#[test]
fn beside_snafu() {
    use self::by_snafu::BySnafu;
    assert_eq!(
        round_trip(&BySnafu::NoOrder { id: 7 }),
        r#"{"error":"no order 7","error_code":"no_order","detail":{"id":7}}"#
    );
    let storage = by_snafu::storage().unwrap_err();
    assert_eq!(body(&storage), r#"{"error":"internal","error_code":"internal","detail":"internal"}"#);
    assert_eq!(body(&BySnafu::from(Inner)), body(&Inner));
    assert_eq!(
        round_trip(&BySnafu::WithoutText { id: 1, backtrace: None }),
        r#"{"error":"Conflict","error_code":"without_text","detail":{"id":1}}"#
    );
}

mod by_hand {
    use std::error::Error;
    use std::fmt;

    use aura_errors::Taxonomy;

    #[derive(Debug, Taxonomy)]
    pub(super) enum ByHand {
        #[api(404)]
        Missing(u8),
        #[api(409)]
        Hides { source: Option<fmt::Error> },
    }

    impl fmt::Display for ByHand {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            match self {
                Self::Missing(id) => write!(f, "no {id}"),
                Self::Hides { source } => write!(f, "secret: {source:?}"),
            }
        }
    }

    impl Error for ByHand {}
}

#[test]
fn beside_impls_by_hand() {
    use self::by_hand::ByHand;
    assert_eq!(round_trip(&ByHand::Missing(1)), r#"{"error":"no 1","error_code":"missing","detail":1}"#);
    assert_eq!(
        round_trip(&ByHand::Hides { source: Some(std::fmt::Error) }),
        r#"{"error":"Conflict","error_code":"hides","detail":"Conflict"}"#
    );
}

mod by_serde {
    use aura_errors::Taxonomy;
    use serde::{Deserialize, Serialize};

    /// What serde makes of it is another matter.
    #[derive(Debug, PartialEq, thiserror::Error, Taxonomy, Serialize, Deserialize)]
    #[serde(tag = "type", rename_all = "SCREAMING_SNAKE_CASE", deny_unknown_fields)]
    pub(super) enum BySerde {
        #[error("first")]
        #[api(404)]
        #[serde(rename = "one", alias = "eins")]
        First {
            #[serde(rename = "ID", alias = "id")]
            id: u8,
            #[serde(default, skip_serializing_if = "Option::is_none")]
            more: Option<String>,
        },
        #[error("second")]
        #[api(409)]
        Second,
    }
}

#[test]
fn beside_serde_on_the_same_enum() {
    use self::by_serde::BySerde;
    let first = BySerde::First { id: 1, more: None };
    assert_eq!(round_trip(&first), r#"{"error":"first","error_code":"first","detail":{"ID":1}}"#);
    let by_serde = serde_json::to_string(&first).unwrap();
    assert_eq!(by_serde, r#"{"type":"one","ID":1}"#);
    assert_eq!(serde_json::from_str::<BySerde>(&by_serde).unwrap(), first);
    let read = read::<BySerde>(404, r#"{"error":"first","error_code":"first","detail":{"id":2,"more":"m"}}"#);
    assert_eq!(read.unwrap(), BySerde::First { id: 2, more: Some("m".to_owned()) });
}
