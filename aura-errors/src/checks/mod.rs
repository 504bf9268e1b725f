//! Checks that need another type: a nested taxonomy, or a named body. They run in const evaluation,
//! so a mistake is a compile error at the token the derive gives these calls.

mod body;
mod errors;
mod text;

pub use self::body::{check_body, check_variant_body};
pub use self::errors::{check_apart, check_nested};
