//! Tries through a client with middlewares.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use async_trait::async_trait;
use aura_errors::reqwest_middleware::{ReadErrors, ResponseExt};
use aura_errors::reqwest_retry::{Limits, RetryMiddleware, Strategy};
use aura_errors::{CallError, Cut, RetryRules, TransportKind};
use http::{Extensions, Method};
use reqwest::{Client, Request, Response};
use reqwest_middleware::{ClientBuilder, ClientWithMiddleware, Middleware, Next};
use reqwest_retry::policies::ExponentialBackoff;
use reqwest_retry::{Jitter, RetryTransientMiddleware};
use tokio::time::timeout;

use crate::retries::{self, ApiError, Asked, Outcome, PATIENCE, Scripted, answer, of, ok};

const SHORT: Duration = Duration::from_millis(1);

fn quick(retries: u32) -> ExponentialBackoff {
    ExponentialBackoff::builder().retry_bounds(SHORT, SHORT).build_with_max_retries(retries)
}

fn retry() -> RetryMiddleware<ApiError> {
    RetryMiddleware::with_policy(quick(2))
}

fn client(retry: RetryMiddleware<ApiError>) -> ClientWithMiddleware {
    ClientBuilder::new(Client::new()).with(retry).build()
}

async fn call(client: &ClientWithMiddleware, asked: Asked) -> Outcome {
    let mut request = client.request(asked.method, &asked.url);
    if asked.key {
        request = request.header("idempotency-key", "8e03978e");
    }
    Ok(request.send().await.error_for::<ApiError>().await?.status().as_u16())
}

async fn get(client: &ClientWithMiddleware, url: &str) -> Outcome {
    let asked = Asked { url: url.to_owned(), method: Method::GET, key: false };
    timeout(PATIENCE, call(client, asked)).await.unwrap()
}

/// Counts what passes it.
#[derive(Clone, Default)]
struct Count(Arc<AtomicU32>);

#[async_trait]
impl Middleware for Count {
    async fn handle(
        &self,
        request: Request,
        extensions: &mut Extensions,
        next: Next<'_>,
    ) -> reqwest_middleware::Result<Response> {
        self.0.fetch_add(1, Ordering::SeqCst);
        next.run(request, extensions).await
    }
}

#[tokio::test]
async fn every_case() {
    let client = client(retry());
    retries::check(async |asked| call(&client, asked).await).await;
}

#[tokio::test]
async fn every_case_around_a_reader() {
    let client = ClientBuilder::new(Client::new()).with(retry()).with(ReadErrors::<ApiError>::new()).build();
    retries::check(async |asked| call(&client, asked).await).await;
}

#[tokio::test]
async fn a_refused_connection_is_tried_as_often() {
    let (_port, url) = retries::refusing();
    let (outside, inside) = (Count::default(), Count::default());
    let client = ClientBuilder::new(Client::new())
        .with(outside.clone())
        .with(RetryMiddleware::<ApiError, _>::with_policy(quick(4)))
        .with(inside.clone())
        .build();
    let failure = get(&client, &url).await.unwrap_err();
    assert!(matches!(failure, CallError::Transport(why) if why.kind() == TransportKind::Connect));
    assert_eq!((outside.0.load(Ordering::SeqCst), inside.0.load(Ordering::SeqCst)), (1, 5));
}

/// A middleware that wraps the errors of what is beneath it, or has one of its own.
struct Failing(bool, Count);

#[async_trait]
impl Middleware for Failing {
    async fn handle(
        &self,
        request: Request,
        extensions: &mut Extensions,
        next: Next<'_>,
    ) -> reqwest_middleware::Result<Response> {
        let beneath = self.1.handle(request, extensions, next).await;
        if self.0 {
            return Err(reqwest_middleware::Error::middleware(std::io::Error::other("no token")));
        }
        beneath.map_err(|error| match error {
            reqwest_middleware::Error::Reqwest(error) => reqwest_middleware::Error::Middleware(error.into()),
            error => error,
        })
    }
}

