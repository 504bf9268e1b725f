//! What becomes of the shape of bodies.

use super::{Differences, Owned, json};
use crate::lock::rules::Rule;
use crate::lock::shape::{self, Change};
use crate::model::{Body, BodyKind, Detail, Error, Place};

/// The bodies that two errors have, where one of them has a body of its own: those of the types are
/// compared once.
pub(super) fn of_error(found: &mut Differences<'_>, (old_type, old): Owned<'_>, (new_type, new): Owned<'_>) {
    let moved = old_type.name != new_type.name;
    // Those of a type that stays are compared once.
    if moved {
        super::headers(found, &new.name, old_type, new_type);
    }
    if old.body.is_some() || new.body.is_some() || moved {
        compare(found, &new.name, old_type.body_of(old), new_type.body_of(new));
    }
    found.unless_equal(Rule::ContentTypeChanged, &new.name, &old.content_type, &new.content_type);
    let custom = |body: &Body| body.written().is_some_and(|written| written.kind == BodyKind::Custom);
    if custom(old_type.body_of(old)) && custom(new_type.body_of(new)) {
        found.unless_equal(Rule::BodySchemaChanged, &new.name, &old.body_schema, &new.body_schema);
    }
    let (before, after) = (detail_kind(old_type.body_of(old), old), detail_kind(new_type.body_of(new), new));
    found.unless_equal(Rule::DetailChanged, &new.name, &before, &after);
}

/// Compares what is written with all that older clients read.
pub(super) fn compare(found: &mut Differences<'_>, at: &str, old: &Body, new: &Body) {
    if old.alternatives == new.alternatives {
        return;
    }
    let Some(written) = new.written() else { return };
    let change =
        old.alternatives.iter().map(|alternative| match (&alternative.template, &written.template) {
            (Some(old), Some(new)) => shape::compare(old, new),
            // An older client takes whatever comes.
            _ if alternative.kind == BodyKind::None => Change::Extended,
            _ if alternative.kind == written.kind => Change::Same,
            _ => Change::Broken,
        });
    let same_written =
        old.written().map(|old| (old.kind, &old.template)) == Some((written.kind, &written.template));
    let rule = match change.min().unwrap_or(Change::Broken) {
        _ if same_written => Rule::BodyAlternativesChanged,
        Change::Same | Change::Extended => Rule::BodyExtended,
        Change::Lost => Rule::BodyMemberRemoved,
        Change::Broken => Rule::BodyChanged,
    };
    found.add(rule, at, json(&old.text), json(&new.text));
}

/// What kind of value the member `detail` is, where the body has one and the error says what it is.
fn detail_kind(body: &Body, error: &Error) -> Option<&'static str> {
    let template = body.written()?.template.as_ref()?;
    match error.layouts.first()?.detail.as_ref().filter(|_| template.has(&Place::Detail))? {
        Detail::Text => Some("text"),
        Detail::Field(_) => Some("field"),
        Detail::Fields(_) => Some("object"),
    }
}
