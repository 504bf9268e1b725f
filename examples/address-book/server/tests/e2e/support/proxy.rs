//! A proxy between client and server: it keeps its address while servers come and go, and misbehaves when it
//! is told to.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use reqwest::Url;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::raw::{answering, find};

/// What happens to one exchange in place of what should.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Fault {
    /// A page of the proxy's own; the server is not asked.
    Page,
    /// The server acts, and its answer does not arrive.
    LoseAnswer,
    /// The server acts, and its answer ends in the middle of the body.
    CutAnswer,
}

pub(crate) const PAGE: &str = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n\
    <body><center><h1>502 Bad Gateway</h1></center><hr></body>\r\n</html>\r\n";

#[derive(Clone)]
pub(crate) struct Proxy {
    pub(crate) url: Url,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    server: Option<SocketAddr>,
    faults: VecDeque<Fault>,
    exchanges: usize,
}

impl Proxy {
    pub(crate) async fn start() -> Self {
        let state = Arc::<Mutex<State>>::default();
        let shared = state.clone();
        let url = answering(move |request, connection| exchange(shared.clone(), request, connection)).await;
        Self { url, state }
    }

    /// In front of this server.
    pub(crate) async fn before(server: SocketAddr) -> Self {
        let proxy = Self::start().await;
        proxy.set_server(Some(server));
        proxy
    }

    /// Without a server, it shows its page.
    pub(crate) fn set_server(&self, server: Option<SocketAddr>) {
        self.state.lock().unwrap().server = server;
    }

    /// What happens to the next exchanges, one each.
    pub(crate) fn misbehave(&self, faults: impl IntoIterator<Item = Fault>) {
        self.state.lock().unwrap().faults.extend(faults);
    }

    /// How many exchanges are over.
    pub(crate) fn exchanges(&self) -> usize {
        self.state.lock().unwrap().exchanges
    }
}

/// One per connection, so that each can be treated differently.
async fn exchange(state: Arc<Mutex<State>>, request: Vec<u8>, mut client: TcpStream) {
    let (server, fault) = {
        let mut state = state.lock().unwrap();
        (state.server, state.faults.pop_front())
    };
    let answer = match (server, fault) {
        (None, _) | (_, Some(Fault::Page)) => page(),
        (Some(server), _) => ask(server, request).await.unwrap_or_else(|_| page()),
    };
    let passed = match fault {
        Some(Fault::LoseAnswer) => 0,
        Some(Fault::CutAnswer) => middle_of_body(&answer),
        Some(Fault::Page) | None => answer.len(),
    };
    // Whether the client is still there is its own business.
    let _ = client.write_all(&answer[..passed]).await;
    let _ = client.shutdown().await;
    state.lock().unwrap().exchanges += 1;
}

/// Whatever the server answers until it closes the connection.
async fn ask(server: SocketAddr, request: Vec<u8>) -> std::io::Result<Vec<u8>> {
    let mut connection = TcpStream::connect(server).await?;
    let end_of_line = find(&request, b"\r\n").unwrap_or_default();
    connection.write_all(&request[..end_of_line]).await?;
    connection.write_all(b"\r\nConnection: close").await?;
    connection.write_all(&request[end_of_line..]).await?;
    let mut answer = Vec::new();
    match connection.read_to_end(&mut answer).await {
        Ok(0) => Err(std::io::ErrorKind::UnexpectedEof.into()),
        _ => Ok(answer),
    }
}

fn middle_of_body(answer: &[u8]) -> usize {
    let head = find(answer, b"\r\n\r\n").map_or(0, |end| end + 4);
    head + (answer.len() - head) / 2
}

fn page() -> Vec<u8> {
    let length = PAGE.len();
    format!(
        "HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{PAGE}"
    )
    .into_bytes()
}
