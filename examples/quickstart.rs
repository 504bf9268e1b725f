//! The errors of the Aura API, on both sides of the wire.
//!
//! A real server on a free port of the loopback interface fails in every way that the API's page
//! documents. A real client reads each response back into `AuraError`, the enum that both share,
//! and waits once as the server asks. Every answer is compared with what it should be: a difference
//! is shown, and the program exits with 1.
//!
//! ```text
//! cargo run --example quickstart
//! ```
//!
//! With `--serve` there is only the server, until its input ends, for other clients to call.

use std::error::Error;
use std::process::ExitCode;
use std::time::SystemTime;

use aura_errors::{Classify, FieldError, RetryAfter};
use aura_errors_tests::seeds::AuraError;
use http::{Method, StatusCode};
use serde_json::json;

use self::client::send;
use self::report::{Expected, Report};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<ExitCode, Box<dyn Error>> {
    let app = server::App::default();
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await?;
    let base = format!("http://{}", listener.local_addr()?);
    let router = app.router();
    tokio::spawn(async move { axum::serve(listener, router).await });
    println!("The Aura API on {base}\n");
    if std::env::args().any(|argument| argument == "--serve") {
        tokio::task::spawn_blocking(|| std::io::copy(&mut std::io::stdin(), &mut std::io::sink())).await??;
        return Ok(ExitCode::SUCCESS);
    }

    let http = reqwest::Client::new();
    let call = |method: Method, path: &str| http.request(method, format!("{base}{path}"));
    let get = |path: &str| call(Method::GET, path).header("X-API-KEY", server::KEYS[0]);
    let post = || call(Method::POST, "/agents").header("X-API-KEY", server::KEYS[0]);
    let poll = || call(Method::GET, "/agents").header("X-API-KEY", server::KEYS[1]);
    let mut report = Report::default();
    report.head();

    let answer = send(get("/agents?page=1")).await;
    report.row("GET /agents?page=1", &answer, Expected::Success(StatusCode::OK));
    let answer = send(post().json(&json!({ "name": "Grace" }))).await;
    report.row("POST /agents", &answer, Expected::Success(StatusCode::CREATED));

    let answer = send(get("/agents?page=0")).await;
    let bad_page = AuraError::BadRequest(Some("page must be positive".into()));
    report.row("GET /agents?page=0", &answer, Expected::Error(bad_page));

    let answer = send(call(Method::GET, "/agents")).await;
    report.row("GET /agents, without a key", &answer, Expected::Error(AuraError::NotAuthenticated));
    let answer = send(call(Method::GET, "/agents").header("X-API-KEY", "wrong")).await;
    report.row("GET /agents, with a wrong key", &answer, Expected::Error(AuraError::NotAuthenticated));
    let answer = send(call(Method::GET, "/agents").header("Authorization", "Bearer abc")).await;
    report.row("GET /agents, a token instead", &answer, Expected::Error(AuraError::WrongAuthScheme));

    let answer = send(get("/agents/a9")).await;
    report.row("GET /agents/a9", &answer, Expected::Error(AuraError::NotFound));

    let answer = send(post().json(&json!({}))).await;
    let nameless = AuraError::Validation(vec![FieldError::missing(["body", "name"])]);
    report.row("POST /agents, without a name", &answer, Expected::Error(nameless));
    let answer = send(post().json(&json!({ "name": 1, "skills": ["rust", 2] }))).await;
    let mistyped = AuraError::Validation(vec![
        FieldError::new(["body", "name"], "str type expected", "type_error.str"),
        FieldError::new(["body", "skills"], "str type expected", "type_error.str").at(1),
    ]);
    report.row("POST /agents, two wrong types", &answer, Expected::Error(mistyped));

    let answer = send(get("/usage")).await;
    report.row("GET /usage, a cause inside", &answer, Expected::Error(AuraError::Internal));
    let body =
        answer.as_ref().map_or_else(|failure| failure.response(), Some).map(|response| response.body());
    report.check(
        "the cause stays on the server",
        body.is_some_and(|body| !String::from_utf8_lossy(body).contains("invalid digit")),
    );
    report.check(
        "the cause is in the server's log",
        app.log().iter().any(|line| line.contains("invalid digit")),
    );

    // Poll until the server has had enough, wait as it says, once, and go on.
    let mut polls = 0;
    let refused = loop {
        polls += 1;
        let answer = send(poll()).await;
        if answer.is_err() || polls > 2 * server::LIMIT {
            break answer;
        }
    };
    let limited = AuraError::RateLimited { retry_after: Some(RetryAfter::from_secs(1)) };
    report.row(&format!("GET /agents, {polls} times in a row"), &refused, Expected::Error(limited));
    if let Err(failure) = &refused {
        if failure.should_retry(&Method::GET) {
            let delay = failure.retry_after().map(|after| after.delay(SystemTime::now()));
            tokio::time::sleep(delay.unwrap_or_default()).await;
        }
    }
    let answer = send(poll()).await;
    report.row("GET /agents, after that delay", &answer, Expected::Success(StatusCode::OK));

    println!("\nThe server's log, which no client sees:");
    for line in app.log() {
        println!("    {line}");
    }
    if report.differences().is_empty() {
        println!("\nEvery answer was decoded to what it should be.");
        return Ok(ExitCode::SUCCESS);
    }
    println!();
    for difference in report.differences() {
        eprintln!("{difference}");
    }
    Ok(ExitCode::FAILURE)
}

