use std::fs;

use aura_errors_docs::page::Page;
use aura_errors_docs::{Lock, json_schema, openapi, python, typescript};
use serde_json::Value;

use crate::support::{fixture, fixtures, folder, run, run_in, snapshot, transcript};

fn shop() -> Lock {
    Lock::from_json(&fixture("shop-1.lock.json")).unwrap()
}

fn rendered(args: &[&str]) -> String {
    let run = run(&[&["render"], args].concat());
    assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{args:?}");
    run.stdout
}

#[test]
fn each_format_is_written_whole() {
    let page = || Page::new(shop().taxonomy);
    assert_eq!(rendered(&["markdown", "shop-1.lock.json"]), page().markdown());
    assert_eq!(rendered(&["html", "shop-1.lock.json"]), page().html());
    assert_eq!(rendered(&["typescript", "shop-1.lock.json"]), typescript::render(&shop().taxonomy));
    assert_eq!(rendered(&["python", "shop-1.lock.json"]), python::render(&shop().taxonomy));
    let json = openapi::document(&shop().taxonomy, "0.0.0").pretty() + "\n";
    assert_eq!(rendered(&["openapi", "shop-1.lock.json"]), json);
    let json = json_schema::bundle(&shop().taxonomy, "").unwrap().pretty() + "\n";
    assert_eq!(rendered(&["json-schema", "shop-1.lock.json"]), json);
}

#[test]
fn short_names_of_formats_are_understood() {
    for (short, long) in [("md", "markdown"), ("ts", "typescript"), ("py", "python")] {
        assert_eq!(rendered(&[short, "nested.lock.json"]), rendered(&[long, "nested.lock.json"]));
    }
}

#[test]
fn a_dash_is_standard_output() {
    let page = rendered(&["markdown", "shop-1.lock.json", "-o", "-"]);
    assert_eq!(page, rendered(&["markdown", "shop-1.lock.json"]));
}

#[test]
fn colours_do_not_get_into_documents() {
    let plain = rendered(&["html", "shop-1.lock.json"]);
    assert_eq!(rendered(&["html", "shop-1.lock.json", "--color", "always"]), plain);
}

#[test]
fn options_say_what_the_lock_does_not() {
    let page =
        rendered(&["markdown", "shop-1.lock.json", "--title", "The shop", "--success", "201=Created."]);
    assert!(page.contains("\n# The shop\n") && page.contains("`201`"), "{page}");
    let json = rendered(&["openapi", "shop-1.lock.json", "--api-version", "1.4.2"]);
    assert_eq!(serde_json::from_str::<Value>(&json).unwrap()["info"]["version"], "1.4.2");
    let json = rendered(&["json-schema", "shop-1.lock.json", "--base", "https://shop.example/"]);
    let id = serde_json::from_str::<Value>(&json).unwrap()["$id"].clone();
    assert!(id.as_str().unwrap().starts_with("https://shop.example/"), "{id}");
}

#[test]
fn a_file_is_written_and_checked() {
    let folder = folder(&[("x.lock.json", &fixture("shop-1.lock.json"))]);
    let page = folder.path().join("errors.md");
    let render = |args: &[&str]| {
        let run = run_in(
            folder.path(),
            &[&["render", "markdown", "x.lock.json", "-o", "errors.md"], args].concat(),
        );
        assert_eq!(run.stdout, "");
        (run.code, run.stderr)
    };
    let tip = "\n\n  tip: the same command without `--check` writes it\n";
    assert_eq!(render(&["--check"]), (1, format!("error: there is no file `errors.md`{tip}")));
    assert!(!page.exists());
    assert_eq!(render(&[]), (0, String::new()));
    assert_eq!(render(&["--check"]), (0, String::new()));
    let text = fs::read_to_string(&page).unwrap();
    assert_eq!(text, Page::new(shop().taxonomy).markdown());

    fs::write(&page, text.replace('\n', "\r\n")).unwrap();
    assert_eq!(render(&["--check"]), (0, String::new()));
    fs::write(&page, text.replacen("Errors of the shop", "Errors of a shop", 1)).unwrap();
    assert_eq!(render(&["--check"]), (1, format!("error: `errors.md` is stale from line 3 on{tip}")));
    fs::write(&page, "").unwrap();
    assert_eq!(render(&["--check"]), (1, format!("error: `errors.md` is stale from line 1 on{tip}")));
    assert_eq!(render(&[]), (0, String::new()));
    assert_eq!(fs::read_to_string(&page).unwrap(), text);
}

#[test]
fn the_lock_is_never_overwritten() {
    let folder = folder(&[("x.lock.json", &fixture("shop-1.lock.json"))]);
    let run = run_in(folder.path(), &["render", "html", "x.lock.json", "-o", "./x.lock.json"]);
    assert_eq!(run.code, 2);
    assert_eq!(run.stderr, "error: `./x.lock.json` is the lock itself; name another file\n");
    assert_eq!(fs::read_to_string(folder.path().join("x.lock.json")).unwrap(), fixture("shop-1.lock.json"));
}

#[test]
fn wrong_arguments_say_what_to_write() {
    let said = |args: &[&str]| transcript(&fixtures(), &[&["render"], args].concat());
    snapshot(
        "render_wrong",
        &[
            said(&["shop-1.lock.json", "openapi"]),
            transcript(&fixtures(), &["shop-1.lock.json"]),
            said(&["markdwn", "shop-1.lock.json"]),
            said(&["markdown", "shop-1.lock.json", "--check"]),
            said(&["markdown", "shop-1.lock.json", "--success", "404=Gone."]),
            said(&["markdown", "shop-1.lock.json", "-o", ".."]),
            said(&["markdown", "shop-1.lock.json", "-o", "no/such/folder/errors.md"]),
            said(&["json-schema", "statuses-alone.lock.json"]),
        ]
        .concat(),
    );
}
