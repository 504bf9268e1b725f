//! What becomes of one error.

use super::{Differences, Owned, body, codes, fields, json};
use crate::lock::rules::Rule;
use crate::model::{Error, Retry};

pub(super) fn compare(found: &mut Differences<'_>, old: Owned<'_>, new: Owned<'_>) {
    codes::compare(found, old, new);
    body::of_error(found, old, new);
    let (old, new) = (old.1, new.1);
    let at = &new.name;
    found.unless_equal(Rule::NameChanged, at, &old.name, &new.name);
    found.unless_equal(Rule::VariantRenamed, at, &old.variant, &new.variant);
    status(found, old, new);
    fields::compare(found, old, new);
    classes(found, old, new);
    retry(found, old, new);
    headers(found, old, new);
    conditions(found, old, new);
    slots(found, old, new);
    let message = |error: &Error| (error.message_from, error.message.clone());
    if message(old) != message(new) {
        let shown = |error: &Error| error.message.as_ref().map_or_else(|| json(&error.message_from), json);
        found.add(Rule::MessageChanged, at, shown(old), shown(new));
    }
    found.unless_equal(Rule::DetailTextChanged, at, &old.detail, &new.detail);
    match (&old.deprecated, &new.deprecated) {
        (None, Some(note)) => found.add(Rule::ErrorDeprecated, at, None, json(note)),
        (Some(note), None) => found.add(Rule::DeprecationWithdrawn, at, json(note), None),
        (old, new) => found.unless_equal(Rule::DocumentationChanged, at, old, new),
    }
    found.unless_equal(Rule::AllowSuccessChanged, at, &old.allow_success, &new.allow_success);
    found.unless_equal(Rule::StandsForChanged, at, &old.stands_for, &new.stands_for);
    documentation(found, old, new);
    found.unless_equal(Rule::ExampleChanged, at, &old.examples, &new.examples);
}

fn status(found: &mut Differences<'_>, old: &Error, new: &Error) {
    let (before, after) = (old.statuses(), new.statuses());
    if before != after {
        let rule = match before.contains(after.start()) && before.contains(after.end()) {
            true => Rule::StatusNarrowed,
            false => Rule::StatusChanged,
        };
        found.add(rule, &new.name, json(&old.status_text()), json(&new.status_text()));
    }
}

fn classes(found: &mut Differences<'_>, old: &Error, new: &Error) {
    let at = &new.name;
    let (mut added, mut removed) = (false, false);
    for class in old.classes.iter().filter(|class| !new.classes.contains(class)) {
        removed = true;
        found.add(Rule::ClassRemoved, at, json(class), None);
    }
    for class in new.classes.iter().filter(|class| !old.classes.contains(class)) {
        added = true;
        found.add(Rule::ClassAdded, at, None, json(class));
    }
    let order_only = !added && !removed;
    if order_only && old.classes != new.classes || old.classes_by_status != new.classes_by_status {
        found.add(Rule::PrimaryClassChanged, at, json(&old.classes), json(&new.classes));
    }
}

fn retry(found: &mut Differences<'_>, old: &Error, new: &Error) {
    let rule = match old.retry.cmp(&new.retry) {
        std::cmp::Ordering::Less => Rule::RetryStrengthened,
        std::cmp::Ordering::Greater => Rule::RetryWeakened,
        std::cmp::Ordering::Equal if old.retry_by_status == new.retry_by_status => return,
        std::cmp::Ordering::Equal => Rule::RetryRuleChanged,
    };
    let shown = |retry: Retry, by_status: bool| match by_status {
        true => Some("by status".into()),
        false => json(&retry),
    };
    found.add(rule, &new.name, shown(old.retry, old.retry_by_status), shown(new.retry, new.retry_by_status));
}

fn headers(found: &mut Differences<'_>, old: &Error, new: &Error) {
    let at = &new.name;
    for before in &old.headers {
        match new.headers.iter().find(|after| after.name.eq_ignore_ascii_case(&before.name)) {
            Some(after) => found.unless_equal(Rule::HeaderChanged, at, before, after),
            None => found.add(Rule::HeaderRemoved, at, json(before), None),
        }
    }
    for after in &new.headers {
        if !old.headers.iter().any(|before| before.name.eq_ignore_ascii_case(&after.name)) {
            found.add(Rule::HeaderAdded, at, None, json(after));
        }
    }
}

fn conditions(found: &mut Differences<'_>, old: &Error, new: &Error) {
    let rule = match old.when.is_empty() {
        true => Rule::ConditionAdded,
        false => Rule::ConditionChanged,
    };
    found.unless_equal(rule, &new.name, &old.when, &new.when);
}

fn slots(found: &mut Differences<'_>, old: &Error, new: &Error) {
    let at = &new.name;
    for before in &old.slots {
        let after = new.slots.iter().find(|slot| slot.name == before.name);
        let written = after.and_then(|slot| slot.values.first());
        let rule = match written {
            Some(written) if before.values.contains(written) => Rule::SlotValuesChanged,
            _ => Rule::SlotChanged,
        };
        found.unless_equal(rule, at, &Some(before), &after);
    }
    for after in new.slots.iter().filter(|slot| !old.slots.iter().any(|before| before.name == slot.name)) {
        found.add(Rule::SlotValuesChanged, at, None, json(after));
    }
}

fn documentation(found: &mut Differences<'_>, old: &Error, new: &Error) {
    let texts = |error: &Error| {
        [
            ("title", Some(error.title.clone())),
            ("description", Some(error.description.clone())),
            ("cause", error.cause.clone()),
            ("fix", error.fix.clone()),
            ("docs_url", error.docs_url.clone()),
            ("since", error.since.clone()),
            ("level", Some(error.level.clone())),
        ]
    };
    for ((name, before), (_, after)) in texts(old).into_iter().zip(texts(new)) {
        found.unless_equal(Rule::DocumentationChanged, &format!("{}.{name}", new.name), &before, &after);
    }
}
