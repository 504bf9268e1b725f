//! The integration tests, one binary: one module per concern.

#[cfg(all(feature = "python", feature = "typescript"))]
mod clients;
#[cfg(feature = "openapi")]
mod openapi;
#[cfg(all(feature = "html", feature = "markdown"))]
mod pages;
