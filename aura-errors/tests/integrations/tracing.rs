//! One event for each error response, from a real server.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::fmt;
use std::io;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use ::tracing::field::{Field, Visit};
use ::tracing::span::{Attributes, Id};
use ::tracing::{Event, Level, Subscriber};
use aura_errors::tracing::LogLayer;
use aura_errors::{CallError, RequestId, Taxonomy};
use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use axum::routing::get;
use axum::{Extension, Router};
use tokio::net::TcpListener;
use tower::{Service, ServiceExt};
use tower_http::catch_panic::CatchPanicLayer;
use tower_layer::Layer as _;
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};
use tracing_subscriber::registry::LookupSpan;

const SECRET: &str = "hunter2";

#[derive(Debug, thiserror::Error, Taxonomy)]
enum ApiError {
    /// There is no such page.
    #[error("There is no such page")]
    #[api(404, stands_for(route))]
    NoSuchPage,
    #[error("There is no order {id}")]
    #[api(404, code = 1007)]
    NoSuchOrder { id: u64 },
    #[error("{text}")]
    #[api(400)]
    Said { text: String },
    #[error("Not allowed for {account} with {token}")]
    #[api(401, message = "Not allowed", code = any)]
    BadToken {
        account: u64,
        #[api(sensitive)]
        token: String,
        #[api(code, sensitive)]
        code: Option<String>,
        #[source]
        cause: Option<Quoting>,
    },
    #[error("{text}")]
    #[api(403)]
    SecretMessage {
        #[api(message, sensitive)]
        text: String,
    },
    #[error("Careful")]
    #[api(409, level = warn)]
    Careful,
    #[error("Done, but not well")]
    #[api(200, allow_success)]
    NotWell,
    #[error("Upstream")]
    #[api(418..=599)]
    Ranged {
        #[api(status)]
        status: u16,
    },
    #[error("Something went wrong on our side")]
    #[api(500, fallback)]
    Internal,
}

#[derive(Debug, thiserror::Error)]
#[error("cannot parse {0}")]
struct Quoting(&'static str);

#[derive(Debug, thiserror::Error, Taxonomy)]
enum ServerError {
    #[error(transparent)]
    #[api(transparent)]
    Api(#[from] ApiError),
    #[error("the disk failed: {0}")]
    #[api(as = ApiError::Internal)]
    Disk(#[from] io::Error),
}

fn disk() -> ServerError {
    #[derive(Debug, thiserror::Error)]
    #[error("cannot read")]
    struct Read(#[source] io::Error);
    io::Error::other(Read(io::Error::other("sector 7\nis bad"))).into()
}

fn response(error: impl Taxonomy) -> Response {
    error.into_http().map(Body::from)
}

fn bad_token() -> ApiError {
    let cause = Some(Quoting(SECRET));
    ApiError::BadToken { account: 7, token: SECRET.to_owned(), code: Some(SECRET.to_owned()), cause }
}

async fn fail(request: Request) -> Response {
    match request.uri().path().trim_start_matches("/fail/") {
        "page" => response(ApiError::NoSuchPage),
        "order" => response(ServerError::from(ApiError::NoSuchOrder { id: 42 })),
        "said" => response(ApiError::Said { text: "a\nb\u{1b}[31m".to_owned() }),
        "token" => response(ServerError::from(bad_token())),
        "secret" => response(ApiError::SecretMessage { text: SECRET.to_owned() }),
        "careful" => response(ApiError::Careful),
        "not_well" => response(ApiError::NotWell),
        "teapot" => response(ApiError::Ranged { status: 418 }),
        "gateway" => response(ApiError::Ranged { status: 502 }),
        "disk" => response(disk()),
        "panic" => panic!("the handler panics"),
        other => {
            let mut response = Response::new(Body::empty());
            *response.status_mut() = StatusCode::from_bytes(other.as_bytes()).unwrap();
            response
        }
    }
}

fn routes() -> Router {
    Router::new().route("/fail/{how}", get(fail)).route("/", get(async || "fine"))
}

/// What was logged.
#[derive(Clone, Default)]
pub(super) struct Log(Arc<Mutex<Vec<Entry>>>);

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Entry {
    level: Level,
    span: Option<&'static str>,
    fields: BTreeMap<&'static str, String>,
}

impl Entry {
    pub(super) fn get(&self, field: &str) -> Option<&str> {
        self.fields.get(field).map(String::as_str)
    }
}

impl Visit for Entry {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.fields.insert(field.name(), value.to_owned());
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.fields.insert(field.name(), format!("{value:?}"));
    }
}

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Log {
    fn on_new_span(&self, _: &Attributes<'_>, _: &Id, _: Context<'_, S>) {}

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        let metadata = event.metadata();
        if metadata.target() == "aura_errors" {
            let span = context.lookup_current().map(|span| span.name());
            let mut entry = Entry { level: *metadata.level(), span, fields: BTreeMap::new() };
            event.record(&mut entry);
            self.0.lock().unwrap().push(entry);
        }
    }
}

impl Log {
    /// What is logged on this thread, which is the only one of a test.
    pub(super) fn start() -> (Self, ::tracing::subscriber::DefaultGuard) {
        let log = Self::default();
        let subscriber = tracing_subscriber::registry().with(log.clone());
        (log, ::tracing::subscriber::set_default(subscriber))
    }

    pub(super) fn take(&self) -> Vec<Entry> {
        std::mem::take(&mut *self.0.lock().unwrap())
    }

    #[track_caller]
    pub(super) fn one(&self) -> Entry {
        let mut entries = self.take();
        assert_eq!(entries.len(), 1, "{entries:#?}");
        entries.remove(0)
    }
}

pub(super) async fn serve(app: Router) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async { axum::serve(listener, app).await.unwrap() });
    url
}

