//! A server for one connection, in a thread of its own.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::thread;

use rcgen::{CertificateParams, KeyPair};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{ClientConfig, RootCertStore, ServerConfig, ServerConnection, Stream};

use crate::PATIENCE;

const NOT_FOUND: &[u8] = b"HTTP/1.1 404 Not Found\r\nconnection: close\r\ncontent-length: 46\r\n\r\n\
    {\"error\":\"Not found\",\"error_code\":\"not_found\"}";

/// A certificate that is its own authority.
pub(crate) struct Identity {
    pub(crate) certificate: CertificateDer<'static>,
    key: KeyPair,
}

impl Identity {
    pub(crate) fn of(name: &str) -> Self {
        Self::with(CertificateParams::new([name.to_owned()]).unwrap())
    }

    pub(crate) fn expired() -> Self {
        let mut params = CertificateParams::new(["127.0.0.1".to_owned()]).unwrap();
        params.not_before = rcgen::date_time_ymd(2019, 1, 1);
        params.not_after = rcgen::date_time_ymd(2020, 1, 1);
        Self::with(params)
    }

    fn with(params: CertificateParams) -> Self {
        let key = KeyPair::generate().unwrap();
        Self { certificate: params.self_signed(&key).unwrap().der().clone(), key }
    }

    fn key(&self) -> PrivateKeyDer<'static> {
        PrivateKeyDer::try_from(self.key.serialize_der()).unwrap()
    }

    fn roots(&self) -> RootCertStore {
        let mut roots = RootCertStore::empty();
        roots.add(self.certificate.clone()).unwrap();
        roots
    }

    /// A client that trusts this certificate.
    pub(crate) fn trusted(&self) -> ClientConfig {
        ClientConfig::builder_with_provider(provider())
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_root_certificates(self.roots())
            .with_no_client_auth()
    }

    fn server(&self) -> ServerConfig {
        ServerConfig::builder_with_provider(provider())
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![self.certificate.clone()], self.key())
            .unwrap()
    }

    /// A server that wants a certificate of the client's too.
    fn server_for_known_clients(&self) -> ServerConfig {
        let verifier =
            WebPkiClientVerifier::builder_with_provider(self.roots().into(), provider()).build().unwrap();
        ServerConfig::builder_with_provider(provider())
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_client_cert_verifier(verifier)
            .with_single_cert(vec![self.certificate.clone()], self.key())
            .unwrap()
    }
}

pub(crate) fn provider() -> Arc<rustls::crypto::CryptoProvider> {
    Arc::new(rustls::crypto::ring::default_provider())
}

/// Answers one connection, and ends with it.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    end: Receiver<()>,
}

impl Server {
    /// Answers that nothing was found.
    pub(crate) fn secure(identity: &Identity) -> Self {
        let config = identity.server();
        Self::with(|stream| answer(config, stream))
    }

    /// The same, to clients with a certificate.
    pub(crate) fn for_known_clients(identity: &Identity) -> Self {
        let config = identity.server_for_known_clients();
        Self::with(|stream| answer(config, stream))
    }

    /// HTTP without TLS.
    pub(crate) fn plain() -> Self {
        Self::with(|mut stream| {
            let _ = stream.read(&mut [0; 4096])?;
            stream.write_all(b"HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n")
        })
    }

    /// Closes the connection once the client has begun the handshake.
    pub(crate) fn closing() -> Self {
        Self::with(|mut stream| stream.read(&mut [0; 4096]).map(drop))
    }

    /// Says nothing until the client has gone.
    pub(crate) fn silent() -> Self {
        Self::with(|mut stream| {
            while stream.read(&mut [0; 4096])? > 0 {}
            Ok(())
        })
    }

    /// Errors of the connection are what the tests are about.
    fn with(serve: impl FnOnce(TcpStream) -> io::Result<()> + Send + 'static) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let (ended, end) = channel();
        thread::spawn(move || {
            let (stream, _) = listener.accept().unwrap();
            stream.set_read_timeout(Some(PATIENCE)).unwrap();
            drop(serve(stream));
            let _ = ended.send(());
        });
        Self { address, end }
    }

    pub(crate) fn url(&self) -> String {
        format!("https://{}/orders?key=secret", self.address)
    }

    pub(crate) fn ended(self) {
        self.end.recv_timeout(PATIENCE).unwrap();
    }
}

fn answer(config: ServerConfig, mut stream: TcpStream) -> io::Result<()> {
    let mut connection = ServerConnection::new(config.into()).unwrap();
    let mut secure = Stream::new(&mut connection, &mut stream);
    let (mut head, mut byte) = (Vec::new(), [0]);
    while !head.ends_with(b"\r\n\r\n") {
        secure.read_exact(&mut byte)?;
        head.extend(byte);
    }
    secure.write_all(NOT_FOUND)?;
    secure.conn.send_close_notify();
    secure.flush()
}
