//! The lock: the committed state of a contract, and what changed since.

mod check;
mod compare;
mod file;
mod line;
mod report;
mod rules;
mod shape;

pub use self::check::{ContractError, UPDATE, UnknownUpdate, Update, check};
pub use self::compare::{Difference, compare};
pub use self::file::{Accepted, FORMAT, Lock, LockError, Tombstone};
pub use self::report::Report;
pub use self::rules::{Rule, Severity, UnknownRule};
