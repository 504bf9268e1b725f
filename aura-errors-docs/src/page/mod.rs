//! The page that people read: what Markdown and HTML have in common.

mod check;
mod entry;
mod place;
mod prose;
mod wording;

use std::collections::BTreeMap;

use serde::Serialize;

pub use self::check::{PageError, check};
pub(crate) use self::entry::{Entry, Group, fragment, groups};
#[cfg(feature = "markdown")]
pub(crate) use self::place::members;
pub(crate) use self::place::skeleton;
#[cfg(feature = "html")]
pub(crate) use self::prose::{Form, to_html, to_text};
#[cfg(feature = "markdown")]
pub(crate) use self::prose::{begins_in_line, to_cell, to_line, to_markdown};
#[cfg(feature = "markdown")]
pub(crate) use self::wording::longest_run;
pub(crate) use self::wording::{
    body_note, class_note, code_note, code_span, common_headers, deprecation_note, example_text,
    header_notes, in_words, name_of_status, other_note, retired_codes, retry_advice, same_format, title_note,
    type_text, web_address,
};
use crate::model::Taxonomy;

/// The page of a taxonomy, with what the caller adds to it.
///
/// Titles, descriptions, causes and fixes are Markdown, as in doc comments. Raw HTML in them is shown
/// as text, and headings are moved below those of the page.
///
/// ```no_run
/// use aura_errors_docs::{Lock, page::Page};
///
/// let lock = Lock::read("aura-errors.lock.json")?;
/// let page = Page::new(lock.taxonomy).success(200, "The request succeeded.");
/// # #[cfg(feature = "markdown")]
/// std::fs::write("errors.md", page.markdown())?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    taxonomy: Taxonomy,
    title: Option<String>,
    intro: Option<String>,
    success: Vec<(u16, String)>,
}

impl Page {
    /// The page of this taxonomy.
    #[must_use]
    pub fn new(taxonomy: Taxonomy) -> Self {
        Self { taxonomy, title: None, intro: None, success: Vec::new() }
    }

    /// The page of a catalogue: of `aura_errors::Catalog`, or of whatever serialises like it.
    ///
    /// # Errors
    ///
    /// If it does not serialise, or not as a catalogue.
    pub fn of(catalog: &impl Serialize) -> Result<Self, PageError> {
        Ok(Self::new(Taxonomy::of(catalog)?))
    }

    /// The title, in place of the first paragraph of the taxonomy's doc comment. Markdown, of one paragraph.
    #[must_use]
    pub fn title(mut self, title: impl Into<String>) -> Self {
        self.title = Some(title.into());
        self
    }

    /// What stands below the title, in place of the rest of the doc comment. Markdown.
    #[must_use]
    pub fn intro(mut self, intro: impl Into<String>) -> Self {
        self.intro = Some(intro.into());
        self
    }

    /// A row of the table of statuses that is not an error, such as 200 or 201. The meaning is
    /// Markdown.
    #[must_use]
    pub fn success(mut self, status: u16, meaning: impl Into<String>) -> Self {
        self.success.push((status, meaning.into()));
        self
    }

    /// The taxonomy.
    #[must_use]
    pub fn taxonomy(&self) -> &Taxonomy {
        &self.taxonomy
    }

    /// Where on the page each error is, by its name and by each code it is sent with: what stands after `#` in
    /// a link, percent-encoded.
    #[must_use]
    pub fn fragments(&self) -> BTreeMap<String, String> {
        let groups = groups(&self.taxonomy);
        let entries = || groups.iter().flat_map(|group| &group.entries);
        // A name goes before a code of another error that looks like it.
        let names = entries().map(|entry| (entry.error.name.clone(), entry));
        let codes = entries().flat_map(|entry| entry.codes().map(move |code| (code.to_string(), entry)));
        let mut out = BTreeMap::new();
        for (key, entry) in names.chain(codes) {
            out.entry(key).or_insert_with(|| fragment(&entry.anchor));
        }
        out
    }

    pub(crate) fn title_text(&self) -> &str {
        self.title.as_deref().unwrap_or_else(|| self.taxonomy.title.trim_end_matches('.'))
    }

    pub(crate) fn intro_text(&self) -> &str {
        self.intro.as_deref().unwrap_or(&self.taxonomy.description)
    }

    pub(crate) fn successes(&self) -> &[(u16, String)] {
        &self.success
    }
}