pub(super) fn client() -> reqwest::Client {
    reqwest::Client::builder().no_proxy().timeout(Duration::from_secs(60)).build().unwrap()
}

async fn fetch(url: String) -> reqwest::Response {
    client().get(url).send().await.unwrap()
}

// The event.

#[tokio::test]
async fn an_error_is_one_event_with_all_that_is_known() {
    let (log, _guard) = Log::start();
    let url = serve(routes().layer(LogLayer::new().route(|_| Some("/fail/{how}".to_owned())))).await;
    let request = client().get(format!("{url}/fail/order?key={SECRET}")).header("x-request-id", "abc-1");
    assert_eq!(request.send().await.unwrap().status(), 404);
    let entry = log.one();
    assert_eq!(entry.level, Level::INFO);
    let expected = [
        ("classes", "not_found"),
        ("code", "1007"),
        ("error", "There is no order 42"),
        ("message", "error response"),
        ("method", "GET"),
        ("name", "no_such_order"),
        ("request_id", "abc-1"),
        ("route", "/fail/{how}"),
        ("status", "404"),
    ];
    let expected = expected.map(|(field, value)| (field, value.to_owned()));
    assert_eq!(entry.fields, BTreeMap::from(expected));
}

#[tokio::test]
async fn the_level_is_declared_or_by_the_status_that_is_sent() {
    let (log, _guard) = Log::start();
    let url = serve(routes().layer(LogLayer::new())).await;
    for (how, level) in [
        ("careful", Level::WARN),
        ("page", Level::INFO),
        ("disk", Level::ERROR),
        ("teapot", Level::INFO),
        ("gateway", Level::ERROR),
        ("not_well", Level::INFO),
        ("404", Level::INFO),
        ("503", Level::ERROR),
    ] {
        fetch(format!("{url}/fail/{how}")).await;
        assert_eq!(log.one().level, level, "{how}");
    }
}

#[tokio::test]
async fn the_causes_are_there_each_said_once() {
    let (log, _guard) = Log::start();
    let url = serve(routes().layer(LogLayer::new())).await;
    let body = fetch(format!("{url}/fail/disk")).await.text().await.unwrap();
    assert!(!body.contains("disk") && !body.contains("sector"), "{body}");
    let entry = log.one();
    assert_eq!(entry.get("name"), Some("internal"));
    assert_eq!(entry.get("error"), Some("the disk failed: cannot read"));
    assert_eq!(entry.get("causes"), Some("sector 7\\nis bad"));
}

