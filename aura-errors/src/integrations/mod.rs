//! Frameworks and libraries: one feature, one file or folder each.
//!
//! `implement_…!` is what the derive calls for a key of the type, with
//! `[impl generics] [the type] [where clause]`: with the feature it is the impl of the framework's trait,
//! without it the error that says so.

#[cfg(feature = "axum08")]
pub mod axum08;
#[cfg(feature = "reqwest013")]
pub mod reqwest013;

#[cfg(feature = "axum08")]
#[macro_export]
#[doc(hidden)]
macro_rules! __implement_axum08 {
    ([$($generics:tt)*] [$($this:tt)*] [$($clause:tt)*]) => {
        #[automatically_derived]
        impl $($generics)* $crate::__private::axum08::IntoResponse for $($this)* $($clause)* {
            fn into_response(self) -> $crate::__private::axum08::Response {
                $crate::__private::axum08::respond(self)
            }
        }
    };
}

#[cfg(not(feature = "axum08"))]
#[macro_export]
#[doc(hidden)]
macro_rules! __implement_axum08 {
    ($($ignored:tt)*) => {
        ::core::compile_error!(
            "`axum` needs the feature `axum08` of `aura-errors`; add it to `features` in Cargo.toml, or remove the key"
        );
    };
}
