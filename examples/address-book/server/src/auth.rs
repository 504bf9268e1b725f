//! Who asks, and whether they have asked too often.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Instant;

use address_book_api::{API_KEY, ApiError};
use axum::extract::{Request, State};
use axum::http::HeaderMap;
use axum::middleware::Next;
use axum::response::Response;
use subtle::ConstantTimeEq;

use crate::app::App;
use crate::error::ServerError;

/// A key, and the name of whoever has it; a caller may have several.
#[derive(Clone, PartialEq)]
pub struct ApiKey {
    name: String,
    key: String,
}

/// The name of whoever has the key that a request came with.
#[derive(Debug, Clone)]
pub(crate) struct Caller(pub(crate) Arc<str>);

impl FromStr for ApiKey {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.split_once('=') {
            Some((name, key)) if !name.is_empty() && !key.is_empty() => {
                Ok(Self { name: name.to_owned(), key: key.to_owned() })
            }
            _ => Err("a key is written NAME=KEY"),
        }
    }
}

/// The name alone.
impl fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ApiKey({})", self.name)
    }
}

/// Lets a request through if its key is known and has requests left.
pub(crate) async fn admit(
    State(app): State<App>,
    mut request: Request,
    next: Next,
) -> Result<Response, ServerError> {
    let caller = identify(&app.keys, request.headers()).ok_or(ApiError::NotAuthenticated)?;
    app.rate_limit
        .admit(&caller.0, Instant::now())
        .map_err(|delay| ApiError::RateLimited { retry_after: Some(delay.into()) })?;
    request.extensions_mut().insert(caller);
    Ok(next.run(request).await)
}

fn identify(keys: &[ApiKey], headers: &HeaderMap) -> Option<Caller> {
    let given = headers.get(API_KEY)?;
    // Not by `==`, whose time would tell how much of a key is right.
    let known = keys.iter().find(|known| given.as_bytes().ct_eq(known.key.as_bytes()).into())?;
    Some(Caller(known.name.as_str().into()))
}
