//! The endpoints of `/groups`.

use aura_errors::axum::{Json, Path};
use aura_errors::validator::Valid;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use validator::Validate;

use crate::app::App;
use crate::error::ServerError;

#[derive(Debug, Deserialize, Validate)]
pub(crate) struct GroupPath {
    #[validate(length(min = 1, max = 100))]
    name: String,
}

/// `GET /groups`
pub(crate) async fn list(State(App { store, .. }): State<App>) -> Result<Json<Vec<String>>, ServerError> {
    Ok(Json(store.groups().await?))
}

/// `PUT /groups/friends`; once more does no harm.
pub(crate) async fn create(
    State(App { store, .. }): State<App>,
    Valid(Path(GroupPath { name })): Valid<Path<GroupPath>>,
) -> Result<StatusCode, ServerError> {
    store.create_group(&name).await?;
    Ok(StatusCode::NO_CONTENT)
}
