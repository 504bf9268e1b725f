//! A server that is killed in the middle of an import, and one that is asked to stop.

use std::num::NonZeroUsize;
use std::time::Duration;

use address_book_api::API_KEY;
use address_book_client::{Import, Patience};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::support::{Database, KEY, Proxy, ServerProcess, bounded, client, csv_file, until};

const RECORDS: usize = 300;

#[tokio::test]
async fn nothing_is_lost_or_duplicated() {
    bounded(async {
        let folder = tempfile::tempdir().unwrap();
        let options = ["--limit", "1000000"];
        let mut server = ServerProcess::start(folder.path(), &options).await;
        let proxy = Proxy::before(server.address).await;
        let file = csv_file(folder.path(), "people", RECORDS);
        let import = Import::open(client(&proxy.url), Patience(Duration::from_secs(100)), file).unwrap();
        let import = tokio::spawn(import.parallel(NonZeroUsize::new(8).unwrap()).run());

        for kept in [RECORDS / 5, RECORDS * 2 / 5, RECORDS * 3 / 5] {
            let path = folder.path().join("book.sqlite");
            until(async || Database::open(&path).await.count().await >= kept).await;
            server.kill().await;
            // Down for some requests, which see the proxy's page.
            proxy.set_server(None);
            let before = proxy.exchanges();
            until(async || proxy.exchanges() > before).await;
            server = ServerProcess::start(folder.path(), &options).await;
            proxy.set_server(Some(server.address));
        }

        let report = import.await.unwrap().unwrap();
        // Each was confirmed: one that was sent twice was recognised, not refused.
        assert_eq!((report.added, report.known), (RECORDS, 0));
        assert_eq!(report.refused, []);
        assert!(report.retries > 0);
        server.kill().await;
        Database::open(&folder.path().join("book.sqlite")).await.assert_each_once(RECORDS).await;
    })
    .await;
}

#[tokio::test]
async fn what_was_begun_is_answered_before_the_server_stops() {
    bounded(async {
        let folder = tempfile::tempdir().unwrap();
        let server = ServerProcess::start(folder.path(), &[]).await;
        let mut connection = TcpStream::connect(server.address).await.unwrap();
        let body = r#"{"name":"Ada"}"#;
        let head = format!(
            "POST /contacts HTTP/1.1\r\nHost: localhost\r\n{API_KEY}: {KEY}\r\nContent-Type: application/json\r\n\
             Content-Length: {}\r\nExpect: 100-continue\r\n\r\n",
            body.len()
        );
        connection.write_all(head.as_bytes()).await.unwrap();
        // The server says so when the handler asks for the body.
        let go_on = "HTTP/1.1 100 Continue\r\n\r\n";
        let mut answer = vec![0; go_on.len()];
        connection.read_exact(&mut answer).await.unwrap();
        assert_eq!(String::from_utf8(answer).unwrap(), go_on);

        server.terminate().await;
        until(async || TcpStream::connect(server.address).await.is_err()).await;
        connection.write_all(body.as_bytes()).await.unwrap();
        let mut answer = String::new();
        connection.read_to_string(&mut answer).await.unwrap();
        assert!(answer.starts_with("HTTP/1.1 201 Created\r\n"), "{answer}");
        assert!(server.ended().await.success());
        Database::open(&folder.path().join("book.sqlite")).await.assert_each_once(1).await;
    })
    .await;
}
