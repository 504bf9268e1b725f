//! Shapes of types and variants, roles of fields, headers, and what happens when a body cannot be
//! written.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt;
use std::time::{Duration, UNIX_EPOCH};

use aura_errors::{Class, Classify, Code, Reason, Retry, RetryAfter, Sent, Taxonomy};
use http::{HeaderValue, StatusCode};
use serde::{Deserialize, Serialize, Serializer};

use crate::support::{body, http, read, response};

// ---------------------------------------------------------------------------------------------
// Types
// ---------------------------------------------------------------------------------------------

#[derive(Debug, Clone, PartialEq, thiserror::Error, Taxonomy)]
enum Variants {
    #[error("unit")]
    #[api(400)]
    Unit,

    #[error("unit")]
    #[api(400)]
    EmptyTuple(),

    #[error("unit")]
    #[api(400)]
    EmptyNamed {},

    #[error("tuple {0}")]
    #[api(400)]
    Tuple(u8),

    #[error("skipped")]
    #[api(400)]
    TupleWithSkipped(#[api(skip)] u16, String, #[api(skip)] Option<u8>),

    #[error("named {a}")]
    #[api(400)]
    Named { a: u8, r#type: Option<String> },
}

#[track_caller]
fn round_trip<E: Taxonomy + PartialEq + fmt::Debug>(error: &E) {
    let back = E::from_response(error.to_response());
    assert_eq!(&back.unwrap_or_else(|other| panic!("{:?}", other.reason())), error);
}

#[test]
fn variants_of_every_style_travel() {
    for error in [
        Variants::Unit,
        Variants::EmptyTuple(),
        Variants::EmptyNamed {},
        Variants::Tuple(3),
        Variants::TupleWithSkipped(0, "text".into(), None),
        Variants::Named { a: 1, r#type: Some("t".into()) },
    ] {
        round_trip(&error);
    }
    assert_eq!(
        body(&Variants::Named { a: 1, r#type: None }),
        r#"{"error":"named 1","error_code":"named","detail":{"a":1,"type":null}}"#
    );
}

#[test]
fn skipped_fields_come_back_as_their_default() {
    let sent = Variants::TupleWithSkipped(9, "text".into(), Some(9));
    assert_eq!(body(&sent), r#"{"error":"skipped","error_code":"tuple_with_skipped","detail":"text"}"#);
    let back = Variants::from_response(sent.to_response()).unwrap();
    assert_eq!(back, Variants::TupleWithSkipped(0, "text".into(), None));
}

/// There is no such article.
#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[error("No such article")]
#[api(404, name = "article_missing", code_prefix = "shop_")]
struct UnitStruct;

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[error("Out of stock: {0}")]
#[api(409)]
struct OutOfStock(u32);

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[error("Slow down")]
#[api(429, body = { "message": message, "code": code, ..fields }, fields(rename_all = "camelCase"))]
struct SlowDown {
    per_minute: u32,
    #[api(retry_after)]
    after: Option<RetryAfter>,
}

#[test]
fn a_struct_is_a_taxonomy_of_one_error() {
    round_trip(&UnitStruct);
    round_trip(&OutOfStock(3));
    round_trip(&SlowDown { per_minute: 60, after: Some(RetryAfter::from_secs(2)) });
    assert_eq!(UnitStruct::catalog().errors().len(), 1);
    assert_eq!(UnitStruct.name(), "article_missing");
    assert_eq!(UnitStruct.code(), "shop_article_missing");
    assert_eq!(UnitStruct.spec().variant(), "UnitStruct");
    assert_eq!(OutOfStock(3).name(), "out_of_stock");
    assert_eq!(
        body(&SlowDown { per_minute: 60, after: None }),
        r#"{"message":"Slow down","code":"slow_down","perMinute":60}"#
    );
}

#[derive(Debug, thiserror::Error, Taxonomy)]
enum Never {}

#[test]
fn an_empty_enum_has_an_empty_catalogue_and_recognises_nothing() {
    assert_eq!(Never::catalog().iter().count(), 0);
    assert!(Never::examples().is_empty());
    let other = read::<Never>(404, r#"{"error":"m","error_code":"c","detail":"d"}"#).unwrap_err();
    assert_eq!(other.status(), StatusCode::NOT_FOUND);
    assert_eq!(*other.code(), "c");
}

// ---------------------------------------------------------------------------------------------
// Headers
// ---------------------------------------------------------------------------------------------

/// `Display` and `FromStr`, and nothing else.
#[derive(Debug, Clone, PartialEq)]
struct Version(u8, u8);

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.0, self.1)
    }
}

impl std::str::FromStr for Version {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (major, minor) = text.split_once('.').ok_or(())?;
        Ok(Self(major.parse().map_err(drop)?, minor.parse().map_err(drop)?))
    }
}

#[derive(Debug, Clone, PartialEq, thiserror::Error, Taxonomy)]
#[api(header("X-Api" = "1", "WWW-Authenticate" = "Bearer"))]
enum Headers {
    #[error("type")]
    #[api(401)]
    Type,

    #[error("own")]
    #[api(401, header("www-authenticate" = "Basic", "X-More" = "yes"))]
    Own,

    #[error("field")]
    #[api(401)]
    Field {
        #[api(header = "X-Value")]
        value: HeaderValue,
        #[api(header = "X-Version")]
        version: Version,
        #[api(header = "X-Text")]
        text: Option<String>,
        #[api(header = "X-Maybe")]
        maybe: Option<HeaderValue>,
        #[api(header = "X-Number")]
        number: Option<i64>,
    },

    #[error("needs one")]
    #[api(403)]
    Needs {
        #[api(header = "X-Needed")]
        needed: u8,
    },
}

fn field() -> Headers {
    Headers::Field {
        value: HeaderValue::from_static("v"),
        version: Version(1, 2),
        text: Some("a text".into()),
        maybe: Some(HeaderValue::from_static("m")),
        number: Some(-5),
    }
}

#[test]
fn headers_of_the_type_stand_on_every_response() {
    assert_eq!(
        http(&Headers::Type),
        "HTTP/1.1 401 Unauthorized\ncontent-type: application/json\nwww-authenticate: Bearer\nx-api: 1\n\n\
         {\"error\":\"type\",\"error_code\":\"type\",\"detail\":\"type\"}"
    );
}

#[test]
fn a_variants_header_replaces_the_types_of_that_name() {
    assert_eq!(
        http(&Headers::Own),
        "HTTP/1.1 401 Unauthorized\ncontent-type: application/json\nwww-authenticate: Basic\nx-api: 1\nx-more: yes\n\n\
         {\"error\":\"own\",\"error_code\":\"own\",\"detail\":\"own\"}"
    );
}

#[test]
fn header_fields_of_every_type_travel() {
    assert_eq!(
        http(&field()),
        "HTTP/1.1 401 Unauthorized\ncontent-type: application/json\nwww-authenticate: Bearer\nx-api: 1\nx-maybe: m\n\
         x-number: -5\nx-text: a text\nx-value: v\nx-version: 1.2\n\n\
         {\"error\":\"field\",\"error_code\":\"field\",\"detail\":\"field\"}"
    );
    round_trip(&field());
}

#[test]
fn an_absent_header_field_writes_no_header() {
    let error = Headers::Field {
        value: HeaderValue::from_static("v"),
        version: Version(0, 0),
        text: None,
        maybe: None,
        number: None,
    };
    let response = error.to_response();
    for name in ["x-text", "x-maybe", "x-number"] {
        assert!(!response.headers().contains_key(name), "{name}");
    }
    round_trip(&error);
}

#[test]
fn a_text_that_is_no_header_text_is_left_out_and_injects_nothing() {
    for text in ["a\r\nSet-Cookie: x=y", "a\nb", "nul\0", "del\u{7f}", "smörgås", "日本"] {
        let mut error = field();
        if let Headers::Field { text: place, .. } = &mut error {
            *place = Some(text.into());
        }
        let response = error.to_response();
        assert!(!response.headers().contains_key("x-text"), "{text:?}");
        assert!(!response.headers().contains_key("set-cookie"), "{text:?}");
        assert_eq!(response.headers().len(), 7, "{text:?}: all others stand");
    }
}

#[test]
fn a_required_header_field_that_does_not_fit_is_named() {
    for headers in [&[][..], &[("x-needed", "seven")]] {
        let other =
            Headers::from_response(response(403, headers, body(&Headers::Needs { needed: 1 }))).unwrap_err();
        match other.reason() {
            Reason::Fields { spec, path, .. } => {
                assert_eq!((spec.variant(), path.as_str()), ("Needs", "header X-Needed"));
            }
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn an_optional_header_field_of_another_type_is_absent() {
    let headers = [("x-value", "v"), ("x-version", "1.2"), ("x-number", "many")];
    let error = Headers::from_response(response(401, &headers, body(&field()))).unwrap();
    assert!(matches!(error, Headers::Field { number: None, .. }), "{error:?}");
}

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = { "message": message }, code_header = "X-Error-Code", code_prefix = "E")]
enum CodeHeader {
    #[error("clash")]
    #[api(409)]
    Clash,
    #[error("number")]
    #[api(409, code = 7)]
    Number,
    #[error("none")]
    #[api(409, code = none)]
    None,
}

#[test]
fn the_code_travels_in_the_header_declared_for_it() {
    assert_eq!(CodeHeader::Clash.to_response().headers()["x-error-code"], "Eclash");
    assert_eq!(CodeHeader::Number.to_response().headers()["x-error-code"], "7");
    assert!(!CodeHeader::None.to_response().headers().contains_key("x-error-code"));
    for error in [CodeHeader::Clash, CodeHeader::Number, CodeHeader::None] {
        round_trip(&error);
    }
}

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = none)]
enum Conditional {
    #[error("in body format a")]
    #[api(404, when(header("X-Kind") = "route", header("X-Other")))]
    Route,
    #[error("marked by presence")]
    #[api(404, when(header("X-Id")))]
    Item {
        #[api(header = "X-Id")]
        id: u8,
    },
    #[error("else")]
    #[api(404)]
    Else,
}

#[test]
fn a_condition_is_written_by_its_first_equal_form_or_by_its_field() {
    let response = Conditional::Route.to_response();
    assert_eq!(response.headers()["x-kind"], "route");
    assert!(!response.headers().contains_key("x-other"));
    assert_eq!(Conditional::Item { id: 3 }.to_response().headers()["x-id"], "3");
    for error in [Conditional::Route, Conditional::Item { id: 3 }, Conditional::Else] {
        round_trip(&error);
    }
}

// ---------------------------------------------------------------------------------------------
// Roles
// ---------------------------------------------------------------------------------------------

#[derive(Debug, Clone, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = { "message": message, "code": code, "detail"?: detail })]
enum Roles {
    #[error("all")]
    #[api(500..=599, code = any)]
    All {
        #[api(status)]
        status: StatusCode,
        #[api(code)]
        code: Option<String>,
        #[api(message)]
        message: String,
        #[api(detail)]
        detail: Option<BTreeMap<String, u8>>,
        #[api(retry_after)]
        after: Option<RetryAfter>,
    },

    #[error("needs a delay")]
    #[api(429)]
    NeedsDelay {
        #[api(retry_after)]
        after: RetryAfter,
    },

    #[error("status as it came")]
    #[api(404)]
    Exact {
        #[api(status)]
        came: u16,
    },

    #[error("status if it came")]
    #[api(410)]
    ExactOptional {
        #[api(status)]
        came: Option<u16>,
    },
}

fn all() -> Roles {
    Roles::All {
        status: StatusCode::BAD_GATEWAY,
        code: Some("upstream".into()),
        message: "no answer".into(),
        detail: Some([("tries".to_owned(), 3)].into()),
        after: Some(RetryAfter::from_secs(5)),
    }
}

#[test]
fn fields_with_roles_are_written_where_their_role_is() {
    assert_eq!(
        http(&all()),
        "HTTP/1.1 502 Bad Gateway\ncontent-type: application/json\nretry-after: 5\n\n\
         {\"message\":\"no answer\",\"code\":\"upstream\",\"detail\":{\"tries\":3}}"
    );
    round_trip(&all());
}

#[test]
fn the_value_answers_with_its_own_status_code_message_classes_and_delay() {
    let error = all();
    assert_eq!(error.status(), StatusCode::BAD_GATEWAY);
    assert_eq!(error.code(), "upstream");
    assert_eq!(error.message(), "no answer");
    assert!(error.is(Class::Unavailable) && !error.is(Class::Internal));
    assert_eq!(error.retry(), Retry::IfIdempotent);
    assert_eq!(error.retry_after(), Some(RetryAfter::from_secs(5)));
}

#[test]
fn a_code_field_without_a_code_writes_none() {
    let mut error = all();
    if let Roles::All { code, .. } = &mut error {
        *code = None;
    }
    assert_eq!(error.code(), Code::None);
    assert!(body(&error).contains(r#""code":null"#));
    round_trip(&error);
}

#[test]
fn a_required_delay_has_to_come() {
    round_trip(&Roles::NeedsDelay { after: RetryAfter::from_secs(5) });
    round_trip(&Roles::NeedsDelay { after: RetryAfter::at(UNIX_EPOCH + Duration::from_secs(1_700_000_000)) });
    let other = read::<Roles>(429, r#"{"message":"m","code":"needs_delay"}"#).unwrap_err();
    assert!(matches!(other.reason(), Reason::Fields { path, .. } if path == "header Retry-After"));
}

#[test]
fn a_status_field_of_an_exact_status_holds_the_status_that_came() {
    round_trip(&Roles::Exact { came: 404 });
    round_trip(&Roles::ExactOptional { came: Some(410) });
    // A code that only one error declares is that error, also under another status.
    let error = read::<Roles>(400, r#"{"message":"m","code":"exact"}"#).unwrap();
    assert_eq!(error, Roles::Exact { came: 400 });
    // What it is sent with is what it is declared with.
    assert_eq!(error.to_response().status(), StatusCode::NOT_FOUND);
    assert_eq!(Roles::ExactOptional { came: None }.to_response().status(), StatusCode::GONE);
}

// ---------------------------------------------------------------------------------------------
// Hidden fields
// ---------------------------------------------------------------------------------------------

#[derive(Debug, thiserror::Error)]
#[error("the cause")]
struct Cause;

#[derive(Debug, thiserror::Error, Taxonomy)]
enum Causes {
    #[error("with a source")]
    #[api(400)]
    Source {
        #[source]
        cause: Option<Cause>,
        shown: u8,
    },

    #[error("by name")]
    #[api(400)]
    Named { source: Option<Cause> },

    #[error("from")]
    #[api(400)]
    From(
        #[from]
        #[api(skip)]
        Forgettable,
    ),

    #[error("io: {0}")]
    #[api(as = Internal)]
    Io(#[from] std::io::Error),

    #[error("Out of order")]
    #[api(500)]
    Internal,
}

/// A cause with a default may be skipped.
#[derive(Debug, Default, thiserror::Error)]
#[error("{0}")]
struct Forgettable(&'static str);

#[test]
fn a_hidden_optional_field_is_absent_after_decoding() {
    let sent = Causes::Source { cause: Some(Cause), shown: 3 };
    assert_eq!(sent.source().unwrap().to_string(), "the cause");
    let back = Causes::from_response(sent.to_response()).unwrap();
    assert!(matches!(back, Causes::Source { cause: None, shown: 3 }), "{back:?}");
    assert!(back.source().is_none());

    let back = Causes::from_response(Causes::Named { source: Some(Cause) }.to_response()).unwrap();
    assert!(matches!(back, Causes::Named { source: None }), "{back:?}");
}

#[test]
fn a_skipped_cause_is_its_default_after_decoding() {
    let sent = Causes::from(Forgettable("private text"));
    assert_eq!(sent.source().unwrap().to_string(), "private text");
    assert_eq!(body(&sent), r#"{"error":"from","error_code":"from","detail":"from"}"#);
    let back = Causes::from_response(sent.to_response()).unwrap();
    assert!(matches!(back, Causes::From(Forgettable(""))), "{back:?}");
}

#[test]
fn an_as_variant_wears_the_face_of_an_own_variant() {
    let error = Causes::from(std::io::Error::other("disk full"));
    assert_eq!(http(&error), http(&Causes::Internal));
    assert_eq!(error.name(), "internal");
    assert_eq!(error.spec(), Causes::Internal.spec());
    assert_eq!(error.message(), "Out of order");
    assert_eq!((error.classes(), error.retry()), (Causes::Internal.classes(), Causes::Internal.retry()));
    assert_eq!(error.to_string(), "io: disk full", "the log sees the cause");
    assert_eq!(error.source().unwrap().to_string(), "disk full");
}

#[test]
fn an_as_variant_is_no_error_of_the_catalogue() {
    let names: Vec<_> = Causes::catalog().iter().map(|spec| spec.variant()).collect();
    assert!(!names.contains(&"Io"), "{names:?}");
}

// ---------------------------------------------------------------------------------------------
// Bodies that cannot be written
// ---------------------------------------------------------------------------------------------

/// Serialises unless it holds zero.
#[derive(Debug, Clone, PartialEq, Deserialize)]
struct Moody(u8);

impl Serialize for Moody {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            0 => Err(serde::ser::Error::custom("not today")),
            number => serializer.serialize_u8(number),
        }
    }
}

type ByPair = BTreeMap<(u8, u8), u8>;

macro_rules! unwritable {
    ($name:ident, $($rest:tt)*) => {
        #[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
        #[api(body = { "message": message, "code": code, "detail"?: detail })]
        enum $name {
            #[error("moody")]
            #[api(400, header("X-Moody" = "1"))]
            Moody(Moody),
            #[error("map")]
            #[api(400)]
            Map(ByPair),
            #[error("nested")]
            #[api(400, body = { "code": code, "a": { "b"?: [ field(moody) ] } })]
            Nested { moody: Moody },
            #[error("flat")]
            #[api(400, body = { "code": code, ..fields })]
            Flat {
                #[serde(flatten)]
                number: Option<u8>,
            },
            $($rest)*
        }
    };
}

unwritable! { WithFallback,
    #[error("Out of order")]
    #[api(500, fallback, header("X-Fallback" = "1"))]
    Internal,
}

unwritable! { Only500,
    #[error("Out of order")]
    #[api(500)]
    Internal,
    #[error("Out of order in some way")]
    #[api(500)]
    Detailed(#[api(expose)] u8),
}

unwritable! { WithoutFallback, }

unwritable! { BrokenFallback,
    #[error("Out of order")]
    #[api(500, fallback)]
    Internal(#[api(expose)] Option<Always>),
}

/// Never serialises, not even when absent.
#[derive(Debug, Clone, PartialEq, Deserialize)]
struct Always;

impl Serialize for Always {
    fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        Err(serde::ser::Error::custom("never"))
    }
}

#[test]
fn a_body_that_does_not_serialise_becomes_the_fallback_whole() {
    let internal = http(&WithFallback::Internal);
    assert_eq!(
        internal,
        "HTTP/1.1 500 Internal Server Error\ncontent-type: application/json\nx-fallback: 1\n\n\
         {\"message\":\"Out of order\",\"code\":\"internal\"}"
    );
    assert_eq!(http(&WithFallback::Moody(Moody(0))), internal);
    assert_eq!(http(&WithFallback::Map([((1, 2), 3)].into())), internal);
    assert_eq!(http(&WithFallback::Nested { moody: Moody(0) }), internal);
    assert_eq!(http(&WithFallback::Flat { number: Some(1) }), internal);
}

#[test]
fn what_does_serialise_of_the_same_variants_is_sent() {
    round_trip(&WithFallback::Moody(Moody(1)));
    assert_eq!(body(&WithFallback::Map(ByPair::new())), r#"{"message":"map","code":"map","detail":{}}"#);
    round_trip(&WithFallback::Nested { moody: Moody(1) });
    round_trip(&WithFallback::Flat { number: None });
}

#[test]
fn the_only_500_that_needs_no_data_is_the_fallback() {
    assert_eq!(http(&Only500::Moody(Moody(0))), http(&Only500::Internal));
    assert_eq!(Only500::catalog().fallback().map(|spec| spec.variant()), Some("Internal"));
}

const EMPTY_500: &str = "HTTP/1.1 500 Internal Server Error\n\n";

#[test]
fn without_a_fallback_an_empty_500_is_sent() {
    assert_eq!(WithoutFallback::catalog().fallback(), None);
    assert_eq!(http(&WithoutFallback::Moody(Moody(0))), EMPTY_500);
    assert_eq!(http(&WithoutFallback::Map([((1, 2), 3)].into())), EMPTY_500);
}

#[test]
fn a_fallback_that_does_not_serialise_itself_is_an_empty_500() {
    assert_eq!(http(&BrokenFallback::Internal(Some(Always))), EMPTY_500);
    // In another's place it is built without data, and that serialises.
    assert_eq!(body(&BrokenFallback::Moody(Moody(0))), r#"{"message":"Out of order","code":"internal"}"#);
}

/// A server's enum whose only fallback is nested.
#[derive(Debug, thiserror::Error, Taxonomy)]
enum Outer {
    #[error(transparent)]
    #[api(transparent)]
    Nested(#[from] Shared),
    #[error("moody outside")]
    #[api(409)]
    Outside(Moody),
}

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
enum Shared {
    #[error("moody inside")]
    #[api(400)]
    Inside(Moody),
    #[error("Out of order")]
    #[api(500, fallback)]
    Internal,
}

#[test]
fn the_fallback_may_be_a_nested_one() {
    let internal = http(&Shared::Internal);
    assert_eq!(Outer::catalog().fallback(), Shared::catalog().fallback());
    assert_eq!(http(&Outer::from(Shared::Inside(Moody(0)))), internal);
    assert_eq!(http(&Outer::Outside(Moody(0))), internal);
}

// ---------------------------------------------------------------------------------------------
// As trait objects, and on the way out
// ---------------------------------------------------------------------------------------------

#[test]
fn a_taxonomy_is_used_behind_dyn() {
    let error = SlowDown { per_minute: 1, after: Some(RetryAfter::from_secs(9)) };
    let by_ref: &dyn Taxonomy = &error;
    assert_eq!(by_ref.to_response().status(), StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(
        (by_ref.name(), by_ref.code(), by_ref.status()),
        ("slow_down", "slow_down".into(), StatusCode::TOO_MANY_REQUESTS)
    );
    assert_eq!(by_ref.message(), "Slow down");
    assert_eq!(by_ref.retry_after(), Some(RetryAfter::from_secs(9)));
    assert!(by_ref.is_rate_limit());
    assert_eq!(by_ref.to_string(), "Slow down");

    let boxed: Vec<Box<dyn Taxonomy>> =
        vec![Box::new(error), Box::new(UnitStruct), Box::new(Causes::Internal)];
    let statuses: Vec<u16> = boxed.iter().map(|error| error.status().as_u16()).collect();
    assert_eq!(statuses, [429, 404, 500]);

    let classify: &dyn Classify = &UnitStruct;
    assert!(classify.is_not_found());
}

#[test]
fn a_taxonomy_is_an_error() {
    fn fails() -> Result<(), Box<dyn Error + Send + Sync>> {
        Err(Causes::from(std::io::Error::other("disk full")))?;
        Ok(())
    }
    let error = fails().unwrap_err();
    assert!(matches!(error.downcast_ref::<Causes>(), Some(Causes::Io(_))));
    let boxed: Box<dyn Taxonomy> = Box::new(UnitStruct);
    let error: Box<dyn Error> = boxed;
    assert_eq!(error.to_string(), "No such article");
}

#[test]
fn into_http_keeps_the_error_and_its_face_in_the_extensions() {
    let response = Causes::from(std::io::Error::other("disk full")).into_http();
    assert_eq!(response.body(), Causes::Internal.to_response().body());
    let sent = response.extensions().get::<Sent>().expect("a layer at the edge finds it");
    assert_eq!(sent.spec(), Causes::Internal.spec());
    assert_eq!(sent.error().to_string(), "io: disk full");
    assert_eq!(sent.error().source().unwrap().to_string(), "disk full");
    assert!(Causes::Internal.to_response().extensions().is_empty());
}

#[test]
fn the_error_in_the_extensions_is_shared_not_copied() {
    let response = UnitStruct.into_http();
    let (one, other) = (response.extensions().get::<Sent>().cloned(), response.extensions().get::<Sent>());
    assert!(std::sync::Arc::ptr_eq(one.unwrap().error(), other.unwrap().error()));
}
