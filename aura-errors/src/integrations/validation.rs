//! What the libraries that check values share: their findings as [`FieldError`]s.

use crate::{FieldError, Loc};

/// What a check of a value found, as [`FieldError`]s.
///
/// Implemented for `validator::ValidationErrors` (feature `validator021`) and `garde::Report` (feature
/// `garde023`). Implement it for what your own checks find:
///
/// ```
/// use aura_errors::{FieldError, IntoFieldErrors, Loc};
///
/// /// The rows of an import that are not valid.
/// struct BadRows(Vec<usize>);
///
/// impl IntoFieldErrors for BadRows {
///     fn into_field_errors(self, at: impl IntoIterator<Item: Into<Loc>>) -> Vec<FieldError> {
///         let rows = FieldError::new(at, "row is not valid", "value_error.row").at("rows");
///         self.0.into_iter().map(|row| rows.clone().at(row)).collect()
///     }
/// }
///
/// let errors = BadRows(vec![2, 7]).into_field_errors(["body"]);
/// assert_eq!(errors[1].to_string(), "body.rows[7]: row is not valid");
/// ```
pub trait IntoFieldErrors {
    /// The violations, each with its place below `at`, which is the part of the request that was checked
    /// (`["body"]`, `["query"]`), or the place in it.
    #[must_use]
    fn into_field_errors(self, at: impl IntoIterator<Item: Into<Loc>>) -> Vec<FieldError>;
}

/// The places are put below `at`.
impl IntoFieldErrors for Vec<FieldError> {
    fn into_field_errors(self, at: impl IntoIterator<Item: Into<Loc>>) -> Vec<FieldError> {
        let at: Vec<Loc> = at.into_iter().map(Into::into).collect();
        self.into_iter()
            .map(|mut error| {
                error.loc.splice(0..0, at.iter().cloned());
                error
            })
            .collect()
    }
}

/// How many violations are told at most. A large body can have so many that they are much larger than it.
#[cfg(any(feature = "validator021", feature = "garde023"))]
pub(super) const MOST: usize = 100;

/// The key of a map as a step: of a long one the start, as each violation below it has the step again.
#[cfg(any(feature = "garde023", feature = "actix4", feature = "axum08"))]
pub(super) fn key(text: &str) -> Loc {
    const LONGEST: usize = 100;
    match text.char_indices().nth(LONGEST) {
        None => Loc::from(text),
        Some((end, _)) => Loc::from(format!("{}…", &text[..end])),
    }
}

/// By place, as maps are walked in no certain order; the violations of one place stay as they are. A
/// value comes before its members, names before indexes.
#[cfg(any(feature = "validator021", feature = "garde023"))]
pub(super) fn by_place(mut errors: Vec<FieldError>) -> Vec<FieldError> {
    fn rank(step: &Loc) -> (Option<i64>, Option<&str>) {
        (step.as_index(), step.as_name())
    }
    errors.sort_by(|a, b| a.loc.iter().map(rank).cmp(b.loc.iter().map(rank)));
    errors
}
