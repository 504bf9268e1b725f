//! Where in a request a violation is.

use std::error::Error;

use serde_path_to_error::Segment;

use super::{RejectedFields, words};
use crate::integrations::validation::key;
use crate::{Failure, FieldError, Loc};

/// The steps that serde went, below a part of the request.
fn place_of(part: &str, path: &serde_path_to_error::Path) -> Vec<Loc> {
    let steps = path.iter().filter_map(|step| match step {
        Segment::Seq { index } => Some(Loc::from(*index)),
        Segment::Map { key: text } => Some(key(text)),
        Segment::Enum { variant } => Some(Loc::from(variant.as_str())),
        Segment::Unknown => None,
    });
    std::iter::once(Loc::from(part)).chain(steps).collect()
}

/// The violation that serde found, by the path to it.
pub(crate) fn violation_at<X: Error>(part: &str, error: &serde_path_to_error::Error<X>) -> FieldError {
    words::violation(place_of(part, error.path()), &error.inner().to_string())
}

/// A body that is no JSON.
pub(crate) fn invalid_json() -> RejectedFields {
    let violation = FieldError::new(["body"], "invalid JSON", "value_error.jsondecode");
    RejectedFields::new(Failure::BodySyntax, vec![violation])
}

/// A body that does not call itself JSON.
pub(crate) fn wrong_content_type() -> RejectedFields {
    let violation = FieldError::new(["header", "content-type"], "expected application/json", "value_error");
    RejectedFields::new(Failure::ContentType, vec![violation])
}

/// A body that did not arrive whole.
pub(crate) fn unreadable_body() -> RejectedFields {
    let violation = FieldError::new(["body"], "could not be read", "value_error");
    RejectedFields::new(Failure::BodySyntax, vec![violation])
}
