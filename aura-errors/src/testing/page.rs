//! The committed page.

use std::path::Path;

use aura_errors_docs::lock::Update;
use aura_errors_docs::page::{self, Page, PageError};

use super::contract::in_crate;
use crate::{Taxonomy, docs};

/// Asserts that a committed page is what the annotations say: Markdown where the path ends with `.md`,
/// HTML where it ends with `.html`.
///
/// The path is relative to the folder of the crate whose test this is. With the environment variable
/// `AURA_ERRORS_UPDATE=1` the page is written instead.
///
/// # Panics
///
/// With the first line that differs, if the page is stale; if there is none; if it cannot be read or
/// written.
#[track_caller]
pub fn assert_page<E: Taxonomy>(path: impl AsRef<Path>) {
    assert_page_with::<E>(path, |page| page);
}

/// As [`assert_page`], with what the annotations do not know: a title, an introduction, rows for
/// successes.
///
/// # Panics
///
/// If [`assert_page`] would panic.
#[track_caller]
pub fn assert_page_with<E: Taxonomy>(path: impl AsRef<Path>, add: impl FnOnce(Page) -> Page) {
    if let Err(error) = check_page::<E>(path, add) {
        panic!("{error}");
    }
}

/// As [`assert_page_with`], without a panic. Says whether the page was written.
///
/// # Errors
///
/// If [`assert_page_with`] would panic.
pub fn check_page<E: Taxonomy>(
    path: impl AsRef<Path>,
    add: impl FnOnce(Page) -> Page,
) -> Result<bool, PageError> {
    update_page::<E>(path, add, Update::from_env()?)
}

/// As [`check_page`], with the update that is asked for here instead of in the environment.
///
/// # Errors
///
/// If the page is stale or missing and no update was asked for; if it cannot be read or written.
pub fn update_page<E: Taxonomy>(
    path: impl AsRef<Path>,
    add: impl FnOnce(Page) -> Page,
    update: Update,
) -> Result<bool, PageError> {
    page::check(in_crate(path.as_ref()), &add(docs::page::<E>()?), update)
}
