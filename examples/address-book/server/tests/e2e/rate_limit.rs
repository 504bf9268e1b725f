//! Clients that share a key, and are told to wait.

use std::num::NonZeroUsize;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant, SystemTime};

use address_book_client::{Import, Patience};
use aura_errors::Classify;
use futures_util::future::join_all;
use tokio::io::AsyncWriteExt;

use crate::support::{Running, answering, bounded, client, csv_file};

#[tokio::test]
async fn concurrent_clients_all_succeed() {
    bounded(async {
        let server = Running::start(&["--limit", "5", "--window", "1s"]).await;
        let imports = ["a", "b", "c", "d"].map(|name| {
            let file = csv_file(server.folder.path(), name, 5);
            let patience = Patience(Duration::from_secs(60));
            let import = Import::open(client(&server.url), patience, file).unwrap();
            import.parallel(NonZeroUsize::new(5).unwrap()).run()
        });
        let reports: Vec<_> = join_all(imports).await.into_iter().map(Result::unwrap).collect();
        assert!(reports.iter().all(|report| report.added == 5 && report.refused.is_empty()), "{reports:?}");
        // All twenty were sent at once, and five could be let through.
        assert!(reports.iter().any(|report| report.retries > 0), "{reports:?}");
        server.database().await.assert_each_once(20).await;
        server.stop().await;
    })
    .await;
}

#[tokio::test]
async fn the_delay_is_long_enough() {
    bounded(async {
        let server = Running::start(&["--limit", "1", "--window", "700ms"]).await;
        let client = client(&server.url);
        let mut refusals = 0;
        while refusals < 3 {
            let Err(failure) = client.list(0).await else { continue };
            assert!(failure.is_rate_limit(), "{failure:?}");
            refusals += 1;
            let delay = failure.retry_after().expect("a delay").delay(SystemTime::now());
            tokio::time::sleep(delay).await;
            client.list(0).await.expect("to be let through after that delay");
        }
        server.stop().await;
    })
    .await;
}

#[tokio::test]
async fn an_import_waits_as_long_as_it_is_told() {
    bounded(async {
        let asked = Arc::new(AtomicUsize::new(0));
        let server = answering(move |_, mut connection| {
            let first = asked.fetch_add(1, Ordering::Relaxed) == 0;
            async move {
                let answer = match first {
                    true => "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 2\r\nContent-Length: 0\r\n\r\n",
                    false => "HTTP/1.1 201 Created\r\nContent-Length: 21\r\n\r\n{\"id\":1,\"name\":\"a 0\"}",
                };
                connection.write_all(answer.as_bytes()).await.unwrap();
            }
        })
        .await;
        let folder = tempfile::tempdir().unwrap();
        let file = csv_file(folder.path(), "a", 1);
        let import = Import::open(client(&server), Patience(Duration::from_secs(60)), file).unwrap();
        let start = Instant::now();
        let report = import.run().await.unwrap();
        assert_eq!((report.added, report.retries), (1, 1));
        // Its own first pause is a tenth of that.
        assert!(start.elapsed() >= Duration::from_secs(2));
    })
    .await;
}
