//! The command `aura-errors`: what can be asked of the lock of an API's errors, without the crate
//! that declares them.

#![forbid(unsafe_code)]

mod args;
mod commands;
mod failure;
mod github;
mod lookup;
mod source;
mod terminal;

use std::process::ExitCode;

use clap::Parser;

use crate::args::{Cli, Command};
use crate::failure::Failure;
use crate::terminal::Output;

fn main() -> ExitCode {
    let cli = Cli::try_parse().unwrap_or_else(|error| args::in_order(error).exit());
    cli.color.write_global();
    match run(&cli.command).and_then(Output::write) {
        Ok(code) => code.into(),
        Err(failure) => failure.report(),
    }
}

fn run(command: &Command) -> Result<Output, Failure> {
    match command {
        Command::List(args) => commands::list::run(args),
        Command::Explain(args) => commands::explain::run(args),
        Command::Diff(args) => commands::diff::run(args),
        Command::Render { format } => commands::render::run(format),
        Command::Completions { shell } => Ok(commands::generate::completions(*shell)),
        Command::Man { folder } => commands::generate::man(folder),
    }
}
