//! The errors that one endpoint can answer with.

use std::fmt;
use std::slice;

use crate::body::compare::bytes_eq;
use crate::catalog::Iter;
use crate::{Catalog, ErrorSpec};

/// Some errors of a taxonomy, for example those of one endpoint: made by [`subset!`](crate::subset).
#[derive(Clone, Copy)]
pub struct Subset {
    catalog: &'static Catalog,
    picks: &'static [Pick],
}

/// One name of a subset.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub enum Pick {
    Own(&'static ErrorSpec),
    /// What a `transparent` variant nests, whole.
    Nested(&'static Catalog),
}

impl Subset {
    /// Called by `subset!`, which has checked the names.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(catalog: &'static Catalog, picks: &'static [Pick]) -> Self {
        Self { catalog, picks }
    }

    /// The catalogue that the errors are of.
    #[must_use]
    pub fn catalog(&self) -> &'static Catalog {
        self.catalog
    }

    /// The errors, in the order in which they are named; in place of a `transparent` variant all those
    /// of the taxonomy it nests.
    pub fn iter(&self) -> SubsetIter {
        SubsetIter { picks: self.picks.iter(), nested: None }
    }
}

impl fmt::Debug for Subset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Subset")
            .field("catalog", &self.catalog.name())
            .field("errors", &self.iter().map(ErrorSpec::name).collect::<Vec<_>>())
            .finish()
    }
}

impl IntoIterator for &Subset {
    type Item = &'static ErrorSpec;
    type IntoIter = SubsetIter;

    fn into_iter(self) -> SubsetIter {
        self.iter()
    }
}

/// Iterator over the errors of a [`Subset`].
#[derive(Clone, Debug)]
pub struct SubsetIter {
    picks: slice::Iter<'static, Pick>,
    nested: Option<Iter>,
}

impl Iterator for SubsetIter {
    type Item = &'static ErrorSpec;

    fn next(&mut self) -> Option<&'static ErrorSpec> {
        loop {
            if let Some(spec) = self.nested.as_mut().and_then(Iterator::next) {
                return Some(spec);
            }
            match self.picks.next()? {
                Pick::Own(spec) => return Some(spec),
                Pick::Nested(catalog) => self.nested = Some(catalog.iter()),
            }
        }
    }
}

/// The variant of this name; that it exists is checked before, by a pattern with it.
///
/// # Panics
///
/// In const evaluation, where the variant has no description of its own.
#[doc(hidden)]
#[must_use]
#[track_caller]
pub const fn pick(catalog: &'static Catalog, variant: &str) -> Pick {
    let errors = catalog.data.errors;
    let mut i = 0;
    while i < errors.len() {
        if same_name(errors[i].data.ident, variant) {
            return Pick::Own(&errors[i]);
        }
        i += 1;
    }
    let nested = catalog.data.nested;
    let mut i = 0;
    while i < nested.len() {
        if same_name(nested[i].variant, variant) {
            return Pick::Nested(nested[i].catalog);
        }
        i += 1;
    }
    panic!("this variant wears the face of another error; name that error in its place")
}

/// A raw identifier is written with `r#`, and its name is without.
const fn same_name(name: &str, written: &str) -> bool {
    match written.as_bytes() {
        [b'r', b'#', written @ ..] => bytes_eq(name.as_bytes(), written),
        written => bytes_eq(name.as_bytes(), written),
    }
}

/// Some errors of a taxonomy by the names of their variants, for example those that one endpoint can
/// answer with: a [`Subset`], for documents.
///
/// A name that is not a variant does not compile. In place of a `transparent` variant stand all errors
/// that it nests; a variant with `as` has no description of its own, so the error whose face it wears is
/// named instead.
///
/// ```
/// use aura_errors::{Subset, Taxonomy, subset};
///
/// #[derive(Debug, thiserror::Error, Taxonomy)]
/// enum ApiError {
///     #[error("Not found")]
///     #[api(404)]
///     NotFound,
///     #[error("Too many requests")]
///     #[api(429)]
///     RateLimited,
///     #[error("Something went wrong on our side")]
///     #[api(500, fallback)]
///     Internal,
/// }
///
/// const OF_READ: Subset = subset!(ApiError: NotFound, RateLimited);
///
/// let statuses: Vec<_> = OF_READ.iter().map(|spec| spec.status().as_u16()).collect();
/// assert_eq!(statuses, [404, 429]);
/// ```
///
/// ```compile_fail
/// # use aura_errors::{Taxonomy, subset};
/// # #[derive(Debug, thiserror::Error, Taxonomy)]
/// # enum ApiError {
/// #     #[error("Not found")] #[api(404)] NotFound,
/// # }
/// subset!(ApiError: NotFuond);
/// ```
///
/// With a name it is a unit type, for what wants a type, such as the responses of `utoipa`; several are
/// separated by `;`. The subset itself is its constant `SUBSET`:
///
/// ```
/// # use aura_errors::{Taxonomy, subset};
/// # #[derive(Debug, thiserror::Error, Taxonomy)]
/// # pub enum ApiError {
/// #     #[error("Not found")] #[api(404)] NotFound,
/// #     #[error("Conflict")] #[api(409)] Conflict,
/// # }
/// subset! {
///     /// What reading a user can fail with.
///     pub ReadErrors = ApiError: NotFound;
///     pub WriteErrors = ApiError: NotFound, Conflict;
/// }
///
/// assert_eq!(WriteErrors::SUBSET.iter().count(), 2);
/// ```
#[macro_export]
macro_rules! subset {
    ($taxonomy:ty : $($variant:ident),+ $(,)?) => {{
        // A type alias can stand before a variant, as a type in general cannot.
        type __Taxonomy = $taxonomy;
        const __SUBSET: (&$crate::Catalog, &[$crate::__private::Pick]) = {
            // In this body, so that a name that is no variant is one error: what has another is not
            // evaluated.
            #[allow(unreachable_patterns, clippy::all)]
            let _: fn(&__Taxonomy) = |error| match error {
                $(__Taxonomy::$variant { .. } => {})+
                _ => {}
            };
            let catalog = <__Taxonomy as $crate::__private::Derived>::CATALOG;
            (catalog, &[$($crate::__private::pick(catalog, ::core::stringify!($variant))),+])
        };
        let (catalog, picks) = __SUBSET;
        $crate::Subset::new(catalog, picks)
    }};
    ($($(#[$attribute:meta])* $vis:vis $name:ident = $taxonomy:ty : $($variant:ident),+ $(,)?);+ $(;)?) => {
        $(
            $(#[$attribute])*
            #[derive(
                ::core::clone::Clone, ::core::marker::Copy, ::core::fmt::Debug, ::core::default::Default
            )]
            // Often it is only named as a type.
            #[allow(dead_code)]
            $vis struct $name;

            #[allow(dead_code)]
            impl $name {
                /// The errors.
                $vis const SUBSET: $crate::Subset = $crate::subset!($taxonomy: $($variant),+);
            }

            $crate::__private::implement_utoipa6_responses! { $name }
        )+
    };
}
