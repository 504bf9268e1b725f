use serde_json::Value;

use crate::support::{command, fixture, fixtures, folder, ran, run, run_in, shop_with, snapshot, transcript};

#[test]
fn all_about_one_error() {
    let of = |lock: &str, code: &str| transcript(&fixtures(), &["explain", lock, code]);
    snapshot("explain_number", &of("shop-1.lock.json", "1007"));
    snapshot("explain_range", &of("nested.lock.json", "server"));
    snapshot("explain_nested", &of("nested.lock.json", "books_locked"));
    snapshot("explain_deprecated", &of("shop-1.lock.json", "voucher_expired"));
    snapshot("explain_without_body", &of("statuses-alone.lock.json", "429"));
}

#[test]
fn errors_that_share_a_code_are_all_shown() {
    snapshot(
        "explain_shared_code",
        &transcript(&fixtures(), &["explain", "shop-1.lock.json", "card_declined"]),
    );
}

/// The names of the errors that are shown.
fn found(wanted: &str) -> Vec<String> {
    let run = run(&["explain", "nested.lock.json", wanted, "--format", "json"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{wanted}");
    let errors: Vec<Value> = serde_json::from_str(&run.stdout).unwrap();
    errors.iter().map(|error| error["name"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn an_error_is_found_by_all_that_it_is_called() {
    for wanted in ["account_unknown", "AccountUnknown", "ACCOUNT_UNKNOWN"] {
        assert_eq!(found(wanted), ["account_unknown"]);
    }
    assert_eq!(found("rich/internal"), ["internal"]);
    // A number is a code before it is a status.
    assert_eq!(found("17"), ["clash"]);
    assert_eq!(found("404"), ["no-page", "account_unknown"]);
    assert_eq!(found("599"), ["server"]);
}

#[test]
fn a_code_may_be_a_negative_number() {
    let lock = shop_with("\"code\": 1007", "\"code\": -32000");
    let folder = folder(&[("aura-errors.lock.json", &lock)]);
    for args in [&["explain", "aura-errors.lock.json", "-32000"][..], &["explain", "-32000"]] {
        let run = run_in(folder.path(), args);
        assert!(run.stdout.starts_with("409 out_of_stock"), "{run:?}");
    }
}

#[test]
fn the_lock_may_be_left_out() {
    let folder = folder(&[("aura-errors.lock.json", &fixture("shop-1.lock.json"))]);
    assert_eq!(
        run_in(folder.path(), &["explain", "1007"]).stdout,
        run(&["explain", "shop-1.lock.json", "1007"]).stdout
    );
}

#[test]
fn what_is_not_there_is_explained_too() {
    let of = |lock: &str, code: &str| transcript(&fixtures(), &["explain", lock, code]);
    let misspelt = of("shop-1.lock.json", "out_of_stok");
    let strange = of("shop-1.lock.json", "zzz");
    let removed = of("shop-2.lock.json", "voucher_expired");
    let reserved = of("shop-1.lock.json", "basket_full");
    snapshot("explain_unknown", &[misspelt, strange, removed, reserved].concat());
}

#[test]
fn mixed_up_arguments_are_put_in_order() {
    let swapped = transcript(&fixtures(), &["explain", "not_found", "shop-1.lock.json"]);
    let no_code = transcript(&fixtures(), &["explain", "shop-1.lock.json"]);
    let two_locks = transcript(&fixtures(), &["explain", "shop-1.lock.json", "shop-2.lock.json"]);
    snapshot("explain_order", &[swapped, no_code, two_locks].concat());
}

#[test]
fn long_texts_fit_the_terminal() {
    let run =
        ran(command(&fixtures()).args(["explain", "shop-1.lock.json", "rate_limited"]).env("COLUMNS", "60"));
    let (head, _) = run.stdout.split_once("HTTP/1.1").unwrap();
    let texts = head.lines().filter(|line| !line.contains("https://"));
    assert_eq!(texts.filter(|line| line.chars().count() > 60).collect::<Vec<_>>(), [""; 0]);
    assert!(head.contains("\n          "), "nothing was wrapped:\n{head}");
}
