//! A second look at the server's database file.

use std::path::Path;
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions, SqlSafeStr};

pub(crate) struct Database(SqliteConnection);

impl Database {
    pub(crate) async fn open(path: &Path) -> Self {
        let options = SqliteConnectOptions::new().filename(path).busy_timeout(Duration::from_secs(60));
        Self(options.connect().await.unwrap())
    }

    pub(crate) async fn run(&mut self, statement: impl SqlSafeStr) {
        sqlx::raw_sql(statement).execute(&mut self.0).await.unwrap();
    }

    /// Names in the order in which they were added.
    pub(crate) async fn names(&mut self) -> Vec<String> {
        let rows: Vec<(String,)> =
            sqlx::query_as("SELECT name FROM contacts ORDER BY id").fetch_all(&mut self.0).await.unwrap();
        rows.into_iter().map(|(name,)| name).collect()
    }

    pub(crate) async fn count(&mut self) -> usize {
        self.names().await.len()
    }

    /// So many contacts, and no two of them the same.
    pub(crate) async fn assert_each_once(&mut self, expected: usize) {
        let mut names = self.names().await;
        assert_eq!(names.len(), expected, "{names:?}");
        names.sort();
        names.dedup();
        assert_eq!(names.len(), expected, "something is there twice");
    }
}
