//! What all server integrations share: which error answers a failure, what an extractor rejects and in
//! which words, and the extractors' types. It speaks `http` and knows no framework.

mod answer;
mod extract;
mod headers;
mod place;
mod rejection;
mod rewrite;
pub(crate) mod words;

pub use self::extract::{Headers, Json, Path, Query};
pub use self::rejection::{RejectedFields, Rejection};
pub use self::rewrite::AsWritten;

pub(crate) use self::headers::read_headers;
pub(crate) use self::place::{invalid_json, unreadable_body, violation_at, wrong_content_type};
#[cfg(all(feature = "axum08", feature = "tracing"))]
pub(crate) use self::rejection::Mistake;
pub(crate) use self::rewrite::{Asked, BodyKind, OF_THE_BODY, Rewrite, Seen, Verdict, is_plain_text};
