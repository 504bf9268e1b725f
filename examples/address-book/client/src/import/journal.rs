//! What the server has confirmed, in a file beside the one that is imported.

use std::collections::HashSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use reqwest::Url;
use uuid::Uuid;

use crate::problem::Problem;

/// One line for each record and server. It saves requests and nothing else: a line that was lost costs one
/// more of them.
#[derive(Debug)]
pub(super) struct Journal {
    path: PathBuf,
    server: Uuid,
    done: HashSet<Uuid>,
    /// Opened with the first line.
    file: Option<File>,
}

impl Journal {
    pub(super) fn open(imported: &Path, server: &Url) -> Result<Self, Problem> {
        let mut path = imported.as_os_str().to_owned();
        path.push(".done");
        let path = PathBuf::from(path);
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
            Err(source) => return Err(Problem::File { path, source }),
        };
        // A line that was cut off is no key.
        let done = text.lines().filter_map(|line| line.parse().ok()).collect();
        // What one server has, another may lack.
        let server = Uuid::new_v5(&Uuid::NAMESPACE_URL, server.as_str().as_bytes());
        Ok(Self { path, server, done, file: None })
    }

    pub(super) fn contains(&self, key: &Uuid) -> bool {
        self.done.contains(&self.line(key))
    }

    pub(super) fn note(&mut self, key: &Uuid) -> Result<(), Problem> {
        self.append(&self.line(key)).map_err(|source| Problem::File { path: self.path.clone(), source })
    }

    fn line(&self, key: &Uuid) -> Uuid {
        Uuid::new_v5(&self.server, key.as_bytes())
    }

    fn append(&mut self, line: &Uuid) -> io::Result<()> {
        let file = match &mut self.file {
            Some(file) => file,
            none => {
                let mut file = OpenOptions::new().create(true).append(true).open(&self.path)?;
                // The last line of an earlier run may have been cut off.
                file.write_all(b"\n")?;
                none.insert(file)
            }
        };
        file.write_all(format!("{line}\n").as_bytes())
    }

    /// Nothing is left to be done.
    pub(super) fn remove(self) -> Result<(), Problem> {
        match fs::remove_file(&self.path) {
            Err(source) if source.kind() != io::ErrorKind::NotFound => {
                Err(Problem::File { path: self.path, source })
            }
            _ => Ok(()),
        }
    }
}
