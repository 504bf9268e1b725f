//! Why a response is none of the errors, in full: the cold half of reading.

use super::identify::{Seen, Session, Why, text_of};
use super::shape::{self, ShapeKind};
use crate::ErrorSpec;
use crate::unrecognized::Reason;

impl Session<'_> {
    /// Why nothing was recognised, in full.
    #[cold]
    pub(crate) fn explain(&mut self, why: Why) -> Reason {
        match why {
            Why::UnknownCode => Reason::UnknownCode,
            Why::Conflict => Reason::Conflict,
            Why::Ambiguous => Reason::Ambiguous,
            Why::Fields { entry, misfit } => Reason::Fields {
                spec: self.index.entries[entry].spec,
                path: misfit.path,
                problem: misfit.problem,
            },
            Why::Foreign => match self.nearest() {
                Some((spec, path)) => Reason::Foreign { nearest: Some(spec), path: Some(path) },
                None => Reason::Foreign { nearest: None, path: None },
            },
        }
    }

    /// The error of this status whose shape the body comes closest to, where its message could be
    /// read.
    fn nearest(&mut self) -> Option<(&'static ErrorSpec, String)> {
        let index = self.index;
        let by_status = index.of_status(self.status)?;
        let mut nearest: Option<(usize, &'static ErrorSpec, String)> = None;
        for &entry in &by_status.all {
            let entry = &index.entries[entry as usize];
            for alternative in &entry.alternatives {
                if self.message_by(alternative.shape).is_none() {
                    continue;
                }
                let shape = &index.shapes[usize::from(alternative.shape)];
                let (ShapeKind::Json(read), Some(tape)) = (&shape.kind, self.tape) else { continue };
                let Some(Seen::Json(walk)) = self.seen(alternative.shape) else { continue };
                let found = (0..shape.places.len()).filter(|place| walk.at(*place).is_some()).count();
                // Where the shape fits, it is a slot or the code that does not.
                let path = shape::first_misfit(&tape, read).unwrap_or_else(|| {
                    let differs = |(place, values): &&(usize, Option<&'static [&'static str]>)| {
                        let text = walk.at(*place).and_then(|value| text_of(&tape, value));
                        values.is_some_and(|values| text.is_some_and(|text| !values.contains(&&*text)))
                    };
                    let slot = alternative.slots.iter().find(differs).map(|(place, _)| *place);
                    let place = slot.or_else(|| shape.codes.first().copied());
                    place.and_then(|place| shape::pointer_to(read, place)).unwrap_or_default()
                });
                if nearest.as_ref().is_none_or(|(known, ..)| *known < found) {
                    nearest = Some((found, entry.spec, path));
                }
            }
        }
        nearest.map(|(_, spec, path)| (spec, path))
    }
}
