//! One test for each reason, and what code and message are then.

use aura_errors::{Code, Cut, Reason, Taxonomy, Unrecognized};

use crate::support::{read, response};

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = { "error": { "message": message, "code": code, "type"?: slot(kind), ..fields } },
      code_header = "X-Error-Code")]
enum Api {
    #[error("plain")]
    #[api(400)]
    Plain,
    #[error("counted")]
    #[api(404, slot(kind = "k"))]
    Counted { count: u32 },
    #[error("twice")]
    #[api(409, code = "twice", name = "twice_one")]
    One,
    #[error("twice")]
    #[api(410, code = "twice", name = "twice_two")]
    Two,
    #[error("codeless")]
    #[api(422, code = none, body = { "fault": { "text": message, "kind": "fault" } })]
    Codeless,
}

fn error(status: u16, members: &str) -> Unrecognized {
    read::<Api>(status, format!(r#"{{"error":{{{members}}}}}"#)).unwrap_err()
}

#[test]
fn unknown_code() {
    let other = error(400, r#""message":"m","code":"new""#);
    assert_eq!(*other.reason(), Reason::UnknownCode);
    assert_eq!(*other.code(), "new");
    assert_eq!(other.message(), Some("m"));
}

#[test]
fn unknown_code_of_a_number_or_in_the_header() {
    assert_eq!(*error(400, r#""message":"m","code":17"#).code(), 17);
    let headers = [("X-Error-Code", "new")];
    let other = Api::from_response(response(400, &headers, r#"{"error":{"code":"plain"}}"#)).unwrap_err();
    assert_eq!(*other.reason(), Reason::UnknownCode);
    assert_eq!(*other.code(), "new");
    assert_eq!(other.message(), None);
}

#[test]
fn fields() {
    let other = error(404, r#""message":"m","code":"counted","count":"x""#);
    let Reason::Fields { spec, path, problem, .. } = other.reason() else { panic!("{other:?}") };
    assert_eq!(spec.variant(), "Counted");
    assert_eq!(*spec, &Api::catalog().errors()[1]);
    assert_eq!(path, "/error/count");
    assert!(!problem.is_empty());
    assert_eq!(*other.code(), "counted");
    assert_eq!(other.message(), Some("m"));
}

fn foreign(other: &Unrecognized) -> (Option<&'static str>, Option<&str>) {
    match other.reason() {
        Reason::Foreign { nearest, path, .. } => (nearest.map(|spec| spec.variant()), path.as_deref()),
        reason => panic!("{reason:?}"),
    }
}

#[test]
fn foreign_where_nothing_could_be_read() {
    for body in ["", "<html>", "{}", "[]", r#"{"errors":["m"]}"#, r#"{"error":"m"}"#] {
        let other = read::<Api>(400, body).unwrap_err();
        assert_eq!(foreign(&other), (None, None), "{body}");
        assert_eq!(*other.code(), Code::None);
        assert_eq!(other.message(), None);
    }
}

#[test]
fn foreign_with_the_nearest_error_where_a_message_could_be_read() {
    // No code at all.
    let other = error(400, r#""message":"m""#);
    assert_eq!(foreign(&other), (Some("Plain"), Some("/error/code")));
    assert_eq!(other.message(), Some("m"));
    // The slot is another.
    let other = error(404, r#""message":"m","code":"counted","type":"l","count":1"#);
    assert_eq!(foreign(&other), (Some("Counted"), Some("/error/type")));
    assert_eq!(*other.code(), "counted");
    // A literal is another, or missing.
    for kind in [r#","kind":"error""#, ""] {
        let body = format!(r#"{{"fault":{{"text":"m"{kind}}}}}"#);
        let other = read::<Api>(422, body).unwrap_err();
        assert_eq!(foreign(&other), (Some("Codeless"), Some("/fault/kind")), "{kind}");
        assert_eq!(other.message(), Some("m"));
    }
}

#[test]
fn foreign_where_the_status_has_no_error() {
    let other = error(500, r#""message":"m""#);
    assert_eq!(foreign(&other), (None, None));
    assert_eq!(other.message(), Some("m"));
    let other = read::<Api>(302, "").unwrap_err();
    assert_eq!(foreign(&other), (None, None));
}

#[test]
fn conflict() {
    let headers = [("X-Error-Code", "plain")];
    let body = r#"{"error":{"message":"m","code":"twice"}}"#;
    let other = Api::from_response(response(400, &headers, body)).unwrap_err();
    assert_eq!(*other.reason(), Reason::Conflict);
    assert_eq!(*other.code(), "plain", "the header's");
    assert_eq!(other.message(), Some("m"));
}

#[test]
fn ambiguous() {
    let other = error(400, r#""message":"m","code":"twice""#);
    assert_eq!(*other.reason(), Reason::Ambiguous);
    assert_eq!(*other.code(), "twice");
    assert_eq!(other.message(), Some("m"));
}

/// Reads a response whose body was cut by whoever received it.
fn cut(status: u16, body: &'static str) -> Result<Api, Unrecognized> {
    let mut response = response(status, &[], body);
    response.extensions_mut().insert(Cut);
    Api::from_response(response)
}

#[test]
fn a_body_that_was_cut_off() {
    let whole = r#"{"error":{"message":"m","code":"counted","count":1}}"#;
    let other = cut(404, &whole[..40]).unwrap_err();
    assert_eq!(*other.reason(), Reason::Cut);
    assert_eq!(other.body(), &whole[..40]);
    assert!(other.response().extensions().get::<Cut>().is_some());
    // Whatever the reason would have been.
    for body in ["", r#"{"error":{"message":"m","code":"new"}}"#, r#"{"error":{"code":"counted"}}"#] {
        assert_eq!(*cut(404, body).unwrap_err().reason(), Reason::Cut, "{body}");
    }
}

#[test]
fn a_body_that_was_cut_off_where_nothing_is_missing() {
    assert_eq!(cut(400, r#"{"error":{"message":"m","code":"plain"}}"#).unwrap(), Api::Plain);
    let response = {
        let mut response = response(400, &[("X-Error-Code", "plain")], r#"{"error":{"mess"#);
        response.extensions_mut().insert(Cut);
        response
    };
    assert_eq!(Api::from_response(response).unwrap(), Api::Plain);
}

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[error("text")]
#[api(400, body = text)]
struct Text;

#[test]
fn the_message_of_a_body_that_is_text() {
    let other = read::<Text>(404, "Not here").unwrap_err();
    assert_eq!(other.message(), Some("Not here"));
    assert_eq!(read::<Text>(404, &b"\xff"[..]).unwrap_err().message(), None);
}

#[test]
fn a_message_that_is_no_string_is_none() {
    for message in ["null", "1", r#"["m"]"#, r#"{"m":1}"#, "true"] {
        let other = error(400, &format!(r#""message":{message},"code":"new""#));
        assert_eq!(other.message(), None, "{message}");
        assert_eq!(*other.reason(), Reason::UnknownCode);
    }
    assert_eq!(error(400, r#""message":"","code":"new""#).message(), Some(""));
    assert_eq!(error(400, r#""message":"\u00e9\n","code":"new""#).message(), Some("é\n"));
}

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
enum Shapes {
    #[error("few")]
    #[api(400, body = { "message": message, "few": code })]
    Few,
    #[error("many")]
    #[api(400, body = { "message": message, "detail": detail, ..fields, "many": code })]
    Many {
        #[api(detail)]
        why: String,
        count: u32,
    },
    #[error("caused")]
    #[api(422, code = none, body = { "cause": detail @ { "message": message, "kind": "caused" } })]
    Caused(serde_json::Value),
}

#[test]
fn the_nearest_error_is_the_one_of_which_most_was_found() {
    let other = read::<Shapes>(400, r#"{"message":"m","detail":"d","count":1}"#).unwrap_err();
    assert_eq!(foreign(&other), (Some("Many"), Some("/many")));
}

#[test]
fn foreign_points_into_a_bound_value() {
    let other = read::<Shapes>(422, r#"{"cause":{"message":"m","kind":"other"}}"#).unwrap_err();
    assert_eq!(foreign(&other), (Some("Caused"), Some("/cause/kind")));
}
