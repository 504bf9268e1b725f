//! Two states of a contract, compared rule by rule.

mod body;
mod codes;
mod errors;
mod fields;

use serde::Serialize;

use super::file::{Accepted, Lock};
use super::rules::{Rule, Severity};
use crate::Json;
use crate::model::{Error, Nested, Taxonomy};

/// One difference between two states of a contract.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Difference {
    /// The rule.
    pub rule: Rule,
    /// Where: the name of an error, `name.field`, or the name of a taxonomy.
    pub at: String,
    /// The value before; `None` where there was none.
    pub from: Option<Json>,
    /// The value after; `None` where there is none.
    pub to: Option<Json>,
    /// The reason it was accepted for, by an entry in the lock.
    pub accepted: Option<String>,
}

impl Difference {
    /// How much it matters: as the rule says, and a notice at most once it is accepted.
    #[must_use]
    pub fn severity(&self) -> Severity {
        match self.accepted {
            Some(_) => self.rule.severity().min(Severity::Notice),
            None => self.rule.severity(),
        }
    }
}

/// What changed between the state in a lock and a newer one: the worst first, else in the order of
/// the errors. Empty when nothing did.
#[must_use]
pub fn compare(lock: &Lock, new: &Taxonomy) -> Vec<Difference> {
    let old = &lock.taxonomy;
    // Whatever names occur twice in it.
    if old == new {
        return Vec::new();
    }
    let mut found = Differences { accepted: &lock.accepted, list: Vec::new() };
    taxonomies(&mut found, old, new);
    let pairs = pair(old, new);
    for (_, removed) in pairs.removed() {
        let rule = match removed.deprecated {
            Some(_) => Rule::DeprecatedErrorRemoved,
            None => Rule::ErrorRemoved,
        };
        found.add(rule, &removed.name, summary(removed), None);
    }
    for pair in &pairs.pairs {
        match pair.old {
            Some(old) => errors::compare(&mut found, old, pair.new),
            None if lock.removed.iter().any(|grave| codes::is_back(grave, pair.new.1)) => {
                found.add(Rule::ErrorRestored, &pair.new.1.name, None, summary(pair.new.1));
            }
            None => found.add(Rule::ErrorAdded, &pair.new.1.name, None, summary(pair.new.1)),
        }
        codes::reused(&mut found, lock, pair);
    }
    if found.list.is_empty() {
        found.add(Rule::RecordChanged, &new.name, None, None);
    }
    found.list.sort_by_key(|difference| std::cmp::Reverse(difference.severity()));
    found.list
}

/// The differences found so far.
struct Differences<'a> {
    accepted: &'a [Accepted],
    list: Vec<Difference>,
}

impl Differences<'_> {
    fn add(&mut self, rule: Rule, at: &str, from: Option<Json>, to: Option<Json>) {
        let accepted = self.accepted.iter().find(|accepted| {
            accepted.rule == rule.id() && accepted.at == at && accepted.from == from && accepted.to == to
        });
        let accepted = accepted.map(|accepted| accepted.reason.clone());
        self.list.push(Difference { rule, at: at.to_owned(), from, to, accepted });
    }

    /// Adds a difference if the two are not equal.
    fn unless_equal<T: PartialEq + Serialize>(&mut self, rule: Rule, at: &str, old: &T, new: &T) {
        if old != new {
            self.add(rule, at, json(old), json(new));
        }
    }
}

/// As JSON; `None` for what is `null` or an empty list.
fn json(value: &impl Serialize) -> Option<Json> {
    let json = serde_json::to_string(value).ok().and_then(|text| serde_json::from_str(&text).ok())?;
    match json {
        Json::Null => None,
        Json::Array(elements) if elements.is_empty() => None,
        json => Some(json),
    }
}

/// An error in short, as the value of its addition or removal.
fn summary(error: &Error) -> Option<Json> {
    Some(Json::object([
        ("status", Json::from(error.status)),
        ("code", error.code.clone().map(Json::from).into()),
    ]))
}

/// An error with the taxonomy it belongs to.
type Owned<'a> = (&'a Taxonomy, &'a Error);

/// An error of now, and what it was before.
struct Pair<'a> {
    old: Option<Owned<'a>>,
    new: Owned<'a>,
}

struct Pairs<'a> {
    old: Vec<Owned<'a>>,
    /// In the order of the newer state.
    pairs: Vec<Pair<'a>>,
}

