//! Completions, manual pages and help.

use std::fs;
use std::process::Command;

use crate::support::{fixtures, folder, run, run_in, snapshot, transcript};

/// What a shell does when someone types `aura-errors li` and presses Tab.
const COMPLETE: &str = r#"
source "$1"
specification=$(complete -p aura-errors)
function=${specification##*-F }
COMP_WORDS=(aura-errors li) COMP_CWORD=1
"${function%% *}" aura-errors li aura-errors
echo "${COMPREPLY[@]}"
"#;

#[test]
fn bash_understands_its_completions() {
    let folder = folder(&[("aura-errors.bash", &run(&["completions", "bash"]).stdout)]);
    let script = folder.path().join("aura-errors.bash");
    let parsed = Command::new("bash").arg("-n").arg(&script).output().expect("bash is installed");
    assert!(parsed.status.success(), "{}", String::from_utf8_lossy(&parsed.stderr));
    let completed = Command::new("bash").args(["-c", COMPLETE, "bash"]).arg(&script).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&completed.stdout), "list\n", "{completed:?}");
}

#[test]
fn every_shell_has_completions() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let run = run(&["completions", shell]);
        assert_eq!((run.code, run.stderr.as_str()), (0, ""));
        for word in ["aura-errors", "explain", "fail-on"] {
            assert!(run.stdout.contains(word), "{word} for {shell}");
        }
    }
    assert_eq!(run(&["completions", "cmd"]).code, 2);
}

#[test]
fn every_command_has_a_manual_page() {
    let folder = folder(&[]);
    assert_eq!(run_in(folder.path(), &["man", "share/man1"]).code, 0);
    for name in ["aura-errors", "aura-errors-diff", "aura-errors-explain", "aura-errors-render-html"] {
        let page = fs::read_to_string(folder.path().join(format!("share/man1/{name}.1"))).unwrap();
        assert!(page.contains(".SH NAME"), "{name}");
    }
}

#[test]
fn help_has_examples_for_every_command() {
    let mut all = String::new();
    for command in ["", "list", "explain", "diff", "render", "completions", "man"] {
        let args: Vec<&str> = [command, "--help"].into_iter().filter(|arg| !arg.is_empty()).collect();
        let help = transcript(&fixtures(), &args);
        assert!(help.contains("Example"), "{help}");
        all.push_str(&help);
    }
    snapshot("help", &all);
}

#[test]
fn the_version_is_that_of_the_crate() {
    let run = run(&["--version"]);
    assert_eq!(run.stdout, concat!("aura-errors ", env!("CARGO_PKG_VERSION"), "\n"));
}
