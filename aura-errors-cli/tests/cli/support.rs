//! What several modules need.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use assert_cmd::Command;
use tempfile::TempDir;

/// What a run of the command came to.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

pub(crate) fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

pub(crate) fn fixture(name: &str) -> String {
    fs::read_to_string(fixtures().join(name)).unwrap()
}

/// The command in a folder, without what the environment of the tests might say.
pub(crate) fn command(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_aura-errors"));
    command.current_dir(folder).timeout(Duration::from_secs(120));
    for (name, _) in std::env::vars_os() {
        let theirs = name.to_string_lossy();
        if theirs.starts_with("GIT") || theirs.starts_with("CLICOLOR") {
            command.env_remove(&name);
        }
    }
    command.env_remove("NO_COLOR").env_remove("COLUMNS").env_remove("CI");
    // Not even the user's own settings of git.
    command.env("GIT_CONFIG_GLOBAL", folder.join("no-such-file")).env("GIT_CONFIG_NOSYSTEM", "1");
    command
}

pub(crate) fn ran(command: &mut Command) -> Ran {
    let output = command.output().unwrap();
    Ran {
        code: output.status.code().expect("ended by a signal"),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

pub(crate) fn run_in(folder: &Path, args: &[&str]) -> Ran {
    ran(command(folder).args(args))
}

/// Among the fixtures.
pub(crate) fn run(args: &[&str]) -> Ran {
    run_in(&fixtures(), args)
}

/// What a user sees.
pub(crate) fn transcript(folder: &Path, args: &[&str]) -> String {
    let Ran { code, stdout, stderr } = run_in(folder, args);
    let quoted =
        args.iter().map(|arg| if arg.contains(' ') { format!(" '{arg}'") } else { format!(" {arg}") });
    format!("$ aura-errors{}\n{stdout}{stderr}[{code}]\n", quoted.collect::<String>())
}

/// Compares with the snapshot of this name in the workspace's `snapshots` folder.
#[track_caller]
pub(crate) fn snapshot(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(concat!(env!("CARGO_MANIFEST_DIR"), "/../snapshots"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(format!("cli_{name}"), text));
}

/// A folder with these files.
pub(crate) fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

/// The first lock of the shop after a change of its text.
pub(crate) fn shop_with(from: &str, to: &str) -> String {
    let text = fixture("shop-1.lock.json");
    assert!(text.contains(from), "{from}");
    text.replace(from, to)
}
