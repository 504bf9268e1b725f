//! A server in the test's own process.

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;

use address_book_server::{Config, Server};
use clap::Parser;
use reqwest::Url;
use tempfile::TempDir;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use super::{Database, KEY};

pub(crate) struct Running {
    pub(crate) url: Url,
    pub(crate) folder: TempDir,
    stop: oneshot::Sender<()>,
    task: JoinHandle<io::Result<()>>,
}

impl Running {
    /// With a database of its own, and these further options.
    pub(crate) async fn start(options: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("book.sqlite");
        let key = format!("test={KEY}");
        let mut arguments =
            vec!["address-book-server", "--listen", "127.0.0.1:0", "--key", &key, "--database"];
        arguments.push(database.to_str().unwrap());
        arguments.extend(options);
        let server = Server::start(Config::parse_from(arguments)).await.unwrap();
        let url = format!("http://{}", server.address()).parse().unwrap();
        let (stop, stopped) = oneshot::channel();
        let task = tokio::spawn(server.run_until(async {
            let _ = stopped.await;
        }));
        Self { url, folder, stop, task }
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.url.socket_addrs(|| None).unwrap()[0]
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().join("book.sqlite")
    }

    pub(crate) async fn database(&self) -> Database {
        Database::open(&self.path()).await
    }

    /// Lets it end what it is doing.
    pub(crate) async fn stop(self) {
        let _ = self.stop.send(());
        self.task.await.unwrap().unwrap();
    }
}