/// The server: axum, and one enum of its own for what clients must not see.
mod server {
    use std::collections::HashMap;
    use std::error::Error;
    use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
    use std::time::{Duration, Instant};

    use aura_errors::{FieldError, Sent, Taxonomy};
    use aura_errors_tests::seeds::AuraError;
    use axum::Router;
    use axum::extract::rejection::{JsonRejection, QueryRejection};
    use axum::extract::{Json, Path, Query, Request, State};
    use axum::middleware::{self, Next};
    use axum::response::Response;
    use axum::routing::get;
    use http::{HeaderMap, StatusCode};
    use serde_json::{Value, json};

    pub(crate) const KEYS: [&str; 2] = ["key-of-the-app", "key-of-a-poller"];
    /// As many requests a key may send before it has to pause.
    pub(crate) const LIMIT: u32 = 10;
    const PAUSE: Duration = Duration::from_secs(1);

    /// What can go wrong in here: the API's errors, and causes that stay in here. A client is shown
    /// `AuraError::Internal` for the latter.
    #[derive(Debug, thiserror::Error, Taxonomy)]
    #[api(axum)]
    enum ServerError {
        #[error(transparent)]
        #[api(transparent)]
        Api(#[from] AuraError),
        #[error("the usage report is damaged")]
        #[api(as = AuraError::Internal)]
        Report(#[from] std::num::ParseIntError),
    }

    type Answer<T> = Result<T, ServerError>;

    #[derive(Clone, Default)]
    pub(crate) struct App(Arc<Mutex<Inner>>);

    #[derive(Default)]
    struct Inner {
        /// Requests of each key, and until when it has to pause.
        used: HashMap<&'static str, (u32, Option<Instant>)>,
        log: Vec<String>,
    }

    impl App {
        fn lock(&self) -> MutexGuard<'_, Inner> {
            self.0.lock().unwrap_or_else(PoisonError::into_inner)
        }

        pub(crate) fn log(&self) -> Vec<String> {
            self.lock().log.clone()
        }

        pub(crate) fn router(&self) -> Router {
            Router::new()
                .route("/agents", get(list).post(create))
                .route("/agents/{id}", get(show))
                .route("/usage", get(usage))
                .fallback(|| async { ServerError::from(AuraError::NotFound) })
                .layer(middleware::from_fn_with_state(self.clone(), admit))
                .layer(middleware::from_fn_with_state(self.clone(), log))
        }
    }

