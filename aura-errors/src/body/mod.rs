//! Body formats: the JSON shape of an API's errors.
//!
//! A shape is written as a template in `#[api(body = …)]`, named once with
//! [`body_format!`](crate::body_format), taken from the ready-made ones here, or implemented by hand
//! ([`BodyFormat`]).

pub(crate) mod compare;
pub(crate) mod describe;
pub(crate) mod format;
pub(crate) mod layout;
mod ready;
pub(crate) mod schema;
pub(crate) mod template;
pub(crate) mod tree;

#[doc(hidden)]
pub use self::format::Format;
pub use self::format::{BodyFormat, BodyView, ErrorView, Identity};
pub use self::ready::{Anything, Aura, Empty, Google, JsonApi, OAuth2, Problem, ProblemType, Text};