#[tokio::test]
async fn a_text_stays_on_its_line() {
    let (log, _guard) = Log::start();
    let url = serve(routes().layer(LogLayer::new())).await;
    fetch(format!("{url}/fail/said")).await;
    assert_eq!(log.one().get("error"), Some("a\\nb\\u{1b}[31m"));
}

#[tokio::test]
async fn a_method_may_be_any_word() {
    let (log, _guard) = Log::start();
    let refused = tower::service_fn(async |_: Request<()>| {
        let mut response = Response::new(());
        *response.status_mut() = StatusCode::METHOD_NOT_ALLOWED;
        Ok::<_, Infallible>(response)
    });
    let request = Request::builder().method(&*"A".repeat(10_000)).body(()).unwrap();
    LogLayer::new().layer(refused).oneshot(request).await.unwrap();
    assert_eq!(log.one().get("method"), Some(&*"A".repeat(32)));
}

#[tokio::test]
async fn sensitive_fields_are_redacted() {
    let (log, _guard) = Log::start();
    let url = serve(routes().layer(LogLayer::new())).await;

    let body = fetch(format!("{url}/fail/token")).await.text().await.unwrap();
    assert!(body.contains(SECRET), "it travels: {body}");
    let entry = log.one();
    assert!(!format!("{entry:?}").contains(SECRET), "{entry:?}");
    assert_eq!(entry.get("error"), Some("Not allowed (account: 7, token: [redacted], code: [redacted])"));
    assert_eq!((entry.get("name"), entry.get("code")), (Some("bad_token"), Some("bad_token")));
    assert_eq!(entry.get("causes"), None);

    fetch(format!("{url}/fail/secret")).await;
    let entry = log.one();
    assert!(!format!("{entry:?}").contains(SECRET), "{entry:?}");
    assert_eq!(entry.get("error"), Some("Forbidden (text: [redacted])"));
}

#[test]
fn sensitive_fields_of_another_service_are_redacted_too() {
    let call =
        CallError::<ApiError>::from_response(ApiError::SecretMessage { text: SECRET.into() }.to_response());
    assert!(matches!(call.api(), Some(ApiError::SecretMessage { text }) if text == SECRET));
    let mut texts = format!("{call} {call:?}");
    let mut cause = std::error::Error::source(&call);
    while let Some(error) = cause {
        texts.push_str(&format!(" {error} {error:?}"));
        cause = error.source();
    }
    assert!(!texts.contains(SECRET), "{texts}");
}

#[tokio::test]
async fn a_status_alone_is_logged_too() {
    let (log, _guard) = Log::start();
    let url = serve(routes().layer(LogLayer::new())).await;
    for (how, classes) in [("404", Some("not_found")), ("503", Some("unavailable")), ("699", None)] {
        fetch(format!("{url}/fail/{how}")).await;
        let entry = log.one();
        let known = |field: &&str| !["classes", "route"].contains(field);
        let fields: Vec<_> = entry.fields.keys().copied().filter(known).collect();
        assert_eq!(fields, ["message", "method", "request_id", "status"]);
        assert_eq!((entry.get("status"), entry.get("classes")), (Some(how), classes));
    }
}

#[tokio::test]
async fn successes_are_not_logged() {
    let (log, _guard) = Log::start();
    let url = serve(routes().layer(LogLayer::new())).await;
    for path in ["/", "/fail/204", "/fail/304", "/fail/399"] {
        let answer = fetch(format!("{url}{path}")).await;
        assert!(RequestId::from_headers(answer.headers()).is_some());
    }
    assert_eq!(log.take(), []);
}

