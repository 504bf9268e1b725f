//! What serde says of a value, in words that are fit for a client: no Rust types, no values, nothing
//! of what a type's own `Deserialize` may print.
//!
//! The texts and kinds are those of pydantic, as [`FieldError`] is: a client of the Aura API knows
//! them.

use crate::integrations::validation::key;
use crate::{FieldError, Loc};

/// The text, and the kind.
pub(crate) type Words = (&'static str, &'static str);

const NOT_VALID: Words = ("value is not valid", "value_error");
const MISSING: Words = ("field required", "value_error.missing");
const EXTRA: Words = ("extra fields not permitted", "value_error.extra");
const TWICE: Words = ("field given more than once", "value_error.duplicate");
const NULL: Words = ("none is not an allowed value", "type_error.none.not_allowed");
const ENUM: Words = ("value is not a valid enumeration member", "type_error.enum");
const LENGTH: Words = ("wrong number of items", "value_error.length");
const RANGE: Words = ("value is out of range", "value_error.number.out_of_range");
const INTEGER: Words = ("value is not a valid integer", "type_error.integer");
const FLOAT: Words = ("value is not a valid float", "type_error.float");
const BOOL: Words = ("value could not be parsed to a boolean", "type_error.bool");
const STR: Words = ("str type expected", "type_error.str");
const LIST: Words = ("value is not a valid list", "type_error.list");
const DICT: Words = ("value is not a valid dict", "type_error.dict");
pub(crate) const NOT_UTF_8: Words = ("value is not valid UTF-8", "value_error.unicode");

/// What our own readers say of bytes that are no text.
pub(super) const NOT_TEXT: &str = "not UTF-8";

/// The violation at `loc` that an error message of serde tells.
pub(crate) fn violation(mut loc: Vec<Loc>, message: &str) -> FieldError {
    let ((msg, kind), member) = of_message(message);
    // A missing member is reported of the object that lacks it; of others the path may know.
    if let Some(member) = member {
        let member = key(member);
        if (msg, kind) == MISSING || loc.last() != Some(&member) {
            loc.push(member);
        }
    }
    FieldError::new(loc, msg, kind)
}

/// What a message says, and the member that it names.
pub(crate) fn of_message(message: &str) -> (Words, Option<&str>) {
    for (start, words) in [("missing field `", MISSING), ("duplicate field `", TWICE)] {
        if let Some(rest) = message.strip_prefix(start) {
            return (words, rest.rsplit_once('`').map(|(member, _)| member));
        }
    }
    if let Some(rest) = message.strip_prefix("unknown field `") {
        // The client's name may have what ends it here, the server's after it have not.
        let end = ["`, expected ", "`, there are no fields"].iter().filter_map(|end| rest.rfind(end)).max();
        return (EXTRA, end.map(|end| &rest[..end]));
    }
    (of_value(message), None)
}

fn of_value(message: &str) -> Words {
    if message.starts_with("unknown variant `") {
        return ENUM;
    }
    if message.starts_with("invalid length ") {
        return LENGTH;
    }
    if message.starts_with("invalid type: null,") {
        return NULL;
    }
    if let Some(rest) = message.strip_prefix("invalid type: ") {
        return expected(rest).map_or(NOT_VALID, not_a);
    }
    if let Some(rest) = message.strip_prefix("invalid value: ") {
        let is_number = rest.starts_with("integer `") || rest.starts_with("floating point `");
        return match expected(rest).map(not_a) {
            Some(INTEGER | FLOAT) if is_number => RANGE,
            Some(words) => words,
            None => NOT_VALID,
        };
    }
    // actix says what it parsed too, which stands before.
    if let Some((_, expected)) =
        message.strip_prefix("can not parse ").and_then(|rest| rest.rsplit_once(" to a "))
    {
        return not_a(expected);
    }
    // Of texts that are parsed, as in queries: the messages of std.
    match message {
        NOT_TEXT => NOT_UTF_8,
        "invalid digit found in string" | "cannot parse integer from empty string" => INTEGER,
        "number too large to fit in target type" | "number too small to fit in target type" => RANGE,
        "invalid float literal" | "cannot parse float from empty string" => FLOAT,
        "provided string was not `true` or `false`" => BOOL,
        _ => NOT_VALID,
    }
}

/// What stands last in `…, expected u32 at line 1 column 2`.
fn expected(message: &str) -> Option<&str> {
    let (_, expected) = message.rsplit_once(", expected ")?;
    Some(expected.rsplit_once(" at line ").map_or(expected, |(expected, _)| expected))
}

