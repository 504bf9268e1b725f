//! The catalogue against its committed lock.

use std::env;
use std::path::{Path, PathBuf};

use aura_errors_docs::lock::{self, ContractError, Report, Update};
use aura_errors_docs::model;

use crate::Taxonomy;

/// Asserts that a taxonomy is what its committed lock says.
///
/// The path is relative to the folder of the crate whose test this is. With the environment variable
/// `AURA_ERRORS_UPDATE=1` the lock is written instead, unless that would break clients;
/// `AURA_ERRORS_UPDATE=breaking` writes it whatever changed. Codes that are gone become tombstones,
/// which may not be used again.
///
/// Any difference fails, so that the lock never lags behind; the report says of each what it means
/// for clients and what to do.
///
/// # Panics
///
/// With the report, if the taxonomy is not what the lock says; if there is no lock; if it cannot be
/// read or written.
#[track_caller]
pub fn assert_contract<E: Taxonomy>(path: impl AsRef<Path>) {
    if let Err(error) = check_contract::<E>(path) {
        panic!("{error}");
    }
}

/// As [`assert_contract`], without a panic. After an update the report says what was written.
///
/// # Errors
///
/// If [`assert_contract`] would panic.
pub fn check_contract<E: Taxonomy>(path: impl AsRef<Path>) -> Result<Report, ContractError> {
    update_contract::<E>(path, Update::from_env()?)
}

/// As [`check_contract`], with the update that is asked for here instead of in the environment.
///
/// # Errors
///
/// If the taxonomy is not what the lock says and the lock was not written; if there is no lock and
/// none was asked for; if it cannot be read or written.
pub fn update_contract<E: Taxonomy>(path: impl AsRef<Path>, update: Update) -> Result<Report, ContractError> {
    lock::check(in_crate(path.as_ref()), model::Taxonomy::of(E::catalog())?, update)
}

/// Seen from the folder of the crate under test, which cargo names at run time.
pub(super) fn in_crate(path: &Path) -> PathBuf {
    env::var_os("CARGO_MANIFEST_DIR").map_or_else(PathBuf::new, PathBuf::from).join(path)
}
