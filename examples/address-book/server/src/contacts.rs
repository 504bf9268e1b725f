//! The endpoints of `/contacts`.

use address_book_api::{ApiError, Contact, Contacts, NewContact};
use aura_errors::axum::{Json, Path, Query};
use aura_errors::validator::Valid;
use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use validator::Validate;

use crate::app::App;
use crate::auth::Caller;
use crate::error::ServerError;
use crate::idempotency::IdempotencyKey;

const PAGE: u32 = 50;

#[derive(Debug, Deserialize, Validate)]
pub(crate) struct PageQuery {
    after: Option<i64>,
    #[validate(range(min = 1, max = 100))]
    limit: Option<u32>,
}

/// `GET /contacts?after=7&limit=50`
pub(crate) async fn list(
    State(App { store, .. }): State<App>,
    Valid(Query(query)): Valid<Query<PageQuery>>,
) -> Result<Json<Contacts>, ServerError> {
    let limit = query.limit.unwrap_or(PAGE);
    let contacts = store.contacts(query.after.unwrap_or(0), limit).await?;
    let next = contacts.last().filter(|_| contacts.len() == limit as usize).map(|last| last.id);
    Ok(Json(Contacts { contacts, next }))
}

/// `GET /contacts/7`
pub(crate) async fn show(
    State(App { store, .. }): State<App>,
    Path(id): Path<i64>,
) -> Result<Json<Contact>, ServerError> {
    Ok(Json(store.contact(id).await?.ok_or(ApiError::ContactNotFound { id })?))
}

/// `POST /contacts`
pub(crate) async fn create(
    State(App { store, .. }): State<App>,
    Extension(Caller(caller)): Extension<Caller>,
    key: Option<IdempotencyKey>,
    Valid(Json(new)): Valid<Json<NewContact>>,
) -> Result<(StatusCode, Json<Contact>), ServerError> {
    let contact = match key {
        Some(IdempotencyKey(key)) => store.create_once(&caller, &key, new).await?,
        None => store.create(new).await?,
    };
    Ok((StatusCode::CREATED, Json(contact)))
}
