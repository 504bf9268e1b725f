//! What is written is read back as it was.

use aura_errors::{Classify, Taxonomy};
use proptest::prelude::*;
use serde_json::{Map, Value};

use super::arbitrary::{Rich, json, rich};

/// The members of every object the other way round, and some white space around everything.
pub(super) fn rewritten(value: &Value, out: &mut String) {
    match value {
        Value::Object(members) => {
            out.push_str("\n {\t");
            for (index, (name, value)) in members.iter().rev().enumerate() {
                if index > 0 {
                    out.push_str(" ,");
                }
                out.push_str(&Value::from(name.as_str()).to_string());
                out.push_str(" :\r\n");
                rewritten(value, out);
            }
            out.push_str(" } ");
        }
        Value::Array(elements) => {
            out.push_str("[ ");
            for (index, value) in elements.iter().enumerate() {
                if index > 0 {
                    out.push_str(" ,\t");
                }
                rewritten(value, out);
            }
            out.push_str("\n]");
        }
        scalar => out.push_str(&scalar.to_string()),
    }
}

/// Members that no template and no field of the taxonomy knows.
fn unknown_members() -> impl Strategy<Value = Map<String, Value>> {
    prop::collection::vec(("zz[a-z\"\u{e9}]{0,6}", json()), 0..4)
        .prop_map(|members| members.into_iter().collect())
}

/// Whether every member of its body counts: then no member is unknown.
fn takes_all_members(error: &Rich) -> bool {
    matches!(error, Rich::Whole(_) | Rich::Inner(super::arbitrary::Inner::Spread { .. }))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn encoding_and_decoding_is_the_identity(error in rich()) {
        prop_assert_eq!(Rich::from_response(error.to_response()).unwrap(), error);
    }

    #[test]
    fn what_is_said_about_a_value_is_what_is_said_about_its_response(error in rich()) {
        let read = Rich::from_response(error.to_response()).unwrap();
        prop_assert_eq!(read.status(), error.status());
        prop_assert_eq!(read.code(), error.code());
        prop_assert_eq!(read.message(), error.message());
        prop_assert_eq!(read.classes(), error.classes());
        prop_assert_eq!(read.retry(), error.retry());
        prop_assert_eq!(read.retry_after(), error.retry_after());
        let (again, once) = (read.to_response(), error.to_response());
        prop_assert_eq!(again.headers(), once.headers());
        prop_assert_eq!(again.body(), once.body());
    }

    #[test]
    fn a_body_is_json(error in rich()) {
        let response = error.to_response();
        prop_assert!(serde_json::from_slice::<Value>(response.body()).is_ok());
        prop_assert_eq!(&response.headers()["content-type"], "application/json");
    }

    #[test]
    fn unknown_members_change_nothing(error in rich(), more in unknown_members(), inside: bool) {
        prop_assume!(!takes_all_members(&error));
        let mut response = error.to_response();
        let mut body: Value = serde_json::from_slice(response.body()).unwrap();
        let object = match body.get("error") {
            Some(Value::Object(_)) if inside => body["error"].as_object_mut(),
            _ => body.as_object_mut(),
        };
        object.unwrap().extend(more);
        *response.body_mut() = body.to_string().into();
        prop_assert_eq!(Rich::from_response(response).unwrap(), error);
    }

    #[test]
    fn order_and_white_space_change_nothing(error in rich()) {
        let mut response = error.to_response();
        let mut body = String::new();
        rewritten(&serde_json::from_slice(response.body()).unwrap(), &mut body);
        *response.body_mut() = body.into();
        prop_assert_eq!(Rich::from_response(response).unwrap(), error);
    }

    #[test]
    fn another_content_type_changes_nothing(error in rich(), content_type in "[ -~]{0,20}") {
        let mut response = error.to_response();
        response.headers_mut().insert("content-type", content_type.parse().unwrap());
        prop_assert_eq!(Rich::from_response(response).unwrap(), error);
    }
}