impl<'a> Pairs<'a> {
    fn removed(&self) -> impl Iterator<Item = Owned<'a>> {
        self.old.iter().copied().filter(|(_, error)| !self.is_paired(error))
    }

    fn is_paired(&self, old: &Error) -> bool {
        self.pairs.iter().any(|pair| pair.old.is_some_and(|(_, error)| std::ptr::eq(error, old)))
    }
}

/// Whether an error of before is an error of now.
type Same<'a> = dyn Fn(&Owned<'_>, &Owned<'_>) -> bool + 'a;

/// Errors are the same when they have the same name; else the same code; else the same variant of
/// the same taxonomy.
fn pair<'a>(old: &'a Taxonomy, new: &'a Taxonomy) -> Pairs<'a> {
    let pairs = new.all().map(|new| Pair { old: None, new }).collect();
    let mut pairs = Pairs { old: old.all().collect(), pairs };
    let same_name = |old: &Owned<'_>, new: &Owned<'_>| old.1.name == new.1.name;
    let same_code = |old: &Owned<'_>, new: &Owned<'_>| match (&old.1.code, &new.1.code) {
        (Some(old), Some(new)) => old.matches(new),
        _ => false,
    };
    let same_variant =
        |old: &Owned<'_>, new: &Owned<'_>| old.0.name == new.0.name && old.1.variant == new.1.variant;
    let rules: [&Same<'_>; 3] = [&same_name, &same_code, &same_variant];
    for rule in rules {
        for index in 0..pairs.pairs.len() {
            if pairs.pairs[index].old.is_none() {
                let new = pairs.pairs[index].new;
                // In this order: nearly all fail the rule, and the pairs are many.
                let mut found = pairs.old.iter().filter(|old| rule(old, &new) && !pairs.is_paired(old.1));
                let found = found.next().copied();
                pairs.pairs[index].old = found;
            }
        }
    }
    pairs
}

/// What is declared on the types.
fn taxonomies(found: &mut Differences<'_>, old: &Taxonomy, new: &Taxonomy) {
    let at = &new.name;
    found.unless_equal(Rule::TaxonomyRenamed, at, &old.name, &new.name);
    for gone in old.reserved.iter().filter(|code| !new.reserved.contains(code)) {
        found.add(Rule::ReservedRemoved, at, json(gone), None);
    }
    found.unless_equal(Rule::FallbackChanged, at, &old.fallback, &new.fallback);
    headers(found, at, old, new);
    let texts = |taxonomy: &Taxonomy| {
        [taxonomy.title.clone(), taxonomy.description.clone(), taxonomy.docs_url.clone().unwrap_or_default()]
    };
    found.unless_equal(Rule::DocumentationChanged, at, &texts(old), &texts(new));
    body::compare(found, at, &old.body, &new.body);
    for nested in &old.nested {
        match nested_of(new, nested) {
            Some(now) => taxonomies(found, &nested.catalog, now),
            None => found.add(Rule::NestedRemoved, at, json(&nested.catalog.name), None),
        }
    }
    for nested in &new.nested {
        if nested_of(old, nested).is_none() {
            found.add(Rule::NestedAdded, at, None, json(&nested.catalog.name));
        }
    }
}

/// The headers in which every error of a type says something.
fn headers(found: &mut Differences<'_>, at: &str, old: &Taxonomy, new: &Taxonomy) {
    let code_header = match old.code_header {
        Some(_) => Rule::CodeHeaderChanged,
        None => Rule::CodeHeaderAdded,
    };
    found.unless_equal(code_header, at, &old.code_header, &new.code_header);
    found.unless_equal(Rule::RetryHeaderChanged, at, &old.retry_header, &new.retry_header);
    found.unless_equal(Rule::ResetHeaderChanged, at, &old.reset_header, &new.reset_header);
}

/// The nested taxonomy of the same name; of several the one in the same variant, else the first.
fn nested_of<'a>(taxonomy: &'a Taxonomy, wanted: &Nested) -> Option<&'a Taxonomy> {
    let named = || taxonomy.nested.iter().filter(|nested| nested.catalog.name == wanted.catalog.name);
    let found = named().find(|nested| nested.variant == wanted.variant).or_else(|| named().next());
    found.map(|nested| &nested.catalog)
}
