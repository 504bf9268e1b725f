//! reqwest 0.13 with rustls.

use std::time::Duration;

use aura_errors::reqwest::ResponseExt;
use aura_errors::{Retry, TransportKind};
use reqwest::ClientBuilder;
use rustls::ClientConfig;

use crate::server::{Identity, Server};
use crate::{ApiError, Failure, PATIENCE, check};

fn client(tls: ClientConfig) -> ClientBuilder {
    reqwest::Client::builder().no_proxy().tls_backend_preconfigured(tls)
}

/// What becomes of a `GET`. The server is left alone afterwards.
fn failure(client: ClientBuilder, server: Server) -> Failure {
    let call = client.build().unwrap().get(server.url()).send();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let failure = runtime.block_on(async {
        tokio::time::timeout(PATIENCE, async { call.await.error_for::<ApiError>().await }).await
    });
    drop(runtime);
    server.ended();
    failure.unwrap().unwrap_err()
}

#[test]
fn an_error_over_tls() {
    let identity = Identity::of("127.0.0.1");
    let failure = failure(client(identity.trusted()), Server::secure(&identity));
    assert_eq!(failure.api(), Some(&ApiError::NotFound));
}

#[test]
fn a_certificate_that_does_not_hold() {
    let (here, elsewhere, expired) =
        (Identity::of("127.0.0.1"), Identity::of("shop.invalid"), Identity::expired());
    let untrusted = (elsewhere.trusted(), &here);
    let wrong_name = (elsewhere.trusted(), &elsewhere);
    let too_old = (expired.trusted(), &expired);
    for (tls, identity) in [untrusted, wrong_name, too_old] {
        let failure = failure(client(tls), Server::secure(identity));
        check(&failure, TransportKind::Tls, false, Retry::Never);
        assert!(failure.to_string().contains("certificate"), "{failure}");
    }
}

#[test]
fn a_server_without_tls() {
    let failure = failure(client(Identity::of("127.0.0.1").trusted()), Server::plain());
    check(&failure, TransportKind::Tls, false, Retry::Never);
}

#[test]
fn a_client_that_is_refused() {
    let identity = Identity::of("127.0.0.1");
    let failure = failure(client(identity.trusted()), Server::for_known_clients(&identity));
    // In TLS 1.3 the client has sent its request by then.
    check(&failure, TransportKind::Tls, true, Retry::Never);
}

#[test]
fn a_handshake_that_breaks_off() {
    let failure = failure(client(Identity::of("127.0.0.1").trusted()), Server::closing());
    check(&failure, TransportKind::Connect, false, Retry::Always);
}

#[test]
fn a_handshake_that_stalls() {
    let client = client(Identity::of("127.0.0.1").trusted()).connect_timeout(Duration::from_millis(500));
    check(&failure(client, Server::silent()), TransportKind::Timeout, false, Retry::Always);
}
