//! The commands and options.

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::Duration;

use clap::{Parser, Subcommand};
use http::HeaderValue;
use reqwest::Url;

const EXIT_CODES: &str = "\
Exit codes:
  0  done
  1  the server failed, or answered something unknown
  2  the command line is wrong
  3  the request was refused: not valid, not found, or already there
  4  the key was refused
  5  not now: no connection, too many requests, server busy; try again later";

/// The address book on the command line.
#[derive(Debug, Clone, Parser)]
#[command(name = "address-book", version, after_help = EXIT_CODES)]
pub struct Cli {
    /// Where the server is.
    #[arg(long, env = "ADDRESS_BOOK_SERVER", default_value = "http://127.0.0.1:8080")]
    pub server: Url,

    /// The API key.
    #[arg(long, env = "ADDRESS_BOOK_KEY", hide_env_values = true)]
    pub key: HeaderValue,

    /// How long to keep trying a call that fails for the moment.
    #[arg(
        long,
        env = "ADDRESS_BOOK_PATIENCE",
        default_value = "5m",
        value_parser = humantime::parse_duration
    )]
    pub patience: Duration,

    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Clone, Subcommand)]
pub enum Command {
    /// Adds a contact.
    Add {
        /// Its name.
        name: String,
        /// Its e-mail address.
        #[arg(long)]
        email: Option<String>,
        /// A group that exists.
        #[arg(long)]
        group: Option<String>,
    },
    /// Shows a contact.
    Get {
        /// Its number.
        id: i64,
    },
    /// Lists all contacts.
    List,
    /// Adds a group, where it is missing.
    AddGroup {
        /// Its name.
        name: String,
    },
    /// Adds all contacts of a file. Started again after an interruption, it goes on where it was.
    Import {
        /// A `.csv` file with the columns name, email, group; or a `.jsonl` file with an object per line.
        file: PathBuf,
        /// How many to send at a time.
        #[arg(long, default_value = "4")]
        parallel: NonZeroUsize,
    },
}
