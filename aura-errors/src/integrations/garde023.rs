//! For [garde](https://docs.rs/garde/0.23) 0.23 (feature `garde023`): what it finds, as [`FieldError`]s.
//!
//! ```
//! use aura_errors::IntoFieldErrors;
//! use garde::Validate;
//! use std::collections::HashMap;
//!
//! #[derive(Validate)]
//! struct Order {
//!     #[garde(contains("@"))]
//!     email: String,
//!     #[garde(dive)]
//!     items: HashMap<String, Item>,
//! }
//!
//! #[derive(Validate)]
//! struct Item {
//!     #[garde(length(min = 1))]
//!     name: String,
//! }
//!
//! let items = [("a.b".to_owned(), Item { name: String::new() })].into();
//! let order = Order { email: "ada".into(), items };
//! let errors = order.validate().unwrap_err().into_field_errors(["body"]);
//! assert_eq!(errors[0].loc, ["body", "email"]);
//! assert_eq!(errors[0].msg, "does not contain \"@\"");
//! assert_eq!(errors[0].kind, "value_error.contains");
//! assert_eq!(errors[1].loc, ["body", "items", "a.b", "name"]);
//! ```
//!
//! - **`loc`** is made of the names of the fields in Rust, as garde does not know serde's: give a field
//!   that serde renames the same name in both, or put it right in [`FieldError::loc`]. Of a map it has the
//!   keys. A rule of the struct itself has the place of the struct.
//! - **`msg`** is garde's. Its own texts do not have the value that was rejected in them, but the pattern
//!   or the part that a rule asks for; what a custom rule says is its author's.
//! - **`type`** is known from garde's own English texts, as it has no codes: `value_error.length`, `range`,
//!   `email`, `url`, `ip`, `credit_card`, `phone_number`, `regex`, `contains`, `prefix`, `suffix`,
//!   `must_match`, `ascii`, `alphanumeric`, and `missing` for `required`. For any other text, as of a custom
//!   rule, it is `value_error`.
//! - **The order** is that of the places, and there are at most 100, those that garde found first: a large
//!   body could have so many that they are much larger than it. So is of a key longer than 100 characters only
//!   the start shown.
//!
#![cfg_attr(
    any(feature = "axum08", feature = "actix4"),
    doc = "[`Valid`] checks what an extractor has read, and rejects it with what is found."
)]

use ::garde::error::Path;
use ::garde::{Error, Report};

use super::validation::{MOST, by_place, key};
use crate::{FieldError, IntoFieldErrors, Loc};

#[cfg(any(feature = "axum08", feature = "actix4"))]
super::valid::extractor!("garde023", ::garde::Validate::validate, ::garde::Validate<Context: Default>);

#[cfg_attr(docsrs, doc(cfg(feature = "garde023")))]
impl IntoFieldErrors for Report {
    fn into_field_errors(self, at: impl IntoIterator<Item: Into<Loc>>) -> Vec<FieldError> {
        let at: Vec<Loc> = at.into_iter().map(Into::into).collect();
        by_place(
            self.iter()
                .take(MOST)
                .map(|(path, error)| violation([&at[..], &steps(path)].concat(), error))
                .collect(),
        )
    }
}

fn violation(at: Vec<Loc>, error: &Error) -> FieldError {
    match error.message() {
        "not set" => FieldError::missing(at),
        text => FieldError::new(at, text, kind_of(text)),
    }
}

/// What garde's own texts start with.
fn kind_of(text: &str) -> &'static str {
    const KINDS: [(&str, &str); 15] = [
        ("length is ", "value_error.length"),
        ("lower than ", "value_error.range"),
        ("greater than ", "value_error.range"),
        ("not a valid email: ", "value_error.email"),
        ("not a valid url: ", "value_error.url"),
        ("not a valid IP", "value_error.ip"),
        ("not a valid credit card number: ", "value_error.credit_card"),
        ("not a valid phone number", "value_error.phone_number"),
        ("does not match pattern ", "value_error.regex"),
        ("does not match ", "value_error.must_match"),
        ("does not contain ", "value_error.contains"),
        ("value does not begin with ", "value_error.prefix"),
        ("does not end with ", "value_error.suffix"),
        ("not ascii", "value_error.ascii"),
        ("not alphanumeric", "value_error.alphanumeric"),
    ];
    KINDS.iter().find(|(start, _)| text.starts_with(start)).map_or("value_error", |(_, kind)| kind)
}

/// The path as garde serialises it: pairs of a kind (`none`, `key`, `index`) and a text.
fn steps(path: &Path) -> Vec<Loc> {
    let pairs = serde_json::to_value(path).and_then(serde_json::from_value::<Vec<(String, String)>>);
    pairs
        .unwrap_or_default()
        .into_iter()
        .filter_map(|(kind, text)| match kind.as_str() {
            "none" => None,
            "index" => Some(text.parse::<usize>().map_or(Loc::Name(text), Loc::from)),
            _ => Some(key(&text)),
        })
        .collect()
}
