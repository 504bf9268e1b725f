//! One annotated enum is the single source of truth for the errors of an HTTP API.

extern crate self as aura_errors;

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;
pub mod body;
mod call_error;
mod catalog;
mod catalog_json;
mod checks;
mod class;
mod classify;
mod code;
mod decode;
mod delay;
mod embedded;
mod encode;
mod field_error;
mod json;
use __private as private;
mod retry;
mod retry_after;
mod spec;
mod taxonomy;
mod text;
mod unrecognized;
mod verdict;

pub use aura_errors_derive::{Taxonomy, body_format};

pub use self::call_error::{CallError, Transport, TransportKind};
pub use self::catalog::{Catalog, Iter, Nested};
pub use self::class::{Class, ClassIter, Classes, ParseClassError};
pub use self::classify::Classify;
pub use self::code::Code;
pub use self::decode::Cut;
pub use self::embedded::{Embedded, UnknownEmbedded};
pub use self::encode::Sent;
pub use self::field_error::{FieldError, Loc};
pub use self::retry::{ParseRetryError, Retry};
pub use self::retry_after::RetryAfter;
pub use self::spec::{ErrorSpec, Failure, FieldSpec, Level};
pub use self::taxonomy::Taxonomy;
pub use self::unrecognized::{Reason, Unrecognized};
