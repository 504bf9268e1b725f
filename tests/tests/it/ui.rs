//! Compile errors: each at the offending token, each saying what to write.

use std::fs;
use std::path::{Path, PathBuf};

fn ui() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("ui")
}

#[test]
fn diagnostics() {
    let cases = trybuild::TestCases::new();
    for topic in fs::read_dir(ui()).unwrap() {
        let topic = topic.unwrap().path();
        if topic.is_dir() && topic.file_name().unwrap() != "pass" {
            cases.compile_fail(topic.join("*.rs"));
        }
    }
}