#[tokio::test]
async fn the_event_is_in_the_current_span() {
    let (log, _guard) = Log::start();
    let around = axum::middleware::from_fn(async |request: Request, next: axum::middleware::Next| {
        use ::tracing::Instrument;
        next.run(request).instrument(::tracing::info_span!("around")).await
    });
    let url = serve(routes().layer(LogLayer::new()).layer(around)).await;
    fetch(format!("{url}/fail/page")).await;
    assert_eq!(log.one().span, Some("around"));
}

#[tokio::test]
async fn a_panic_that_is_caught_is_one_event() {
    let (log, _guard) = Log::start();
    let url = serve(routes().layer(CatchPanicLayer::new()).layer(LogLayer::new())).await;
    assert_eq!(fetch(format!("{url}/fail/panic")).await.status(), 500);
    let entry = log.one();
    assert_eq!((entry.level, entry.get("status")), (Level::ERROR, Some("500")));
}

#[tokio::test]
async fn an_error_of_the_service_is_no_response() {
    let (log, _guard) = Log::start();
    let service = tower::service_fn(async |_: Request<()>| Err::<Response, _>(io::Error::other("closed")));
    let failed = LogLayer::new().layer(service).oneshot(Request::new(())).await;
    assert_eq!(failed.unwrap_err().to_string(), "closed");
    assert_eq!(log.take(), []);
}

// Once.

#[tokio::test]
async fn layers_around_each_other_log_once_and_agree_on_the_id() {
    let (log, _guard) = Log::start();
    let inner = Router::new().nest("/api", routes().layer(LogLayer::new())).layer(LogLayer::new());
    let url = serve(inner.layer(LogLayer::new())).await;
    for path in ["/api/fail/disk", "/api/fail/404", "/unknown"] {
        let answer = fetch(format!("{url}{path}")).await;
        assert_eq!(log.one().get("request_id"), answer.headers()["x-request-id"].to_str().ok(), "{path}");
    }
}

#[tokio::test]
async fn a_response_of_a_service_inside_is_logged_there() {
    let (log, _guard) = Log::start();
    let inside = routes().layer(LogLayer::new());
    let passes = async move || {
        let mut inside = inside.clone();
        let request = Request::get("/fail/page").body(Body::empty()).unwrap();
        inside.call(request).await
    };
    let url = serve(Router::new().route("/outer", get(passes)).layer(LogLayer::new())).await;
    assert_eq!(fetch(format!("{url}/outer")).await.status(), 404);
    assert_eq!(log.one().get("name"), Some("no_such_page"));
}

// Request ids.

/// What the handler sees of its request's id.
async fn seen(Extension(id): Extension<RequestId>, headers: HeaderMap) -> String {
    let in_headers: Vec<_> = headers.get_all("x-request-id").iter().map(|id| id.to_str().unwrap()).collect();
    assert_eq!(in_headers, [id.as_str()]);
    id.to_string()
}

#[tokio::test]
async fn a_valid_request_id_is_taken() {
    let url = serve(Router::new().route("/", get(seen)).layer(LogLayer::new())).await;
    for id in ["a", "!\"#$~", &"x".repeat(128)] {
        let answer = client().get(&url).header("x-request-id", id).send().await.unwrap();
        assert_eq!(answer.headers()["x-request-id"], id);
        assert_eq!(answer.text().await.unwrap(), id);
    }
}

#[tokio::test]
async fn any_other_request_id_is_replaced() {
    let (log, _guard) = Log::start();
    let app = Router::new().route("/", get(seen)).route("/fail/{how}", get(fail));
    let url = serve(app.layer(LogLayer::new())).await;
    let mut ids = Vec::new();
    let too_long = "x".repeat(129);
    for id in [None, Some(&b""[..]), Some(b"a b"), Some(b"a\tb"), Some(b"\xe4"), Some(too_long.as_bytes())] {
        for path in ["/", "/fail/page"] {
            let mut request = client().get(format!("{url}{path}"));
            if let Some(id) = id {
                request = request.header("x-request-id", id);
            }
            let answer = request.send().await.unwrap();
            let given = answer.headers()["x-request-id"].to_str().unwrap().to_owned();
            assert_ne!(Some(given.as_bytes()), id);
            match path {
                "/" => assert_eq!(answer.text().await.unwrap(), given),
                _ => assert_eq!(log.one().get("request_id"), Some(&*given)),
            }
            ids.push(given);
        }
    }
    let count = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!((count, ids.len()), (12, 12), "each request has its own");
}

