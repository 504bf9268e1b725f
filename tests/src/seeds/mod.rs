//! The two APIs this project started from.

mod aura;
mod aurora;

pub use self::aura::AuraError;
pub use self::aurora::AuroraError;
