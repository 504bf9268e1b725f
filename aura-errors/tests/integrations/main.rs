//! Each integration with the library that it is for, over the loopback interface: one binary, and a
//! module for each feature that is on.

#[cfg(feature = "axum08")]
mod axum08;
#[cfg(feature = "reqwest013")]
mod reqwest013;
#[cfg(feature = "schemars1")]
mod schemars1;
