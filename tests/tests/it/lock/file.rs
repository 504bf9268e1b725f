//! The file: what it holds, and what is said about one that cannot be read.

use std::fs;

use aura_errors::Taxonomy;
use aura_errors_docs::{Lock, LockError, model};
use aura_errors_tests::seeds::AuraError;
use aura_errors_tests_foreign::BillingError;

use super::update::Folder;

fn lock() -> Lock {
    Lock::new(model::Taxonomy::of(AuraError::catalog()).unwrap())
}

#[test]
fn a_lock_is_read_as_it_was_written() {
    for catalog in [AuraError::catalog(), BillingError::catalog()] {
        let lock = Lock::new(model::Taxonomy::of(catalog).unwrap());
        let text = lock.to_json();
        assert!(
            text.starts_with("{\n  \"format\": 1,\n  \"taxonomy\": {\n    \"name\": ")
                && text.ends_with("}\n")
        );
        let read = Lock::from_json(&text).unwrap();
        assert_eq!(read, lock);
        assert_eq!(read.to_json(), text);
    }
}

#[test]
fn members_of_a_later_version_are_ignored() {
    let text = lock().to_json().replace("\"format\": 1,", "\"format\": 1, \"more\": [1, {}],");
    let text = text.replace("\"variant\": \"NotFound\",", "\"variant\": \"NotFound\", \"color\": \"red\",");
    assert_eq!(Lock::from_json(&text).unwrap(), lock());
}

#[test]
fn what_cannot_be_read_is_said_in_one_line() {
    let text = lock().to_json();
    let cases = [
        (
            "",
            "the lock is no JSON: EOF while parsing a value at line 1 column 0; restore it from version control, or write it anew",
        ),
        (&text[..200], "the lock is no JSON: EOF while parsing"),
        ("[]", "this is no lock of aura-errors: it has no number `format`"),
        ("{\"format\": \"1\"}", "this is no lock of aura-errors: it has no number `format`"),
        ("{\"format\": -1}", "this is no lock of aura-errors: it has no number `format`"),
        ("{\"format\": 0}", "the lock has the format 0, which is older than 1; write it anew"),
        (
            "{\"format\": 2}",
            "the lock has the format 2, but this version reads only up to 1; update aura-errors",
        ),
        ("{\"format\": 1}", "the lock is damaged: missing field `taxonomy`"),
        (
            &text.replace("\"status\": 404", "\"status\": \"404\""),
            "the lock is damaged: invalid type: string \"404\", expected u16 at line ",
        ),
        (
            &text.replace("\"status\": 404", "\"status\": 0"),
            "the lock is damaged: invalid value: integer `0`, expected a status from 100 to 599 at line ",
        ),
        (
            &text.replace("\"status\": 404", "\"status\": 404, \"last_status\": 600"),
            "the lock is damaged: invalid value: integer `600`, expected a status from 100 to 599 at line ",
        ),
        (
            &text.replace("\"code_rule\": \"none\"", "\"code_rule\": \"sometimes\""),
            "the lock is damaged: unknown variant `sometimes`",
        ),
        ("<<<<<<< HEAD\n", "the lock is no JSON: expected value at line 1 column 1"),
    ];
    for (text, expected) in cases {
        let shown = Lock::from_json(text).unwrap_err().to_string();
        assert!(shown.starts_with(expected), "{shown}");
        assert!(!shown.contains('\n'), "{shown}");
    }
}

#[test]
fn what_is_quoted_of_a_file_is_short_and_on_its_line() {
    let hostile = format!("some\\n\\u001b[31mtimes{}", "x".repeat(10_000));
    let text = lock().to_json().replace("\"code_rule\": \"none\"", &format!("\"code_rule\": \"{hostile}\""));
    let shown = Lock::from_json(&text).unwrap_err().to_string();
    assert!(shown.starts_with("the lock is damaged: unknown variant `some\\n\\u{1b}[31mtimesxxx"), "{shown}");
    assert!(
        shown.contains(" column ") && shown.ends_with("; restore it from version control, or write it anew"),
        "{shown}"
    );
    assert!(shown.len() < 450 && !shown.contains(char::is_control), "{shown}");
}

#[test]
fn a_missing_file_and_one_that_is_none() {
    let folder = Folder::new("file");
    let path = folder.path("none.json");
    let error = Lock::read(&path).unwrap_err();
    assert!(matches!(&error, LockError::Missing { path: missing } if *missing == path), "{error}");
    assert_eq!(error.to_string(), format!("there is no lock `{}`", path.display()));

    fs::create_dir(&path).unwrap();
    let error = Lock::read(&path).unwrap_err();
    assert!(
        error.to_string().starts_with(&format!("the lock `{}` cannot be read: ", path.display())),
        "{error}"
    );
    let error = lock().write(&path).unwrap_err();
    assert!(
        error.to_string().starts_with(&format!("the lock `{}` cannot be written: ", path.display())),
        "{error}"
    );
}
