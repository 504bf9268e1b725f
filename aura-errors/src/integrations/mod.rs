//! Frameworks and libraries: one feature, one file or folder each.
//!
//! `implement_…!` is what the derive calls for a key of the type, with
//! `[impl generics] [the type] [where clause]`: with the feature it is the impl of the framework's trait,
//! without it the error that says so.

#[cfg(feature = "actix4")]
pub mod actix4;
#[cfg(feature = "axum08")]
pub mod axum08;
#[cfg(feature = "backon1")]
pub mod backon1;
pub(crate) mod causes;
#[cfg(any(feature = "reqwest013", feature = "tower05", feature = "ureq3"))]
mod client;
#[cfg(feature = "docs")]
pub mod docs;
#[cfg(feature = "garde023")]
pub mod garde023;
#[cfg(any(feature = "reqwest013", feature = "tower05", feature = "ureq3"))]
mod io_failure;
#[cfg(feature = "openapi")]
pub mod openapi;
#[cfg(any(feature = "reqwest-middleware05", feature = "tower05"))]
mod read_errors;
#[cfg(feature = "reqwest013")]
pub mod reqwest013;
#[cfg(feature = "reqwest-middleware05")]
pub mod reqwest_middleware05;
#[cfg(feature = "reqwest-retry09")]
pub mod reqwest_retry09;
#[cfg(any(feature = "actix4", feature = "axum08"))]
mod server;
#[cfg(feature = "tower05")]
pub mod tower05;
#[cfg(feature = "tracing")]
pub mod tracing;
#[cfg(feature = "ureq3")]
pub mod ureq3;
#[cfg(feature = "utoipa6")]
pub mod utoipa6;
#[cfg(all(any(feature = "actix4", feature = "axum08"), any(feature = "garde023", feature = "validator021")))]
mod valid;
pub(crate) mod validation;
#[cfg(feature = "validator021")]
pub mod validator021;

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

#[cfg(feature = "actix4")]
#[macro_export]
#[doc(hidden)]
macro_rules! __implement_actix4 {
    ([$($generics:tt)*] [$($this:tt)*] [$($clause:tt)*]) => {
        #[automatically_derived]
        impl $($generics)* $crate::__private::actix4::ResponseError for $($this)* $($clause)* {
            fn status_code(&self) -> $crate::__private::actix4::StatusCode {
                $crate::__private::actix4::status(self)
            }

            fn error_response(&self) -> $crate::__private::actix4::HttpResponse {
                $crate::__private::actix4::respond(self)
            }
        }
    };
}

#[cfg(not(feature = "actix4"))]
#[macro_export]
#[doc(hidden)]
macro_rules! __implement_actix4 {
    ($($ignored:tt)*) => {
        ::core::compile_error!(
            "`actix` needs the feature `actix4` of `aura-errors`; add it to `features` in Cargo.toml, or remove the key"
        );
    };
}

#[cfg(feature = "utoipa6")]
#[macro_export]
#[doc(hidden)]
macro_rules! __implement_utoipa6 {
    ([$($generics:tt)*] [$($this:tt)*] [$($clause:tt)*]) => {
        #[automatically_derived]
        impl $($generics)* $crate::__private::utoipa6::IntoResponses for $($this)* $($clause)* {
            fn responses() -> $crate::__private::utoipa6::Responses {
                $crate::__private::utoipa6::responses_of_catalog(
                    <Self as $crate::__private::Taxonomy>::catalog(),
                )
            }
        }

        #[automatically_derived]
        impl $($generics)* $crate::__private::utoipa6::PartialSchema for $($this)* $($clause)* {
            fn schema() -> $crate::__private::utoipa6::RefOrSchema {
                $crate::__private::utoipa6::schema(<Self as $crate::__private::Taxonomy>::catalog())
            }
        }

        #[automatically_derived]
        impl $($generics)* $crate::__private::utoipa6::ToSchema for $($this)* $($clause)* {
            fn name() -> $crate::__private::utoipa6::Name {
                $crate::__private::utoipa6::schema_name(<Self as $crate::__private::Taxonomy>::catalog())
            }

            fn schemas(schemas: &mut $crate::__private::utoipa6::NamedSchemas) {
                schemas.extend($crate::__private::utoipa6::schemas(
                    <Self as $crate::__private::Taxonomy>::catalog(),
                ));
            }
        }
    };
}

#[cfg(not(feature = "utoipa6"))]
#[macro_export]
#[doc(hidden)]
macro_rules! __implement_utoipa6 {
    ($($ignored:tt)*) => {
        ::core::compile_error!(
            "`utoipa` needs the feature `utoipa6` of `aura-errors`; add it to `features` in Cargo.toml, or remove the key"
        );
    };
}

/// What `subset!` calls for a type that it declares.
#[cfg(feature = "utoipa6")]
#[macro_export]
#[doc(hidden)]
macro_rules! __implement_utoipa6_responses {
    ($name:ident) => {
        #[automatically_derived]
        impl $crate::__private::utoipa6::IntoResponses for $name {
            fn responses() -> $crate::__private::utoipa6::Responses {
                $crate::__private::utoipa6::responses_of_subset(&Self::SUBSET)
            }
        }
    };
}

/// A subset is of use without it.
#[cfg(not(feature = "utoipa6"))]
#[macro_export]
#[doc(hidden)]
macro_rules! __implement_utoipa6_responses {
    ($name:ident) => {};
}
