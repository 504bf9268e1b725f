//! Files, good and bad, under bad conditions.

use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use address_book_client::{Import, Patience, Problem, Refused, Report};
use aura_errors::Classify;
use reqwest::Url;
use tokio::io::AsyncWriteExt;

use crate::support::{Fault, Proxy, Running, answering, bounded, client, csv_file, until};

fn import(server: &Url, file: &Path) -> Import {
    let patience = Patience(Duration::from_secs(60));
    let import = Import::open(client(server), patience, file.to_owned()).unwrap();
    import.parallel(NonZeroUsize::new(4).unwrap())
}

#[tokio::test]
async fn through_faults_of_every_kind() {
    bounded(async {
        let server = Running::start(&["--limit", "1000"]).await;
        let proxy = Proxy::before(server.address()).await;
        let faults = [Fault::Page, Fault::LoseAnswer, Fault::CutAnswer];
        proxy.misbehave(faults.into_iter().cycle().take(15));
        let file = csv_file(server.folder.path(), "people", 20);
        let report = import(&proxy.url, &file).run().await.unwrap();
        assert_eq!(report, Report { added: 20, retries: 15, ..Report::default() });
        server.database().await.assert_each_once(20).await;
        server.stop().await;
    })
    .await;
}

#[tokio::test]
async fn while_the_database_is_busy() {
    bounded(async {
        let server = Running::start(&["--busy-timeout", "1ms"]).await;
        let proxy = Proxy::before(server.address()).await;
        let mut database = server.database().await;
        database.run("BEGIN IMMEDIATE").await;
        let file = csv_file(server.folder.path(), "people", 10);
        let task = tokio::spawn(import(&proxy.url, &file).run());
        // 503, for some time.
        until(async || proxy.exchanges() >= 8).await;
        database.run("ROLLBACK").await;
        let report = task.await.unwrap().unwrap();
        assert_eq!((report.added, report.refused), (10, vec![]));
        assert!(report.retries >= 8);
        server.database().await.assert_each_once(10).await;
        server.stop().await;
    })
    .await;
}

#[tokio::test]
async fn interrupted_it_goes_on_where_it_was() {
    const RECORDS: usize = 200;
    bounded(async {
        let server = Running::start(&["--limit", "10000"]).await;
        let proxy = Proxy::before(server.address()).await;
        let file = csv_file(server.folder.path(), "people", RECORDS);
        let journal = file.with_extension("csv.done");

        let task = tokio::spawn(import(&proxy.url, &file).run());
        let mut database = server.database().await;
        let confirmed = || std::fs::read_to_string(&journal).unwrap_or_default().split_whitespace().count();
        until(async || confirmed() >= 10).await;
        task.abort();
        let _ = task.await;
        // As the program would leave its last line, if it was killed there.
        let mut text = std::fs::read_to_string(&journal).unwrap();
        text.truncate(text.len() - 5);
        std::fs::write(&journal, text).unwrap();
        let confirmed = confirmed() - 1;
        assert!(confirmed < RECORDS && database.count().await >= confirmed);

        let asked_before = proxy.exchanges();
        let report = import(&proxy.url, &file).run().await.unwrap();
        assert_eq!((report.known, report.added), (confirmed, RECORDS - confirmed));
        assert!(
            proxy.exchanges() - asked_before <= RECORDS - confirmed + 4,
            "what is confirmed is asked again"
        );
        database.assert_each_once(RECORDS).await;
        assert!(!journal.exists());

        // Without the journal the server still knows each of them.
        let report = import(&proxy.url, &file).run().await.unwrap();
        assert_eq!((report.known, report.added), (0, RECORDS));
        database.assert_each_once(RECORDS).await;
        server.stop().await;
    })
    .await;
}

#[tokio::test]
async fn under_another_address_of_the_server() {
    bounded(async {
        let server = Running::start(&["--limit", "1000"]).await;
        let proxy = Proxy::before(server.address()).await;
        let file = csv_file(server.folder.path(), "people", 10);
        assert_eq!(import(&proxy.url, &file).run().await.unwrap().added, 10);
        let report = import(&server.url, &file).run().await.unwrap();
        assert_eq!((report.added, report.refused), (10, vec![]));
        server.database().await.assert_each_once(10).await;
        server.stop().await;
    })
    .await;
}

