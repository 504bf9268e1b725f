//! Files that are missing, damaged or no locks at all, and readers that go away.

use std::io::pipe;
use std::process::{Command, Stdio};

use crate::support::{command, fixture, fixtures, folder, ran, run_in, shop_with, snapshot, transcript};

#[test]
fn each_kind_of_damage_has_its_words() {
    let shop = fixture("shop-1.lock.json");
    let conflict = shop_with("  \"format\": 1,\n", "<<<<<<< HEAD\n  \"format\": 1,\n=======\n>>>>>>> main\n");
    let cases = [
        ("empty", String::new()),
        ("cut-off", shop[..shop.len() / 2].to_owned()),
        ("merge-conflict", conflict),
        ("no-json", "errors:\n  - not_found\n".to_owned()),
        ("other-json", "[1, 2]".to_owned()),
        ("no-format", shop_with("  \"format\": 1,\n", "")),
        ("format-as-text", shop_with("\"format\": 1", "\"format\": \"1\"")),
        ("older", shop_with("\"format\": 1", "\"format\": 0")),
        ("newer", shop_with("\"format\": 1", "\"format\": 2")),
        ("no-taxonomy", "{ \"format\": 1 }".to_owned()),
        ("no-status", shop_with("      \"status\": 404,\n", "")),
        ("status-as-text", shop_with("\"status\": 404,", "\"status\": \"404\",")),
        ("unknown-role", shop_with("\"role\": \"retry_after\"", "\"role\": \"retry_before\"")),
    ];
    let files: Vec<(String, String)> = cases
        .into_iter()
        .map(|(name, text)| (format!("{name}.json"), text))
        .chain([("Cargo.lock".to_owned(), "version = 4\n".to_owned())])
        .chain([("package-lock.json".to_owned(), "{ \"lockfileVersion\": 3 }".to_owned())])
        .collect();
    let folder = folder(&files.iter().map(|(name, text)| (&**name, &**text)).collect::<Vec<_>>());
    let mut said = String::new();
    for (name, _) in &files {
        let run = run_in(folder.path(), &["list", name]);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{name}");
        said.push_str(&run.stderr);
        said.push('\n');
    }
    snapshot("damaged", &said);
}

#[test]
fn both_sides_of_a_comparison_are_checked() {
    let folder = folder(&[("good.json", &fixture("shop-1.lock.json")), ("bad.json", "{")]);
    for args in [["diff", "good.json", "bad.json"], ["diff", "bad.json", "good.json"]] {
        let run = run_in(folder.path(), &args);
        assert_eq!(run.code, 2);
        assert!(run.stderr.starts_with("error: `bad.json`: the lock is no JSON"), "{}", run.stderr);
    }
}

#[test]
fn a_text_that_is_not_utf_8_is_no_lock() {
    let folder = folder(&[]);
    let utf_16: Vec<u8> = fixture("shop-1.lock.json").encode_utf16().flat_map(u16::to_le_bytes).collect();
    std::fs::write(folder.path().join("utf-16.json"), [&[0xff, 0xfe][..], &utf_16].concat()).unwrap();
    let run = run_in(folder.path(), &["list", "utf-16.json"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.starts_with("error: `utf-16.json` is not text in UTF-8\n"), "{}", run.stderr);
}

#[test]
fn what_is_missing_may_be_another() {
    let shop = fixture("shop-1.lock.json");
    let folder = folder(&[("api/shop.lock.json", &shop), ("api/users.lock.json", &shop), ("src/lib.rs", "")]);
    let said = |args: &[&str]| transcript(folder.path(), args);
    snapshot(
        "missing",
        &[
            said(&["list"]),
            said(&["list", "api/nope.lock.json"]),
            said(&["list", "api"]),
            said(&["list", "src"]),
            said(&["list", "no/such/folder.json"]),
            said(&["diff", "api/shop.lock.json"]),
            said(&["diff", "api/shop.lock.json", "api/none.json"]),
            said(&["lst"]),
        ]
        .concat(),
    );
}

#[test]
fn a_reader_that_has_seen_enough_is_no_failure() {
    for (args, code) in [
        (&["list", "shop-1.lock.json"][..], 0),
        (&["list", "shop-1.lock.json", "--format", "json"], 0),
        (&["list", "shop-1.lock.json", "--color", "always"], 0),
        (&["explain", "shop-1.lock.json", "1007"], 0),
        (&["diff", "shop-1.lock.json", "shop-2.lock.json"], 1),
        (&["render", "markdown", "shop-1.lock.json"], 0),
        (&["completions", "bash"], 0),
        (&["--help"], 0),
    ] {
        let (reader, writer) = pipe().unwrap();
        drop(reader);
        let output = Command::new(env!("CARGO_BIN_EXE_aura-errors"))
            .current_dir(fixtures())
            .args(args)
            .stdin(Stdio::null())
            .stdout(writer)
            .output()
            .unwrap();
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{args:?}");
        assert_eq!(output.status.code(), Some(code), "{args:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_a_failure() {
    let full = std::fs::File::create("/dev/full").unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_aura-errors"))
        .current_dir(fixtures())
        .args(["list", "shop-1.lock.json"])
        .stdout(full)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.starts_with("error: the output cannot be written: "), "{said}");
}

#[test]
fn standard_input_is_read_where_a_file_is() {
    let run = ran(command(&fixtures()).args(["list", "-"]).write_stdin(fixture("shop-1.lock.json")));
    assert_eq!(run.stdout, run_in(&fixtures(), &["list", "shop-1.lock.json"]).stdout);
    let run = ran(command(&fixtures()).args(["list", "-"]).write_stdin(""));
    assert_eq!(run.code, 2);
    assert!(
        run.stderr.contains("`standard input`") && run.stderr.contains("tip: it is empty"),
        "{}",
        run.stderr
    );
}