#[tokio::test]
async fn ids_can_come_from_elsewhere() {
    let layer = LogLayer::new().generate(|| RequestId::new("from-elsewhere").unwrap());
    let url = serve(Router::new().route("/", get(seen)).layer(layer)).await;
    assert_eq!(fetch(url).await.headers()["x-request-id"], "from-elsewhere");
}

#[tokio::test]
async fn the_response_has_the_id_of_its_request() {
    let other = tower::service_fn(async |_: Request<()>| {
        let mut response = Response::new(());
        response.headers_mut().append("x-request-id", "other".parse().unwrap());
        response.headers_mut().append("x-request-id", "another".parse().unwrap());
        Ok::<_, Infallible>(response)
    });
    let request = Request::get("/").header("x-request-id", "mine").body(()).unwrap();
    let response = LogLayer::new().layer(other).oneshot(request).await.unwrap();
    let ids: Vec<_> = response.headers().get_all("x-request-id").iter().collect();
    assert_eq!(ids, ["mine"]);
}

#[cfg(feature = "axum08")]
mod with_axum {
    use aura_errors::axum::{ErrorLayer, Path};

    use super::*;

    #[tokio::test]
    async fn the_route_is_the_template() {
        let (log, _guard) = Log::start();
        let url = serve(Router::new().nest("/v1", routes()).layer(LogLayer::new())).await;
        fetch(format!("{url}/v1/fail/page?key={SECRET}")).await;
        assert_eq!(log.one().get("route"), Some("/v1/fail/{how}"));
        fetch(format!("{url}/v1/unknown/{SECRET}")).await;
        let entry = log.one();
        assert_eq!(entry.get("route"), None);
        assert!(!format!("{entry:?}").contains(SECRET));
    }

    #[tokio::test]
    async fn what_the_error_layer_makes_is_logged_as_that() {
        let (log, _guard) = Log::start();
        let app = routes().layer(CatchPanicLayer::new()).layer(ErrorLayer::<ApiError>::new());
        let url = serve(app.layer(LogLayer::new())).await;
        for (path, name) in
            [("unknown", "no_such_page"), ("fail/panic", "internal"), ("fail/order", "no_such_order")]
        {
            fetch(format!("{url}/{path}")).await;
            assert_eq!(log.one().get("name"), Some(name), "{path}");
        }
    }

    /// A rejection that the request is not to blame for says why, and one that may quote it does not.
    #[tokio::test]
    async fn a_mistake_of_the_server_is_told_to_the_log() {
        let (log, _guard) = Log::start();
        let app = Router::new()
            .route("/mistaken/{id}", get(async |_: Path<(u8, u8)>| "never"))
            .route("/numbers/{id}", get(async |_: Path<u8>| "number"))
            .layer(ErrorLayer::<ApiError>::new())
            .layer(LogLayer::new());
        let url = serve(app).await;
        fetch(format!("{url}/mistaken/{SECRET}")).await;
        let entry = log.one();
        assert_eq!(entry.get("name"), Some("internal"));
        assert!(entry.get("causes").unwrap().contains("Expected 2 but got 1"), "{entry:?}");
        fetch(format!("{url}/numbers/{SECRET}")).await;
        let entry = log.one();
        assert_eq!((entry.get("status"), entry.get("causes")), (Some("400"), None));
        assert!(!format!("{entry:?}").contains(SECRET), "{entry:?}");
    }
}

#[cfg(feature = "actix4")]
mod with_actix {
    use actix_web::dev::ServiceRequest;
    use actix_web::middleware::{Next, from_fn};
    use actix_web::{App, HttpResponse, HttpServer, ResponseError as _, error, web};
    use aura_errors::actix::{ErrorMiddleware, LogMiddleware};

    use super::*;

