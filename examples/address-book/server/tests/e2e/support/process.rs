//! A server as a process of its own, to be killed.

use std::fs::OpenOptions;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};

use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

use super::KEY;

pub(crate) struct ServerProcess {
    pub(crate) address: SocketAddr,
    child: Child,
    log: PathBuf,
}

impl ServerProcess {
    /// On a free port, with the database and the log in this folder.
    pub(crate) async fn start(folder: &Path, options: &[&str]) -> Self {
        let mut child = command(folder, options).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let line = lines.next_line().await.unwrap().expect("the address");
        let address = line.strip_prefix("http://").unwrap().parse().unwrap();
        Self { address, child, log: folder.join("log") }
    }

    /// As a power cut would end it: no warning, nothing is put in order.
    pub(crate) async fn kill(mut self) {
        self.child.kill().await.unwrap();
    }

    /// As a service manager asks it to stop.
    pub(crate) async fn terminate(&self) {
        let id = self.child.id().unwrap();
        let status = Command::new("sh").args(["-c", &format!("kill -TERM {id}")]).status().await.unwrap();
        assert!(status.success());
    }

    pub(crate) async fn ended(mut self) -> ExitStatus {
        self.child.wait().await.unwrap()
    }

    pub(crate) fn log(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap()
    }
}

/// The program, not started yet.
pub(crate) fn command(folder: &Path, options: &[&str]) -> Command {
    let log = OpenOptions::new().create(true).append(true).open(folder.join("log")).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_address-book-server"));
    command
        .args(["--listen", "127.0.0.1:0", "--key", &format!("test={KEY}"), "--database"])
        .arg(folder.join("book.sqlite"))
        .args(options)
        .env("RUST_LOG", "info")
        .env("NO_COLOR", "1")
        .stdout(Stdio::piped())
        .stderr(Stdio::from(log))
        .kill_on_drop(true);
    command
}