    /// Who asks, and how often.
    async fn admit(State(app): State<App>, request: Request, next: Next) -> Answer<Response> {
        app.count(key(request.headers())?)?;
        Ok(next.run(request).await)
    }

    fn key(headers: &HeaderMap) -> Result<&'static str, AuraError> {
        match headers.get("X-API-KEY") {
            Some(given) => KEYS.into_iter().find(|key| given == key).ok_or(AuraError::NotAuthenticated),
            None if headers.contains_key("Authorization") => Err(AuraError::WrongAuthScheme),
            None => Err(AuraError::NotAuthenticated),
        }
    }

    impl App {
        fn count(&self, key: &'static str) -> Result<(), AuraError> {
            let now = Instant::now();
            let mut inner = self.lock();
            let (requests, pause) = inner.used.entry(key).or_default();
            if pause.is_some_and(|until| until <= now) {
                (*requests, *pause) = (0, None);
            }
            if *requests < LIMIT {
                *requests += 1;
                return Ok(());
            }
            let until = *pause.get_or_insert(now + PAUSE);
            // Rounded up to whole seconds in the header.
            Err(AuraError::RateLimited { retry_after: Some((until - now).into()) })
        }
    }

    async fn list(page: Result<Query<HashMap<String, String>>, QueryRejection>) -> Answer<Json<Value>> {
        let Query(query) = page.map_err(|error| AuraError::BadRequest(Some(error.body_text())))?;
        let page: u32 = match query.get("page").map(|page| page.parse()) {
            None => 1,
            Some(Ok(page)) if page > 0 => page,
            Some(_) => Err(AuraError::BadRequest(Some("page must be positive".into())))?,
        };
        Ok(Json(json!({ "page": page, "agents": [{ "id": "a1", "name": "Ada" }] })))
    }

    async fn create(body: Result<Json<Value>, JsonRejection>) -> Answer<(StatusCode, Json<Value>)> {
        let Json(body) = body.map_err(|error| AuraError::BadRequest(Some(error.body_text())))?;
        let mut violations = Vec::new();
        match body.get("name") {
            None => violations.push(FieldError::missing(["body", "name"])),
            Some(Value::String(_)) => {}
            Some(_) => {
                violations.push(FieldError::new(["body", "name"], "str type expected", "type_error.str"))
            }
        }
        for (index, skill) in body["skills"].as_array().into_iter().flatten().enumerate() {
            if !skill.is_string() {
                let at = FieldError::new(["body", "skills"], "str type expected", "type_error.str");
                violations.push(at.at(index));
            }
        }
        if !violations.is_empty() {
            Err(AuraError::Validation(violations))?;
        }
        Ok((StatusCode::CREATED, Json(json!({ "id": "a2", "name": body["name"] }))))
    }

    async fn show(Path(id): Path<String>) -> Answer<Json<Value>> {
        if id != "a1" {
            Err(AuraError::NotFound)?;
        }
        Ok(Json(json!({ "id": id, "name": "Ada" })))
    }

    async fn usage() -> Answer<Json<Value>> {
        let row = "a1;seventeen";
        let calls: u32 = row.trim_start_matches("a1;").parse()?;
        Ok(Json(json!({ "calls": calls })))
    }

    /// Every error, once, at the edge: what the client was told, and the cause it was not told.
    async fn log(State(app): State<App>, request: Request, next: Next) -> Response {
        let line = format!("{} {}", request.method(), request.uri());
        let response = next.run(request).await;
        if let Some(sent) = response.extensions().get::<Sent>() {
            let mut causes = String::new();
            let mut source: Option<&(dyn Error + 'static)> = sent.error().source();
            while let Some(cause) = source {
                causes.push_str(&format!(", caused by: {cause}"));
                source = cause.source();
            }
            let (level, name) = (sent.spec().level().as_str(), sent.spec().name());
            app.lock().log.push(format!("{level:<5} {line:<20} {name}: {}{causes}", sent.error()));
        }
        response
    }
}

/// The client: reqwest, and the shared enum.
mod client {
    use aura_errors::CallError;
    use aura_errors::reqwest::ResponseExt;
    use aura_errors_tests::seeds::AuraError;
    use bytes::Bytes;
    use http::Response;