    #[derive(Debug, thiserror::Error, Taxonomy)]
    #[api(actix)]
    enum ActixError {
        #[error(transparent)]
        #[api(transparent)]
        Api(#[from] ApiError),
        #[error("the disk failed: {0}")]
        #[api(as = ApiError::Internal)]
        Disk(#[from] io::Error),
    }

    async fn fail(how: web::Path<String>) -> Result<HttpResponse, ActixError> {
        Err(match how.as_str() {
            "order" => ApiError::NoSuchOrder { id: 42 }.into(),
            "token" => bad_token().into(),
            "disk" => io::Error::other("sector 7").into(),
            "panic" => panic!("the handler panics"),
            "fine" => return Ok(HttpResponse::Ok().finish()),
            "direct" => return Ok(ActixError::from(ApiError::Careful).error_response()),
            "theirs" => return Ok(HttpResponse::from_error(error::ErrorBadGateway("sector 7"))),
            "refused" => return Ok(HttpResponse::from_error(error::ErrorBadRequest(SECRET))),
            _ => return Ok(HttpResponse::ServiceUnavailable().body("own")),
        })
    }

    async fn seen(id: web::ReqData<RequestId>, request: actix_web::HttpRequest) -> String {
        let in_headers: Vec<_> = request.headers().get_all("x-request-id").collect();
        assert_eq!(in_headers, [id.as_str()]);
        id.to_string()
    }

    /// A middleware that fails by itself.
    async fn gate(
        request: ServiceRequest,
        next: Next<impl actix_web::body::MessageBody + 'static>,
    ) -> Result<actix_web::dev::ServiceResponse<impl actix_web::body::MessageBody>, actix_web::Error> {
        match request.path() {
            "/gate/ours" => Err(ActixError::from(ApiError::NoSuchOrder { id: 7 }).into()),
            "/gate/theirs" => Err(actix_web::error::ErrorForbidden("no")),
            "/logged/ours" => Err(ActixError::from(ApiError::NoSuchOrder { id: 8 }).into()),
            "/logged/theirs" => Err(error::ErrorServiceUnavailable("no")),
            _ => next.call(request).await,
        }
    }

    /// A server whose one worker logs here; it stops with the runtime of the test.
    fn serve_actix(log: &Log) -> (String, actix_web::dev::ServerHandle) {
        let log = log.clone();
        // One for all workers.
        let logs = LogMiddleware::new();
        let server = HttpServer::new(move || {
            let subscriber = tracing_subscriber::registry().with(log.clone());
            // For as long as the worker's thread lives.
            std::mem::forget(::tracing::subscriber::set_default(subscriber));
            App::new()
                .route("/fail/{how}", web::get().to(fail))
                .route("/seen", web::get().to(seen))
                .service(web::scope("/gate").wrap(from_fn(gate)))
                .service(web::scope("/logged").wrap(from_fn(gate)).wrap(LogMiddleware::new()))
                .wrap(ErrorMiddleware::<ApiError>::new())
                .wrap(logs.clone())
                .wrap(LogMiddleware::new())
        });
        let server = server.workers(1).disable_signals().bind(("127.0.0.1", 0)).unwrap();
        let url = format!("http://{}", server.addrs()[0]);
        let server = server.run();
        let handle = server.handle();
        tokio::spawn(server);
        (url, handle)
    }

    #[tokio::test]
    async fn each_error_is_one_event() {
        let log = Log::default();
        let (url, handle) = serve_actix(&log);
        for (path, name, route, error) in [
            ("fail/order", Some("no_such_order"), Some("/fail/{how}"), Some("There is no order 42")),
            ("fail/disk", Some("internal"), Some("/fail/{how}"), Some("the disk failed: sector 7")),
            ("fail/own", None, Some("/fail/{how}"), None),
            ("fail/panic", Some("internal"), None, Some("Something went wrong on our side")),
            ("unknown", Some("no_such_page"), None, Some("There is no such page")),
            ("gate/ours", Some("no_such_order"), None, Some("There is no order 7")),
            ("gate/theirs", None, None, None),
        ] {
            let answer = fetch(format!("{url}/{path}?key={SECRET}")).await;
            let entry = log.one();
            let status = answer.status();
            assert_eq!(entry.get("status"), Some(status.as_str()), "{path}");
            assert_eq!((entry.get("name"), entry.get("route")), (name, route), "{path}");
            assert_eq!((entry.get("error"), entry.get("method")), (error, Some("GET")), "{path}");
            let causes = (path == "fail/panic").then_some("the handler panicked");
            assert_eq!(entry.get("causes"), causes, "{path}");
            let level = if status.is_server_error() { Level::ERROR } else { Level::INFO };
            assert_eq!(entry.level, level, "{path}");
            let id = answer.headers()["x-request-id"].to_str().unwrap();
            assert_eq!(entry.get("request_id"), Some(id), "{path}");
            assert!(!format!("{entry:?}").contains(SECRET), "{entry:?}");
        }
        fetch(format!("{url}/fail/token")).await;
        let entry = log.one();
        assert!(!format!("{entry:?}").contains(SECRET), "{entry:?}");
        assert_eq!(entry.get("error"), Some("Not allowed (account: 7, token: [redacted], code: [redacted])"));
        handle.stop(true).await;
    }

    #[tokio::test]
    async fn a_middleware_that_failed_inside_of_the_log_is_answered_as_outside() {
        let log = Log::default();
        let (url, handle) = serve_actix(&log);
        let answer = fetch(format!("{url}/logged/ours")).await;
        assert_eq!(answer.status(), 404);
        assert_eq!(ApiError::from_response(whole(answer).await).unwrap().name(), "no_such_order");
        assert_eq!(log.one().get("error"), Some("There is no order 8"));
        let answer = fetch(format!("{url}/logged/theirs")).await;
        assert_eq!(ApiError::from_response(whole(answer).await).unwrap().name(), "ranged");
        let entry = log.one();
        assert_eq!((entry.get("status"), entry.get("causes")), (Some("503"), Some("no")));
        handle.stop(true).await;
    }

    async fn whole(answer: reqwest::Response) -> http::Response<bytes::Bytes> {
        let mut response = http::Response::builder().status(answer.status());
        response.headers_mut().unwrap().extend(answer.headers().clone());
        response.body(answer.bytes().await.unwrap()).unwrap()
    }

    /// The application holds no error, or one that is not of a taxonomy.
    #[tokio::test]
    async fn what_is_known_without_the_error() {
        let log = Log::default();
        let (url, handle) = serve_actix(&log);
        fetch(format!("{url}/fail/direct")).await;
        let entry = log.one();
        assert_eq!((entry.get("name"), entry.get("code")), (Some("careful"), Some("careful")));
        assert_eq!((entry.get("error"), entry.get("classes")), (None, Some("conflict")));
        assert_eq!(entry.level, Level::WARN);
        for (path, causes) in
            [("theirs", Some("sector 7")), ("panic", Some("the handler panicked")), ("refused", None)]
        {
            fetch(format!("{url}/fail/{path}")).await;
            let entry = log.one();
            assert_eq!(entry.get("causes"), causes, "{path}");
            assert!(!format!("{entry:?}").contains(SECRET), "{entry:?}");
        }
        handle.stop(true).await;
    }

    #[tokio::test]
    async fn every_response_has_the_id_of_its_request() {
        let log = Log::default();
        let (url, handle) = serve_actix(&log);
        let too_long = "x".repeat(129);
        for (sent, taken) in [("abc-1", true), ("a b", false), (&too_long, false)] {
            let answer = client().get(format!("{url}/seen")).header("x-request-id", sent);
            let answer = answer.send().await.unwrap();
            let id = answer.headers()["x-request-id"].to_str().unwrap().to_owned();
            assert_eq!(id == sent, taken, "{id}");
            assert_eq!(answer.text().await.unwrap(), id);
        }
        fetch(format!("{url}/fail/fine")).await;
        assert_eq!(log.take(), []);
        handle.stop(true).await;
    }
}
