//! What holds for whatever is read as a lock, and for any two of them.

use aura_errors_docs::Lock;
use aura_errors_docs::lock::{Difference, Report, Severity, compare};

/// How long a message may be, and a difference on one line.
const LINE: usize = 600;

/// A text is a lock that is written and read again alike, or it is told in one line why it is none.
pub fn read(text: &str) -> Option<Lock> {
    let lock = match Lock::from_json(text) {
        Ok(lock) => lock,
        Err(error) => {
            one_line(&error.to_string());
            return None;
        }
    };
    same_when_read_again(&lock);
    assert_eq!(compare(&lock, &lock.taxonomy), [], "nothing changed");
    Some(lock)
}

fn same_when_read_again(lock: &Lock) {
    let written = lock.to_json();
    let again = Lock::from_json(&written).unwrap_or_else(|error| panic!("{error}: {written}"));
    assert_eq!(again, *lock);
    assert_eq!(again.to_json(), written);
}

/// Something is found where the two differ and nowhere else; what is accepted does not break; an updated lock
/// is what it was updated to, and forgets no code.
pub fn compared(old: &Lock, new: &Lock) {
    let found = compare(old, &new.taxonomy);
    assert_eq!(found.is_empty(), old.taxonomy == new.taxonomy, "{found:?}");
    let severities: Vec<_> = found.iter().map(Difference::severity).collect();
    assert!(severities.is_sorted_by(|worse, after| worse >= after), "{severities:?}");
    for difference in &found {
        one_line(&difference.to_string());
    }
    shown(&found);
    accepted(old, new, &found);
    updated(old, new);
}

fn shown(found: &[Difference]) {
    let text = Report::new(found.to_vec()).to_string();
    for line in text.lines() {
        one_line(line);
    }
    let lines = text.split('\n').count();
    assert!(lines <= 1 + 3 * found.len(), "{lines} lines for {} differences: {text}", found.len());
}

/// Each difference with the entry that accepts it, through the file.
fn accepted(old: &Lock, new: &Lock, found: &[Difference]) {
    let mut lock = old.clone();
    for difference in found {
        let mut acceptance = Report::acceptance(difference);
        acceptance.reason = "meant".to_owned();
        lock.accepted.push(acceptance);
    }
    same_when_read_again(&lock);
    let now = compare(&lock, &new.taxonomy);
    assert_eq!(now.len(), found.len());
    for difference in now {
        assert!(difference.accepted.is_some(), "{difference}");
        assert!(difference.severity() < Severity::Breaking, "{difference}");
    }
}

fn updated(old: &Lock, new: &Lock) {
    let updated = old.updated(new.taxonomy.clone());
    same_when_read_again(&updated);
    assert_eq!(compare(&updated, &new.taxonomy), []);
    assert_eq!(updated.updated(new.taxonomy.clone()), updated, "a second time");
    let before = old.taxonomy.all().flat_map(|(_, error)| error.codes());
    for code in before.chain(old.removed.iter().map(|grave| &grave.code)) {
        let lives = updated.taxonomy.all().any(|(_, error)| error.codes().any(|now| now.matches(code)));
        let graves = updated.removed.iter().filter(|grave| grave.code.matches(code)).count();
        assert!(lives != (graves > 0), "`{code}` lives: {lives}, graves: {graves}");
    }
    // The way back: a code that returns with its error is no reuse, whatever else is said about it.
    for difference in compare(&updated, &old.taxonomy) {
        one_line(&difference.to_string());
    }
}

fn one_line(text: &str) {
    assert!(text.chars().count() <= LINE, "{} characters: {text}", text.chars().count());
    assert!(!text.chars().any(char::is_control), "{text:?}");
}
