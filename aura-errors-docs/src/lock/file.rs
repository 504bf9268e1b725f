//! The lock as a file.

use std::path::{Path, PathBuf};
use std::{fs, io};

use serde::{Deserialize, Serialize};

use super::line::Line;
use crate::Json;
use crate::model::{Code, Taxonomy, status};

/// The version of the lock's format that is written.
pub const FORMAT: u64 = 1;

/// The committed state of a contract: a taxonomy, and what was decided about it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Lock {
    /// The version of the format: [`FORMAT`].
    pub format: u64,
    /// The taxonomy as it was when the lock was written.
    pub taxonomy: Taxonomy,
    /// What was removed: its codes may not come back with another meaning.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub removed: Vec<Tombstone>,
    /// Differences that were accepted although they break clients.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub accepted: Vec<Accepted>,
}

/// A code that was removed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Tombstone {
    /// The code.
    pub code: Code,
    /// The name of the error that had it.
    pub name: String,
    /// The status of that error, 100–599.
    #[serde(deserialize_with = "status::one")]
    pub status: u16,
}

/// A difference that was accepted, with the reason.
///
/// It accepts a difference of this rule at this place, between these values, and no other.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Accepted {
    /// The id of the rule.
    pub rule: String,
    /// Where: the name of an error, `name.field`, or the name of a taxonomy.
    pub at: String,
    /// The value before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Json>,
    /// The value after.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Json>,
    /// Why it was accepted.
    pub reason: String,
}

/// Why a lock could not be read or written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
#[allow(missing_docs)]
pub enum LockError {
    /// There is no such file.
    #[error("there is no lock `{}`", path.display())]
    Missing { path: PathBuf },
    /// The file could not be read or written.
    #[error("the lock `{}` cannot be {doing}: {source}", path.display())]
    Io {
        path: PathBuf,
        /// `read` or `written`.
        doing: &'static str,
        source: io::Error,
    },
    /// It is no JSON.
    #[error("the lock is no JSON: {}; restore it from version control, or write it anew", Line::message(.0))]
    Syntax(#[source] serde_json::Error),
    /// It is JSON, but no lock.
    #[error("this is no lock of aura-errors: it has no number `format`")]
    NotALock,
    /// It was written by an earlier version.
    #[error("the lock has the format {found}, which is older than {FORMAT}; write it anew")]
    Older { found: u64 },
    /// It was written by a later version.
    #[error(
        "the lock has the format {found}, but this version reads only up to {FORMAT}; update aura-errors"
    )]
    Newer { found: u64 },
    /// It has the right format, but something in it is missing or of the wrong kind.
    #[error("the lock is damaged: {}; restore it from version control, or write it anew", Line::message(.0))]
    Damaged(#[source] serde_json::Error),
}

impl Lock {
    /// A lock of this taxonomy, without a past.
    #[must_use]
    pub fn new(taxonomy: Taxonomy) -> Self {
        Self { format: FORMAT, taxonomy, removed: Vec::new(), accepted: Vec::new() }
    }

    /// Reads a lock from a file.
    ///
    /// # Errors
    ///
    /// As [`from_json`](Self::from_json), and if the file is missing or cannot be read.
    pub fn read(path: impl AsRef<Path>) -> Result<Self, LockError> {
        let path = path.as_ref();
        let text = fs::read_to_string(path).map_err(|source| match source.kind() {
            io::ErrorKind::NotFound => LockError::Missing { path: path.to_owned() },
            _ => LockError::Io { path: path.to_owned(), doing: "read", source },
        })?;
        Self::from_json(&text)
    }

    /// Reads a lock from its text.
    ///
    /// # Errors
    ///
    /// If the text is no JSON, no lock, a lock of another format, or damaged.
    pub fn from_json(text: &str) -> Result<Self, LockError> {
        let json: Json = serde_json::from_str(text).map_err(LockError::Syntax)?;
        let format = match json.get("format") {
            Some(Json::Number(number)) => number.as_u64().ok_or(LockError::NotALock)?,
            _ => return Err(LockError::NotALock),
        };
        match format {
            FORMAT => serde_json::from_str(text).map_err(LockError::Damaged),
            older if older < FORMAT => Err(LockError::Older { found: older }),
            newer => Err(LockError::Newer { found: newer }),
        }
    }

    /// The text of the file: indented JSON, in a stable order, with a line break at the end.
    #[must_use]
    pub fn to_json(&self) -> String {
        // Neither a map with other keys than strings nor a failing `Serialize` can be inside.
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }

    /// Writes the lock to a file.
    ///
    /// # Errors
    ///
    /// If the file cannot be written.
    pub fn write(&self, path: impl AsRef<Path>) -> Result<(), LockError> {
        let path = path.as_ref();
        // Beside the file and then in its place: who reads meanwhile sees one of the two, whole.
        let mut beside = path.as_os_str().to_owned();
        beside.push(format!(".{}", std::process::id()));
        let written = fs::write(&beside, self.to_json()).and_then(|()| fs::rename(&beside, path));
        written.map_err(|source| LockError::Io { path: path.to_owned(), doing: "written", source })
    }
}
