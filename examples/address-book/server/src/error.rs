//! What can go wrong in the server: the API's errors, and causes that stay in here.

use std::time::Duration;

use address_book_api::ApiError;
use aura_errors::Taxonomy;
use sqlx::error::ErrorKind;

/// How long to wait for a database that is busy. It is a guess: SQLite does not say.
const BUSY_PAUSE: Duration = Duration::from_millis(500);

#[derive(Debug, thiserror::Error, Taxonomy)]
#[api(axum)]
pub(crate) enum ServerError {
    #[error(transparent)]
    #[api(transparent)]
    Api(#[from] ApiError),

    /// Nothing was done yet.
    #[error("no turn at the database")]
    #[api(as = ApiError::Busy { retry_after: Some(BUSY_PAUSE.into()) })]
    Busy(#[source] sqlx::Error),

    /// The text of the database's error is for the log, not for the client.
    #[error("the database failed")]
    #[api(as = ApiError::Internal)]
    Database(#[from] sqlx::Error),

    #[error("a request cannot be kept")]
    #[api(as = ApiError::Internal)]
    Unwritable(#[from] serde_json::Error),
}

impl ServerError {
    /// Why a connection or a transaction could not be had.
    pub(crate) fn waiting(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::PoolTimedOut => Self::Busy(error),
            error if is_busy(&error) => Self::Busy(error),
            error => Self::Database(error),
        }
    }

    /// What a violation of a constraint means is up to the statement; anything else is a failure.
    pub(crate) fn of_constraint(
        error: sqlx::Error,
        meaning: impl FnOnce(ErrorKind) -> Option<ApiError>,
    ) -> Self {
        match error.as_database_error().and_then(|error| meaning(error.kind())) {
            Some(meant) => Self::Api(meant),
            None => Self::Database(error),
        }
    }
}

/// SQLITE_BUSY and its extended codes, which have it in their lowest byte.
fn is_busy(error: &sqlx::Error) -> bool {
    const SQLITE_BUSY: u32 = 5;
    let code = error.as_database_error().and_then(|error| error.code());
    code.and_then(|code| code.parse::<u32>().ok()).is_some_and(|code| code & 0xff == SQLITE_BUSY)
}