#[tokio::test]
async fn errors_of_other_middlewares() {
    for (own, tries) in [(false, 3), (true, 1)] {
        let server = Scripted::new([vec![], vec![], vec![]]).await;
        let count = Count::default();
        let client =
            ClientBuilder::new(Client::new()).with(retry()).with(Failing(own, count.clone())).build();
        let failure = get(&client, &server.url).await.unwrap_err();
        assert!(matches!(&failure, CallError::Transport(_)), "{failure:?}");
        assert_eq!(count.0.load(Ordering::SeqCst), tries);
    }
}

#[tokio::test]
async fn the_default_is_three_tries() {
    // The delays of the policy are real here: at most one second and two.
    let server =
        Scripted::new([of(&ApiError::Busy, ""), of(&ApiError::Busy, ""), of(&ApiError::Busy, "")]).await;
    let failure = get(&client(RetryMiddleware::new()), &server.url).await.unwrap_err();
    assert_eq!((failure.api(), server.seen().len()), (Some(&ApiError::Busy), 3));
}

#[tokio::test]
async fn the_backoff_comes_on_top_of_the_delay() {
    let fixed = Duration::from_millis(200);
    let policy = ExponentialBackoff::builder()
        .retry_bounds(fixed, fixed)
        .jitter(Jitter::None)
        .build_with_max_retries(1);
    let server = Scripted::new([of(&ApiError::Busy, "retry-after-ms: 300\r\n"), ok()]).await;
    assert_eq!(get(&client(RetryMiddleware::with_policy(policy)), &server.url).await.unwrap(), 200);
    let seen = server.seen();
    assert!(seen[1].at - seen[0].at >= Duration::from_millis(500), "{:?}", seen[1].at - seen[0].at);
}

#[tokio::test]
async fn a_longer_delay_is_waited_for_where_it_is_allowed() {
    let rules = RetryRules::new().max_delay(Duration::from_millis(10));
    let server = Scripted::new([of(&ApiError::Busy, "retry-after-ms: 11\r\n")]).await;
    get(&client(retry().rules(rules)), &server.url).await.unwrap_err();
    assert_eq!(server.seen().len(), 1);
    let server = Scripted::new([of(&ApiError::Busy, "retry-after-ms: 10\r\n"), ok()]).await;
    assert_eq!(get(&client(retry().rules(rules)), &server.url).await.unwrap(), 200);
}

#[tokio::test]
async fn a_date_is_counted_from_the_injected_clock() {
    // 1994-11-06 08:49:37, an hour after the clock's time and long before the system's.
    let clock = || -> SystemTime { UNIX_EPOCH + Duration::from_secs(784_111_777 - 3600) };
    let busy = || of(&ApiError::Busy, "retry-after: Sun, 06 Nov 1994 08:49:37 GMT\r\n");
    let server = Scripted::new([busy()]).await;
    let asked = client(retry().rules(RetryRules::new().clock(clock)));
    get(&asked, &server.url).await.unwrap_err();
    assert_eq!(server.seen().len(), 1);
    let server = Scripted::new([busy(), ok()]).await;
    assert_eq!(get(&client(retry()), &server.url).await.unwrap(), 200);
}

#[tokio::test]
async fn a_stream_is_sent_once() {
    for status in [of(&ApiError::Busy, ""), of(&ApiError::Internal, "")] {
        let source = Scripted::new([ok()]).await;
        let body = Client::new().get(&source.url).send().await.unwrap();
        let server = Scripted::new([status]).await;
        let sent = client(retry()).put(&server.url).body(body).send();
        let failure = timeout(PATIENCE, sent).await.unwrap().error_for::<ApiError>().await.unwrap_err();
        assert!(failure.api().is_some(), "{failure:?}");
        assert_eq!(server.seen().len(), 1);
        assert!(server.seen()[0].text.ends_with("done"), "{}", server.seen()[0].text);
    }
}

