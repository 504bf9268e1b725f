//! The extractors' types. Each framework's folder says how it fills them.

use std::fmt;
use std::ops::{Deref, DerefMut};

/// The framework's own `Json` with another rejection: as an extractor the body read as JSON, as a
/// response a value written as JSON.
///
/// # Errors
///
/// A body that cannot be parsed, is not what `T` takes, is too large, or does not call itself JSON is
/// rejected with a [`Rejection`](super::Rejection); where `T` does not fit, with the place
/// (`["body", "skills", 1]`). Serde stops at the first violation, so there is one.
///
/// The limits are the framework's: `DefaultBodyLimit` of axum (2 MB where nothing is said),
/// `JsonConfig` of actix-web (2 MB too).
#[derive(Debug, Clone, Copy, Default)]
#[must_use]
pub struct Json<T>(pub T);

/// The framework's own `Query` with another rejection: the query of the URI.
///
/// # Errors
///
/// A query that is not what `T` takes is rejected with a [`Rejection`](super::Rejection) that has the
/// place (`["query", "page"]`).
#[derive(Debug, Clone, Copy, Default)]
pub struct Query<T>(pub T);

/// The framework's own `Path` with another rejection: the parameters of the route.
///
/// # Errors
///
/// A parameter that is not what `T` takes is rejected with a [`Rejection`](super::Rejection) that has
/// the place (`["path", "id"]`) and the status 400. A `T` that does not go with the route is the
/// server's own mistake, a 500.
#[derive(Debug, Clone, Copy, Default)]
pub struct Path<T>(pub T);

/// Header fields of the request, as a struct with a field for each.
///
/// A field's name is that of the header, in any case; `rename_all = "kebab-case"` makes `x_tenant`
/// `x-tenant`. An `Option` may be missing. Numbers, booleans and enums of units are parsed, a list
/// takes values that are separated by commas, and a header that was sent several times is one list.
///
/// ```
/// #[derive(serde::Deserialize)]
/// #[serde(rename_all = "kebab-case")]
/// struct Caller {
///     x_tenant: String,
///     x_depth: Option<u8>,
/// }
/// ```
///
/// # Errors
///
/// A header that is missing or is not what `T` takes is rejected with a
/// [`Rejection`](super::Rejection) that has the place (`["header", "x-tenant"]`).
#[derive(Debug, Clone, Copy, Default)]
pub struct Headers<T>(pub T);

macro_rules! newtype {
    ($name:ident) => {
        impl<T> $name<T> {
            /// The value.
            pub fn into_inner(self) -> T {
                self.0
            }
        }

        impl<T> Deref for $name<T> {
            type Target = T;

            fn deref(&self) -> &T {
                &self.0
            }
        }

        impl<T> DerefMut for $name<T> {
            fn deref_mut(&mut self) -> &mut T {
                &mut self.0
            }
        }

        impl<T> From<T> for $name<T> {
            fn from(value: T) -> Self {
                Self(value)
            }
        }

        impl<T: fmt::Display> fmt::Display for $name<T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

newtype!(Json);
newtype!(Query);
newtype!(Path);
newtype!(Headers);
