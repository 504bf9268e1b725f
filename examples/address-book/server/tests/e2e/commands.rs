//! The commands as they are typed, with their exit codes.

use address_book_client::{Cli, Problem, run};
use clap::Parser;
use reqwest::Url;
use tokio::io::AsyncWriteExt;

use crate::support::{KEY, Proxy, Running, answering, bounded};

/// What the command wrote, and why it failed.
async fn typed(server: &Url, key: &str, command: &[&str]) -> (String, Result<(), Problem>) {
    let options = ["address-book", "--server", server.as_str(), "--key", key, "--patience", "0s"];
    let cli = Cli::try_parse_from(options.iter().chain(command)).unwrap();
    let mut out = Vec::new();
    let result = run(cli, &mut out).await;
    (String::from_utf8(out).unwrap(), result)
}

/// Its exit code, and what it says.
async fn fails(server: &Url, key: &str, command: &[&str]) -> (u8, String) {
    let problem = typed(server, key, command).await.1.unwrap_err();
    (problem.exit_code(), problem.to_string())
}

#[tokio::test]
async fn all_of_them() {
    bounded(async {
        let server = Running::start(&[]).await;
        let file = server.folder.path().join("people.csv");
        std::fs::write(&file, "name\nGrace\nHedy\n").unwrap();
        let commands: [(&[&str], &str); 5] = [
            (&["add-group", "poets & friends"], ""),
            (
                &["add", "Ada", "--email", "ada@example.org", "--group", "poets & friends"],
                "1\tAda\tada@example.org\tpoets & friends\n",
            ),
            (&["get", "1"], "1\tAda\tada@example.org\tpoets & friends\n"),
            (&["import", file.to_str().unwrap(), "--parallel", "1"], "2 added, 0 known from before\n"),
            (&["list"], "1\tAda\tada@example.org\tpoets & friends\n2\tGrace\t-\t-\n3\tHedy\t-\t-\n"),
        ];
        for (command, expected) in commands {
            let (out, result) = typed(&server.url, KEY, command).await;
            result.unwrap();
            assert_eq!(out, expected);
        }
        server.stop().await;
    })
    .await;
}

#[tokio::test]
async fn a_list_of_many_pages() {
    bounded(async {
        let server = Running::start(&[]).await;
        let statement = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 150) \
            INSERT INTO contacts (name) SELECT 'person ' || i FROM n";
        server.database().await.run(statement).await;
        let (out, result) = typed(&server.url, KEY, &["list"]).await;
        result.unwrap();
        assert_eq!(out.lines().count(), 150);
        assert_eq!(out.lines().last(), Some("150\tperson 150\t-\t-"));
        server.stop().await;
    })
    .await;
}

#[tokio::test]
async fn exit_codes() {
    bounded(async {
        let server = Running::start(&[]).await;
        let url = &server.url;
        assert_eq!(fails(url, KEY, &["get", "7"]).await, (3, "There is no contact 7".into()));
        let (code, text) = fails(url, KEY, &["add", "", "--email", "nobody"]).await;
        assert_eq!(code, 3);
        assert_eq!(
            text,
            "body.email: value is not a valid email address; \
             body.name: length must be at least 1 and at most 100"
        );
        let refused = (4, "Missing or unknown API key (check --key)".into());
        assert_eq!(fails(url, "wrong", &["list"]).await, refused);

        let nobody = Proxy::start().await;
        assert_eq!(fails(&nobody.url, KEY, &["list"]).await.0, 5);
        // A port that was free a moment ago.
        let closed = server.url.clone();
        server.stop().await;
        assert_eq!(fails(&closed, KEY, &["list"]).await.0, 5);

        let limited = Running::start(&["--limit", "1", "--window", "1h"]).await;
        typed(&limited.url, KEY, &["list"]).await.1.unwrap();
        let (code, text) = fails(&limited.url, KEY, &["list"]).await;
        assert_eq!(code, 5);
        assert!(text.starts_with("Too many requests with this API key (try again in "), "{text}");
        limited.stop().await;
    })
    .await;
}

#[tokio::test]
async fn a_server_that_redirects() {
    bounded(async {
        let server = Running::start(&[]).await;
        let elsewhere = server.url.clone();
        for status in ["302 Found", "308 Permanent Redirect"] {
            let location = format!("{elsewhere}contacts");
            let redirecting = answering(move |_, mut connection| {
                let answer =
                    format!("HTTP/1.1 {status}\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n");
                async move { drop(connection.write_all(answer.as_bytes()).await) }
            })
            .await;
            // With 302 it would become a `GET`, which succeeds.
            for command in [&["list"][..], &["add-group", "poets"], &["add", "Ada"]] {
                let (code, text) = fails(&redirecting, KEY, command).await;
                assert_eq!(code, 1, "{text}");
                assert!(text.contains("redirects"), "{text}");
            }
        }
        server.database().await.assert_each_once(0).await;
        server.stop().await;
    })
    .await;
}

#[tokio::test]
async fn a_server_that_is_no_address_book() {
    bounded(async {
        for (status, code) in [("200 OK", 1), ("404 Not Found", 1), ("500 Internal Server Error", 1)] {
            let other = answering(move |_, mut connection| async move {
                let answer = format!("HTTP/1.1 {status}\r\nContent-Length: 9\r\n\r\n<welcome>");
                let _ = connection.write_all(answer.as_bytes()).await;
            })
            .await;
            assert_eq!(fails(&other, KEY, &["list"]).await.0, code, "{status}");
        }
    })
    .await;
}
