//! Compile errors: each at the offending token, each saying what to write.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

fn topics() -> impl Iterator<Item = PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui");
    fs::read_dir(folder).unwrap().map(|topic| topic.unwrap().path()).filter(|topic| topic.is_dir())
}

/// The files of one folder that end so, without that end, sorted.
fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let files = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    let mut files: Vec<PathBuf> = files
        .filter(|file| file.extension() == Some(OsStr::new(extension)))
        .map(|file| file.with_extension(""))
        .collect();
    files.sort();
    files
}

#[test]
fn diagnostics() {
    let cases = trybuild::TestCases::new();
    for topic in topics() {
        if topic.ends_with("pass") {
            cases.pass(topic.join("*.rs"));
        } else {
            cases.compile_fail(topic.join("*.rs"));
        }
    }
}

#[test]
fn every_case_has_its_diagnostic_and_every_diagnostic_its_case() {
    for topic in topics().filter(|topic| !topic.ends_with("pass")) {
        assert_eq!(files(&topic, "stderr"), files(&topic, "rs"));
    }
}
