//! What is known of a call that failed, and of an error that was sent.

use std::error::Error;
use std::io;

use aura_errors::{
    CallError, Caused, Code, Reason, RequestId, Sent, Taxonomy, Transport, TransportKind, Unrecognized,
};

use crate::support::response;

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = { "error": message, "code": code })]
enum Api {
    #[error("gone")]
    #[api(410)]
    Gone,
}

fn call(headers: &[(&'static str, &str)], body: &'static str) -> CallError<Api> {
    CallError::from_response(response(410, headers, body))
}

const GONE: &str = r#"{"error":"It is gone","code":"gone"}"#;
const OTHER: &str = r#"{"error":"It moved","code":"moved"}"#;

#[test]
fn what_an_answer_says() {
    for (body, code, message, api) in
        [(GONE, "gone", "It is gone", Some(&Api::Gone)), (OTHER, "moved", "It moved", None)]
    {
        let failure = call(&[("X-Request-Id", "17")], body);
        assert_eq!(*failure.response().unwrap().body(), body);
        assert_eq!(failure.status().unwrap(), 410);
        assert_eq!(failure.request_id(), Some("17"));
        assert_eq!(failure.code(), code);
        assert_eq!(failure.message().as_deref(), Some(message));
        assert_eq!(failure.api(), api);
    }
    for id in ["", "a b"] {
        assert_eq!(call(&[("X-Request-Id", id)], GONE).request_id(), None, "{id:?}");
    }
}

#[test]
fn nothing_is_known_without_an_answer() {
    let failure = CallError::<Api>::from(Transport::new(TransportKind::Timeout, true, "no answer"));
    assert!(failure.response().is_none() && failure.status().is_none() && failure.request_id().is_none());
    assert_eq!((failure.code(), failure.message(), failure.api()), (Code::None, None, None));
}

#[test]
fn debug_shows_no_body_and_all_texts() {
    assert_eq!(format!("{:?}", call(&[], GONE)), "Api { error: Gone, status: 410, .. }");
    let other = format!("{:?}", call(&[], OTHER));
    assert!(other.starts_with("Unrecognized(") && other.contains("moved"), "{other}");
    let source = Step(io::ErrorKind::NotConnected.into());
    let failure = CallError::<Api>::from(Transport::new(TransportKind::Connect, false, source));
    assert_eq!(
        format!("{failure:?}"),
        r#"Transport(Transport { kind: Connect, sent: false, source: ["step two", "not connected"] })"#
    );
    let id = RequestId::new("a\"b").unwrap();
    assert_eq!(format!("{id:?}"), r#""a\"b""#);
}

#[derive(Debug, thiserror::Error)]
#[error("step two")]
struct Step(#[source] io::Error);

#[derive(Debug, thiserror::Error, Taxonomy)]
enum Server {
    #[error("could not store: {cause}")]
    #[api(as = Server::Internal)]
    Store {
        #[source]
        cause: Step,
    },

    #[error("could not sign")]
    #[api(as = Server::Internal)]
    Sign {
        #[source]
        cause: Step,
    },

    #[error("no answer of use")]
    #[api(as = Server::Internal)]
    Upstream {
        #[source]
        cause: Unrecognized,
    },

    #[error("bad token {token}")]
    #[api(401, message = "Bad token")]
    Token {
        #[api(sensitive)]
        token: String,
        tries: u8,
        source: Option<Step>,
    },

    #[error("Out of order")]
    #[api(500)]
    Internal,
}

fn sent(error: Server) -> Sent {
    error.into_http().extensions().get::<Sent>().cloned().unwrap()
}

fn step() -> Step {
    Step(io::Error::other("disk full"))
}

#[test]
fn a_sent_error_tells_its_text_and_its_causes() {
    let store = sent(Server::Store { cause: step() });
    assert_eq!(store.spec().name(), "internal");
    assert_eq!(store.text(), "could not store: step two");
    assert_eq!(store.causes(), ["disk full"], "what the text above ends with is left out");
    let sign = sent(Server::Sign { cause: step() });
    assert_eq!(
        (sign.text(), sign.causes()),
        ("could not sign".into(), vec!["step two".into(), "disk full".into()])
    );
    assert_eq!(sign.upstream_request_id(), None);
    assert!(format!("{sign:?}").starts_with("Sent { error: Sign {"), "{sign:?}");
}

#[test]
fn a_sent_error_with_a_sensitive_field_tells_no_cause() {
    let token = sent(Server::Token { token: "SECRET".into(), tries: 3, source: Some(step()) });
    assert_eq!(token.text(), "Bad token (token: [redacted], tries: 3)");
    assert_eq!(token.causes(), [""; 0]);
    assert!(format!("{token:?}").starts_with("Sent { error: token, spec: "), "{token:?}");
}

#[test]
fn the_request_id_of_another_service_is_found_among_the_causes() {
    for (id, expected) in [("4bf92f35", Some("4bf92f35")), ("a b", None)] {
        let CallError::Unrecognized(cause) = call(&[("X-Request-Id", id)], OTHER) else { panic!("{id}") };
        assert_eq!(sent(Server::Upstream { cause }).upstream_request_id(), expected);
    }
    assert!(Server::Store { cause: step() }.source().is_some());
}

#[test]
fn a_relayed_failure_is_an_error_for_the_client_and_a_cause_for_the_logs() {
    let relay = || -> Caused<Api> { call(&[("X-Request-Id", "17")], OTHER).relay(|_| Api::Gone) };
    let expected = Api::Gone.to_response();
    for response in [relay().to_response(), relay().into_http()] {
        assert_eq!((response.status(), response.headers()), (expected.status(), expected.headers()));
        assert_eq!(response.body(), expected.body());
    }
    let response = relay().into_http();
    let sent = response.extensions().get::<Sent>().unwrap();
    assert_eq!((sent.text().as_str(), sent.spec().name()), ("gone", "gone"));
    assert!(sent.causes()[0].contains("moved"), "{:?}", sent.causes());
    assert_eq!(sent.upstream_request_id(), Some("17"));
    let read = Caused::<Api>::from_response(expected).unwrap_err();
    assert!(
        matches!(read.reason(), Reason::Foreign { nearest: None, path: None, .. }),
        "{:?}",
        read.reason()
    );
}
