//! The static description of a taxonomy: a tree of its own errors and the catalogues it nests.

use std::fmt;

use crate::body::Format;
use crate::delay::Reset;
use crate::{Code, ErrorSpec};

/// The static description of a taxonomy: its own errors and, for every `transparent` variant, the
/// catalogue of the taxonomy it nests.
///
/// Obtained from [`Taxonomy::catalog`](crate::Taxonomy::catalog). Serialises as a JSON document that
/// holds all that documents, contracts and generated clients need.
#[derive(Clone, Copy)]
pub struct Catalog {
    pub(crate) data: CatalogData,
}

/// What the derive emits for a taxonomy.
#[doc(hidden)]
#[derive(Clone, Copy)]
pub struct CatalogData {
    pub name: &'static str,
    pub title: &'static str,
    pub description: &'static str,
    pub errors: &'static [ErrorSpec],
    pub nested: &'static [Nested],
    pub body: &'static [Format],
    pub code_header: Option<&'static str>,
    pub retry_header: Option<&'static str>,
    pub reset_header: Option<(&'static str, Reset)>,
    pub docs_url: Option<&'static str>,
    /// `(hash of the code's text, code)`.
    pub reserved: &'static [(u64, crate::spec::SpecCode)],
    /// Index in `errors` of the plain internal error.
    pub fallback: Option<u16>,
    /// `(hash of the code's text, index in errors)` of every declared code, sorted.
    pub codes: &'static [(u64, u16)],
    /// `(hash of the name, index in errors)`, sorted.
    pub names: &'static [(u64, u16)],
}

impl CatalogData {
    /// The base of the derive's struct literals.
    pub const EMPTY: Self = Self {
        name: "",
        title: "",
        description: "",
        errors: &[],
        nested: &[],
        body: &[],
        code_header: None,
        retry_header: None,
        reset_header: None,
        docs_url: None,
        reserved: &[],
        fallback: None,
        codes: &[],
        names: &[],
    };
}

/// A catalogue nested in another by a `transparent` variant.
#[derive(Clone, Copy)]
pub struct Nested {
    #[doc(hidden)]
    pub variant: &'static str,
    #[doc(hidden)]
    pub catalog: &'static Catalog,
}

impl Nested {
    /// The Rust name of the `transparent` variant.
    #[must_use]
    pub fn variant(&self) -> &'static str {
        self.variant
    }

    /// The nested catalogue.
    #[must_use]
    pub fn catalog(&self) -> &'static Catalog {
        self.catalog
    }
}

impl fmt::Debug for Nested {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Nested").field("variant", &self.variant).field("catalog", self.catalog).finish()
    }
}

impl Catalog {
    #[doc(hidden)]
    #[must_use]
    pub const fn new(data: CatalogData) -> Self {
        Self { data }
    }

    /// The Rust name of the enum (or struct).
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.data.name
    }

    /// The first paragraph of the doc comment, else the Rust name.
    #[must_use]
    pub fn title(&self) -> &'static str {
        if self.data.title.is_empty() { self.data.name } else { self.data.title }
    }

    /// The doc comment after its first paragraph; empty when there is none.
    #[must_use]
    pub fn description(&self) -> &'static str {
        self.data.description
    }

    /// The taxonomy's own errors, in declaration order.
    #[must_use]
    pub const fn errors(&self) -> &'static [ErrorSpec] {
        self.data.errors
    }

    /// The nested catalogues, in declaration order.
    #[must_use]
    pub fn nested(&self) -> &'static [Nested] {
        self.data.nested
    }

    /// Every error a response can be: the own ones, then those of each nested catalogue, depth
    /// first.
    #[must_use]
    pub fn iter(&self) -> Iter {
        Iter { errors: self.data.errors.iter(), rest: self.data.nested.iter().rev().collect() }
    }

    /// The error with this name, nested ones included.
    #[must_use]
    pub fn by_name(&self, name: &str) -> Option<&'static ErrorSpec> {
        self.iter().find(|spec| spec.name() == name)
    }

    /// The errors with this code, nested ones included.
    #[must_use]
    pub fn by_code(&self, code: impl Into<Code>) -> Vec<&'static ErrorSpec> {
        let code = code.into();
        self.iter()
            .filter(|spec| {
                code.is_some() && (spec.code() == code || spec.synonyms().any(|other| other == code))
            })
            .collect()
    }

    /// The header the code travels in, if it has one.
    #[must_use]
    pub fn code_header(&self) -> Option<&'static str> {
        self.data.code_header
    }

    /// The header in which the server gives its own retry verdict, if it has one.
    #[must_use]
    pub fn retry_header(&self) -> Option<&'static str> {
        self.data.retry_header
    }

    /// The template of links to the documentation of an error, if there is one.
    #[must_use]
    pub fn docs_url(&self) -> Option<&'static str> {
        self.data.docs_url
    }

    /// Codes of the past that may not be used again.
    pub fn reserved(&self) -> impl Iterator<Item = Code> + use<> {
        self.data.reserved.iter().map(|(_, code)| code.to_code())
    }

    /// The plain internal error: the own one, else the first nested one.
    #[must_use]
    pub fn fallback(&self) -> Option<&'static ErrorSpec> {
        match self.data.fallback {
            Some(index) => self.data.errors.get(usize::from(index)),
            None => self.data.nested.iter().find_map(|nested| nested.catalog.fallback()),
        }
    }
}

impl fmt::Debug for Catalog {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Catalog")
            .field("name", &self.data.name)
            .field("errors", &self.data.errors)
            .field("nested", &self.data.nested)
            .finish_non_exhaustive()
    }
}

impl IntoIterator for &Catalog {
    type Item = &'static ErrorSpec;
    type IntoIter = Iter;

    fn into_iter(self) -> Iter {
        self.iter()
    }
}

/// Iterator over every error of a catalogue: see [`Catalog::iter`].
#[derive(Clone, Debug)]
pub struct Iter {
    errors: std::slice::Iter<'static, ErrorSpec>,
    rest: Vec<&'static Nested>,
}

impl Iterator for Iter {
    type Item = &'static ErrorSpec;

    fn next(&mut self) -> Option<&'static ErrorSpec> {
        loop {
            if let Some(spec) = self.errors.next() {
                return Some(spec);
            }
            let nested = self.rest.pop()?;
            self.errors = nested.catalog.data.errors.iter();
            self.rest.extend(nested.catalog.data.nested.iter().rev());
        }
    }
}
