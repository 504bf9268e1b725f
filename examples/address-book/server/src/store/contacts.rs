//! Contacts in the database.

use address_book_api::{ApiError, Contact, NewContact};
use sqlx::SqliteConnection;
use sqlx::error::ErrorKind;

use super::Store;
use crate::error::ServerError;

/// The columns of a contact.
type Row = (i64, String, Option<String>, Option<String>);

fn contact((id, name, email, group): Row) -> Contact {
    Contact { id, name, email, group }
}

impl Store {
    /// The contact with this number, where there is one.
    pub(crate) async fn contact(&self, id: i64) -> Result<Option<Contact>, ServerError> {
        let mut connection = self.read().await?;
        Ok(find(&mut connection, id).await?)
    }

    /// At most `limit` contacts, from the first with a higher number on.
    pub(crate) async fn contacts(&self, after: i64, limit: u32) -> Result<Vec<Contact>, ServerError> {
        let mut connection = self.read().await?;
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT id, name, email, group_name FROM contacts WHERE id > ? ORDER BY id LIMIT ?",
        )
        .bind(after)
        .bind(limit)
        .fetch_all(&mut *connection)
        .await?;
        Ok(rows.into_iter().map(contact).collect())
    }

    /// A new contact with each call.
    pub(crate) async fn create(&self, new: NewContact) -> Result<Contact, ServerError> {
        let mut transaction = self.write().await?;
        let contact = insert(&mut transaction, new).await?;
        transaction.commit().await?;
        Ok(contact)
    }

    /// The contact that this caller created under this key, now or earlier. Key and contact are written
    /// together, so whatever becomes of the answer, both are there or neither.
    pub(crate) async fn create_once(
        &self,
        caller: &str,
        key: &str,
        new: NewContact,
    ) -> Result<Contact, ServerError> {
        let request = serde_json::to_string(&new)?;
        let mut transaction = self.write().await?;
        let earlier: Option<(i64, String)> =
            sqlx::query_as("SELECT contact, request FROM idempotency_keys WHERE caller = ? AND key = ?")
                .bind(caller)
                .bind(key)
                .fetch_optional(&mut *transaction)
                .await?;
        if let Some((id, earlier)) = earlier {
            if earlier != request {
                return Err(ApiError::IdempotencyKeyReused.into());
            }
            let found = find(&mut transaction, id).await?;
            return Ok(found.ok_or(ApiError::ContactNotFound { id })?);
        }
        let contact = insert(&mut transaction, new).await?;
        sqlx::query("INSERT INTO idempotency_keys (caller, key, request, contact) VALUES (?, ?, ?, ?)")
            .bind(caller)
            .bind(key)
            .bind(request)
            .bind(contact.id)
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        Ok(contact)
    }
}

async fn find(connection: &mut SqliteConnection, id: i64) -> Result<Option<Contact>, sqlx::Error> {
    let row: Option<Row> = sqlx::query_as("SELECT id, name, email, group_name FROM contacts WHERE id = ?")
        .bind(id)
        .fetch_optional(connection)
        .await?;
    Ok(row.map(contact))
}

/// The database decides what is taken and what exists: asking it first would leave a gap in between.
async fn insert(connection: &mut SqliteConnection, new: NewContact) -> Result<Contact, ServerError> {
    let inserted = sqlx::query("INSERT INTO contacts (name, email, group_name) VALUES (?, ?, ?)")
        .bind(&new.name)
        .bind(&new.email)
        .bind(&new.group)
        .execute(connection)
        .await;
    let NewContact { name, email, group } = new;
    match inserted {
        Ok(done) => Ok(Contact { id: done.last_insert_rowid(), name, email, group }),
        Err(error) => Err(ServerError::of_constraint(error, |kind| match kind {
            ErrorKind::UniqueViolation => Some(ApiError::EmailTaken { email: email? }),
            ErrorKind::ForeignKeyViolation => Some(ApiError::UnknownGroup { group: group? }),
            _ => None,
        })),
    }
}
