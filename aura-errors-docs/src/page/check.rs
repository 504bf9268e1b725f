//! A committed page against what it has to be now.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::{fs, io};

use super::Page;
use crate::lock::{UPDATE, UnknownUpdate, Update};

/// Why a page could not be made, checked or written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
#[allow(missing_docs)]
pub enum PageError {
    #[error(transparent)]
    Update(#[from] UnknownUpdate),
    /// The catalogue is not what this version understands.
    #[error("the catalogue cannot be read: {0}")]
    Catalogue(#[from] serde_json::Error),
    /// The file's name does not say what kind of page it is.
    #[error("`{}` is no page: its name has to end with `.md` or `.html`, and the feature of that name has to be on", path.display())]
    Kind { path: PathBuf },
    /// There is no such file yet.
    #[error("there is no page `{}`; write it with `{UPDATE}=1 cargo test`, and commit it", path.display())]
    Missing { path: PathBuf },
    /// The committed page is not what the annotations say.
    #[error(
        "the page `{}` is stale from line {line} on: it says\n    {committed}\nand has to say\n    {now}\nWrite it with `{UPDATE}=1 cargo test`, and commit it",
        path.display()
    )]
    Stale {
        path: PathBuf,
        /// The first line that differs, counted from 1.
        line: usize,
        /// That line as it is committed.
        committed: String,
        /// That line as it has to be.
        now: String,
    },
    #[error("`{}`: {source}", path.display())]
    Io { path: PathBuf, source: io::Error },
}

/// Compares a committed page with what it has to be, or writes it where an update is asked for:
/// Markdown where the name ends with `.md`, HTML where it ends with `.html`.
///
/// Says whether the file was written.
///
/// # Errors
///
/// If the page is stale or missing and no update was asked for, if its name says neither Markdown
/// nor HTML, or if the file cannot be read or written.
pub fn check(path: impl AsRef<Path>, page: &Page, update: Update) -> Result<bool, PageError> {
    let path = path.as_ref();
    let failed = |source| PageError::Io { path: path.to_owned(), source };
    let now = render(path, page)?;
    let committed = match fs::read_to_string(path) {
        // Version control may have changed the ends of lines.
        Ok(text) => Some(text.replace("\r\n", "\n")),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(failed(error)),
    };
    if committed.as_ref() == Some(&now) {
        return Ok(false);
    }
    if update != Update::No {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(failed)?;
        }
        fs::write(path, now).map_err(failed)?;
        return Ok(true);
    }
    match committed {
        None => Err(PageError::Missing { path: path.to_owned() }),
        Some(committed) => Err(stale(path, &committed, &now)),
    }
}

fn render(path: &Path, page: &Page) -> Result<String, PageError> {
    match path.extension().and_then(OsStr::to_str) {
        #[cfg(feature = "markdown")]
        Some("md") => Ok(page.markdown()),
        #[cfg(feature = "html")]
        Some("html") => Ok(page.html()),
        _ => Err(PageError::Kind { path: path.to_owned() }),
    }
}

fn stale(path: &Path, committed: &str, now: &str) -> PageError {
    let mut before = committed.split('\n');
    let mut after = now.split('\n');
    let mut line = 0;
    loop {
        line += 1;
        match (before.next(), after.next()) {
            (Some(before), Some(after)) if before == after => {}
            (before, after) => {
                let shown = |text: Option<&str>| text.map_or("(the end of the page)", str::trim).to_owned();
                return PageError::Stale {
                    path: path.to_owned(),
                    line,
                    committed: shown(before),
                    now: shown(after),
                };
            }
        }
    }
}
