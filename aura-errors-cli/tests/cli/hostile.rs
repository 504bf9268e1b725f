//! Locks whose texts are written to do something to the terminal.

use serde_json::Value;

use super::support::{command, fixture, folder, ran};

/// Clears the screen, in both forms of its control character; rings; deletes.
const HOSTILE: &str = "\u{1b}[2J\u{9b}2J\u{7}\u{7f}\r";

/// Members whose values are words of the format and not texts.
const WORDS: [&str; 11] =
    ["code_rule", "retry", "message_from", "role", "kind", "place", "unit", "object", "array", "or", "level"];

fn spoil(value: &mut Value) {
    match value {
        Value::String(text) => text.push_str(HOSTILE),
        Value::Array(elements) => elements.iter_mut().for_each(spoil),
        Value::Object(members) => {
            members
                .iter_mut()
                .filter(|(name, _)| !WORDS.contains(&name.as_str()))
                .for_each(|(_, value)| spoil(value));
        }
        _ => {}
    }
}

/// Colours are the only sequences there are.
fn harmful(text: &str) -> Option<char> {
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c.is_control() && c != '\n') {
        let color = rest[at..].strip_prefix("\u{1b}[").and_then(|after| {
            let end = after.find(|c: char| !c.is_ascii_digit() && c != ';')?;
            after[end..].strip_prefix('m')
        });
        let Some(after) = color else { return rest[at..].chars().next() };
        rest = after;
    }
    None
}

#[test]
fn no_text_of_a_lock_is_sent_to_the_terminal_as_it_is() {
    let before = fixture("shop-1.lock.json");
    let mut lock: Value = serde_json::from_str(&before).unwrap();
    spoil(&mut lock);
    let after = lock.to_string();
    let name = lock["taxonomy"]["errors"][0]["name"].as_str().unwrap();
    let damaged = after.replacen("\"status\":", &format!("\"status\":{},\"x\":", Value::from(HOSTILE)), 1);
    let folder = folder(&[("before.json", &before), ("after.json", &after), ("damaged.json", &damaged)]);
    for args in [
        &["list", "after.json"][..],
        &["list", "damaged.json"],
        &["explain", "after.json", name],
        &["explain", "after.json", HOSTILE],
        &["diff", "before.json", "after.json"],
        &["diff", "after.json", "before.json"],
    ] {
        for width in ["40", "200"] {
            let all = [args, &["--color", "always"]].concat();
            let ran = ran(command(folder.path()).env("COLUMNS", width).args(all));
            assert_eq!(harmful(&ran.stdout), None, "{args:?}: {:?}", ran.stdout);
            assert_eq!(harmful(&ran.stderr), None, "{args:?}: {:?}", ran.stderr);
            assert!(ran.stdout.len() + ran.stderr.len() > 40, "{args:?}: {ran:?}");
        }
    }
}
