//! What an older client makes of a newer body: the two templates side by side.

use crate::model::{Item, Node, Place};

/// How well what is written by a newer template serves readers of an older one; the greater the worse.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Change {
    Same,
    /// Only more than before.
    Extended,
    /// A member is missing that readers can do without.
    Lost,
    /// Something that readers look for is missing or is something else.
    Broken,
}

pub(super) fn compare(old: &Node, new: &Node) -> Change {
    if old == new {
        return Change::Same;
    }
    match (old, new) {
        (Node::Object(old), Node::Object(new)) => members(old, new),
        (Node::Array(old), Node::Array(new)) if old.len() <= new.len() => {
            let common =
                old.iter().zip(new).map(|(old, new)| compare(old, new)).max().unwrap_or(Change::Same);
            if old.len() < new.len() { common.max(Change::Extended) } else { common }
        }
        // What is bound is read as the place, and in the shape besides.
        (Node::Bind { place: old, shape }, Node::Bind { place: new, shape: written }) if old == new => {
            compare(shape, written)
        }
        // The text of a template is filled in, and never compared.
        (Node::Text(_), Node::Text(_)) => Change::Extended,
        // One of the two is written; who reads the other finds it absent.
        (Node::Or(old), Node::Or(new)) => compare(&old[0], &new[0]).max(compare(&old[1], &new[1])),
        (Node::Or(old), new) if old[0] == *new => Change::Extended,
        // Who reads it found nothing there, and now finds another value.
        (Node::Place(place), Node::Or(new)) if *old == new[0] && may_be_absent(place) => Change::Broken,
        (old, Node::Or(new)) if *old == new[0] => Change::Extended,
        _ => Change::Broken,
    }
}

/// Whether errors may have no value for it that is their own to say: a client decides by it.
fn may_be_absent(place: &Place) -> bool {
    matches!(
        place,
        Place::Detail | Place::Field(_) | Place::Header(_) | Place::RetryAfter | Place::RetryAfterMs
    )
}

fn members(old: &[Item], new: &[Item]) -> Change {
    let mut change = Change::Same;
    for item in old {
        change = change.max(match item {
            Item::Member { key, optional, value } => match find(new, key) {
                // It was always there, and older readers ask for it.
                Some((true, _)) if !*optional => Change::Broken,
                Some((_, now)) => compare(value, now),
                None if *optional => Change::Lost,
                None => Change::Broken,
            },
            Item::Spread(_) if new.iter().any(|item| matches!(item, Item::Spread(_))) => Change::Same,
            Item::Spread(_) => Change::Broken,
        });
    }
    let added = new.iter().any(|item| match item {
        Item::Member { key, .. } => find(old, key).is_none(),
        Item::Spread(_) => !old.iter().any(|item| matches!(item, Item::Spread(_))),
    });
    // Members in another order are the same members.
    if added { change.max(Change::Extended) } else { change }
}

fn find<'a>(items: &'a [Item], wanted: &str) -> Option<(bool, &'a Node)> {
    items.iter().find_map(|item| match item {
        Item::Member { key, optional, value } if key == wanted => Some((*optional, value)),
        _ => None,
    })
}
