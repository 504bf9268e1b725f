//! Clients in other languages: a table of responses, with what the Rust client makes of each. The
//! programs in `tests/clients` compare it with what the generated clients make of them.

mod cases;
mod hard;
mod snapshots;
