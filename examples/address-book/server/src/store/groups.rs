//! Groups in the database.

use super::Store;
use crate::error::ServerError;

impl Store {
    /// All names, in alphabetical order.
    pub(crate) async fn groups(&self) -> Result<Vec<String>, ServerError> {
        let mut connection = self.read().await?;
        let rows: Vec<(String,)> =
            sqlx::query_as("SELECT name FROM groups ORDER BY name").fetch_all(&mut *connection).await?;
        Ok(rows.into_iter().map(|(name,)| name).collect())
    }

    /// Creates the group where it is missing.
    pub(crate) async fn create_group(&self, name: &str) -> Result<(), ServerError> {
        let mut transaction = self.write().await?;
        sqlx::query("INSERT INTO groups (name) VALUES (?) ON CONFLICT DO NOTHING")
            .bind(name)
            .execute(&mut *transaction)
            .await?;
        Ok(transaction.commit().await?)
    }
}
