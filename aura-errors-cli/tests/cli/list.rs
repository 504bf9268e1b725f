use serde_json::Value;

use crate::support::{command, fixture, fixtures, folder, ran, run, run_in, shop_with, snapshot, transcript};

#[test]
fn every_error_is_a_line_when_piped() {
    snapshot("list", &transcript(&fixtures(), &["list", "shop-1.lock.json"]));
    snapshot("list_nested", &transcript(&fixtures(), &["list", "nested.lock.json"]));
}

#[test]
fn what_is_piped_has_no_colours_unless_asked_for() {
    for args in [
        &["list", "shop-1.lock.json"][..],
        &["explain", "shop-1.lock.json", "1007"],
        &["diff", "shop-1.lock.json", "shop-2.lock.json"],
    ] {
        assert!(!run(args).stdout.contains('\x1b'), "{args:?}");
        assert!(run(&[args, &["--color", "always"]].concat()).stdout.contains('\x1b'), "{args:?}");
    }
}

#[test]
fn the_default_is_the_usual_name_in_this_folder() {
    let folder = folder(&[("aura-errors.lock.json", &fixture("shop-1.lock.json"))]);
    assert_eq!(run_in(folder.path(), &["list"]).stdout, run(&["list", "shop-1.lock.json"]).stdout);
}

#[test]
fn no_line_is_longer_than_the_terminal() {
    for lock in ["shop-1.lock.json", "nested.lock.json"] {
        for width in 40..140 {
            let run = ran(command(&fixtures()).args(["list", lock]).env("COLUMNS", width.to_string()));
            let longest = run.stdout.lines().map(|line| line.chars().count()).max();
            assert!(longest <= Some(width), "{longest:?} of {width}:\n{}", run.stdout);
        }
    }
}

#[test]
fn names_and_codes_are_whole_in_eighty_columns() {
    let run = ran(command(&fixtures()).args(["list", "shop-1.lock.json"]).env("COLUMNS", "80"));
    for whole in ["card_declined_later", "rate_limited|any", "conflict,request", "if idempotent"] {
        assert!(run.stdout.contains(whole), "{whole}:\n{}", run.stdout);
    }
    snapshot("list_narrow", &run.stdout);
}

/// The names that a filter leaves.
fn names(args: &[&str]) -> Vec<String> {
    let run = run(&[&["list", "shop-1.lock.json", "--format", "json"][..], args].concat());
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    let errors: Vec<Value> = serde_json::from_str(&run.stdout).unwrap();
    errors.iter().map(|error| error["name"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn filters_choose_by_status_and_class() {
    assert_eq!(names(&["--status", "404"]), ["order_not_found"]);
    assert_eq!(names(&["--status", "409,401"]), ["not_authenticated", "out_of_stock", "card_declined_later"]);
    assert_eq!(names(&["--status", "409-410"]), ["out_of_stock", "card_declined_later", "voucher_expired"]);
    assert_eq!(names(&["--status", "5xx"]), ["internal", "trouble"]);
    // One range of statuses is in it.
    assert_eq!(names(&["--status", "503"]), ["trouble"]);
    assert_eq!(names(&["--class", "conflict"]), ["out_of_stock", "card_declined_later"]);
    assert_eq!(names(&["--class", "request", "--status", "409"]), ["card_declined_later"]);
    assert_eq!(names(&["--class", "auth,rate_limit"]), ["not_authenticated", "rate_limited"]);
    assert_eq!(names(&["--status", "418"]), [""; 0]);
}

#[test]
fn where_nothing_is_left_the_table_is_empty_and_says_so() {
    let run = run(&["list", "shop-1.lock.json", "--status", "418"]);
    assert_eq!((run.code, run.stdout.as_str(), run.stderr.as_str()), (0, "", "there are no such errors\n"));
}

#[test]
fn wrong_filters_say_what_to_write() {
    let wrong = |args: &[&str]| transcript(&fixtures(), &[&["list", "shop-1.lock.json"][..], args].concat());
    snapshot("list_wrong", &(wrong(&["--status", "4x"]) + &wrong(&["--class", "rate_limt"])));
}

#[test]
fn as_json_every_error_is_an_object() {
    let run = run(&["list", "shop-1.lock.json", "--status", "409,410,5xx", "--format", "json"]);
    snapshot("list_json", &run.stdout);
}

#[test]
fn a_lock_cannot_give_orders_to_the_terminal() {
    let folder =
        folder(&[("x.lock.json", &shop_with("The bank refused the card.", r"\u001b[2Jgone\r\n\u0007"))]);
    for args in [&["list", "x.lock.json"][..], &["explain", "x.lock.json", "card_declined"]] {
        let run = ran(command(folder.path()).args(args).args(["--color", "always"]).env("COLUMNS", "100"));
        assert!(run.stdout.contains(r"\u{1b}[2Jgone"), "{}", run.stdout);
        assert!(!run.stdout.contains("\x1b[2J") && !run.stdout.contains('\x07'), "{}", run.stdout);
    }
}
