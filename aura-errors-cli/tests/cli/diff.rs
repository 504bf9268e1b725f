use serde_json::Value;

use crate::support::{command, fixture, fixtures, folder, ran, run, run_in, shop_with, snapshot, transcript};

const BOTH: [&str; 3] = ["diff", "shop-1.lock.json", "shop-2.lock.json"];

#[test]
fn differences_are_grouped_by_severity_and_the_accepted_ones_apart() {
    snapshot("diff", &transcript(&fixtures(), &BOTH));
}

#[test]
fn github_gets_an_annotation_for_each() {
    snapshot("diff_github", &transcript(&fixtures(), &[&BOTH[..], &["--format", "github"]].concat()));
}

#[test]
fn annotations_name_the_file_from_the_top_of_the_repository() {
    let shop = fixture("shop-1.lock.json");
    let folder = folder(&[("old.lock.json", &shop), ("api/a,b.lock.json", &fixture("shop-2.lock.json"))]);
    let run = ran(command(&folder.path().join("api"))
        .args(["diff", "../old.lock.json", "a,b.lock.json", "--format", "github"])
        .env("GITHUB_WORKSPACE", folder.path()));
    assert!(
        run.stdout.starts_with("::error file=api/a%2Cb.lock.json,title=code-renamed at order_not_found::"),
        "{}",
        run.stdout
    );
}

#[test]
fn json_has_all_of_it() {
    let run = run(&[&BOTH[..], &["--format", "json"]].concat());
    let json: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(json["old"], "shop-1.lock.json");
    assert_eq!(json["severity"], "breaking");
    let differences = json["differences"].as_array().unwrap();
    let of = |severity: &str| differences.iter().filter(|d| d["severity"] == severity).count();
    for severity in ["breaking", "notice", "free"] {
        assert!(of(severity) > 0, "{severity}");
        assert_eq!(json["counts"][severity], of(severity));
    }
    let renamed = &differences[0];
    assert_eq!(renamed["rule"], "code-renamed");
    assert_eq!(renamed["at"], "order_not_found");
    assert_eq!((&renamed["from"], &renamed["to"]), (&"order_not_found".into(), &"order_missing".into()));
    assert!(renamed["advice"].as_str().unwrap().starts_with("Older clients do not know the new code."));
    assert_eq!(json["counts"]["accepted"], 1);
    assert_eq!(json["accepted"][0]["rule"], "class-removed");
    assert!(json["accepted"][0]["accepted"].as_str().unwrap().starts_with("No client asked"));
}

/// The exit codes of a difference with `--fail-on` breaking (the default), notice, free and never.
fn codes(old: &str, new: &str) -> [i32; 4] {
    let folder = folder(&[("old.lock.json", old), ("new.lock.json", new)]);
    let code = |args: &[&str]| {
        let run = run_in(folder.path(), &[&["diff", "old.lock.json", "new.lock.json"][..], args].concat());
        assert_eq!(run.stderr, "");
        run.code
    };
    assert_eq!(code(&[]), code(&["--fail-on", "breaking"]));
    for format in ["json", "github"] {
        assert_eq!(code(&[]), code(&["--format", format]));
    }
    ["breaking", "notice", "free", "never"].map(|severity| code(&["--fail-on", severity]))
}

#[test]
fn the_exit_code_is_that_of_the_worst_difference_from_the_limit_on() {
    let shop = fixture("shop-1.lock.json");
    assert_eq!(codes(&shop, &shop), [0, 0, 0, 0]);
    assert_eq!(codes(&shop, &shop_with("Another customer was faster.", "Someone was faster.")), [0, 0, 4, 0]);
    assert_eq!(
        codes(&shop, &shop_with("\"message\": \"Out of stock\"", "\"message\": \"Gone\"")),
        [0, 3, 3, 0]
    );
    assert_eq!(codes(&shop, &fixture("shop-2.lock.json")), [1, 1, 1, 0]);
}

#[test]
fn what_either_lock_accepts_does_not_count() {
    let classes = "\"conflict\",\n          \"request\"";
    let (old, new) = (fixture("shop-1.lock.json"), shop_with(classes, "\"conflict\""));
    assert_eq!(codes(&old, &new), [1, 1, 1, 0]);
    let accepted = r#"{ "format": 1, "accepted": [
        { "rule": "class-removed", "at": "card_declined_later", "from": "request", "reason": "nobody asks" } ],"#;
    let accepting = |lock: &str| lock.replacen("{\n  \"format\": 1,", accepted, 1);
    assert_eq!(codes(&old, &accepting(&new)), [0, 0, 0, 0]);
    assert_eq!(codes(&accepting(&old), &new), [0, 0, 0, 0]);
    // Another difference of the same error is not accepted with it.
    assert_eq!(codes(&accepting(&old), &new.replace("\"status\": 409", "\"status\": 408")), [1, 1, 1, 0]);
}

#[test]
fn nothing_changed_is_said() {
    let run = run(&["diff", "shop-1.lock.json", "shop-1.lock.json"]);
    assert_eq!(run.stdout, "shop-1.lock.json → shop-1.lock.json: nothing changed\n");
}

#[test]
fn long_values_are_shown_where_they_differ() {
    let run = run(&BOTH);
    let example = run.stdout.split("example-changed  order_not_found\n").nth(1).unwrap();
    let line = example.lines().next().unwrap();
    assert!(line.contains("order_missing") && line.contains('…'), "{line}");
}

#[test]
fn one_of_the_two_may_come_from_standard_input() {
    let stdin = |args: &[&str]| ran(command(&fixtures()).args(args).write_stdin(fixture("shop-1.lock.json")));
    let run = stdin(&["diff", "-", "shop-2.lock.json"]);
    assert_eq!(run.code, 1);
    assert!(run.stdout.starts_with("standard input → shop-2.lock.json: 2 breaking"), "{}", run.stdout);
    let run = stdin(&["diff", "-", "-"]);
    assert_eq!(run.code, 2);
    assert_eq!(run.stderr, "error: only one of the two locks can come from standard input\n");
}

#[test]
fn the_readme_shows_what_is_written() {
    let readme = std::fs::read_to_string(fixtures().join("../../README.md")).unwrap();
    let list = run(&["list", "shop-1.lock.json", "--status", "4xx", "--class", "conflict,rate_limit"]).stdout;
    assert!(readme.contains(&list), "{list}");
    let diff = run(&BOTH).stdout;
    let renamed = diff.split("  status-changed").next().unwrap().split_once("\n\n").unwrap().1;
    assert!(readme.contains(renamed), "{renamed}");
}
