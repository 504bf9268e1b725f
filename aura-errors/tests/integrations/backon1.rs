//! backon: with a real client, and with functions that only fail.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

use ::backon::{BlockingRetryable, ExponentialBuilder, Retryable};
use aura_errors::backon::Blocking;
use aura_errors::{CallError, Classify, RetryAfter, RetryRules, Taxonomy, Transport, TransportKind, backon};
use http::{HeaderMap, Method};

use crate::retries::ApiError;

type Failure = CallError<ApiError>;

fn failure(error: ApiError) -> Failure {
    Failure::from_response(error.to_response())
}

fn limited(seconds: u64) -> Failure {
    failure(ApiError::RateLimited { retry_after: Some(RetryAfter::from_secs(seconds)) })
}

/// How often a blocking call is made that always fails, and the waits between.
fn blocking(
    failure: impl Fn() -> Failure,
    method: &Method,
    builder: ExponentialBuilder,
) -> (u32, Vec<Duration>) {
    let (calls, waits) = (Cell::new(0), Rc::new(RefCell::new(Vec::new())));
    let call = || -> Result<(), Box<Failure>> {
        calls.set(calls.get() + 1);
        Err(Box::new(failure()))
    };
    let pause = Blocking::new(method);
    let sleep = {
        let (pause, waits) = (pause.clone(), waits.clone());
        move |backoff| waits.borrow_mut().push(pause.wait(backoff))
    };
    assert!(BlockingRetryable::retry(call, builder).when(pause.when()).sleep(sleep).call().is_err());
    (calls.get(), waits.take())
}

/// The same of an asynchronous one.
fn waiting(
    failure: impl Fn() -> Failure,
    method: &Method,
    builder: ExponentialBuilder,
) -> (u32, Vec<Duration>) {
    let (calls, waits) = (Cell::new(0), Rc::new(RefCell::new(Vec::new())));
    let call = async || -> Result<(), Failure> {
        calls.set(calls.get() + 1);
        Err(failure())
    };
    let sleep = {
        let waits = waits.clone();
        move |wait| {
            waits.borrow_mut().push(wait);
            std::future::ready(())
        }
    };
    let outcome = Retryable::retry(call, builder)
        .when(backon::when(method))
        .adjust(backon::adjust)
        .sleep(sleep)
        .into_future();
    // Nothing waits.
    let outcome = std::pin::pin!(outcome).poll(&mut Context::from_waker(Waker::noop()));
    assert!(matches!(outcome, Poll::Ready(Err(_))));
    (calls.get(), waits.take())
}

type Run = fn(fn() -> Failure, &Method, ExponentialBuilder) -> (u32, Vec<Duration>);

/// With and without `await`: they have to do the same.
const BOTH: [Run; 2] = [blocking, waiting];

const GET: Method = Method::GET;
const SECOND: Duration = Duration::from_secs(1);

#[test]
fn the_default_is_three_tries() {
    for run in BOTH.repeat(30) {
        let (calls, waits) = run(|| failure(ApiError::Internal), &GET, backon::backoff());
        assert_eq!((calls, waits.len()), (3, 2));
        assert!((SECOND..2 * SECOND).contains(&waits[0]), "{waits:?}");
        assert!((2 * SECOND..=4 * SECOND).contains(&waits[1]), "{waits:?}");
    }
}

#[test]
fn jitter_differs_and_is_added_to_the_delay_of_the_server() {
    for run in BOTH {
        let waits: Vec<_> = (0..30)
            .map(|_| {
                let (calls, waits) = run(|| limited(30), &Method::POST, backon::backoff());
                assert_eq!(calls, 3);
                assert!((31 * SECOND..32 * SECOND).contains(&waits[0]), "{waits:?}");
                assert!((32 * SECOND..=34 * SECOND).contains(&waits[1]), "{waits:?}");
                waits
            })
            .collect();
        assert!(waits.iter().any(|some| *some != waits[0]), "{waits:?}");
    }
}

#[test]
fn gives_up_above_the_limit_unless_told_otherwise() {
    for run in BOTH {
        assert_eq!(run(|| limited(121), &GET, backon::backoff()), (1, vec![]));
        assert_eq!(run(|| limited(120), &GET, backon::backoff()).0, 3);
    }
    let patient = RetryRules::new().max_delay(Duration::from_secs(600));
    let pause = Blocking::new(&GET).rules(patient);
    assert!(pause.when()(&limited(600)) && !pause.when()(&limited(601)));
    let patient = backon::adjust_by(patient);
    assert_eq!(patient(&limited(600), Some(SECOND)), Some(601 * SECOND));
    assert_eq!(patient(&limited(601), Some(SECOND)), None);
    // The builder has no further try.
    assert_eq!(patient(&limited(1), None), None);
    assert_eq!(backon::adjust(&limited(1), None), None);
}

