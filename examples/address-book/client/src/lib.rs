//! The address book's client: [`Client`] for programs, [`Cli`] and [`run`] for the command line.

#![forbid(unsafe_code)]

mod cli;
mod client;
mod import;
mod problem;
mod retry;
mod run;

pub use crate::cli::{Cli, Command};
pub use crate::client::{Client, Failure};
pub use crate::import::{Import, Refused, Report};
pub use crate::problem::{Kind, Problem};
pub use crate::retry::Patience;
pub use crate::run::run;
