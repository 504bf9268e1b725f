//! What holds for every value and for everything that may be received.

mod arbitrary;
pub(crate) mod every_taxonomy;
mod head;
mod injection;
mod received;
mod round_trip;
