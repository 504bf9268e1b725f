//! Answers that are not what the server sent, or not from it.

use std::time::Duration;

use address_book_api::ApiError;
use aura_errors::reqwest::{Limits, ResponseExt};
use aura_errors::{CallError, Classify, Reason, Unrecognized};
use http::Method;
use tokio::io::AsyncWriteExt;

use crate::support::{Fault, PAGE, Proxy, Running, answering, bounded, client, person};

fn unrecognized<T: std::fmt::Debug>(answer: Result<T, CallError<ApiError>>) -> Unrecognized {
    match answer {
        Err(CallError::Unrecognized(unrecognized)) => unrecognized,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_page_of_a_proxy() {
    bounded(async {
        let proxy = Proxy::start().await;
        let answer = unrecognized(client(&proxy.url).get(1).await);
        assert!(matches!(answer.reason(), Reason::Foreign { nearest: None, .. }), "{:?}", answer.reason());
        assert_eq!(answer.response().status(), 502);
        assert_eq!(answer.response().body(), PAGE);
        assert!(answer.is_unavailable() && answer.should_retry(&Method::GET));
        // It is not known whether the server was asked.
        assert!(!answer.should_retry(&Method::POST));
    })
    .await;
}

#[tokio::test]
async fn an_endless_body() {
    bounded(async {
        let server = answering(async |_, mut connection| {
            let head =
                "HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/json\r\n\r\n{\"error\":\"";
            let mut sent = connection.write_all(head.as_bytes()).await;
            while sent.is_ok() {
                sent = connection.write_all(&[b'x'; 4096]).await;
            }
        })
        .await;
        let answer = unrecognized(client(&server).get(1).await);
        assert!(matches!(answer.reason(), Reason::Cut), "{:?}", answer.reason());
        assert_eq!(answer.response().body().len(), 64 * 1024);
        assert!(answer.is_unavailable() && answer.should_retry(&Method::GET));
    })
    .await;
}

#[tokio::test]
async fn a_body_that_stalls() {
    bounded(async {
        let server = answering(async |_, mut connection| {
            let head =
                "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 7\r\nContent-Length: 1000\r\n\r\n{\"error\"";
            connection.write_all(head.as_bytes()).await.unwrap();
            std::future::pending::<()>().await;
        })
        .await;
        let limits = Limits::new().timeout(Duration::from_millis(100));
        let answer = reqwest::get(server).await.error_for_within::<ApiError>(limits).await;
        let answer = unrecognized(answer);
        assert!(matches!(answer.reason(), Reason::Cut), "{:?}", answer.reason());
        // What came before says what to do.
        assert!(answer.is_rate_limit());
        assert_eq!(answer.retry_after().unwrap().as_delay(), Some(Duration::from_secs(7)));
    })
    .await;
}

#[tokio::test]
async fn an_error_cut_in_the_middle() {
    bounded(async {
        let server = Running::start(&[]).await;
        let proxy = Proxy::before(server.address()).await;
        proxy.misbehave([Fault::CutAnswer]);
        let answer = unrecognized(client(&proxy.url).get(7).await);
        assert!(matches!(answer.reason(), Reason::Cut), "{:?}", answer.reason());
        assert!(answer.is_not_found() && !answer.is_retryable());
        server.stop().await;
    })
    .await;
}

#[tokio::test]
async fn an_answer_that_is_lost_or_cut_after_the_server_acted() {
    bounded(async {
        let server = Running::start(&[]).await;
        let proxy = Proxy::before(server.address()).await;
        let client = client(&proxy.url);
        for (fault, name) in [(Fault::LoseAnswer, "Ada"), (Fault::CutAnswer, "Grace")] {
            proxy.misbehave([fault]);
            let failure = client.add(&person(name), name).await.unwrap_err();
            assert!(matches!(failure, CallError::Transport(_)), "{failure:?}");
            assert!(!failure.should_retry(&Method::POST) && failure.should_retry(&Method::PUT));
            // The same request under the same key finds what the first one made.
            let contact = client.add(&person(name), name).await.unwrap();
            assert_eq!(contact.name, name);
        }
        server.database().await.assert_each_once(2).await;
        server.stop().await;
    })
    .await;
}
