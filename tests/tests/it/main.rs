//! The integration tests, one binary: one module per concern.

mod apis;
mod bodies;
mod calls;
mod catalogue;
mod classes;
mod clients;
mod codes;
mod edges;
mod hygiene;
mod identity;
mod leaks;
mod lock;
mod nesting;
mod openapi;
mod properties;
mod schema;
mod seeds;
mod shapes;
mod subset;
mod support;
mod testing;
mod ui;
mod unrecognized;
mod upgrade;
