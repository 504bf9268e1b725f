//! What becomes of codes: identity on the wire.

use super::{Differences, Owned, Pair, json};
use crate::lock::file::{Lock, Tombstone};
use crate::lock::rules::Rule;
use crate::model::{Code, CodeRule, Error};

pub(super) fn compare(found: &mut Differences<'_>, (_, old): Owned<'_>, (_, new): Owned<'_>) {
    let at = &new.name;
    match (&old.code, &new.code) {
        (Some(before), Some(after)) if !before.matches(after) => {
            let rule = match old.code_rule == CodeRule::Any || knows(old, after) {
                true => Rule::CodeSwitched,
                false => Rule::CodeRenamed,
            };
            found.add(rule, at, json(before), json(after));
        }
        // A client reads both, but one in another language may see a number become a text.
        (Some(before), Some(after)) if before != after => {
            found.add(Rule::CodeSwitched, at, json(before), json(after));
        }
        _ => {}
    }
    if old.code_rule != new.code_rule {
        found.add(rule_change(old.code_rule, new.code_rule), at, json(&old.code_rule), json(&new.code_rule));
    }
    for synonym in old.synonyms.iter().filter(|code| !knows(new, code)) {
        found.add(Rule::SynonymRemoved, at, json(synonym), None);
    }
    for synonym in new.synonyms.iter().filter(|code| !knows(old, code)) {
        found.add(Rule::SynonymAdded, at, None, json(synonym));
    }
}

fn rule_change(old: CodeRule, new: CodeRule) -> Rule {
    match (old, new) {
        // Clients of the other two do without a code.
        (CodeRule::Always, CodeRule::None) => Rule::CodeDropped,
        (CodeRule::None, _) => Rule::CodeIntroduced,
        (CodeRule::Always, _) | (CodeRule::Optional, CodeRule::Any) => Rule::CodeRuleWidened,
        _ => Rule::CodeRuleNarrowed,
    }
}

fn knows(error: &Error, code: &Code) -> bool {
    error.codes().any(|known| known.matches(code))
}

/// Codes that the error did not have before, but another one did.
pub(super) fn reused(found: &mut Differences<'_>, lock: &Lock, pair: &Pair<'_>) {
    let new = pair.new.1;
    let before = pair.old.map(|(_, error)| error);
    for code in new.codes() {
        if before.is_some_and(|before| knows(before, code)) {
            continue;
        }
        let owner =
            lock.taxonomy.all().map(|(_, error)| error).find(|error| {
                !before.is_some_and(|before| std::ptr::eq(before, *error)) && knows(error, code)
            });
        let grave = lock.removed.iter().find(|grave| grave.code.matches(code) && !is_back(grave, new));
        let reserved = lock.taxonomy.all().any(|(taxonomy, _)| taxonomy.reserved.contains(code));
        let whose = owner.map(|error| &error.name).or(grave.map(|grave| &grave.name));
        if whose.is_some() || reserved {
            found.add(Rule::CodeReused, &new.name, whose.and_then(json), json(code));
        }
    }
}

/// Whether a removed code is back where it was, which is no reuse.
pub(super) fn is_back(grave: &Tombstone, error: &Error) -> bool {
    grave.name == error.name && error.statuses().contains(&grave.status) && knows(error, &grave.code)
}