#[tokio::test]
async fn what_one_server_has_another_may_lack() {
    bounded(async {
        let (one, other) = (Running::start(&[]).await, Running::start(&[]).await);
        let file = one.folder.path().join("people.csv");
        std::fs::write(&file, "name,email,group\nAda,,\nBo,,poets\n").unwrap();
        // A refusal keeps the journal.
        let report = import(&one.url, &file).run().await.unwrap();
        assert_eq!((report.added, report.refused.len()), (1, 1));
        let report = import(&other.url, &file).run().await.unwrap();
        assert_eq!((report.added, report.known), (1, 0));
        assert_eq!(other.database().await.names().await, ["Ada"]);
        one.stop().await;
        other.stop().await;
    })
    .await;
}

#[tokio::test]
async fn refused_records_do_not_stop_the_others() {
    bounded(async {
        let server = Running::start(&[]).await;
        let file = server.folder.path().join("mixed.csv");
        let lines = [
            "name,email,group",
            "Ada,ada@example.org,",
            ",nameless@example.org,",
            "Byron,,poets",
            "Charles,ada@example.org,",
            "Grace,grace@example.org,,too many",
            "Ada,ada@example.org,",
            "\"Hedy, the actress\",,",
        ];
        std::fs::write(&file, lines.join("\n")).unwrap();
        let report = import(&server.url, &file).parallel(NonZeroUsize::MIN).run().await.unwrap();
        assert_eq!((report.added, report.known), (2, 1));
        let refused: Vec<(u64, &str)> =
            report.refused.iter().map(|Refused { line, reason }| (*line, reason.as_str())).collect();
        assert_eq!(refused[0], (3, "body.name: length must be at least 1 and at most 100"));
        assert_eq!(refused[1], (4, "There is no group `poets`"));
        assert_eq!(refused[2], (5, "Another contact has this e-mail address"));
        assert_eq!(refused[3].0, 6);
        assert_eq!(refused.len(), 4);
        assert_eq!(server.database().await.names().await, ["Ada", "Hedy, the actress"]);

        // With the group it lacked, one more goes through; what was confirmed is not sent again.
        client(&server.url).add_group("poets").await.unwrap();
        let report = import(&server.url, &file).run().await.unwrap();
        assert_eq!((report.added, report.known, report.refused.len()), (1, 3, 3));
        server.stop().await;
    })
    .await;
}

#[tokio::test]
async fn lines_of_json() {
    bounded(async {
        let server = Running::start(&[]).await;
        let file = server.folder.path().join("people.jsonl");
        let lines =
            [r#"{"name":"Ada"}"#, "", "{", r#"{"name":"Bo","phone":1}"#, r#"{"name":"Cy","group":null}"#];
        std::fs::write(&file, lines.join("\n")).unwrap();
        let report = import(&server.url, &file).run().await.unwrap();
        assert_eq!(report.added, 2);
        assert_eq!(report.refused.iter().map(|refused| refused.line).collect::<Vec<_>>(), [3, 4]);
        server.stop().await;
    })
    .await;
}

#[tokio::test]
async fn patience_ends() {
    bounded(async {
        let proxy = Proxy::start().await;
        let folder = tempfile::tempdir().unwrap();
        let file = csv_file(folder.path(), "people", 3);
        let patience = Patience(Duration::from_millis(300));
        let import = Import::open(client(&proxy.url), patience, file).unwrap();
        let problem = import.run().await.unwrap_err();
        let Problem::Stopped { left: 3, failure } = &problem else { panic!("{problem:?}") };
        assert!(failure.is_unavailable());
        assert_eq!(problem.exit_code(), 5);
        assert!(proxy.exchanges() > 1, "it was not tried again");
    })
    .await;
}

#[tokio::test]
async fn patience_ends_while_the_server_asks_for_it_too() {
    bounded(async {
        let asked = Arc::new(AtomicUsize::new(0));
        let count = asked.clone();
        let server = answering(move |_, mut connection| {
            count.fetch_add(1, Ordering::Relaxed);
            async move {
                let answer = "HTTP/1.1 503 Busy\r\nRetry-After-Ms: 1500\r\nContent-Length: 0\r\n\r\n";
                connection.write_all(answer.as_bytes()).await.unwrap();
            }
        })
        .await;
        let folder = tempfile::tempdir().unwrap();
        let file = csv_file(folder.path(), "people", 1);
        let import = Import::open(client(&server), Patience(Duration::from_secs(2)), file).unwrap();
        assert_eq!(import.run().await.unwrap_err().exit_code(), 5);
        // A third would come after three seconds.
        assert!(asked.load(Ordering::Relaxed) <= 2, "{asked:?}");
    })
    .await;
}
