//! Every error of the catalogue over real HTTP, read back into its variant.

use std::collections::BTreeSet;
use std::time::{Duration, SystemTime};

use address_book_api::{API_KEY, ApiError, IDEMPOTENCY_KEY, NewContact};
use aura_errors::reqwest::ResponseExt;
use aura_errors::{CallError, Classify, FieldError, Taxonomy};
use http::Method;
use reqwest::{RequestBuilder, Response};

use crate::support::{KEY, Running, api, bounded, client, person};

const LENGTH: &str = "length must be at least 1 and at most 100";

/// A request with a key, and what it fails with.
struct Asker<'a> {
    server: &'a Running,
    http: reqwest::Client,
    seen: BTreeSet<&'static str>,
}

impl<'a> Asker<'a> {
    fn of(server: &'a Running) -> Self {
        Self { server, http: reqwest::Client::new(), seen: BTreeSet::new() }
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let url = format!("{}{path}", self.server.url);
        self.http.request(method, url).header(API_KEY, KEY)
    }

    async fn fails(&mut self, request: RequestBuilder, expected: ApiError) {
        let response = request.send().await.unwrap();
        assert_eq!(response.headers()["content-type"], "application/json");
        let answer: Result<Response, _> = response.error_for::<ApiError>().await;
        let error = api(answer);
        assert_eq!(error, expected);
        self.seen.insert(error.name());
    }
}

fn invalid(loc: &[&str], msg: &str, kind: &str) -> ApiError {
    ApiError::Invalid(vec![FieldError::new(loc.iter().copied(), msg, kind)])
}

