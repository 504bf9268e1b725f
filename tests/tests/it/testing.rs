//! The tests that people run on their own taxonomies.

mod documents;
mod examples;
mod hidden;
mod round_trips;
