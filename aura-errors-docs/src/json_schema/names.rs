//! What the schemas of a taxonomy are called in a document.

use std::collections::HashSet;

use crate::model::{Body, Error, Taxonomy};

/// Every taxonomy and error of a tree with its name. The names hold for the whole tree, so that a part
/// of it is called the same in every document.
pub(crate) struct Names<'a> {
    pub(crate) owners: Vec<Owner<'a>>,
    /// In the order of [`Taxonomy::all`].
    pub(crate) errors: Vec<Named<'a>>,
}

/// One taxonomy of the tree.
pub(crate) struct Owner<'a> {
    pub(crate) taxonomy: &'a Taxonomy,
    /// Of the schema of every body.
    pub(crate) any: String,
    /// Of the schema that an error has which is not known yet.
    pub(crate) other: String,
}

/// One error of the tree.
pub(crate) struct Named<'a> {
    /// Index in [`Names::owners`].
    pub(crate) owner: usize,
    pub(crate) error: &'a Error,
    /// The error's own, else the taxonomy's.
    pub(crate) body: &'a Body,
    pub(crate) code_header: Option<&'a str>,
    pub(crate) key: String,
}

impl<'a> Names<'a> {
    pub(crate) fn of(taxonomy: &'a Taxonomy) -> Self {
        let mut names = Self { owners: Vec::new(), errors: Vec::new() };
        let mut taken = Taken::default();
        names.add(taxonomy, taxonomy.name.clone(), &mut taken);
        names
    }

    fn add(&mut self, taxonomy: &'a Taxonomy, name: String, taken: &mut Taken) {
        let owner = self.owners.len();
        self.owners.push(Owner {
            taxonomy,
            any: taken.take(&name),
            other: taken.take(&format!("{name}Body")),
        });
        for error in &taxonomy.errors {
            let key = taken.take(&format!("{name}{}", error.variant));
            self.errors.push(Named {
                owner,
                error,
                body: taxonomy.body_of(error),
                code_header: taxonomy.code_header.as_deref(),
                key,
            });
        }
        for nested in &taxonomy.nested {
            // Two modules may each have an `Error`; the variants that nest them differ.
            let name = match self.owners.iter().any(|owner| owner.taxonomy.name == nested.catalog.name) {
                true => format!("{}{}", nested.variant, nested.catalog.name),
                false => nested.catalog.name.clone(),
            };
            self.add(&nested.catalog, name, taken);
        }
    }
}

#[derive(Default)]
struct Taken(HashSet<String>);

impl Taken {
    /// The name itself with `_` for what a component's name may not have, with a number behind it where
    /// an earlier one is called so.
    fn take(&mut self, name: &str) -> String {
        let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
        let plain: String = name.chars().map(|c| if allowed(c) { c } else { '_' }).collect();
        let mut key = plain.clone();
        let mut number = 2;
        while !self.0.insert(key.clone()) {
            key = format!("{plain}_{number}");
            number += 1;
        }
        key
    }
}
