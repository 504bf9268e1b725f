//! The `#[serde(…)]` keys that are honoured on a travelling field, and the renaming of all.

use std::collections::BTreeMap;

use aura_errors::{Reason, Taxonomy};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::super::support::{body, read};
use super::{check, reads};

/// Writes a number as a text with a mark.
mod marked {
    use super::*;

    pub(super) fn serialize<S: Serializer>(number: &u32, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("#{number}"))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u32, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.trim_start_matches('#').parse().map_err(serde::de::Error::custom)
    }
}

fn shouted<S: Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&text.to_uppercase())
}

fn whispered<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Ok(String::deserialize(deserializer)?.to_lowercase())
}

fn seven() -> u32 {
    7
}

fn is_zero(number: &u32) -> bool {
    *number == 0
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Extra {
    first_part: u8,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    second_part: Option<u8>,
}

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = { "code": code, ..fields })]
enum Keys {
    #[error("rename")]
    #[api(400)]
    Rename {
        #[serde(rename = "the-id")]
        id: u8,
        r#type: u8,
    },

    #[error("alias")]
    #[api(400)]
    Alias {
        #[serde(alias = "ident", alias = "identity")]
        id: u8,
    },

    #[error("default")]
    #[api(400)]
    Default {
        #[serde(default)]
        list: Vec<u8>,
        #[serde(default = "seven")]
        count: u32,
        #[serde(default)]
        text: String,
    },

    #[error("skip")]
    #[api(400)]
    Skip {
        #[serde(default, skip_serializing_if = "is_zero")]
        count: u32,
        #[serde(skip_serializing_if = "Option::is_none")]
        text: Option<String>,
    },

    #[error("with")]
    #[api(400)]
    With {
        #[serde(with = "marked")]
        number: u32,
        #[serde(serialize_with = "shouted", deserialize_with = "whispered")]
        text: String,
        #[serde(default = "seven", deserialize_with = "marked::deserialize")]
        or_seven: u32,
    },

    #[error("flatten")]
    #[api(400)]
    Flatten {
        before: u8,
        #[serde(flatten)]
        extra: Extra,
        after: u8,
        #[serde(flatten)]
        rest: BTreeMap<String, serde_json::Value>,
    },

    #[error("flatten optional")]
    #[api(409)]
    FlattenOptional {
        #[serde(flatten)]
        extra: Option<Extra>,
    },

    #[error("unnamed")]
    #[api(400, body = { "code": code, "detail": detail })]
    Unnamed(#[serde(with = "marked")] u32),
}

#[test]
fn rename_is_the_name_on_the_wire() {
    check(Keys::Rename { id: 1, r#type: 2 }, r#"{"code":"rename","the-id":1,"type":2}"#);
}

#[test]
fn alias_is_read_and_never_written() {
    check(Keys::Alias { id: 1 }, r#"{"code":"alias","id":1}"#);
    reads(400, r#"{"code":"alias","ident":2}"#, Keys::Alias { id: 2 });
    reads(400, r#"{"code":"alias","identity":3}"#, Keys::Alias { id: 3 });
}

#[test]
fn default_stands_in_for_what_is_missing_or_of_another_type() {
    let default = || Keys::Default { list: vec![], count: 7, text: String::new() };
    reads(400, r#"{"code":"default"}"#, default());
    reads(400, r#"{"code":"default","list":"x","count":-1,"text":5}"#, default());
    reads(400, r#"{"code":"default","list":null,"count":null,"text":null}"#, default());
    check(
        Keys::Default { list: vec![1], count: 2, text: "t".into() },
        r#"{"code":"default","list":[1],"count":2,"text":"t"}"#,
    );
}

#[test]
fn skip_serializing_if_leaves_the_member_out() {
    check(Keys::Skip { count: 0, text: None }, r#"{"code":"skip"}"#);
    check(Keys::Skip { count: 1, text: Some("x".into()) }, r#"{"code":"skip","count":1,"text":"x"}"#);
}

#[test]
fn functions_are_called_as_serde_would() {
    let error = Keys::With { number: 5, text: "quiet".into(), or_seven: 7 };
    assert_eq!(body(&error), r##"{"code":"with","number":"#5","text":"QUIET","or_seven":7}"##);
    reads(
        400,
        r##"{"code":"with","number":"#5","text":"QUIET","or_seven":"#8"}"##,
        Keys::With { number: 5, text: "quiet".into(), or_seven: 8 },
    );
    // A default stands in for what the function does not take.
    reads(400, r##"{"code":"with","number":"#5","text":"QUIET","or_seven":9}"##, error);
    check(Keys::Unnamed(5), r##"{"code":"unnamed","detail":"#5"}"##);
}

#[test]
fn what_a_function_does_not_take_is_a_misfit_at_that_field() {
    let other = read::<Keys>(400, r#"{"code":"with","number":"x","text":"y"}"#).unwrap_err();
    match other.reason() {
        Reason::Fields { spec, path, .. } => assert_eq!((spec.variant(), path.as_str()), ("With", "/number")),
        other => panic!("{other:?}"),
    }
}

#[test]
fn flatten_puts_the_members_beside_the_others() {
    let rest = [("x".to_owned(), serde_json::json!([1]))].into();
    check(
        Keys::Flatten { before: 1, extra: Extra { first_part: 2, second_part: None }, after: 3, rest },
        r#"{"code":"flatten","before":1,"firstPart":2,"after":3,"x":[1]}"#,
    );
}

#[test]
fn an_absent_flattened_field_leaves_no_trace() {
    check(
        Keys::FlattenOptional { extra: Some(Extra { first_part: 2, second_part: Some(3) }) },
        r#"{"code":"flatten_optional","firstPart":2,"secondPart":3}"#,
    );
    check(Keys::FlattenOptional { extra: None }, r#"{"code":"flatten_optional"}"#);
}

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(
    body = { "code": code, "name": name, ..fields },
    rename_all = "SCREAMING_SNAKE_CASE",
    code_prefix = "APP-",
    fields(rename_all = "camelCase")
)]
enum Renamed {
    #[error("a")]
    #[api(400)]
    TooManyItems {
        max_items: u8,
        #[serde(rename = "as_is")]
        as_it_is: u8,
    },

    #[error("b")]
    #[api(400, name = "own_name")]
    OwnName,

    #[error("c")]
    #[api(400, code = "own-code")]
    OwnCode,
}

#[test]
fn rename_all_gives_names_and_codes_and_fields_rename_all_the_members() {
    check(
        Renamed::TooManyItems { max_items: 1, as_it_is: 2 },
        r#"{"code":"APP-TOO_MANY_ITEMS","name":"TOO_MANY_ITEMS","maxItems":1,"as_is":2}"#,
    );
    check(Renamed::OwnName, r#"{"code":"APP-own_name","name":"own_name"}"#);
    check(Renamed::OwnCode, r#"{"code":"own-code","name":"OWN_CODE"}"#);
}
