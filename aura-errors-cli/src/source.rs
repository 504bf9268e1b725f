//! Where a lock comes from.

use std::ffi::OsString;
use std::fmt;
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::process::Command;

use aura_errors_docs::{Lock, LockError};

use crate::failure::Failure;
use crate::lookup;

/// The name that a lock has where nothing else is said.
pub(crate) const DEFAULT: &str = "aura-errors.lock.json";

/// Where a lock comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    File(PathBuf),
    /// `REV:PATH`, as git reads it.
    Git(String),
    Stdin,
}

impl From<OsString> for Source {
    fn from(argument: OsString) -> Self {
        match argument.to_str() {
            Some("-") => Self::Stdin,
            Some(text) => match text.strip_prefix("git:") {
                Some(object) => Self::Git(object.to_owned()),
                None => Self::File(argument.into()),
            },
            None => Self::File(argument.into()),
        }
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => path.display().fmt(f),
            Self::Git(object) => write!(f, "git:{object}"),
            Self::Stdin => f.write_str("standard input"),
        }
    }
}

impl Source {
    /// The file that it is, or was in some revision.
    pub(crate) fn path(&self) -> Option<&Path> {
        match self {
            Self::File(path) => Some(path),
            Self::Git(object) => object.split_once(':').map(|(_, path)| Path::new(path)),
            Self::Stdin => None,
        }
    }

    /// Reads the lock.
    pub(crate) fn read(&self) -> Result<Lock, Failure> {
        let bytes = match self {
            Self::File(path) => std::fs::read(path).map_err(|error| unreadable(path, &error))?,
            Self::Git(object) => git_show(object)?,
            Self::Stdin => {
                let mut bytes = Vec::new();
                let read = io::stdin().lock().read_to_end(&mut bytes);
                read.map_err(|error| Failure::trouble(format!("standard input cannot be read: {error}")))?;
                bytes
            }
        };
        let text = String::from_utf8(bytes).map_err(|_| {
            Failure::trouble(format!("`{self}` is not text in UTF-8"))
                .tip("a lock is JSON in UTF-8; some shells write `>` in another encoding".to_owned())
        })?;
        Lock::from_json(&text)
            .map_err(|error| Failure::trouble(format!("`{self}`: {error}")).tip(self.advice(&text, &error)))
    }

    /// What to do about a text that is no lock.
    fn advice(&self, text: &str, error: &LockError) -> Option<String> {
        let name = self.path().and_then(Path::file_name).unwrap_or_default();
        if name == "Cargo.lock" {
            return Some(format!("that is the lock of Cargo; the errors' lock is usually `{DEFAULT}`"));
        }
        match error {
            LockError::Syntax(_) if text.trim().is_empty() => Some("it is empty".to_owned()),
            LockError::Syntax(_) if text.lines().any(|line| line.starts_with("<<<<<<< ")) => Some(
                "it has the marks of a merge conflict; resolve it, then write the lock with `AURA_ERRORS_UPDATE=1 cargo test`"
                    .to_owned(),
            ),
            LockError::NotALock => Some(format!("the errors' lock is usually `{DEFAULT}`")),
            _ => None,
        }
    }
}

fn unreadable(path: &Path, error: &io::Error) -> Failure {
    if path.is_dir() {
        let failure = Failure::trouble(format!("`{}` is a folder, not a lock", path.display()));
        return failure.tip(did_you_mean(&locks_in(path)));
    }
    if error.kind() != ErrorKind::NotFound {
        return Failure::trouble(format!("`{}` cannot be read: {error}", path.display()));
    }
    let failure = Failure::trouble(format!("there is no lock `{}`", path.display()));
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let locks = locks_in(folder.unwrap_or(Path::new("")));
    failure.tip(did_you_mean(&locks).or_else(|| {
        let write = "write it with `AURA_ERRORS_UPDATE=1 cargo test`, where a test calls `assert_contract`";
        Some(write.to_owned())
    }))
}

fn did_you_mean(locks: &[String]) -> Option<String> {
    (!locks.is_empty()).then(|| format!("did you mean {}?", lookup::either(locks)))
}

/// The first few locks in a folder.
fn locks_in(folder: &Path) -> Vec<String> {
    let readable = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let entries = std::fs::read_dir(readable).into_iter().flatten().flatten();
    let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
    let mut names: Vec<String> = names.filter(|name| name.ends_with(".lock.json")).collect();
    names.sort();
    names.truncate(3);
    names.into_iter().map(|name| folder.join(name).display().to_string()).collect()
}

/// A file as it is in a revision.
fn git_show(object: &str) -> Result<Vec<u8>, Failure> {
    let example = || format!("for example `git:main:{DEFAULT}`");
    if !object.contains(':') || object.ends_with(':') {
        let message = format!("`git:{object}` names no file; write `git:REV:PATH`");
        return Err(Failure::trouble(message).tip(example()));
    }
    // No name of a revision begins like this; to git it would be an option.
    if object.starts_with('-') {
        return Err(Failure::trouble(format!("`git:{object}` names no revision")).tip(example()));
    }
    let output = Command::new("git")
        .args(["show", "--no-textconv", "--no-ext-diff", "--no-color", object])
        // The messages are read below.
        .env("LC_ALL", "C")
        .output()
        .map_err(|error| match error.kind() {
            ErrorKind::NotFound => {
                Failure::trouble(format!("`git:{object}` needs `git`, which is not installed"))
            }
            _ => Failure::trouble(format!("`git` cannot be started: {error}")),
        })?;
    if !output.status.success() {
        return Err(git_failure(object, &String::from_utf8_lossy(&output.stderr)));
    }
    if output.stdout.starts_with(format!("tree {object}\n").as_bytes()) {
        return Err(Failure::trouble(format!("`git:{object}` is a folder, not a lock")));
    }
    Ok(output.stdout)
}

/// What git says, with what to do about it.
fn git_failure(object: &str, said: &str) -> Failure {
    let mut lines = said.lines().filter(|line| !line.trim().is_empty());
    let fatal = lines.next().unwrap_or("git failed").trim_start_matches("fatal: ");
    let failure = Failure::trouble(format!("`git:{object}`: {fatal}"));
    let revision = object.split(':').next().unwrap_or_default();
    let hint = lines.find_map(|line| line.strip_prefix("hint: ")).map(str::to_owned);
    failure.tip(if fatal.contains("invalid object name") || fatal.contains("unknown revision") {
        let branch = revision.trim_start_matches("origin/");
        Some(format!(
            "is `{revision}` fetched? A checkout in CI often has one commit only: `git fetch origin {branch}`"
        ))
    } else if fatal.contains("not in '") || fatal.contains("does not exist in '") {
        hint.or_else(|| {
            Some(
                "the path is taken from the top of the repository; begin it with `./` for the current folder"
                    .to_owned(),
            )
        })
    } else {
        hint
    })
}
