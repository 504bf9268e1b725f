//! Names that are valid in a program, each given once.

use std::collections::HashSet;

use super::Named;
use crate::model::Taxonomy;

/// Names of types that are taken already.
pub(crate) struct Names(HashSet<String>);

impl Names {
    /// With the names that a language or its runtime has for itself.
    pub(crate) fn new(taken: &[&str]) -> Self {
        Self(taken.iter().map(|name| (*name).to_owned()).collect())
    }

    /// The first of some wishes that is free, else the last with something behind it.
    pub(crate) fn give(&mut self, wishes: &[&str]) -> String {
        let wishes: Vec<String> = wishes.iter().map(|wish| identifier(wish)).collect();
        let last = wishes.last().cloned().unwrap_or_default();
        let numbered = (2..).map(|number: u32| format!("{last}{number}"));
        let found = wishes.into_iter().chain([format!("{last}Error")]).chain(numbered);
        let found = found.into_iter().find(|name| self.0.insert(name.clone()));
        found.unwrap_or(last)
    }

    /// The types of all errors, in the order of the catalogue.
    pub(crate) fn errors<'a>(&mut self, taxonomy: &'a Taxonomy) -> Vec<Named<'a>> {
        let named = taxonomy.all().map(|(owner, error)| {
            // A struct is a taxonomy of one error.
            let second = match error.variant.strip_suffix("Error") {
                _ if error.variant != owner.name => format!("{}{}", owner.name, error.variant),
                Some(short) => short.to_owned(),
                None => format!("{}Error", error.variant),
            };
            Named { taxonomy: owner, error, type_name: self.give(&[&error.variant, &second]) }
        });
        named.collect()
    }
}

/// As an identifier: every character but ASCII letters, digits and `_` becomes `_`.
pub(crate) fn identifier(text: &str) -> String {
    let mut out: String = text
        .chars()
        .map(|character| if character.is_ascii_alphanumeric() { character } else { '_' })
        .collect();
    if out.is_empty() || out.starts_with(|first: char| first.is_ascii_digit()) {
        out.insert(0, '_');
    }
    out
}

/// `retryAfter` and `X-Version` as `retry_after` and `x_version`.
pub(crate) fn snake(text: &str) -> String {
    let mut out = String::new();
    let mut after_lower = false;
    for character in identifier(text).chars() {
        if character.is_ascii_uppercase() && after_lower {
            out.push('_');
        }
        after_lower = character.is_ascii_lowercase() || character.is_ascii_digit();
        out.push(character.to_ascii_lowercase());
    }
    out
}

/// `not_found` and `rich/no-page` as `NotFound` and `RichNoPage`.
#[cfg(feature = "python")]
pub(crate) fn camel(text: &str) -> String {
    let words = text.split(|character: char| !character.is_ascii_alphanumeric());
    words.fold(String::new(), |mut out, word| {
        let mut characters = word.chars();
        out.extend(characters.next().map(|first| first.to_ascii_uppercase()));
        out.push_str(characters.as_str());
        out
    })
}

#[cfg(all(test, feature = "python"))]
mod tests {
    use super::{Names, camel, identifier, snake};

    #[test]
    fn every_name_is_given_once() {
        let mut names = Names::new(&["Error"]);
        assert_eq!(names.give(&["NotFound", "ApiNotFound"]), "NotFound");
        assert_eq!(names.give(&["NotFound", "ApiNotFound"]), "ApiNotFound");
        assert_eq!(names.give(&["NotFound", "ApiNotFound"]), "ApiNotFoundError");
        assert_eq!(names.give(&["NotFound", "ApiNotFound"]), "ApiNotFound2");
        assert_eq!(names.give(&["Error"]), "ErrorError");
    }

    #[test]
    fn words() {
        assert_eq!(identifier("rich/no-page"), "rich_no_page");
        assert_eq!(identifier("1st"), "_1st");
        assert_eq!(identifier(""), "_");
        assert_eq!(identifier("*/ evil"), "___evil");
        assert_eq!(snake("pageNumber"), "page_number");
        assert_eq!(snake("X-Request-Id"), "x_request_id");
        assert_eq!(camel("rich/no-page"), "RichNoPage");
    }
}
