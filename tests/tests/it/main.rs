//! The integration tests, one binary: one module per concern.

mod apis;
mod bodies;
mod catalogue;
mod classes;
mod codes;
mod edges;
mod hygiene;
mod identity;
mod leaks;
mod nesting;
mod properties;
mod schema;
mod seeds;
mod shapes;
mod support;
mod ui;
mod unrecognized;
