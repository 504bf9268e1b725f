//! The database: one SQLite file.

mod contacts;
mod groups;

use std::path::{Path, PathBuf};
use std::time::Duration;

use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::pool::PoolConnection;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{SqlSafeStr, Sqlite, SqlitePool, Transaction};

use crate::error::ServerError;

const CONNECTIONS: u32 = 4;
/// For what a connection takes besides waiting its turn.
const OPENING: Duration = Duration::from_secs(2);

/// The database. Clones share it.
#[derive(Debug, Clone)]
pub(crate) struct Store {
    pool: SqlitePool,
}

/// The database could not be opened.
#[derive(Debug, thiserror::Error)]
#[error("cannot open the database {}", path.display())]
pub struct OpenError {
    path: PathBuf,
    source: Box<dyn std::error::Error + Send + Sync>,
}

impl Store {
    /// Opens the file, creates it where it is missing, and brings its tables up to date.
    pub(crate) async fn open(path: &Path, busy_timeout: Duration) -> Result<Self, OpenError> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .foreign_keys(true)
            // Readers do not wait for a writer.
            .journal_mode(SqliteJournalMode::Wal)
            // What was answered with 201 is on the disk.
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(busy_timeout);
        let failed = |source| OpenError { path: path.to_owned(), source };
        let pool = SqlitePoolOptions::new()
            .max_connections(CONNECTIONS)
            .acquire_timeout(busy_timeout + OPENING)
            .connect_with(options)
            .await
            .map_err(|error| failed(error.into()))?;
        migrations().run(&pool).await.map_err(|error| failed(error.into()))?;
        Ok(Self { pool })
    }

    /// Waits for what is being done, and closes the file.
    pub(crate) async fn close(&self) {
        self.pool.close().await;
    }

    async fn read(&self) -> Result<PoolConnection<Sqlite>, ServerError> {
        self.pool.acquire().await.map_err(ServerError::waiting)
    }

    /// A transaction that has its turn as the only writer from the start: it waits here or nowhere. Dropped
    /// before `commit`, by a timeout for example, it leaves nothing behind.
    async fn write(&self) -> Result<Transaction<'static, Sqlite>, ServerError> {
        self.pool.begin_with("BEGIN IMMEDIATE").await.map_err(ServerError::waiting)
    }
}

/// The files of `migrations/`, compiled in.
fn migrations() -> Migrator {
    let migration = |version, name: &'static str, sql: &'static str| {
        Migration::new(version, name.into(), MigrationType::Simple, sql.into_sql_str(), false)
    };
    Migrator::with_migrations(vec![
        migration(1, "contacts", include_str!("../../migrations/1_contacts.sql")),
        migration(2, "idempotency keys", include_str!("../../migrations/2_idempotency_keys.sql")),
    ])
}
