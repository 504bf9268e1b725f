//! What a body says of a delay, in the places of one shape.

use std::borrow::Cow;

use http::HeaderMap;

use super::identify::{Seen, Session};
use super::shape::What;
use crate::body::template::Place;
use crate::delay::{BodyDelay, Reset, Sources};

/// The JSON texts of the members that hold a delay.
#[derive(Default)]
pub(crate) struct BodyDelays<'s> {
    seconds: Option<Cow<'s, str>>,
    millis: Option<&'s str>,
}

impl<'s> BodyDelays<'s> {
    /// In the places of a shape by which the body was read.
    pub(crate) fn by(session: &'s Session<'_>, id: u16) -> Self {
        let mut found = Self::default();
        let shape = &session.index.shapes[usize::from(id)];
        match session.seen(id) {
            Some(Seen::Json(walk)) if shape.has_delay => {
                for (place, used) in shape.places.iter().enumerate() {
                    let value = || Some(session.tape?.raw(walk.at(place)?));
                    match used.what {
                        What::Place(Place::RetryAfter) => {
                            found.seconds = found.seconds.or_else(|| value().map(Cow::Borrowed));
                        }
                        What::DelayText { before, after } => {
                            found.seconds = found.seconds.or_else(|| {
                                let text = session.tape?.str(walk.at(place)?).unwrap_or_default();
                                match between(&text, before, after) {
                                    Some(seconds) => Some(Cow::Owned(seconds.to_owned())),
                                    None => value().filter(|_| before.is_empty()).map(Cow::Borrowed),
                                }
                            });
                        }
                        What::Place(Place::RetryAfterMs) => found.millis = found.millis.or_else(value),
                        _ => {}
                    }
                }
            }
            Some(Seen::Custom(Some(identity))) => {
                found.seconds = identity.retry_after.as_deref().map(Cow::Borrowed);
            }
            _ => {}
        }
        found
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.seconds.is_none() && self.millis.is_none()
    }

    /// With all else that says how long to wait.
    pub(crate) fn sources<'a>(
        &'a self,
        headers: &'a HeaderMap,
        rate_limited: bool,
        reset: Option<(&'a str, Reset)>,
    ) -> Sources<'a> {
        Sources {
            headers,
            body_seconds: self.seconds.as_deref().map(BodyDelay),
            body_millis: self.millis.map(BodyDelay),
            rate_limited,
            reset,
        }
    }
}

/// The number between two texts.
fn between<'t>(text: &'t str, before: &str, after: &str) -> Option<&'t str> {
    let number = text.strip_prefix(before)?.strip_suffix(after)?;
    number.parse::<f64>().is_ok().then_some(number)
}
