//! What the database says stays on the server.

use address_book_api::{API_KEY, ApiError};
use reqwest::StatusCode;

use crate::support::{Database, KEY, Running, ServerProcess, bounded, client, command, person};

/// Words that only the database says.
const TELLTALE: [&str; 5] = ["sqlite", "table", "database", "select", "code:"];

async fn fails_without_a_word(server: &str) {
    let http = reqwest::Client::new();
    let list = http.get(format!("{server}contacts"));
    let add = http.post(format!("{server}contacts")).json(&person("Ada"));
    for request in [list, add] {
        let response = request.header(API_KEY, KEY).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
        let headers = format!("{:?}", response.headers());
        let told = (headers + &response.text().await.unwrap()).to_lowercase();
        for word in TELLTALE {
            assert!(!told.contains(word), "{word}: {told}");
        }
    }
}

#[tokio::test]
async fn a_missing_table() {
    bounded(async {
        let folder = tempfile::tempdir().unwrap();
        let server = ServerProcess::start(folder.path(), &[]).await;
        let mut database = Database::open(&folder.path().join("book.sqlite")).await;
        database.run("DROP TABLE idempotency_keys; DROP TABLE contacts;").await;
        fails_without_a_word(&format!("http://{}/", server.address)).await;
        // The log has it all.
        let log = server.log();
        assert!(log.contains("no such table: contacts"), "{log}");
        assert!(log.contains("the database failed"), "{log}");
        server.kill().await;
    })
    .await;
}

#[tokio::test]
async fn a_file_that_was_overwritten() {
    bounded(async {
        let server = Running::start(&[]).await;
        client(&server.url).add(&person("Ada"), "1").await.unwrap();
        // Everything is in the one file, and the server's copies of it count no more.
        server.database().await.run("PRAGMA wal_checkpoint(TRUNCATE)").await;
        let length = std::fs::metadata(server.path()).unwrap().len();
        std::fs::write(server.path(), vec![b'?'; length as usize]).unwrap();
        fails_without_a_word(server.url.as_str()).await;
        let error = crate::support::api(client(&server.url).get(1).await);
        assert_eq!(error, ApiError::Internal);
        server.stop().await;
    })
    .await;
}

#[tokio::test]
async fn a_file_that_is_no_database() {
    bounded(async {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("book.sqlite"), "This is not a database.".repeat(100)).unwrap();
        let status = command(folder.path(), &[]).spawn().unwrap().wait().await.unwrap();
        assert!(!status.success());
        let log = std::fs::read_to_string(folder.path().join("log")).unwrap();
        assert!(log.contains("cannot open the database"), "{log}");
    })
    .await;
}
