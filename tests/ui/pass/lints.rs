//! Every lint that a user may deny.

#![deny(
    warnings,
    missing_docs,
    missing_debug_implementations,
    missing_copy_implementations,
    deprecated,
    elided_lifetimes_in_paths,
    explicit_outlives_requirements,
    keyword_idents,
    let_underscore_drop,
    macro_use_extern_crate,
    meta_variable_misuse,
    non_ascii_idents,
    redundant_imports,
    redundant_lifetimes,
    single_use_lifetimes,
    trivial_casts,
    trivial_numeric_casts,
    unit_bindings,
    unnameable_types,
    unreachable_pub,
    unused,
    unused_crate_dependencies,
    unused_extern_crates,
    unused_import_braces,
    unused_lifetimes,
    unused_macro_rules,
    unused_qualifications,
    unused_results,
    variant_size_differences
)]
#![forbid(unsafe_code)]
#![allow(unused_crate_dependencies)]

use aura_errors::{RetryAfter, Taxonomy};

/// The errors.
#[derive(Debug, thiserror::Error, Taxonomy)]
#[api(body = { "error": message, "code": code, "detail"?: detail, ..fields })]
enum Api<T> {
    /// Without data.
    #[error("a")]
    #[api(404)]
    A,
    /// A payload.
    #[error("b")]
    #[api(400, message = "b, said otherwise")]
    B(T),
    /// No longer in use.
    #[error("c {id}")]
    #[api(429, detail = "no {id}", when(header("X-A") = "1"))]
    #[deprecated = "use another"]
    C {
        /// No longer in use either.
        #[deprecated]
        #[api(expose)]
        id: u8,
        /// The delay.
        #[api(retry_after)]
        wait: Option<RetryAfter>,
    },
    /// Nested.
    #[error(transparent)]
    #[api(transparent)]
    Nested(#[from] Gone),
    /// A cause.
    #[error("cause")]
    #[api(as = Gone {})]
    Cause(#[source] std::io::Error),
}

/// One error.
#[derive(Debug, Clone, Copy, thiserror::Error, Taxonomy)]
#[error("gone")]
#[api(410)]
struct Gone;

fn main() {
    assert_eq!(Api::<u8>::A.code(), "a");
    assert_eq!(Api::<u8>::from(Gone).code(), "gone");
    drop(Api::B(1));
    drop(Api::<u8>::Cause(std::io::ErrorKind::Other.into()));
}
