//! The address book on the command line. `--help` lists the commands, and the exit codes.

use std::io;
use std::process::ExitCode;

use address_book_client::{Cli, run};
use clap::Parser;

#[tokio::main]
async fn main() -> ExitCode {
    match run(Cli::parse(), &mut io::stdout()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("{problem}");
            problem.exit_code().into()
        }
    }
}
