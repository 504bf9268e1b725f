//! The check of a taxonomy against its committed lock, and the update of the lock.

use std::env;
use std::fmt;
use std::path::{Path, PathBuf};

use super::compare::compare;
use super::file::{Lock, LockError, Tombstone};
use super::line::Line;
use super::report::Report;
use super::rules::Severity;
use crate::model::{Code, Taxonomy};

/// The environment variable that asks for files to be written: see [`Update::from_env`].
pub const UPDATE: &str = "AURA_ERRORS_UPDATE";

/// Whether committed files are to be written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Update {
    /// They are only compared.
    #[default]
    No,
    /// They are written, except for a lock that would lose something clients rely on.
    Compatible,
    /// They are written whatever changed.
    Breaking,
}

/// The environment variable has a value that means nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{UPDATE}={}` means nothing; write `1`, or `breaking` to write what breaks clients too", Line::value(.0))]
pub struct UnknownUpdate(String);

impl Update {
    /// What the environment variable `AURA_ERRORS_UPDATE` asks for: `1` for
    /// [`Compatible`](Self::Compatible), `breaking` for [`Breaking`](Self::Breaking); absent, empty
    /// or `0` for [`No`](Self::No).
    ///
    /// # Errors
    ///
    /// If it has another value.
    pub fn from_env() -> Result<Self, UnknownUpdate> {
        Self::from_value(&env::var_os(UPDATE).unwrap_or_default().to_string_lossy())
    }

    fn from_value(value: &str) -> Result<Self, UnknownUpdate> {
        match value {
            "" | "0" => Ok(Self::No),
            "1" => Ok(Self::Compatible),
            "breaking" => Ok(Self::Breaking),
            other => Err(UnknownUpdate(other.to_owned())),
        }
    }
}

/// Why a check of a contract failed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
#[allow(missing_docs)]
pub enum ContractError {
    #[error(transparent)]
    Update(#[from] UnknownUpdate),
    /// There is no lock yet.
    #[error("there is no lock `{}`; write it with `{UPDATE}=1 cargo test`, and commit it", path.display())]
    Missing { path: PathBuf },
    /// The lock cannot be read or written.
    #[error("`{}`: {source}", path.display())]
    Lock { path: PathBuf, source: LockError },
    /// The catalogue is not what this version understands.
    #[error("the catalogue cannot be read: {0}")]
    Catalogue(#[from] serde_json::Error),
    /// The taxonomy is not what the lock says.
    #[error("{}", Changed { path, name, report, update: *update })]
    Changed {
        path: PathBuf,
        /// The Rust name of the taxonomy.
        name: String,
        report: Report,
        /// Whether an update was asked for, and refused.
        update: Update,
    },
}

struct Changed<'a> {
    path: &'a Path,
    name: &'a str,
    report: &'a Report,
    update: Update,
}

impl fmt::Display for Changed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not what `{}` says: {}\n\n", self.name, self.path.display(), self.report)?;
        let Some(worst) = self.report.of(Severity::Breaking).next() else {
            return write!(f, "Nothing breaks. Write the lock with `{UPDATE}=1 cargo test`, and commit it.");
        };
        if self.update == Update::Compatible {
            write!(f, "The lock was not written, because that would break clients.\n\n")?;
        }
        let acceptance = serde_json::to_string(&Report::acceptance(worst)).map_err(|_| fmt::Error)?;
        write!(
            f,
            "To accept one of these, put it into the list `accepted` of the lock, with a reason:\n    {acceptance}\n\
             To accept all of them, write the lock with `{UPDATE}=breaking cargo test`."
        )
    }
}

/// Compares a taxonomy with the lock in this file, and writes the lock where that is asked for.
///
/// The report is what changed since the lock was written; without an update any change is an
/// error, so that the lock never lags behind. An update is refused where something would break
/// that is not accepted, unless [`Update::Breaking`] is asked for. It keeps what was accepted, and
/// makes tombstones of the codes that are gone.
///
/// # Errors
///
/// If the taxonomy is not what the lock says and the lock was not written; if there is no lock, or
/// it cannot be read or written. A lock that cannot be read is never overwritten.
pub fn check(path: impl AsRef<Path>, taxonomy: Taxonomy, update: Update) -> Result<Report, ContractError> {
    let path = path.as_ref();
    let failed = |source| ContractError::Lock { path: path.to_owned(), source };
    let lock = match Lock::read(path) {
        Ok(lock) => lock,
        Err(LockError::Missing { path }) if update == Update::No => {
            return Err(ContractError::Missing { path });
        }
        Err(LockError::Missing { .. }) => {
            Lock::new(taxonomy).write(path).map_err(failed)?;
            return Ok(Report::default());
        }
        Err(error) => return Err(failed(error)),
    };
    let report = Report::new(compare(&lock, &taxonomy));
    let breaks = report.severity() == Some(Severity::Breaking);
    match update {
        _ if report.is_empty() => Ok(report),
        Update::Breaking => write(path, &lock, taxonomy, report),
        Update::Compatible if !breaks => write(path, &lock, taxonomy, report),
        Update::No | Update::Compatible => {
            Err(ContractError::Changed { path: path.to_owned(), name: taxonomy.name, report, update })
        }
    }
}

fn write(path: &Path, lock: &Lock, taxonomy: Taxonomy, report: Report) -> Result<Report, ContractError> {
    let source = lock.updated(taxonomy).write(path);
    source.map_err(|source| ContractError::Lock { path: path.to_owned(), source })?;
    Ok(report)
}

impl Lock {
    /// The lock after this taxonomy has taken the place of the one before: codes that are gone
    /// become tombstones, and what was accepted is kept.
    #[must_use]
    pub fn updated(&self, taxonomy: Taxonomy) -> Self {
        let mut lock = Self::new(taxonomy);
        lock.accepted.clone_from(&self.accepted);
        let gone =
            |code: &Code| !lock.taxonomy.all().any(|(_, error)| error.codes().any(|now| now.matches(code)));
        let mut removed: Vec<Tombstone> =
            self.removed.iter().filter(|grave| gone(&grave.code)).cloned().collect();
        for (_, error) in self.taxonomy.all() {
            for code in error.codes().filter(|code| gone(code)) {
                if !removed.iter().any(|grave| grave.code.matches(code)) {
                    let (code, name) = (code.clone(), error.name.clone());
                    removed.push(Tombstone { code, name, status: error.status });
                }
            }
        }
        lock.removed = removed;
        lock
    }
}

#[cfg(test)]
mod tests {
    use super::Update;

    #[test]
    fn what_the_environment_asks_for() {
        for (value, expected) in
            [("", Update::No), ("0", Update::No), ("1", Update::Compatible), ("breaking", Update::Breaking)]
        {
            assert_eq!(Update::from_value(value), Ok(expected), "{value}");
        }
        assert_eq!(
            Update::from_value("yes").unwrap_err().to_string(),
            "`AURA_ERRORS_UPDATE=yes` means nothing; write `1`, or `breaking` to write what breaks clients too"
        );
    }
}
