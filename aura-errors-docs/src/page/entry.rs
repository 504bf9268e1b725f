//! The errors of a page in their order, each with its anchor.

use std::collections::HashSet;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::model::{Body, BodyKind, Code, Error, Place, Taxonomy};

/// A taxonomy and its own errors, by status.
pub(crate) struct Group<'a> {
    pub(crate) taxonomy: &'a Taxonomy,
    pub(crate) entries: Vec<Entry<'a>>,
}

/// One error of the page.
pub(crate) struct Entry<'a> {
    pub(crate) taxonomy: &'a Taxonomy,
    pub(crate) error: &'a Error,
    /// The id of its element: the name.
    pub(crate) anchor: String,
    /// Other ids that lead to it: its codes.
    pub(crate) aliases: Vec<String>,
}

impl<'a> Entry<'a> {
    pub(crate) fn body(&self) -> &'a Body {
        self.taxonomy.body_of(self.error)
    }

    /// The codes that travel: none where neither the body nor a header has a place for one.
    pub(crate) fn codes(&self) -> impl Iterator<Item = &'a Code> + use<'a> {
        let sent = self.taxonomy.code_header.is_some() || self.body_holds(&Place::Code);
        self.error.codes().filter(move |_| sent)
    }

    /// The message, where it travels and is known.
    pub(crate) fn message(&self) -> Option<&'a str> {
        self.error.message.as_deref().filter(|_| self.body_holds(&Place::Message))
    }

    fn body_holds(&self, place: &Place) -> bool {
        self.body().written().is_some_and(|written| match (written.kind, &written.template) {
            (BodyKind::Json, Some(template)) => template.has(place),
            (BodyKind::Text, _) => *place == Place::Message,
            // Nothing is known about it.
            (BodyKind::Custom, _) => true,
            _ => false,
        })
    }
}

/// Every taxonomy that has errors of its own, the outer one first.
pub(crate) fn groups(taxonomy: &Taxonomy) -> Vec<Group<'_>> {
    let mut groups = Vec::new();
    collect(taxonomy, &mut groups);
    let mut taken = HashSet::new();
    for entry in groups.iter_mut().flat_map(|group: &mut Group<'_>| &mut group.entries) {
        let id = id(&entry.error.name);
        entry.anchor = id.clone();
        // Names are unique where the derive made the catalogue, but a file may say anything.
        for number in 2.. {
            if taken.insert(entry.anchor.clone()) {
                break;
            }
            entry.anchor = format!("{id}-{number}");
        }
    }
    for entry in groups.iter_mut().flat_map(|group| &mut group.entries) {
        let ids = entry.codes().map(|code| id(&code.to_string()));
        entry.aliases = ids.filter(|id| taken.insert(id.clone())).collect();
    }
    groups
}

fn collect<'a>(taxonomy: &'a Taxonomy, groups: &mut Vec<Group<'a>>) {
    if !taxonomy.errors.is_empty() {
        let entry = |error| Entry { taxonomy, error, anchor: String::new(), aliases: Vec::new() };
        let mut entries: Vec<_> = taxonomy.errors.iter().map(entry).collect();
        entries.sort_by_key(|entry| (entry.error.status, entry.error.last_status));
        groups.push(Group { taxonomy, entries });
    }
    for nested in &taxonomy.nested {
        collect(&nested.catalog, groups);
    }
}

/// An id holds no white space.
fn id(text: &str) -> String {
    text.chars().map(|c| if c.is_whitespace() || c.is_control() { '-' } else { c }).collect()
}

/// An id as it stands after `#` in a link.
pub(crate) fn fragment(id: &str) -> String {
    const UNFIT: &AsciiSet =
        &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');
    utf8_percent_encode(id, UNFIT).to_string()
}
