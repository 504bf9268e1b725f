//! Locks of the past, from a real repository.

use std::process::Command;

use tempfile::TempDir;

use crate::support::{Ran, command, fixture, folder, ran, run_in};

const STRANGE: &str = "api/it's; $(touch ran) & `x`.lock.json";

/// The first lock in `v1`, the second in `v2`, both at the top and in `api`.
fn repository() -> TempDir {
    let folder = folder(&[]);
    let git = |args: &[&str]| {
        let output = Command::new("git")
            .current_dir(folder.path())
            .args(["-c", "user.name=Test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false"])
            .args(args)
            .env("GIT_CONFIG_GLOBAL", folder.path().join("no-such-file"))
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .output()
            .expect("git is installed");
        assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    };
    let put = |lock: &str| {
        for name in ["shop.lock.json", "api/users.lock.json", STRANGE] {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, fixture(lock)).unwrap();
        }
    };
    git(&["init", "--quiet", "--initial-branch", "main"]);
    for (version, lock) in [("v1", "shop-1.lock.json"), ("v2", "shop-2.lock.json")] {
        put(lock);
        git(&["add", "."]);
        git(&["commit", "--quiet", "--message", version]);
        git(&["tag", version]);
    }
    folder
}

fn summary(run: &Ran) -> &str {
    run.stdout.lines().next().unwrap_or(&run.stderr)
}

#[test]
fn either_side_may_be_a_revision() {
    let repository = repository();
    let run = |args: [&str; 3]| run_in(repository.path(), &args);
    let changed = "2 breaking, 2 notice, 4 free, 1 accepted";
    for (old, new) in [
        ("git:v1:shop.lock.json", "shop.lock.json"),
        ("git:v1:shop.lock.json", "git:v2:shop.lock.json"),
        ("git:HEAD~1:api/users.lock.json", "git:main:api/users.lock.json"),
    ] {
        let run = run(["diff", old, new]);
        assert_eq!(run.code, 1, "{run:?}");
        assert_eq!(summary(&run), format!("{old} → {new}: {changed}"));
    }
    let same = run(["diff", "git:v2:shop.lock.json", "shop.lock.json"]);
    assert_eq!((same.code, summary(&same).ends_with(": nothing changed")), (0, true), "{same:?}");
}

#[test]
fn other_commands_read_revisions_too() {
    let repository = repository();
    assert_eq!(run_in(repository.path(), &["explain", "git:v1:shop.lock.json", "voucher_expired"]).code, 0);
    assert_eq!(run_in(repository.path(), &["explain", "git:v2:shop.lock.json", "voucher_expired"]).code, 1);
    assert_eq!(run_in(repository.path(), &["list", "git:v1:shop.lock.json"]).code, 0);
}

#[test]
fn a_path_begins_at_the_top_or_in_this_folder() {
    let repository = repository();
    let api = repository.path().join("api");
    for path in ["git:v1:./users.lock.json", "git:v1:api/users.lock.json", "git:v1:../shop.lock.json"] {
        let run = run_in(&api, &["list", path]);
        assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{path}");
    }
}

#[test]
fn an_empty_revision_is_what_is_staged() {
    let repository = repository();
    std::fs::write(repository.path().join("shop.lock.json"), "{").unwrap();
    assert_eq!(run_in(repository.path(), &["list", "git::shop.lock.json"]).code, 0);
}

#[test]
fn no_shell_and_no_option_is_in_between() {
    let repository = repository();
    let run = run_in(repository.path(), &["list", &format!("git:v1:{STRANGE}")]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    assert!(!repository.path().join("ran").exists());

    let run = run_in(repository.path(), &["list", "git:--output=written:shop.lock.json"]);
    assert_eq!(run.code, 2);
    assert!(!repository.path().join("written").exists());
    assert!(!repository.path().join("written:shop.lock.json").exists());
}

#[test]
fn what_git_does_not_find_is_explained() {
    let repository = repository();
    let top = repository.path();
    let api = top.join("api");
    let example = "tip: for example `git:main:aura-errors.lock.json`";
    for (folder, lock, said) in [
        (top, "git:nope:shop.lock.json", ["'nope'", "tip: is `nope` fetched?"]),
        (top, "git:origin/main:shop.lock.json", ["'origin/main'", "`git fetch origin main`"]),
        (top, "git:v1:nope.lock.json", ["'nope.lock.json'", "begin it with `./` for the current folder"]),
        (top, "git:v1:../../shop.lock.json", ["'../../shop.lock.json'", "outside repository"]),
        (&api, "git:v1:users.lock.json", ["'api/users.lock.json' exists", "'v1:./users.lock.json'"]),
        (top, "git:v1:api", ["`git:v1:api`", "is a folder, not a lock"]),
        (top, "git:v1", ["`git:v1` names no file; write `git:REV:PATH`", example]),
        (top, "git:v1:", ["`git:v1:` names no file; write `git:REV:PATH`", example]),
        (top, "git:", ["`git:` names no file; write `git:REV:PATH`", example]),
    ] {
        let run = run_in(folder, &["list", lock]);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{lock}");
        for part in said {
            assert!(run.stderr.contains(part), "{part}\n{}", run.stderr);
        }
    }
}

#[test]
fn outside_of_a_repository_there_are_no_revisions() {
    let outside = folder(&[]);
    let parent = outside.path().parent().unwrap();
    let run = ran(command(outside.path())
        .args(["list", "git:main:shop.lock.json"])
        .env("GIT_CEILING_DIRECTORIES", parent));
    assert_eq!(run.code, 2);
    assert!(
        run.stderr.starts_with("error: `git:main:shop.lock.json`: not a git repository"),
        "{}",
        run.stderr
    );
}

#[test]
fn without_git_there_are_no_revisions() {
    let nowhere = folder(&[]);
    let run =
        ran(command(nowhere.path()).args(["list", "git:main:shop.lock.json"]).env("PATH", nowhere.path()));
    assert_eq!(run.code, 2);
    assert_eq!(run.stderr, "error: `git:main:shop.lock.json` needs `git`, which is not installed\n");
}
