//! For [validator](https://docs.rs/validator/0.21) 0.21 (feature `validator021`): what it finds, as
//! [`FieldError`]s.
//!
//! ```
//! use aura_errors::IntoFieldErrors;
//! use validator::Validate;
//!
//! #[derive(Validate)]
//! struct Order {
//!     #[validate(email)]
//!     email: String,
//!     #[validate(nested)]
//!     items: Vec<Item>,
//! }
//!
//! #[derive(Validate)]
//! struct Item {
//!     #[validate(length(min = 1), custom(function = "not_reserved"))]
//!     name: String,
//! }
//!
//! fn not_reserved(name: &str) -> Result<(), validator::ValidationError> {
//!     match name {
//!         "root" => Err(validator::ValidationError::new("reserved").with_message("is reserved".into())),
//!         _ => Ok(()),
//!     }
//! }
//!
//! let order = Order { email: "ada".into(), items: vec![Item { name: "root".into() }] };
//! let errors = order.validate().unwrap_err().into_field_errors(["body"]);
//! assert_eq!(errors[0].loc, ["body", "email"]);
//! assert_eq!(errors[0].msg, "value is not a valid email address");
//! assert_eq!(errors[0].kind, "value_error.email");
//! assert_eq!(errors[1].to_string(), "body.items[0].name: is reserved");
//! assert_eq!(errors[1].kind, "reserved");
//! ```
//!
//! - **`loc`** is made of the names of the fields in Rust, as validator does not know serde's: give a field
//!   that serde renames the same name in both, or put it right in [`FieldError::loc`]. Of a map validator
//!   keeps no keys: an entry is known by its number, in the order of the map. A rule of the struct itself
//!   (`schema`) has the place of the struct.
//! - **`msg`** is the rule's `message`, else a text for the rule, with its limits. The value that was
//!   rejected is in neither, unless a message has it.
//! - **`type`** is `value_error.` and validator's code for the rule (`value_error.length`);
//!   `value_error.missing` for `required`; a code of your own as it is.
//! - **The order** is that of the places, and there are at most 100, the first ones: a large body could have
//!   so many that they are much larger than it.
//!
#![cfg_attr(
    any(feature = "axum08", feature = "actix4"),
    doc = "[`Valid`] checks what an extractor has read, and rejects it with what is found."
)]

use std::borrow::Cow;
use std::collections::HashMap;

use ::validator::{ValidationError, ValidationErrors, ValidationErrorsKind};
use serde_json::Value;

use super::validation::{MOST, by_place};
use crate::{FieldError, IntoFieldErrors, Loc};

#[cfg(any(feature = "axum08", feature = "actix4"))]
super::valid::extractor!("validator021", ::validator::Validate::validate, ::validator::Validate);

type Params = HashMap<Cow<'static, str>, Value>;

/// The key of what concerns the struct itself.
const STRUCT: &str = "__all__";

/// The key under which a collection that is checked by itself has its elements.
const COLLECTION: &str = "_tmp_validator";

#[cfg_attr(docsrs, doc(cfg(feature = "validator021")))]
impl IntoFieldErrors for ValidationErrors {
    fn into_field_errors(self, at: impl IntoIterator<Item: Into<Loc>>) -> Vec<FieldError> {
        let mut found = Vec::new();
        let at: Vec<Loc> = at.into_iter().map(Into::into).collect();
        collect(&self, &at, &mut found);
        let mut found = by_place(found);
        found.truncate(MOST);
        found
    }
}

fn collect(errors: &ValidationErrors, at: &[Loc], found: &mut Vec<FieldError>) {
    let mut names: Vec<_> = errors.errors().iter().collect();
    // What is left out is not left to the order of a map.
    names.sort_unstable_by_key(|(name, _)| *name);
    for (name, kind) in names {
        if found.len() >= MOST {
            return;
        }
        let at = match name.as_ref() {
            STRUCT | COLLECTION => at.to_vec(),
            name => below(at, name.strip_prefix("r#").unwrap_or(name)),
        };
        match kind {
            ValidationErrorsKind::Struct(inner) => collect(inner, &at, found),
            ValidationErrorsKind::List(items) => {
                for (index, inner) in items.iter().take(MOST) {
                    collect(inner, &below(&at, *index), found);
                }
            }
            ValidationErrorsKind::Field(errors) => {
                found.extend(errors.iter().map(|error| violation(at.clone(), error)));
            }
        }
    }
}

fn below(at: &[Loc], step: impl Into<Loc>) -> Vec<Loc> {
    [at, &[step.into()]].concat()
}

fn violation(at: Vec<Loc>, error: &ValidationError) -> FieldError {
    let (text, kind) = match of_rule(&error.code, &error.params) {
        Some((text, rule)) => (text, format!("value_error.{rule}")),
        None => ("value is not valid".into(), error.code.to_string()),
    };
    FieldError::new(at, error.message.as_deref().unwrap_or(&text), kind)
}

/// The text for a rule of validator's own, and its name; `None` for others.
///
/// Of the parameters only limits are shown: among the others is the value.
fn of_rule<'a>(code: &'a str, params: &Params) -> Option<(Cow<'static, str>, &'a str)> {
    let text = match code {
        "length" => return Some((limits("length must be ", params), code)),
        "range" => return Some((limits("must be ", params), code)),
        "required" => return Some(("field required".into(), "missing")),
        "email" => "value is not a valid email address",
        "url" => "value is not a valid URL",
        "ip" => "value is not a valid IP address",
        "credit_card" => "card number is not valid",
        "must_match" => "values do not match",
        "regex" => "value does not have the required form",
        "contains" => "a required part is missing",
        "does_not_contain" => "has a part that is not permitted",
        "non_control_character" => "control characters are not permitted",
        _ => return None,
    };
    Some((text.into(), code))
}

fn limits(start: &str, params: &Params) -> Cow<'static, str> {
    let limits: Vec<String> = [
        ("equal", "exactly"),
        ("min", "at least"),
        ("exclusive_min", "greater than"),
        ("max", "at most"),
        ("exclusive_max", "less than"),
    ]
    .iter()
    .filter_map(|(name, words)| match params.get(*name)? {
        Value::Number(limit) => Some(format!("{words} {limit}")),
        _ => None,
    })
    .collect();
    match limits.is_empty() {
        true => "value is out of range".into(),
        false => format!("{start}{}", limits.join(" and ")).into(),
    }
}
