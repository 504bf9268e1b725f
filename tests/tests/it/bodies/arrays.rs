//! Arrays: of one, at any place, and of several different elements.

use std::time::Duration;

use aura_errors::{RetryAfter, Taxonomy};

use super::super::support::body;
use super::{check, foreign, reads};

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = [ { "message": message, "errorCode": code, ..fields } ])]
enum Root {
    #[error("Not found")]
    #[api(404)]
    NotFound,

    #[error("Bad field")]
    #[api(400)]
    BadField { fields: Vec<String> },
}

#[test]
fn the_whole_body_may_be_an_array_of_one() {
    check(Root::NotFound, r#"[{"message":"Not found","errorCode":"not_found"}]"#);
    check(
        Root::BadField { fields: vec!["a".into()] },
        r#"[{"message":"Bad field","errorCode":"bad_field","fields":["a"]}]"#,
    );
}

#[test]
fn the_first_element_is_read() {
    reads(
        404,
        r#"[{"message":"m","errorCode":"not_found"},{"message":"n","errorCode":"other"}]"#,
        Root::NotFound,
    );
    foreign::<Root>(404, "[]");
    foreign::<Root>(404, r#"{"message":"m","errorCode":"not_found"}"#);
}

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = { "errors": [ [ { "c": code } ] ], "messages": [ message ], "more"?: [ field(more) ] })]
enum Nested {
    #[error("deep")]
    #[api(400)]
    Deep { more: Option<u8> },
}

#[test]
fn arrays_stand_at_any_place() {
    check(Nested::Deep { more: Some(1) }, r#"{"errors":[[{"c":"deep"}]],"messages":["deep"],"more":[1]}"#);
    check(Nested::Deep { more: None }, r#"{"errors":[[{"c":"deep"}]],"messages":["deep"]}"#);
    reads(
        400,
        r#"{"errors":[[{"c":"deep"},1],2],"messages":["x","y"],"more":[7,8]}"#,
        Nested::Deep { more: Some(7) },
    );
}

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = {
    "code": code,
    "details"?: [
        { "@type": "info", "domain"?: slot(domain), "metadata"?: fields },
        { "@type": "retry", "delay": "{retry_after}s" },
        { "@type": "help", "link": docs_url }
    ]
})]
enum Several {
    #[error("all")]
    #[api(429, slot(domain = "example.com"), docs_url = "https://docs.example/{name}")]
    All {
        zone: Option<String>,
        #[api(retry_after)]
        after: Option<RetryAfter>,
    },

    #[error("last")]
    #[api(429, docs_url = "https://docs.example/{name}")]
    Last,

    #[error("none")]
    #[api(429)]
    Nothing,
}

#[test]
fn each_of_several_elements_is_left_out_when_all_of_it_is_absent() {
    check(
        Several::All { zone: Some("z".into()), after: Some(Duration::from_millis(1_500).into()) },
        r#"{"code":"all","details":[{"@type":"info","domain":"example.com","metadata":{"zone":"z"}},{"@type":"retry","delay":"1.5s"},{"@type":"help","link":"https://docs.example/all"}]}"#,
    );
    assert_eq!(
        body(&Several::All { zone: Some("z".into()), after: None }),
        r#"{"code":"all","details":[{"@type":"info","domain":"example.com","metadata":{"zone":"z"}},{"@type":"help","link":"https://docs.example/all"}]}"#,
    );
    check(
        Several::Last,
        r#"{"code":"last","details":[{"@type":"help","link":"https://docs.example/last"}]}"#,
    );
    check(Several::Nothing, r#"{"code":"nothing"}"#);
}

#[test]
fn each_of_several_elements_is_found_by_its_literals() {
    reads(
        429,
        r#"{"code":"all","details":[{"@type":"other"},7,{"@type":"retry","delay":"2s"},{"@type":"info","metadata":{"zone":"z"}}]}"#,
        Several::All { zone: Some("z".into()), after: Some(RetryAfter::from_secs(2)) },
    );
}

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = { "errors"?: [ { "message": message } ] })]
enum Maybe {
    #[error("gone")]
    #[api(410, code = none)]
    Gone,
}

#[test]
fn an_optional_array_that_is_there_has_its_element() {
    check(Maybe::Gone, r#"{"errors":[{"message":"gone"}]}"#);
    reads(410, r#"{}"#, Maybe::Gone);
    foreign::<Maybe>(410, r#"{"errors":[]}"#);
    foreign::<Maybe>(410, r#"{ "more": 1, "errors": [] }"#);
}