    pub(crate) type Answer = Result<Response<Bytes>, CallError<AuraError>>;

    pub(crate) async fn send(request: reqwest::RequestBuilder) -> Answer {
        let received = request.send().await.error_for::<AuraError>().await?;
        let mut response = Response::new(Bytes::new());
        *response.status_mut() = received.status();
        *response.body_mut() = received.bytes().await?;
        Ok(response)
    }
}

/// The table of what was asked, answered and understood.
mod report {
    use aura_errors::{CallError, Class, Classes, Classify, Taxonomy};
    use aura_errors_tests::seeds::AuraError;
    use http::StatusCode;

    use super::client::Answer;

    /// What an answer should be.
    #[derive(Debug, PartialEq)]
    pub(crate) enum Expected {
        Success(StatusCode),
        Error(AuraError),
    }

    #[derive(Default)]
    pub(crate) struct Report {
        differences: Vec<String>,
    }

    const WIDTH: usize = 100;

    impl Report {
        pub(crate) fn head(&self) {
            println!("{:<33} {:<6}  {:<27}  {:<10}  retry", "call", "status", "decoded as", "classes");
            println!("{}", "-".repeat(WIDTH));
        }

        pub(crate) fn row(&mut self, call: &str, answer: &Answer, expected: Expected) {
            let response = answer.as_ref().map_or_else(CallError::response, Some);
            let status = response.map_or("-".to_owned(), |response| response.status().as_u16().to_string());
            let (decoded, classes, retry, found) = match answer {
                Ok(response) => {
                    let found = Expected::Success(response.status());
                    ("a success".to_owned(), "-".to_owned(), "-", Some(found))
                }
                Err(failure) => {
                    let (decoded, found) = match failure.api() {
                        Some(error) => {
                            let spec = error.spec();
                            let found = Expected::Error(error.clone());
                            (format!("{}::{}", spec.taxonomy(), spec.variant()), Some(found))
                        }
                        None => (failure.to_string(), None),
                    };
                    (decoded, names(failure.classes()), failure.retry().as_str(), found)
                }
            };
            println!("{call:<33} {status:<6}  {decoded:<27}  {classes:<10}  {retry}");
            if let Some(response) = response {
                if let Some(delay) = response.headers().get("Retry-After") {
                    println!("    Retry-After: {}", delay.to_str().unwrap_or("?"));
                }
                for line in wrapped(&String::from_utf8_lossy(response.body())) {
                    println!("    {line}");
                }
            }
            if found.as_ref() != Some(&expected) {
                let found = found.map_or(decoded, |found| format!("{found:?}"));
                println!("    DIFFERENT from what was expected");
                self.differences.push(format!("{call}: expected {expected:?}, got {found}"));
            }
        }

        /// One more thing that has to hold.
        pub(crate) fn check(&mut self, what: &str, holds: bool) {
            if !holds {
                self.differences.push(format!("does not hold: {what}"));
            }
        }

        pub(crate) fn differences(&self) -> &[String] {
            &self.differences
        }
    }

    fn names(classes: Classes) -> String {
        classes.iter().map(Class::as_str).collect::<Vec<_>>().join(", ")
    }

    /// Long bodies continue on the next line, after a comma where there is one.
    fn wrapped(text: &str) -> Vec<String> {
        let mut lines = vec![String::new()];
        for piece in text.split_inclusive(',') {
            match lines.last_mut() {
                Some(line) if line.is_empty() || line.len() + piece.len() <= WIDTH - 4 => {
                    line.push_str(piece)
                }
                _ => lines.push(format!("  {piece}")),
            }
        }
        lines
    }
}
