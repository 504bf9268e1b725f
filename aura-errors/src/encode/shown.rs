//! What logs may show of an error.

use std::borrow::Cow;
use std::error::Error;
use std::fmt;

use super::{View, displayed};
use crate::Taxonomy;
use crate::integrations::causes;
use crate::relay::{Upstream, id_in};
use crate::spec::MessageSource;
use crate::text::line;

/// How much of one text goes to a log, in characters.
const LIMIT: usize = 1000;
/// How far a chain of causes is followed.
const DEPTH: usize = 16;

/// An error as logs may show it: by its name alone where a field of it is sensitive.
pub(crate) struct Shown<'a, E: ?Sized>(pub(crate) &'a E);

impl<E: Taxonomy + ?Sized> fmt::Debug for Shown<'_, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.spec().is_sensitive() {
            true => f.write_str(self.0.name()),
            false => fmt::Debug::fmt(self.0, f),
        }
    }
}

/// The error's own text: see [`Sent::text`](crate::Sent::text).
pub(crate) fn text_of(error: &dyn Taxonomy) -> String {
    let text = match error.spec().is_sensitive() {
        true => redacted(error),
        false => displayed(error).unwrap_or_else(|_| error.name().to_owned()),
    };
    line(&text, LIMIT)
}

/// What is no error of a taxonomy.
#[cfg(all(feature = "tracing", any(feature = "actix4", feature = "axum08")))]
pub(crate) fn foreign(error: &impl fmt::Display) -> Option<String> {
    Some(line(&displayed(error).ok()?, LIMIT))
}

/// What its causes say: see [`Sent::causes`](crate::Sent::causes).
pub(crate) fn causes_of(error: &dyn Taxonomy) -> Vec<String> {
    if error.spec().is_sensitive() {
        return Vec::new();
    }
    let mut above = displayed(error).unwrap_or_default();
    let mut texts = Vec::new();
    // The id is told by `upstream_request_id`.
    for cause in chain(error).filter(|cause| !cause.is::<Upstream>()).take(DEPTH) {
        let Ok(text) = displayed(cause) else { continue };
        if !above.ends_with(&text) {
            texts.push(line(&text, LIMIT));
        }
        above = text;
    }
    texts
}

/// The id in another service's answer: see
/// [`Sent::upstream_request_id`](crate::Sent::upstream_request_id).
pub(crate) fn upstream_request_id(error: &dyn Taxonomy) -> Option<&str> {
    chain(error).find_map(id_in)
}

/// The causes of an error, the nearest first.
fn chain(error: &dyn Taxonomy) -> impl Iterator<Item = &(dyn Error + 'static)> {
    let first = error.source();
    first.into_iter().chain(first.into_iter().flat_map(causes::causes))
}

/// The public message and the fields of an error of which some are sensitive.
fn redacted(error: &dyn Taxonomy) -> String {
    let mut text = String::new();
    error.visit_leaf(&mut |leaf, spec| {
        let view = View::new(leaf, spec);
        let fields: Vec<String> = spec
            .data
            .fields
            .iter()
            .enumerate()
            .filter(|(_, field)| field.data.role.travels())
            .filter_map(|(index, field)| {
                let value = match field.data.sensitive {
                    true => Cow::Borrowed("[redacted]"),
                    false => Cow::Owned(String::from_utf8(view.json(index).ok()??).ok()?),
                };
                Some(format!("{}: {value}", field.data.name))
            })
            .collect();
        text = format!("{} ({})", open_message(error), fields.join(", "));
    });
    text
}

/// The public message, or the reason phrase where a sensitive field is the message.
pub(crate) fn open_message<E: Taxonomy + ?Sized>(error: &E) -> Cow<'static, str> {
    match error.spec().data.message {
        MessageSource::Field(field) if error.spec().data.fields[field].data.sensitive => {
            Cow::Borrowed(crate::spec::reason_of(error.status().as_u16()))
        }
        _ => error.message(),
    }
}
