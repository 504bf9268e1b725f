//! Each integration with the library that it is for, over the loopback interface: one binary, and a
//! module for each feature that is on.

#[cfg(feature = "actix4")]
mod actix4;
#[cfg(feature = "axum08")]
mod axum08;
#[cfg(feature = "backon1")]
mod backon1;
#[cfg(all(feature = "axum08", feature = "docs", feature = "testing"))]
mod docs;
#[cfg(feature = "garde023")]
mod garde023;
#[cfg(any(feature = "actix4", feature = "axum08"))]
mod loopback;
#[cfg(feature = "openapi")]
mod openapi;
#[cfg(all(feature = "axum08", feature = "reqwest013", feature = "tracing"))]
mod relay;
#[cfg(feature = "reqwest013")]
mod reqwest013;
#[cfg(feature = "reqwest-middleware05")]
mod reqwest_middleware05;
#[cfg(feature = "reqwest-retry09")]
mod reqwest_retry09;
// Each adapter uses a part of it: with backon alone there is no client to give the cases to.
#[cfg(any(feature = "backon1", feature = "reqwest-middleware05", feature = "tower05"))]
#[cfg_attr(not(any(feature = "reqwest-retry09", feature = "tower05")), allow(dead_code))]
mod retries;
#[cfg(feature = "schemars1")]
mod schemars1;
#[cfg(feature = "tower05")]
mod tower05;
#[cfg(feature = "tracing")]
mod tracing;
#[cfg(feature = "ureq3")]
mod ureq3;
#[cfg(feature = "validator021")]
mod validator021;
#[cfg(any(
    all(feature = "axum08", any(feature = "garde023", feature = "validator021")),
    all(feature = "actix4", feature = "validator021")
))]
mod violations;
