//! The options, from the command line or the environment.

use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::path::PathBuf;
use std::time::Duration;

use clap::Parser;

use crate::auth::ApiKey;

/// An address book over HTTP.
#[derive(Debug, Clone, Parser)]
#[command(version)]
pub struct Config {
    /// Where to listen; a port of 0 means any that is free.
    #[arg(long, env = "ADDRESS_BOOK_LISTEN", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,

    /// The database, created where it is missing.
    #[arg(long, env = "ADDRESS_BOOK_DATABASE", default_value = "address-book.sqlite")]
    pub database: PathBuf,

    /// Who may ask, as NAME=KEY. Keys with one name share their requests and idempotency keys.
    #[arg(
        long = "key",
        env = "ADDRESS_BOOK_KEYS",
        value_name = "NAME=KEY",
        value_delimiter = ',',
        hide_env_values = true,
        required = true
    )]
    pub keys: Vec<ApiKey>,

    /// How many requests one key may send in any window.
    #[arg(long, env = "ADDRESS_BOOK_LIMIT", default_value = "90")]
    pub limit: NonZeroU32,

    /// How long a window is.
    #[arg(long, env = "ADDRESS_BOOK_WINDOW", default_value = "60s", value_parser = humantime::parse_duration)]
    pub window: Duration,

    /// How long a request may take.
    #[arg(
        long,
        env = "ADDRESS_BOOK_REQUEST_TIMEOUT",
        default_value = "10s",
        value_parser = humantime::parse_duration
    )]
    pub request_timeout: Duration,

    /// How long a request waits for the database; below the time for the whole request, so that the caller
    /// learns that nothing was done.
    #[arg(
        long,
        env = "ADDRESS_BOOK_BUSY_TIMEOUT",
        default_value = "3s",
        value_parser = humantime::parse_duration
    )]
    pub busy_timeout: Duration,
}
