//! The records.

use serde::{Deserialize, Serialize};

/// What a contact is made of, before the server gave it a number.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "validator", derive(validator::Validate))]
#[serde(deny_unknown_fields)]
pub struct NewContact {
    /// 1 to 100 characters.
    #[cfg_attr(feature = "validator", validate(length(min = 1, max = 100)))]
    pub name: String,
    /// No two contacts have the same.
    #[cfg_attr(feature = "validator", validate(email))]
    #[serde(default)]
    pub email: Option<String>,
    /// The name of a group that exists.
    #[serde(default)]
    pub group: Option<String>,
}

/// A contact as it is stored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Contact {
    /// The number the server gave it.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// Its e-mail address.
    pub email: Option<String>,
    /// The group it is in.
    pub group: Option<String>,
}

/// One page of contacts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Contacts {
    /// In the order of their numbers.
    pub contacts: Vec<Contact>,
    /// What to ask for as `after` to get the next page; absent on the last one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<i64>,
}
