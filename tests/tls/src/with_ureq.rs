//! ureq 3 with rustls.

use std::time::Duration;

use aura_errors::ureq::ResponseExt;
use aura_errors::{Retry, TransportKind};
use ureq::Agent;
use ureq::config::ConfigBuilder;
use ureq::tls::{Certificate, RootCerts, TlsConfig, TlsProvider};
use ureq::typestate::AgentScope;

use crate::server::{Identity, Server, provider};
use crate::{ApiError, Failure, PATIENCE, check};

/// An agent that trusts this certificate, and does not wait for ever.
fn agent(trusted: &Identity) -> ConfigBuilder<AgentScope> {
    let root = Certificate::from_der(&trusted.certificate).to_owned();
    let tls = TlsConfig::builder()
        .provider(TlsProvider::Rustls)
        .unversioned_rustls_crypto_provider(provider())
        .root_certs(RootCerts::new_with_certs(&[root]))
        .build();
    Agent::config_builder()
        .proxy(None)
        .http_status_as_error(false)
        .tls_config(tls)
        .timeout_global(Some(PATIENCE))
}

/// What becomes of a `GET`. The server is left alone afterwards.
fn failure(agent: ConfigBuilder<AgentScope>, server: Server) -> Failure {
    let failure = agent.build().new_agent().get(server.url()).call().error_for::<ApiError>().unwrap_err();
    server.ended();
    failure
}

#[test]
fn an_error_over_tls() {
    let identity = Identity::of("127.0.0.1");
    let failure = failure(agent(&identity), Server::secure(&identity));
    assert_eq!(failure.api(), Some(&ApiError::NotFound));
}

#[test]
fn a_certificate_that_does_not_hold() {
    let (here, elsewhere, expired) =
        (Identity::of("127.0.0.1"), Identity::of("shop.invalid"), Identity::expired());
    for (trusted, identity) in [(&elsewhere, &here), (&elsewhere, &elsewhere), (&expired, &expired)] {
        let failure = failure(agent(trusted), Server::secure(identity));
        check(&failure, TransportKind::Tls, true, Retry::Never);
        assert!(failure.to_string().contains("certificate"), "{failure}");
    }
}

#[test]
fn a_server_without_tls() {
    let failure = failure(agent(&Identity::of("127.0.0.1")), Server::plain());
    check(&failure, TransportKind::Tls, true, Retry::Never);
}

#[test]
fn a_client_that_is_refused() {
    let identity = Identity::of("127.0.0.1");
    let failure = failure(agent(&identity), Server::for_known_clients(&identity));
    check(&failure, TransportKind::Tls, true, Retry::Never);
}

#[test]
fn a_handshake_that_breaks_off() {
    let failure = failure(agent(&Identity::of("127.0.0.1")), Server::closing());
    check(&failure, TransportKind::Broken, true, Retry::IfIdempotent);
}

#[test]
fn a_handshake_that_stalls() {
    let agent = agent(&Identity::of("127.0.0.1")).timeout_connect(Some(Duration::from_millis(500)));
    check(&failure(agent, Server::silent()), TransportKind::Timeout, false, Retry::Always);
}
