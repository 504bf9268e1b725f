//! The application: what is where, and what every request goes through.

use std::sync::Arc;
use std::time::Duration;

use address_book_api::ApiError;
use aura_errors::axum::ErrorLayer;
use aura_errors::tracing::LogLayer;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware;
use axum::routing::{get, put};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::timeout::TimeoutLayer;

use crate::auth::{self, ApiKey};
use crate::config::Config;
use crate::rate_limit::RateLimit;
use crate::store::Store;
use crate::{contacts, groups};

/// Bytes of a body; the largest contact takes a few hundred.
const BODY_LIMIT: usize = 16 * 1024;

/// What handlers work with.
#[derive(Debug, Clone)]
pub(crate) struct App {
    pub(crate) store: Store,
    pub(crate) keys: Arc<[ApiKey]>,
    pub(crate) rate_limit: Arc<RateLimit>,
}

impl App {
    pub(crate) fn new(config: &Config, store: Store) -> Self {
        let rate_limit = Arc::new(RateLimit::new(config.limit, config.window));
        Self { store, keys: config.keys.clone().into(), rate_limit }
    }

    pub(crate) fn router(self, request_timeout: Duration) -> Router {
        Router::new()
            .route("/contacts", get(contacts::list).post(contacts::create))
            .route("/contacts/{id}", get(contacts::show))
            .route("/groups", get(groups::list))
            .route("/groups/{name}", put(groups::create))
            // From here on, what stands later is further outside.
            .layer(DefaultBodyLimit::max(BODY_LIMIT))
            .layer(middleware::from_fn_with_state(self.clone(), auth::admit))
            .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, request_timeout))
            .layer(CatchPanicLayer::new())
            .layer(ErrorLayer::<ApiError>::new())
            .layer(LogLayer::new())
            .layer(CompressionLayer::new())
            .with_state(self)
    }
}
