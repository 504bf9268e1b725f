//! The check against a file, and what an update writes.

use std::path::{Path, PathBuf};
use std::{env, fs, process};

use aura_errors::Taxonomy;
use aura_errors::testing::{assert_contract, update_contract};
use aura_errors_docs::lock::{ContractError, Lock, Report, Rule, Severity, Update};
use aura_errors_docs::model::{self, Code};
use aura_errors_docs::{Json, LockError, lock};

/// A folder of a test's own, which it takes away again.
pub(super) struct Folder(PathBuf);

impl Folder {
    pub(super) fn new(name: &str) -> Self {
        let path = env::temp_dir().join(format!("aura-errors-{}-{name}", process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub(super) fn path(&self, file: &str) -> PathBuf {
        self.0.join(file)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

mod first {
    use aura_errors::Taxonomy;

    #[derive(Debug, thiserror::Error, Taxonomy)]
    pub(super) enum ShopError {
        #[error("No such order")]
        #[api(404)]
        NoOrder,
        #[error("Sold out")]
        #[api(409)]
        SoldOut,
    }
}

/// One error more.
mod second {
    use aura_errors::Taxonomy;

    #[derive(Debug, thiserror::Error, Taxonomy)]
    pub(super) enum ShopError {
        #[error("No such order")]
        #[api(404)]
        NoOrder,
        #[error("Sold out")]
        #[api(409)]
        SoldOut,
        #[error("No such customer")]
        #[api(404)]
        NoCustomer,
    }
}

/// One of the first two is gone.
mod third {
    use aura_errors::Taxonomy;

    #[derive(Debug, thiserror::Error, Taxonomy)]
    pub(super) enum ShopError {
        #[error("No such order")]
        #[api(404)]
        NoOrder,
        #[error("No such customer")]
        #[api(404)]
        NoCustomer,
    }
}

/// Its code is back for something else.
mod fourth {
    use aura_errors::Taxonomy;

    #[derive(Debug, thiserror::Error, Taxonomy)]
    pub(super) enum ShopError {
        #[error("No such order")]
        #[api(404)]
        NoOrder,
        #[error("No such customer")]
        #[api(404)]
        NoCustomer,
        #[error("The concert is sold out")]
        #[api(410, code = "sold_out")]
        Concert,
    }
}

fn update<E: Taxonomy>(path: &Path, update: Update) -> Result<Report, ContractError> {
    update_contract::<E>(path, update)
}

#[track_caller]
fn refused<E: Taxonomy>(path: &Path, asked: Update) -> (Report, String) {
    let before = fs::read_to_string(path).unwrap();
    let error = update::<E>(path, asked).unwrap_err();
    assert_eq!(fs::read_to_string(path).unwrap(), before, "nothing is written");
    let shown = error.to_string();
    let ContractError::Changed { report, .. } = error else { panic!("{error}") };
    (report, shown)
}

#[test]
fn the_life_of_a_lock() {
    let folder = Folder::new("life");
    let path = folder.path("aura-errors.lock.json");

    // Without a lock the check fails, and says how to write one.
    let error = update::<first::ShopError>(&path, Update::No).unwrap_err();
    assert_eq!(
        error.to_string(),
        format!(
            "there is no lock `{}`; write it with `AURA_ERRORS_UPDATE=1 cargo test`, and commit it",
            path.display()
        )
    );
    assert!(!path.exists());
    update::<first::ShopError>(&path, Update::Compatible).unwrap();
    assert!(update::<first::ShopError>(&path, Update::No).unwrap().is_empty());

    // What breaks nothing fails too, until it is written.
    let (report, shown) = refused::<second::ShopError>(&path, Update::No);
    assert_eq!(report.severity(), Some(Severity::Free));
    assert!(
        shown.ends_with(
            "Nothing breaks. Write the lock with `AURA_ERRORS_UPDATE=1 cargo test`, and commit it."
        ),
        "{shown}"
    );
    let report = update::<second::ShopError>(&path, Update::Compatible).unwrap();
    assert_eq!(report.differences[0].rule, Rule::ErrorAdded);
    assert!(update::<second::ShopError>(&path, Update::No).unwrap().is_empty());

    // What breaks clients is not written by the way.
    let (_, shown) = refused::<third::ShopError>(&path, Update::No);
    assert!(shown.starts_with(&format!("`ShopError` is not what `{}` says: 1 breaking, 0 notice, 0 free\n\nbreaking error-removed at `sold_out`: ", path.display())), "{shown}");
    let (_, shown) = refused::<third::ShopError>(&path, Update::Compatible);
    assert!(shown.contains("The lock was not written, because that would break clients."), "{shown}");
    assert!(
        shown.ends_with(
            "To accept all of them, write the lock with `AURA_ERRORS_UPDATE=breaking cargo test`."
        ),
        "{shown}"
    );

    // The code that is gone becomes a tombstone.
    update::<third::ShopError>(&path, Update::Breaking).unwrap();
    assert!(update::<third::ShopError>(&path, Update::No).unwrap().is_empty());
    let graves = |path: &Path| Lock::read(path).unwrap().removed;
    let removed = graves(&path);
    assert_eq!(removed.len(), 1);
    assert_eq!(
        (&removed[0].code, removed[0].name.as_str(), removed[0].status),
        (&Code::Text("sold_out".into()), "sold_out", 409)
    );

    // Nobody gets it for something else.
    let (report, _) = refused::<fourth::ShopError>(&path, Update::Compatible);
    assert_eq!(report.differences[0].rule, Rule::CodeReused);
    assert_eq!(report.differences[0].from, Some("sold_out".into()));

    // Back where it was it is no reuse, and no tombstone.
    let report = update::<second::ShopError>(&path, Update::Compatible).unwrap();
    assert_eq!(report.differences.len(), 1);
    assert_eq!(report.differences[0].rule, Rule::ErrorRestored);
    assert!(graves(&path).is_empty());
}

#[test]
fn one_difference_is_accepted_with_a_reason() {
    let folder = Folder::new("accept");
    let path = folder.path("lock.json");
    update::<second::ShopError>(&path, Update::Compatible).unwrap();
    let (report, shown) = refused::<third::ShopError>(&path, Update::No);

    // The report has the entry; a person adds the reason.
    let entry = shown.lines().find(|line| line.trim_start().starts_with("{\"rule\"")).unwrap().trim();
    let entry = entry.replace("\"reason\":\"\"", "\"reason\":\"nobody used it\"");
    let mut lock = Lock::read(&path).unwrap();
    lock.accepted.push(serde_json::from_str(&entry).unwrap());
    assert_eq!(lock.accepted[0].rule, report.differences[0].rule.id());
    lock.write(&path).unwrap();

    let (report, shown) = refused::<third::ShopError>(&path, Update::No);
    assert_eq!(report.severity(), Some(Severity::Notice));
    assert!(shown.contains("\n         Accepted: nobody used it\n"), "{shown}");
    update::<third::ShopError>(&path, Update::Compatible).unwrap();
    let written = Lock::read(&path).unwrap();
    assert_eq!(written.accepted, lock.accepted, "what was accepted stays on record");
    assert_eq!(written.removed.len(), 1);

    // It accepts that difference, and no other.
    let mut other = lock.clone();
    other.accepted[0].from = Some(Json::from("something else"));
    other.write(&path).unwrap();
    let (report, _) = refused::<third::ShopError>(&path, Update::Compatible);
    assert_eq!(report.severity(), Some(Severity::Breaking));
}

#[test]
fn a_lock_that_cannot_be_read_is_not_overwritten() {
    let folder = Folder::new("damaged");
    let path = folder.path("lock.json");
    for (text, expected) in [("{", "no JSON"), ("{\"format\": 9}", "up to 1"), ("{\"format\": 1}", "damaged")]
    {
        fs::write(&path, text).unwrap();
        for asked in [Update::No, Update::Compatible, Update::Breaking] {
            let error = update::<first::ShopError>(&path, asked).unwrap_err();
            assert!(error.to_string().contains(expected), "{error}");
            assert!(error.to_string().contains("lock.json"), "{error}");
            assert!(matches!(error, ContractError::Lock { .. }));
            assert_eq!(fs::read_to_string(&path).unwrap(), text);
        }
    }
    let error =
        update::<first::ShopError>(&folder.path("no/such/folder.json"), Update::Compatible).unwrap_err();
    assert!(matches!(error, ContractError::Lock { source: LockError::Io { .. }, .. }), "{error}");
}

#[test]
fn codes_that_are_renamed_or_no_longer_read_become_tombstones() {
    let taxonomy = || model::Taxonomy::of(first::ShopError::catalog()).unwrap();
    let mut old = taxonomy();
    old.errors[0].synonyms = vec![Code::Number(7)];
    let mut new = taxonomy();
    new.errors[0].code = Some(Code::Text("missing".into()));
    let lock = Lock::new(old).updated(new);
    let codes: Vec<_> = lock.removed.iter().map(|grave| grave.code.to_string()).collect();
    assert_eq!(codes, ["no_order", "7"]);
    // They stay, whatever comes later.
    let later = lock.updated(model::Taxonomy::of(third::ShopError::catalog()).unwrap());
    let codes: Vec<_> = later.removed.iter().map(|grave| grave.code.to_string()).collect();
    assert_eq!(codes, ["7", "missing", "sold_out"], "no_order is read again");
}

/// The path is that of this crate, wherever the tests run.
#[test]
fn the_committed_locks_of_the_seeds() {
    assert_contract::<aura_errors_tests::seeds::AuraError>("locks/aura.lock.json");
    assert_contract::<aura_errors_tests::seeds::AuroraError>("locks/aurora.lock.json");
    let error = lock::check(
        Path::new(env!("CARGO_MANIFEST_DIR")).join("locks/aura.lock.json"),
        model::Taxonomy::of(aura_errors_tests::seeds::AuroraError::catalog()).unwrap(),
        Update::No,
    );
    assert!(error.is_err());
}