#[tokio::test]
async fn each_is_read_back() {
    bounded(async {
        let server = Running::start(&["--limit", "1000"]).await;
        let mut asker = Asker::of(&server);

        let without = asker.http.get(format!("{}contacts", server.url));
        asker.fails(without, ApiError::NotAuthenticated).await;
        let wrong = asker.http.get(format!("{}contacts", server.url)).header(API_KEY, "wrong");
        asker.fails(wrong, ApiError::NotAuthenticated).await;

        let request = asker.request(Method::GET, "contacts/7");
        asker.fails(request, ApiError::ContactNotFound { id: 7 }).await;
        let request = asker.request(Method::GET, "nowhere");
        asker.fails(request, ApiError::NoSuchEndpoint).await;
        let request = asker.request(Method::DELETE, "contacts");
        asker.fails(request, ApiError::MethodNotAllowed).await;

        let ada = NewContact { email: Some("ada@example.org".into()), ..person("Ada") };
        client(&server.url).add(&ada, "1").await.unwrap();
        let request = asker.request(Method::POST, "contacts").json(&ada);
        asker.fails(request, ApiError::EmailTaken { email: "ada@example.org".into() }).await;

        let group = NewContact { group: Some("poets".into()), ..person("Byron") };
        let request = asker.request(Method::POST, "contacts").json(&group);
        asker.fails(request, ApiError::UnknownGroup { group: "poets".into() }).await;

        let request =
            asker.request(Method::POST, "contacts").header(IDEMPOTENCY_KEY, "1").json(&person("Eve"));
        asker.fails(request, ApiError::IdempotencyKeyReused).await;

        let request = asker.request(Method::POST, "contacts").json(&person(&"x".repeat(100_000)));
        asker.fails(request, ApiError::BodyTooLarge).await;
        let request = asker.request(Method::POST, "contacts").body("name=Ada");
        asker.fails(request, ApiError::NotJson).await;

        // Each part of a request that can be wrong, with its place.
        let post = |asker: &Asker<'_>, body: &'static str| {
            asker.request(Method::POST, "contacts").header("content-type", "application/json").body(body)
        };
        let request = post(&asker, r#"{"name":"#);
        asker.fails(request, invalid(&["body"], "invalid JSON", "value_error.jsondecode")).await;
        let request = post(&asker, "{}");
        asker.fails(request, ApiError::Invalid(vec![FieldError::missing(["body", "name"])])).await;
        let request = post(&asker, r#"{"name":1}"#);
        asker.fails(request, invalid(&["body", "name"], "str type expected", "type_error.str")).await;
        let request = asker.request(Method::GET, "contacts/x");
        let not_a_number = ("value is not a valid integer", "type_error.integer");
        asker.fails(request, invalid(&["path", "id"], not_a_number.0, not_a_number.1)).await;
        let request = asker.request(Method::GET, "contacts?after=x");
        asker.fails(request, invalid(&["query", "after"], not_a_number.0, not_a_number.1)).await;
        let request = asker.request(Method::GET, "contacts?limit=101");
        let range = invalid(&["query", "limit"], "must be at least 1 and at most 100", "value_error.range");
        asker.fails(request, range).await;
        let request =
            asker.request(Method::POST, "contacts").header(IDEMPOTENCY_KEY, "").json(&person("Eve"));
        let text = "1 to 128 visible ASCII characters expected";
        asker.fails(request, invalid(&["header", IDEMPOTENCY_KEY], text, "value_error")).await;
        // All violations at once.
        let request = post(&asker, r#"{"name":"","email":"nobody"}"#);
        let both = ApiError::Invalid(vec![
            FieldError::new(["body", "email"], "value is not a valid email address", "value_error.email"),
            FieldError::new(["body", "name"], LENGTH, "value_error.length"),
        ]);
        asker.fails(request, both).await;

        // The database, as another program has destroyed it.
        server.database().await.run("DROP TABLE idempotency_keys; DROP TABLE contacts;").await;
        let request = asker.request(Method::GET, "contacts");
        asker.fails(request, ApiError::Internal).await;

        // Those that take time have tests of their own below.
        let seen = std::mem::take(&mut asker.seen);
        let elsewhere = BTreeSet::from(["busy", "rate_limited", "too_slow"]);
        let catalogue: BTreeSet<_> = ApiError::catalog().iter().map(|spec| spec.name()).collect();
        assert_eq!(seen.union(&elsewhere).copied().collect::<BTreeSet<_>>(), catalogue);
        assert!(seen.is_disjoint(&elsewhere));
        server.stop().await;
    })
    .await;
}

#[tokio::test]
async fn headers_that_go_with_an_error() {
    bounded(async {
        let server = Running::start(&[]).await;
        let asker = Asker::of(&server);
        let response = asker.http.get(format!("{}contacts", server.url)).send().await.unwrap();
        assert_eq!(response.headers()["www-authenticate"], "ApiKey");
        let response = asker.request(Method::DELETE, "contacts").send().await.unwrap();
        let allowed = response.headers()["allow"].to_str().unwrap();
        assert!(allowed.contains("GET") && allowed.contains("POST"), "{allowed}");
        server.stop().await;
    })
    .await;
}

#[tokio::test]
async fn rate_limited() {
    bounded(async {
        let server = Running::start(&["--limit", "1", "--window", "1h"]).await;
        let client = client(&server.url);
        client.list(0).await.unwrap();
        let failure = client.list(0).await.unwrap_err();
        let Some(ApiError::RateLimited { retry_after: Some(delay) }) = failure.api() else {
            panic!("{failure:?}")
        };
        let delay = delay.delay(SystemTime::now());
        assert!(delay <= Duration::from_secs(3600) && delay > Duration::ZERO, "{delay:?}");
        // The header says the same in whole seconds.
        let header = &failure.response().unwrap().headers()["retry-after"];
        assert_eq!(header.to_str().unwrap(), delay.as_secs_f64().ceil().to_string());
        assert!(failure.is_rate_limit() && failure.should_retry(&Method::POST));
        server.stop().await;
    })
    .await;
}

#[tokio::test]
async fn busy_and_too_slow() {
    bounded(async {
        for (options, expected) in [
            (["--busy-timeout", "1ms", "--request-timeout", "1h"], "busy"),
            (["--busy-timeout", "30s", "--request-timeout", "50ms"], "too_slow"),
        ] {
            let server = Running::start(&options).await;
            let mut database = server.database().await;
            database.run("BEGIN IMMEDIATE").await;
            let failure = client(&server.url).add(&person("Ada"), "1").await.unwrap_err();
            let CallError::Api { error, .. } = &failure else { panic!("{failure:?}") };
            assert_eq!(error.name(), expected);
            // Only of the first is it known that nothing was done.
            assert_eq!(failure.should_retry(&Method::POST), expected == "busy");
            assert!(failure.should_retry(&Method::PUT));
            assert_eq!(failure.retry_after().is_some(), expected == "busy");
            database.run("ROLLBACK").await;
            server.stop().await;
        }
    })
    .await;
}
