//! Codes, names and statuses as they are declared, written and read.

use aura_errors::{Code, Embedded, Retry, Taxonomy};
use http::StatusCode;

use crate::support::{body, http, read, response};

#[derive(Debug, Clone, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = { "code": code, "error": message })]
enum Kinds {
    #[error("m")]
    #[api(400)]
    ByName,
    #[error("m")]
    #[api(400, code = "Own.Code")]
    Text,
    #[error("m")]
    #[api(400, code = 1007)]
    Integer,
    #[error("m")]
    #[api(400, code = -9223372036854775808)]
    Smallest,
    #[error("m")]
    #[api(401, code = none)]
    Codeless,
    #[error("m")]
    #[api(402, code = any)]
    Any,
    #[error("m")]
    #[api(403, code = "usual" | any)]
    AnyWithDefault,
    #[error("m")]
    #[api(404, code = "optional" | none)]
    Optional,
    #[error("m")]
    #[api(405, code = 17 | none)]
    OptionalInteger,
}

#[test]
fn each_kind_of_code_is_written() {
    for (error, json, code) in [
        (Kinds::ByName, r#""by_name""#, Code::from("by_name")),
        (Kinds::Text, r#""Own.Code""#, Code::from("Own.Code")),
        (Kinds::Integer, "1007", Code::from(1007)),
        (Kinds::Smallest, "-9223372036854775808", Code::from(i64::MIN)),
        (Kinds::Codeless, "null", Code::None),
        (Kinds::Any, r#""any""#, Code::from("any")),
        (Kinds::AnyWithDefault, r#""usual""#, Code::from("usual")),
        (Kinds::Optional, r#""optional""#, Code::from("optional")),
        (Kinds::OptionalInteger, "17", Code::from(17)),
    ] {
        assert_eq!(body(&error), format!(r#"{{"code":{json},"error":"m"}}"#));
        assert_eq!(error.code(), code);
        assert_eq!(error.spec().code(), code);
        assert_eq!(Kinds::from_response(error.to_response()).unwrap(), error);
    }
}

#[test]
fn the_description_says_which_codes_are_accepted() {
    let [by_name, _, _, _, codeless, any, default, optional, _] = Kinds::catalog().errors() else { panic!() };
    assert!(!by_name.code_is_optional() && !by_name.accepts_any_code());
    assert!(codeless.code_is_optional() && !codeless.accepts_any_code());
    assert!(any.code_is_optional() && any.accepts_any_code());
    assert!(default.code_is_optional() && default.accepts_any_code());
    assert!(optional.code_is_optional() && !optional.accepts_any_code());
}

#[test]
fn an_optional_code_is_read_with_it_and_without() {
    for code in [r#""optional""#, "null", r#""""#] {
        let found = read::<Kinds>(404, format!(r#"{{"code":{code},"error":"m"}}"#)).unwrap();
        assert_eq!(found, Kinds::Optional);
    }
    for code in ["17", r#""17""#, "null"] {
        let found = read::<Kinds>(405, format!(r#"{{"code":{code},"error":"m"}}"#)).unwrap();
        assert_eq!(found, Kinds::OptionalInteger);
    }
    assert!(read::<Kinds>(404, r#"{"code":"other","error":"m"}"#).is_err());
}

#[test]
fn any_code_is_read_and_the_default_is_written() {
    for code in [r#""surprise""#, "1", "null", r#""usual""#] {
        let found = read::<Kinds>(403, format!(r#"{{"code":{code},"error":"m"}}"#)).unwrap();
        assert_eq!(found, Kinds::AnyWithDefault, "{code}");
        assert_eq!(body(&found), r#"{"code":"usual","error":"m"}"#);
    }
}

#[derive(Debug, Clone, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = { "code"?: code, "error": message })]
enum Carried {
    #[error("m")]
    #[api(400, code = any)]
    Any {
        #[api(code)]
        code: Option<String>,
    },
    #[error("m")]
    #[api(401, code = 17 | none)]
    Optional {
        #[api(code)]
        code: Option<String>,
    },
    #[error("m")]
    #[api(402, code = "fixed")]
    Always {
        #[api(code)]
        code: Option<String>,
    },
}

#[test]
fn a_field_may_hold_the_code_as_received() {
    for (json, expected) in [(r#""surprise""#, Some("surprise")), ("7", Some("7")), ("null", None)] {
        let found = read::<Carried>(400, format!(r#"{{"code":{json},"error":"m"}}"#)).unwrap();
        assert_eq!(found, Carried::Any { code: expected.map(Into::into) }, "{json}");
        assert_eq!(found.code(), Code::from(expected));
    }
}

#[test]
fn the_code_as_received_is_written_again() {
    let any = |code: Option<&str>| Carried::Any { code: code.map(Into::into) };
    assert_eq!(body(&any(Some("surprise"))), r#"{"code":"surprise","error":"m"}"#);
    assert_eq!(body(&any(None)), r#"{"error":"m"}"#, "it came without one");
    assert_eq!(body(&Carried::Optional { code: None }), r#"{"error":"m"}"#);
    let always = Carried::Always { code: None };
    assert_eq!(body(&always), r#"{"code":"fixed","error":"m"}"#, "it never travels without one");
    let optional = Carried::Optional { code: Some("17".into()) };
    assert_eq!(body(&optional), r#"{"code":17,"error":"m"}"#, "an integer as it is declared");
}

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = { "errcode": code }, rename_all = "SCREAMING_SNAKE_CASE", code_prefix = "M_")]
enum Prefixed {
    #[error("m")]
    #[api(400)]
    NotJson,
    #[error("m")]
    #[api(401, name = "Token")]
    UnknownToken,
    #[error("m")]
    #[api(402, code = "ORG_PAY")]
    Payment,
    #[error("m")]
    #[api(403, code = 5)]
    Number,
    #[error("m")]
    #[api(404, code = any)]
    Rest,
}

#[test]
fn a_prefix_stands_before_codes_that_follow_from_the_name() {
    assert_eq!(Prefixed::NotJson.code(), "M_NOT_JSON");
    assert_eq!(Prefixed::UnknownToken.code(), "M_Token");
    assert_eq!(Prefixed::Rest.code(), "M_REST");
    // What is written out is written out whole.
    assert_eq!(Prefixed::Payment.code(), "ORG_PAY");
    assert_eq!(Prefixed::Number.code(), 5);
}

#[test]
fn a_prefix_is_no_part_of_the_name() {
    assert_eq!(Prefixed::NotJson.name(), "NOT_JSON");
    assert_eq!(Prefixed::UnknownToken.name(), "Token");
    assert_eq!(Prefixed::Payment.name(), "PAYMENT");
}

#[test]
fn a_code_with_a_prefix_is_read_with_it() {
    assert_eq!(read::<Prefixed>(400, r#"{"errcode":"M_NOT_JSON"}"#).unwrap(), Prefixed::NotJson);
    assert!(read::<Prefixed>(400, r#"{"errcode":"NOT_JSON"}"#).is_err());
}

#[test]
fn every_case_of_names_and_codes() {
    macro_rules! each_case {
        ($($case:literal $expected:literal),* $(,)?) => {$({
            #[derive(Debug, thiserror::Error, Taxonomy)]
            #[api(rename_all = $case)]
            enum Cased {
                #[error("m")]
                #[api(400)]
                HTTPBodyTooBig,
            }
            assert_eq!(Cased::HTTPBodyTooBig.name(), $expected);
            assert_eq!(Cased::HTTPBodyTooBig.code(), $expected);
        })*};
    }
    each_case!(
        "snake_case" "http_body_too_big",
        "SCREAMING_SNAKE_CASE" "HTTP_BODY_TOO_BIG",
        "kebab-case" "http-body-too-big",
        "SCREAMING-KEBAB-CASE" "HTTP-BODY-TOO-BIG",
        "camelCase" "httpBodyTooBig",
        "PascalCase" "HttpBodyTooBig",
        "lowercase" "httpbodytoobig",
        "UPPERCASE" "HTTPBODYTOOBIG",
    );
}

#[test]
fn names_are_in_snake_case_by_default() {
    assert_eq!(Kinds::ByName.name(), "by_name");
    assert_eq!(Kinds::AnyWithDefault.name(), "any_with_default");
    // A code of its own does not change the name.
    assert_eq!(Kinds::Text.name(), "text");
}

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[error("raw")]
#[api(400)]
#[allow(non_camel_case_types)]
struct r#async;

#[test]
fn a_raw_identifier_is_named_without_its_prefix() {
    assert_eq!(r#async.name(), "async");
    assert_eq!(r#async.code(), "async");
    assert_eq!(r#async.spec().variant(), "async");
}

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = { "error": message }, code_header = "X-Error-Code", reserved("retired", 1001))]
enum Headed {
    #[error("text")]
    #[api(400)]
    Text,
    #[error("number")]
    #[api(400, code = 1007)]
    Number,
    #[error("none")]
    #[api(401, code = none)]
    Codeless,
    #[error("any")]
    #[api(409, code = any)]
    Rest {
        #[api(code)]
        code: Option<String>,
    },
}

#[test]
fn a_code_may_travel_in_a_header() {
    assert_eq!(
        http(&Headed::Text),
        "HTTP/1.1 400 Bad Request\ncontent-type: application/json\nx-error-code: text\n\n{\"error\":\"text\"}"
    );
    assert_eq!(Headed::Number.to_response().headers()["x-error-code"], "1007");
    assert!(!Headed::Codeless.to_response().headers().contains_key("x-error-code"));
    for error in [Headed::Text, Headed::Number, Headed::Codeless] {
        assert_eq!(Headed::from_response(error.to_response()).unwrap(), error);
    }
    assert_eq!(Headed::catalog().code_header(), Some("X-Error-Code"));
}

#[test]
fn a_code_in_a_header_may_be_any() {
    let found = Headed::from_response(response(409, &[("X-Error-Code", "new")], r#"{"error":"m"}"#)).unwrap();
    assert_eq!(found, Headed::Rest { code: Some("new".into()) });
    assert_eq!(found.to_response().headers()["x-error-code"], "new");
    assert!(!Headed::Rest { code: None }.to_response().headers().contains_key("x-error-code"));
    // What cannot stand in a header is left out, never injected.
    let split = Headed::Rest { code: Some("a\r\nSet-Cookie: b".into()) }.to_response();
    assert!(!split.headers().contains_key("x-error-code") && !split.headers().contains_key("set-cookie"));
}

#[test]
fn reserved_codes_are_in_the_catalogue() {
    let reserved: Vec<Code> = Headed::catalog().reserved().collect();
    assert_eq!(reserved, [Code::from("retired"), Code::from(1001)]);
    assert_eq!(Kinds::catalog().reserved().count(), 0);
    // They are no errors.
    assert!(Headed::catalog().by_code("retired").is_empty());
}

#[derive(Debug, Clone, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = none)]
enum Statuses {
    #[error("number")]
    #[api(404)]
    Number,
    #[error("constant")]
    #[api(CONFLICT)]
    Constant,
    #[error("unassigned")]
    #[api(499)]
    Unassigned,
    #[error("class")]
    #[api("5XX")]
    Class {
        #[api(status)]
        status: StatusCode,
    },
    #[error("range")]
    #[api(520..=527)]
    Range {
        #[api(status)]
        status: u16,
    },
    #[error("narrow")]
    #[api(522..=523)]
    Narrow {
        #[api(status)]
        status: Option<u16>,
    },
    #[error("exact")]
    #[api(522)]
    Exact {
        #[api(status)]
        status: Option<StatusCode>,
    },
}

#[test]
fn a_status_as_a_number_or_as_its_constant() {
    assert_eq!(Statuses::Number.status(), 404);
    assert_eq!(Statuses::Constant.status(), StatusCode::CONFLICT);
    assert_eq!(Statuses::Unassigned.status(), 499);
    assert_eq!(Statuses::Unassigned.to_response().status(), 499);
    for error in [Statuses::Number, Statuses::Constant, Statuses::Unassigned] {
        assert_eq!(error.spec().statuses().count(), 1);
        assert_eq!(Statuses::from_response(error.to_response()).unwrap(), error);
    }
}

#[test]
fn every_constant_of_the_errors_of_http() {
    macro_rules! each_constant {
        ($($name:ident)*) => {$({
            #[derive(Debug, thiserror::Error, Taxonomy)]
            #[error("m")]
            #[api($name, body = none)]
            struct Named;
            assert_eq!(Named.status(), StatusCode::$name);
        })*};
    }
    each_constant!(
        BAD_REQUEST UNAUTHORIZED PAYMENT_REQUIRED FORBIDDEN NOT_FOUND METHOD_NOT_ALLOWED NOT_ACCEPTABLE
        PROXY_AUTHENTICATION_REQUIRED REQUEST_TIMEOUT CONFLICT GONE LENGTH_REQUIRED PRECONDITION_FAILED
        PAYLOAD_TOO_LARGE URI_TOO_LONG UNSUPPORTED_MEDIA_TYPE RANGE_NOT_SATISFIABLE EXPECTATION_FAILED
        IM_A_TEAPOT MISDIRECTED_REQUEST UNPROCESSABLE_ENTITY LOCKED FAILED_DEPENDENCY TOO_EARLY
        UPGRADE_REQUIRED PRECONDITION_REQUIRED TOO_MANY_REQUESTS REQUEST_HEADER_FIELDS_TOO_LARGE
        UNAVAILABLE_FOR_LEGAL_REASONS INTERNAL_SERVER_ERROR NOT_IMPLEMENTED BAD_GATEWAY
        SERVICE_UNAVAILABLE GATEWAY_TIMEOUT HTTP_VERSION_NOT_SUPPORTED VARIANT_ALSO_NEGOTIATES
        INSUFFICIENT_STORAGE LOOP_DETECTED NOT_EXTENDED NETWORK_AUTHENTICATION_REQUIRED
    );
}

#[test]
fn a_status_field_says_which_of_a_range_is_sent() {
    for number in 500..=599 {
        let error = Statuses::Class { status: StatusCode::from_u16(number).unwrap() };
        assert_eq!(error.status(), number);
        assert_eq!(error.to_response().status(), number);
    }
    assert_eq!(Statuses::Range { status: 525 }.to_response().status(), 525);
    assert_eq!(Statuses::Narrow { status: Some(523) }.to_response().status(), 523);
}

#[test]
fn a_status_outside_of_the_range_is_sent_as_its_lowest() {
    for number in [100, 200, 404, 499, 600, 999] {
        let error = Statuses::Class { status: StatusCode::from_u16(number).unwrap() };
        assert_eq!(error.status(), 500, "{number}");
        assert_eq!(error.to_response().status(), 500, "{number}");
        assert_eq!(error.spec().status(), 500);
    }
    for number in [0, 519, 528, u16::MAX] {
        assert_eq!(Statuses::Range { status: number }.to_response().status(), 520, "{number}");
    }
    assert_eq!(Statuses::Narrow { status: None }.to_response().status(), 522);
    let exact = Statuses::Exact { status: Some(StatusCode::OK) };
    assert_eq!(exact.to_response().status(), 522);
}

#[test]
fn of_overlapping_ranges_the_narrower_is_read() {
    let status = |number| StatusCode::from_u16(number).unwrap();
    for number in 500..=599 {
        let expected = match number {
            522 => Statuses::Exact { status: Some(status(522)) },
            523 => Statuses::Narrow { status: Some(523) },
            520..=527 => Statuses::Range { status: number },
            _ => Statuses::Class { status: status(number) },
        };
        assert_eq!(read::<Statuses>(number, "").unwrap(), expected);
    }
}

#[test]
fn a_status_field_on_an_exact_status_is_the_one_that_came() {
    #[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
    #[error("m")]
    #[api(404, body = { "code": code })]
    struct Coded {
        #[api(status)]
        status: u16,
    }
    let found = read::<Coded>(410, r#"{"code":"coded"}"#).unwrap();
    assert_eq!(found, Coded { status: 410 });
    assert_eq!(found.to_response().status(), 404, "it has only this one");
}

#[test]
fn statuses_are_described() {
    let [number, .., range, narrow, _] = Statuses::catalog().errors() else { panic!() };
    assert_eq!(number.statuses(), 404..=404);
    assert_eq!(range.statuses(), 520..=527);
    assert_eq!(narrow.statuses(), 522..=523);
    assert_eq!(narrow.status(), 522);
}

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = { "ok": false, "error": code })]
enum Successful {
    #[error("allowed")]
    #[api(200, allow_success, retry = always)]
    Allowed,
    #[error("created")]
    #[api(CREATED, allow_success)]
    Created,
    #[error("plain")]
    #[api(400)]
    Plain,
}

#[test]
fn an_error_may_be_allowed_to_be_a_success() {
    assert_eq!(Successful::Allowed.to_response().status(), 200);
    assert_eq!(body(&Successful::Allowed), r#"{"ok":false,"error":"allowed"}"#);
    assert_eq!(Successful::Created.status(), 201);
    for error in [Successful::Allowed, Successful::Created, Successful::Plain] {
        assert_eq!(Successful::from_response(error.to_response()).unwrap(), error);
    }
    assert!(read::<Successful>(200, r#"{"ok":true,"error":"allowed"}"#).is_err());
    assert!(read::<Successful>(200, r#"{"ok":true}"#).is_err());
    assert_eq!(Successful::Allowed.spec().retry(), Retry::Always);
}

#[derive(Debug, thiserror::Error, Taxonomy)]
#[api(body = { "error": { "code": code } })]
enum Outer {
    #[error("own")]
    #[api(418, code = 1007)]
    Own,
    #[error(transparent)]
    #[api(transparent)]
    Kinds(#[from] Prefixed),
}

#[test]
fn the_catalogue_finds_errors_by_name() {
    assert_eq!(Outer::catalog().by_name("own").unwrap().variant(), "Own");
    assert_eq!(Outer::catalog().by_name("NOT_JSON").unwrap().variant(), "NotJson");
    assert_eq!(Outer::catalog().by_name("Token").unwrap().variant(), "UnknownToken");
    for unknown in ["", "Own", "M_NOT_JSON", "kinds", "not_json"] {
        assert!(Outer::catalog().by_name(unknown).is_none(), "{unknown}");
    }
}

#[test]
fn the_catalogue_finds_errors_by_code() {
    let found = |code: Code| -> Vec<_> {
        Outer::catalog().by_code(code).into_iter().map(|spec| spec.variant()).collect()
    };
    assert_eq!(found(1007.into()), ["Own"]);
    assert_eq!(found("1007".into()), ["Own"]);
    assert_eq!(found("M_NOT_JSON".into()), ["NotJson"]);
    assert_eq!(found(5.into()), ["Number"]);
    assert!(found("NOT_JSON".into()).is_empty());
    assert!(found(Code::None).is_empty(), "no code finds nothing");
    let several: Vec<_> = Shared::catalog().by_code("shared").iter().map(|spec| spec.name()).collect();
    assert_eq!(several, ["first", "second"]);
}

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = { "type"?: slot(kind), "code": code })]
enum Shared {
    #[error("first")]
    #[api(400, code = "shared")]
    First,
    #[error("second")]
    #[api(404, code = "shared")]
    Second,
}

#[test]
fn one_code_may_stand_for_several_errors_of_different_statuses() {
    for error in [Shared::First, Shared::Second] {
        assert_eq!(Shared::from_response(error.to_response()).unwrap(), error);
    }
}

#[test]
fn codes_travel_escaped() {
    #[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
    #[error("m")]
    #[api(400, body = { "code": code }, code = "a\"b\\c\n\u{e9}\u{1f600}")]
    struct Odd;
    assert_eq!(body(&Odd), "{\"code\":\"a\\\"b\\\\c\\n\u{e9}\u{1f600}\"}");
    assert_eq!(Odd::from_response(Odd.to_response()).unwrap(), Odd);
}

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = { "code": code, "error": message })]
enum Synonyms {
    #[error("m")]
    #[api(400, code = "new" | "old" | 1007)]
    Renamed,
    #[error("m")]
    #[api(404, code = 2 | "two" | none)]
    Optional,
    #[error("m")]
    #[api(409, code = "kept" | "also")]
    Kept {
        #[api(code)]
        code: Option<String>,
    },
}

#[test]
fn of_several_codes_the_first_is_written_and_each_is_read() {
    for code in [r#""new""#, r#""old""#, "1007", r#""1007""#] {
        let found = read::<Synonyms>(400, format!(r#"{{"code":{code},"error":"m"}}"#)).unwrap();
        assert_eq!(found, Synonyms::Renamed, "{code}");
    }
    assert_eq!(body(&Synonyms::Renamed), r#"{"code":"new","error":"m"}"#);
    for code in ["2", r#""two""#, "null"] {
        let found = read::<Synonyms>(404, format!(r#"{{"code":{code},"error":"m"}}"#)).unwrap();
        assert_eq!(found, Synonyms::Optional, "{code}");
    }
    assert_eq!(body(&Synonyms::Optional), r#"{"code":2,"error":"m"}"#);
}

#[test]
fn another_code_of_an_error_is_read_with_another_status_too() {
    assert_eq!(read::<Synonyms>(500, r#"{"code":"old"}"#).unwrap(), Synonyms::Renamed);
}

#[test]
fn a_field_holds_the_very_code_that_came() {
    let found = read::<Synonyms>(409, r#"{"code":"also","error":"m"}"#).unwrap();
    assert_eq!(found, Synonyms::Kept { code: Some("also".into()) });
    assert_eq!(body(&found), r#"{"code":"also","error":"m"}"#);
}

#[test]
fn the_catalogue_knows_all_codes_of_an_error() {
    for code in [Code::from("new"), Code::from("old"), Code::from(1007)] {
        let found = Synonyms::catalog().by_code(code);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].variant(), "Renamed");
    }
    let renamed = &Synonyms::catalog().errors()[0];
    assert_eq!(renamed.code(), "new");
    assert_eq!(renamed.synonyms().collect::<Vec<_>>(), [Code::from("old"), Code::from(1007)]);
}

#[test]
fn an_embedded_error_holds_the_very_code_that_came() {
    let json = r#"{"code":"also","error":"m"}"#;
    let read: Embedded<Synonyms> = serde_json::from_str(json).unwrap();
    assert_eq!(read.get(), Ok(&Synonyms::Kept { code: Some("also".into()) }));
    assert_eq!(serde_json::to_value(&read).unwrap()["code"], "also");
}

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = { "code": code, "error": message })]
enum Numbered {
    #[error("seven")]
    #[api(400, code = 7)]
    Seven,
    #[error("other")]
    #[api(400, code = 1000 | any)]
    Other {
        #[api(code)]
        code: Option<String>,
    },
}

#[test]
fn only_the_decimal_form_of_a_code_is_written_as_an_integer() {
    for code in ["007", "+7", "-0", "8"] {
        let error = Numbered::Other { code: Some(code.into()) };
        assert_eq!(error.code(), code);
        assert_eq!(Numbered::from_response(error.to_response()).unwrap(), error);
    }
    assert_eq!(body(&Numbered::Other { code: Some("8".into()) }), r#"{"code":8,"error":"other"}"#);
    assert_eq!(body(&Numbered::Other { code: Some("007".into()) }), r#"{"code":"007","error":"other"}"#);
}

#[test]
fn a_code_beyond_ascii_is_left_out_of_its_header() {
    let response = Headed::Rest { code: Some("gr\u{f6}\u{df}e".into()) }.to_response();
    assert!(!response.headers().contains_key("x-error-code"));
}