#[tokio::test]
async fn the_body_is_sent_with_every_try() {
    let server = Scripted::new([of(&ApiError::Busy, ""), ok()]).await;
    let sent = client(retry()).post(&server.url).body("order 7").send();
    timeout(PATIENCE, sent).await.unwrap().error_for::<ApiError>().await.unwrap();
    let seen = server.seen();
    assert!(seen.len() == 2 && seen.iter().all(|seen| seen.text.ends_with("order 7")));
}

#[tokio::test]
async fn large_bodies_are_cut_and_tried_again() {
    let large = "x".repeat(1000);
    let page = || answer(502, "", &large);
    let server = Scripted::new([page(), page(), page()]).await;
    let client = client(retry().limits(Limits::new().body(100)));
    let failure = get(&client, &server.url).await.unwrap_err();
    assert_eq!(failure.response().unwrap().body().len(), 100);
    assert!(failure.response().unwrap().extensions().get::<Cut>().is_some());
    assert_eq!(server.seen().len(), 3);
}

// reqwest-retry's own middleware.

fn transient() -> ClientWithMiddleware {
    ClientBuilder::new(Client::new())
        .with(RetryTransientMiddleware::new_with_policy_and_strategy(quick(2), Strategy))
        .with(ReadErrors::<ApiError>::new())
        .build()
}

#[tokio::test]
async fn the_strategy_tells_what_is_tried_again() {
    let internal = || of(&ApiError::Internal, "");
    let busy = || of(&ApiError::Busy, "");
    let cases = [
        (Method::GET, false, vec![ok()], 1),
        (Method::GET, false, vec![internal(), ok()], 2),
        (Method::POST, false, vec![internal()], 1),
        (Method::POST, true, vec![internal(), ok()], 2),
        (Method::POST, false, vec![busy(), ok()], 2),
        (Method::GET, false, vec![of(&ApiError::Busy, "x-should-retry: false\r\n")], 1),
        (Method::POST, false, vec![of(&ApiError::NotFound, "x-should-retry: true\r\n"), ok()], 2),
        (Method::GET, false, vec![busy(), busy(), busy()], 3),
    ];
    for (number, (method, key, answers, requests)) in cases.into_iter().enumerate() {
        let server = Scripted::new(answers).await;
        let asked = Asked { url: server.url.clone(), method, key };
        let outcome = timeout(PATIENCE, call(&transient(), asked)).await.unwrap();
        assert_eq!(server.seen().len(), requests, "{number}: {outcome:?}");
        if let Err(failure) = outcome {
            assert!(failure.api().is_some(), "{number}: {failure:?}");
        }
    }
}

#[tokio::test]
async fn the_strategy_repeats_what_was_not_sent() {
    let server = Scripted::new([vec![]]).await;
    let failure = get(&transient(), &server.url).await.unwrap_err();
    assert!(matches!(&failure, CallError::Transport(why) if why.was_sent()), "{failure:?}");
    assert_eq!(server.seen().len(), 1);

    let count = Count::default();
    let client = ClientBuilder::new(Client::new())
        .with(RetryTransientMiddleware::new_with_policy_and_strategy(quick(2), Strategy))
        .with(count.clone())
        .build();
    let (_port, url) = retries::refusing();
    // reqwest-retry wraps the error, which is found nevertheless.
    let failure = get(&client, &url).await.unwrap_err();
    assert!(matches!(&failure, CallError::Transport(why) if why.kind() == TransportKind::Connect));
    assert!(!format!("{failure} {failure:?}").contains("secret"), "{failure:?}");
    assert_eq!(count.0.load(Ordering::SeqCst), 3);
}

#[tokio::test]
async fn without_a_reader_the_strategy_goes_by_status() {
    let client = ClientBuilder::new(Client::new())
        .with(RetryTransientMiddleware::new_with_policy_and_strategy(quick(2), Strategy))
        .build();
    for (status, requests) in [(429, 2), (500, 1), (404, 1)] {
        let server = Scripted::new([answer(status, "", ""), ok()]).await;
        let began = Instant::now();
        drop(get(&client, &server.url).await);
        assert_eq!(server.seen().len(), requests, "{status} after {:?}", began.elapsed());
    }
}