/// Of a value that is not of this type, as serde or axum name it.
pub(crate) fn not_a(expected: &str) -> Words {
    match expected {
        "i8" | "i16" | "i32" | "i64" | "i128" | "isize" | "u8" | "u16" | "u32" | "u64" | "u128" | "usize" => {
            INTEGER
        }
        "f32" | "f64" => FLOAT,
        "bool" | "a boolean" => BOOL,
        "a string" | "a borrowed string" | "a character" | "String" | "char" => STR,
        "a sequence" => LIST,
        "a map" => DICT,
        _ if expected.starts_with("struct ") => DICT,
        _ if expected.starts_with("a tuple ") || expected.starts_with("an array ") => LIST,
        _ => NOT_VALID,
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;
    use serde::de::DeserializeOwned;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[allow(dead_code)]
    struct Inner {
        a: u8,
    }

    fn said<T: DeserializeOwned + std::fmt::Debug>(json: &str) -> FieldError {
        violation(vec![Loc::from("body")], &serde_json::from_str::<T>(json).unwrap_err().to_string())
    }

    fn kind<T: DeserializeOwned + std::fmt::Debug>(json: &str) -> String {
        said::<T>(json).kind
    }

    #[test]
    fn what_serde_json_says() {
        assert_eq!(kind::<u8>("\"secret, expected u8\""), INTEGER.1);
        assert_eq!(kind::<u8>("1.5"), INTEGER.1);
        assert_eq!(kind::<u8>("300"), RANGE.1);
        assert_eq!(kind::<u8>("-1"), RANGE.1);
        assert_eq!(kind::<u8>("null"), NULL.1);
        assert_eq!(kind::<f64>("true"), FLOAT.1);
        assert_eq!(kind::<bool>("1"), BOOL.1);
        assert_eq!(kind::<String>("1"), STR.1);
        assert_eq!(kind::<char>("\"ab\""), STR.1);
        assert_eq!(kind::<Vec<u8>>("{}"), LIST.1);
        assert_eq!(kind::<(u8, u8)>("{}"), LIST.1);
        assert_eq!(kind::<(u8, u8)>("[1]"), LENGTH.1);
        assert_eq!(kind::<std::collections::HashMap<String, u8>>("[]"), DICT.1);
        assert_eq!(kind::<Inner>("1"), DICT.1);
        assert_eq!(kind::<crate::Retry>("\"perhaps\""), ENUM.1);
        assert_eq!(said::<Inner>("{}"), FieldError::missing(["body", "a"]));
        assert_eq!(said::<Inner>(r#"{"b":1}"#).loc, ["body", "b"]);
        assert_eq!(kind::<Inner>(r#"{"b":1}"#), EXTRA.1);
        assert_eq!(kind::<Inner>(r#"{"a":1,"a":1}"#), TWICE.1);
        let odd = "b`, expected `c";
        assert_eq!(said::<Inner>(&format!(r#"{{"{odd}":1}}"#)).loc, ["body", odd]);
        let long = "x".repeat(101);
        assert_eq!(said::<Inner>(&format!(r#"{{"{long}":1}}"#)).loc, ["body", &format!("{}…", &long[1..])]);
    }

    #[test]
    fn what_std_says() {
        let message = |error: &dyn std::error::Error| of_message(&error.to_string()).0;
        assert_eq!(message(&"x".parse::<u8>().unwrap_err()), INTEGER);
        assert_eq!(message(&"".parse::<u8>().unwrap_err()), INTEGER);
        assert_eq!(message(&"300".parse::<u8>().unwrap_err()), RANGE);
        assert_eq!(message(&"-300".parse::<i8>().unwrap_err()), RANGE);
        assert_eq!(message(&"x".parse::<f64>().unwrap_err()), FLOAT);
        assert_eq!(message(&"".parse::<f64>().unwrap_err()), FLOAT);
        assert_eq!(message(&"x".parse::<bool>().unwrap_err()), BOOL);
        assert_eq!(message(&"no bigger secret".parse::<std::net::IpAddr>().unwrap_err()), NOT_VALID);
    }

    #[test]
    fn what_actix_says() {
        let kind = |message| of_message(message).0;
        assert_eq!(kind("can not parse \"x\" to a u64"), INTEGER);
        assert_eq!(kind("can not parse \" to a bool\" to a f32"), FLOAT);
        assert_eq!(kind("can not parse \"secret\""), NOT_VALID);
    }

    #[test]
    fn nothing_of_a_message_passes() {
        for message in
            ["", "password 123 is wrong", "invalid type: secret", "invalid value: secret, expected secret"]
        {
            assert_eq!(of_message(message), (NOT_VALID, None), "{message}");
        }
    }
}
