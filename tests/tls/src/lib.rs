//! Real TLS handshakes that fail, with reqwest and with ureq: what the failure is taken for, whether the
//! request counts as sent, and whether it may be sent again.

#![cfg(test)]

mod server;
mod with_reqwest;
mod with_ureq;

use std::time::Duration;

use aura_errors::{CallError, Classify, Retry, Taxonomy, TransportKind};

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
enum ApiError {
    #[error("Not found")]
    #[api(404)]
    NotFound,
}

type Failure = CallError<ApiError>;

const PATIENCE: Duration = Duration::from_secs(30);

/// What a failure without an answer has to be.
#[track_caller]
fn check(failure: &Failure, kind: TransportKind, sent: bool, retry: Retry) {
    let CallError::Transport(transport) = failure else { panic!("{failure:?}") };
    let found = (transport.kind(), transport.was_sent(), failure.retry());
    assert_eq!(found, (kind, sent, retry), "{transport:?}");
    let texts = format!("{failure} {failure:?}");
    assert!(!texts.contains("secret"), "{texts}");
}
