//! Committed pages: missing, stale, written.

use std::fs;
use std::path::PathBuf;

use aura_errors_docs::lock::Update;
use aura_errors_docs::page::{PageError, check};

use super::aura;

/// A folder of a test's own, removed at its end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("aura-errors-pages-{}-{name}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn a_page_is_written_on_request_and_then_holds() {
    let folder = Folder::new("written");
    for name in ["errors.md", "more/errors.html"] {
        let path = folder.0.join(name);
        let missing = check(&path, &aura(), Update::No).unwrap_err();
        assert!(matches!(missing, PageError::Missing { .. }), "{missing}");
        assert!(missing.to_string().contains("AURA_ERRORS_UPDATE=1"), "{missing}");
        assert!(!path.exists());
        assert!(check(&path, &aura(), Update::Compatible).unwrap());
        assert!(!check(&path, &aura(), Update::Compatible).unwrap());
        assert!(!check(&path, &aura(), Update::No).unwrap());
    }
}

#[test]
fn a_stale_page_fails_with_its_first_line_that_differs() {
    let folder = Folder::new("stale");
    let path = folder.0.join("errors.md");
    check(&path, &aura(), Update::Breaking).unwrap();
    let mut taxonomy = aura().taxonomy().clone();
    taxonomy.title = "Errors of another API.".to_owned();
    let now = aura_errors_docs::page::Page::new(taxonomy);
    match check(&path, &now, Update::No).unwrap_err() {
        PageError::Stale { line, committed, now, .. } => {
            assert_eq!(
                (line, &*committed, &*now),
                (3, "# Errors of the Aura API", "# Errors of another API")
            );
        }
        other => panic!("{other}"),
    }
    fs::write(&path, aura().markdown() + "\nMore.\n").unwrap();
    let error = check(&path, &aura(), Update::No).unwrap_err().to_string();
    assert!(error.contains("(the end of the page)"), "{error}");
}

#[test]
fn other_ends_of_lines_are_no_difference() {
    let folder = Folder::new("lines");
    let path = folder.0.join("errors.md");
    fs::write(&path, aura().markdown().replace('\n', "\r\n")).unwrap();
    assert!(!check(&path, &aura(), Update::No).unwrap());
}

#[test]
fn a_file_that_is_no_page_is_not_touched() {
    let folder = Folder::new("kind");
    for name in ["errors", "errors.json", "errors.MD"] {
        let path = folder.0.join(name);
        let error = check(&path, &aura(), Update::Breaking).unwrap_err();
        assert!(matches!(error, PageError::Kind { .. }), "{error}");
        assert!(!path.exists());
    }
    let error =
        check(folder.0.join("errors.md/errors.md").parent().unwrap(), &aura(), Update::No).unwrap_err();
    assert!(matches!(error, PageError::Missing { .. }), "{error}");
    fs::create_dir(folder.0.join("folder.md")).unwrap();
    let error = check(folder.0.join("folder.md"), &aura(), Update::Breaking).unwrap_err();
    assert!(matches!(error, PageError::Io { .. }), "{error}");
}
