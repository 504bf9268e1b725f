//! What holds for every value and for everything that may be received.

mod arbitrary;
mod injection;
mod received;
mod round_trip;
