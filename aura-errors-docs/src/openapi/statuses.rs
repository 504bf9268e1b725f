//! Which errors stand under which status.

use std::collections::BTreeMap;

use crate::json_schema::names::Named;
use crate::json_schema::open;
use crate::model::Error;

/// Up to so many statuses of a range that is no whole hundred stand by themselves.
const EACH: u16 = 10;

/// What stands under one key of a Responses Object.
pub(super) struct Entry<'a, 'n> {
    pub(super) key: String,
    pub(super) errors: Vec<&'n Named<'a>>,
    /// The taxonomies of the whole selection, by their index: errors that are not known yet are of one.
    pub(super) owners: Vec<usize>,
}

impl<'a, 'n> Entry<'a, 'n> {
    /// The response of one error.
    pub(super) fn alone(named: &'n Named<'a>) -> Self {
        Self { key: named.key.clone(), errors: vec![named], owners: vec![named.owner] }
    }

    /// Whether one of the errors is of this taxonomy.
    pub(super) fn has_one_of(&self, owner: usize) -> bool {
        self.errors.iter().any(|named| named.owner == owner)
    }

    /// Whether an example with this status belongs here.
    pub(super) fn shows(&self, status: u16) -> bool {
        self.key.parse().map_or(true, |key: u16| key == status)
    }
}

/// In the order `404`, `4XX`, `500`, `5XX`, `default`.
pub(super) fn entries<'a, 'n>(errors: &[&'n Named<'a>]) -> Vec<Entry<'a, 'n>> {
    let mut by_key: BTreeMap<String, Vec<&'n Named<'a>>> = BTreeMap::new();
    for named in errors {
        for key in keys(named.error) {
            by_key.entry(key).or_default().push(named);
        }
    }
    let mut owners: Vec<usize> = errors.iter().map(|named| named.owner).collect();
    owners.sort_unstable();
    owners.dedup();

    let mut entries: Vec<Entry<'a, 'n>> = Vec::new();
    for (key, mut known) in by_key {
        if let Ok(status) = key.parse::<u16>() {
            let further = errors.iter().copied().filter(|named| {
                named.error.statuses().contains(&status)
                    && !known.iter().any(|other| std::ptr::eq(*other, *named))
                    && is_told_by_its_code(named)
            });
            let further: Vec<_> = further.collect();
            known.extend(further);
        }
        entries.push(Entry { key, errors: known, owners: owners.clone() });
    }
    if !entries.is_empty() {
        entries.push(Entry { key: "default".to_owned(), errors: Vec::new(), owners });
    }
    entries
}

fn keys(error: &Error) -> Vec<String> {
    let (first, last) = (*error.statuses().start(), *error.statuses().end());
    let mut keys = Vec::new();
    for hundred in first / 100..=last / 100 {
        let (from, to) = (first.max(hundred * 100), last.min((hundred * 100).saturating_add(99)));
        let is_whole = to - from == 99;
        match is_whole || to - from >= EACH {
            true => keys.push(format!("{hundred}XX")),
            false => keys.extend((from..=to).map(|status| status.to_string())),
        }
    }
    keys
}

/// Without a code an exact status is taken for the error that declares just that.
fn is_told_by_its_code(named: &Named<'_>) -> bool {
    let error = named.error;
    error.code.is_some() && (named.code_header.is_some() || open::holds_code(named.body))
}
