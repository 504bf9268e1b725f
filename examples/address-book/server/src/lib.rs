//! The address book as a library, so that tests can start it in their own process.

#![forbid(unsafe_code)]

mod app;
mod auth;
mod config;
mod contacts;
mod error;
mod groups;
mod idempotency;
mod rate_limit;
mod store;

use std::future::Future;
use std::io;
use std::net::SocketAddr;

use axum::Router;
use tokio::net::TcpListener;

pub use crate::auth::ApiKey;
pub use crate::config::Config;
pub use crate::store::OpenError;

use crate::app::App;
use crate::store::Store;

/// Why the server did not start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// The database is not usable.
    #[error(transparent)]
    Store(#[from] OpenError),
    /// The address is not usable.
    #[error("cannot listen on {address}")]
    Listen {
        /// Where it was to listen.
        address: SocketAddr,
        /// Why it cannot.
        source: io::Error,
    },
}

/// A server that listens; [`run_until`](Self::run_until) makes it answer.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    store: Store,
    router: Router,
}

impl Server {
    /// Opens the database, which is created on the first run, and the port.
    ///
    /// # Errors
    ///
    /// A database or an address that is not usable.
    pub async fn start(config: Config) -> Result<Self, StartError> {
        let store = Store::open(&config.database, config.busy_timeout).await?;
        let unusable = |source| StartError::Listen { address: config.listen, source };
        let listener = TcpListener::bind(config.listen).await.map_err(unusable)?;
        let address = listener.local_addr().map_err(unusable)?;
        let router = App::new(&config, store.clone()).router(config.request_timeout);
        Ok(Self { listener, address, store, router })
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Answers until `stop` is done. What is being answered then is answered to its end.
    ///
    /// # Errors
    ///
    /// The port fails.
    pub async fn run_until(self, stop: impl Future<Output = ()> + Send + 'static) -> io::Result<()> {
        tracing::info!(address = %self.address, "listening");
        let result = axum::serve(self.listener, self.router).with_graceful_shutdown(stop).await;
        self.store.close().await;
        tracing::info!("stopped");
        result
    }
}