#[test]
fn the_request_decides() {
    for run in BOTH {
        let calls = |failure, method| run(failure, &method, backon::backoff()).0;
        assert_eq!(calls(|| failure(ApiError::NotFound), Method::GET), 1);
        assert_eq!(calls(|| failure(ApiError::Internal), Method::GET), 3);
        assert_eq!(calls(|| failure(ApiError::Internal), Method::POST), 1);
        assert_eq!(calls(|| failure(ApiError::Busy), Method::POST), 3);
    }

    let headers = HeaderMap::from_iter([("idempotency-key".parse().unwrap(), "1".parse().unwrap())]);
    assert!(backon::when_request(&Method::POST, &headers)(&failure(ApiError::Internal)));
    assert!(!backon::when_request(&Method::POST, &HeaderMap::new())(&failure(ApiError::Internal)));
    assert!(Blocking::new(&Method::POST).headers(&headers).when()(&failure(ApiError::Internal)));
    // Alone it does not repeat what is final either.
    assert_eq!(backon::adjust(&failure(ApiError::NotFound), Some(SECOND)), None);
}

#[test]
fn the_number_of_tries_is_the_builders() {
    for (times, run) in (0..6).flat_map(|times| BOTH.map(|run| (times, run))) {
        let builder = ExponentialBuilder::new().with_max_times(times);
        let (calls, waits) = run(|| failure(ApiError::Busy), &GET, builder);
        assert_eq!(calls as usize, times + 1);
        assert_eq!(waits, (0..times).map(|n| SECOND * 2_u32.pow(n as u32)).collect::<Vec<_>>());
    }
}

#[tokio::test(start_paused = true)]
async fn the_clock_is_injected_and_the_sleep_is_tokios() {
    use std::time::{SystemTime, UNIX_EPOCH};
    let now = || UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    let adjust = backon::adjust_by::<Failure>(RetryRules::new().clock(now));
    let date: SystemTime = now() + 10 * SECOND;
    let calls = Cell::new(0);
    let call = async || {
        calls.set(calls.get() + 1);
        match calls.get() {
            1 => Err(failure(ApiError::RateLimited { retry_after: Some(date.into()) })),
            _ => Ok(()),
        }
    };
    let began = tokio::time::Instant::now();
    call.retry(ExponentialBuilder::new()).when(backon::when(&GET)).adjust(adjust).await.unwrap();
    // What is to a millisecond is tokio's.
    let waited = began.elapsed();
    assert!((11 * SECOND..12 * SECOND).contains(&waited), "{waited:?}");
}

#[test]
fn what_was_asked_for_is_forgotten_after_the_next_failure() {
    let pause = Blocking::new(&GET);
    let when = pause.when();
    assert!(when(&limited(7)) && pause.wait(SECOND) == 8 * SECOND);
    assert!(when(&failure(ApiError::Internal)) && pause.wait(SECOND) == SECOND);
    let began = Instant::now();
    assert!(when(&failure(ApiError::RateLimited { retry_after: Some(Duration::from_millis(30).into()) })));
    pause.sleep()(Duration::from_millis(20));
    assert!(began.elapsed() >= Duration::from_millis(50));
}

#[test]
fn any_classified_error() {
    let refused = Transport::new(TransportKind::Connect, false, "refused");
    assert!(backon::when(&Method::POST)(&refused) && refused.is_retryable());
    assert_eq!(backon::adjust(&refused, Some(SECOND)), Some(SECOND));
    assert!(!backon::when(&Method::GET)(&Transport::new(TransportKind::Tls, false, "untrusted")));
}

#[cfg(feature = "reqwest013")]
#[tokio::test]
async fn over_the_network() {
    use aura_errors::reqwest::ResponseExt;

    let http = &reqwest::Client::new();
    crate::retries::check(async |asked| {
        let mut headers = HeaderMap::new();
        if asked.key {
            headers.insert("idempotency-key", "8e03978e".parse().unwrap());
        }
        let once = async || {
            let request = http.request(asked.method.clone(), &asked.url).headers(headers.clone());
            Ok(request.send().await.error_for::<ApiError>().await?.status().as_u16())
        };
        once.retry(backon::backoff().with_min_delay(Duration::from_millis(1)))
            .when(backon::when_request(&asked.method, &headers))
            .adjust(backon::adjust)
            .await
    })
    .await;
}
