//! `#[api(axum)]` and `aura_errors::axum`, over real servers on the loopback interface.

use std::error::Error as _;
use std::time::Duration;

use aura_errors::axum::{ErrorLayer, Json, Path, Query, RejectedFields, Rejection};
use aura_errors::{Failure, FieldError, RetryAfter, Sent, Taxonomy};
use axum::extract::DefaultBodyLimit;
use axum::extract::Request;
use axum::http::{StatusCode, Version, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Router, middleware};
use bytes::Bytes;
use tokio::net::TcpListener;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::timeout::TimeoutLayer;

use crate::loopback;

mod application;

/// What server and clients share.
#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
enum ApiError {
    #[error("Bad request")]
    #[api(400, code = any)]
    BadRequest(#[api(example = None)] Option<String>),
    #[error("There is no such page")]
    #[api(404, stands_for(route))]
    NoSuchPage,
    #[error("There is no user {id}")]
    #[api(404)]
    NoSuchUser { id: u64 },
    #[error("Not with this method")]
    #[api(405, stands_for(method))]
    WrongMethod,
    #[error("Too slow")]
    #[api(408)]
    TooSlow,
    #[error("Too large")]
    #[api(413)]
    TooLarge,
    #[error("JSON only")]
    #[api(415)]
    JsonOnly,
    #[error("Not valid")]
    #[api(422, stands_for(body_data))]
    Invalid(Vec<FieldError>),
    #[error("Not now")]
    #[api(429)]
    RateLimited {
        #[api(retry_after)]
        retry_after: Option<RetryAfter>,
    },
    #[error("Something went wrong on our side")]
    #[api(500, fallback)]
    Internal,
    #[error("Something broke")]
    #[api(500, stands_for(panic))]
    Broken,
}

/// The server's own.
#[derive(Debug, thiserror::Error, Taxonomy)]
#[api(axum)]
enum ServerError {
    #[error(transparent)]
    #[api(transparent)]
    Api(#[from] ApiError),
    #[error("the disk failed")]
    #[api(as = ApiError::Internal)]
    Disk(#[from] std::io::Error),
}

#[derive(Debug, thiserror::Error, Taxonomy)]
#[error("No {0}")]
#[api(axum, 410)]
struct Gone<T: std::fmt::Display + std::fmt::Debug>(T)
where
    T: Send + Sync + 'static;

#[derive(serde::Deserialize)]
#[allow(dead_code)]
struct NewUser {
    name: String,
    skills: Vec<u8>,
    address: Option<Address>,
}

#[derive(serde::Deserialize)]
#[allow(dead_code)]
struct Address {
    city: String,
}

#[derive(serde::Deserialize)]
struct Page {
    page: u32,
    #[serde(default)]
    all: bool,
}

async fn user(Path(id): Path<u64>) -> Result<String, ServerError> {
    match id {
        1 => Ok("Ada".to_owned()),
        2 => Err(std::io::Error::other("the password of the disk is 123"))?,
        id => Err(ApiError::NoSuchUser { id })?,
    }
}

async fn create(Json(user): Json<NewUser>) -> String {
    user.name
}

async fn create_with_axum(axum::Json(user): axum::Json<NewUser>) -> String {
    user.name
}

async fn search(Query(query): Query<Page>) -> String {
    format!("{} {}", query.page, query.all)
}

async fn search_with_axum(axum::extract::Query(query): axum::extract::Query<Page>) -> String {
    format!("{} {}", query.page, query.all)
}

async fn busy() -> Response {
    let headers = [("retry-after", "7"), ("set-cookie", "a=1"), ("content-language", "en")];
    let mut response = (StatusCode::TOO_MANY_REQUESTS, headers, "slow down").into_response();
    response.headers_mut().append("set-cookie", "b=2".parse().unwrap());
    response
}

fn routes() -> Router {
    Router::new()
        .route("/users", post(create).get(async || "all"))
        .route("/users/{id}", get(user))
        .route("/users/{id}/friends/{friend}", get(async |_: Path<(u64, u64)>| "friends"))
        .route("/mistaken/{id}", get(async |_: Path<(u64, u64)>| "never"))
        .route("/switch/{on}", get(async |_: Path<Switch>| "switched"))
        .route("/axum/users", post(create_with_axum))
        .route("/axum/search", get(search_with_axum))
        .route("/axum/numbers/{number}", get(async |_: axum::extract::Path<u8>| "number"))
        .route("/search", get(search))
        .route("/busy", get(busy))
        .route("/gone", get(async || Gone("more".to_owned())))
        .route("/html", get(async || (StatusCode::NOT_FOUND, Html("<h1>our own page</h1>"))))
        .route(
            "/json",
            get(async || {
                (StatusCode::CONFLICT, [(header::CONTENT_TYPE, "application/json")], r#"{"own":true}"#)
            }),
        )
        .route("/empty/{status}", get(async |Path(status): Path<u16>| StatusCode::from_u16(status).unwrap()))
        .route("/panic", get(async || -> &'static str { panic!("the password is 123") }))
        .route(
            "/slow",
            get(std::future::pending::<&'static str>).layer(TimeoutLayer::with_status_code(
                StatusCode::REQUEST_TIMEOUT,
                Duration::from_millis(50),
            )),
        )
        .route(
            "/own",
            get(async || Rejection::new(Failure::Header, vec![FieldError::missing(["header", "x-a"])])),
        )
}

#[derive(serde::Deserialize)]
#[serde(rename_all = "snake_case")]
enum Switch {
    On,
    Off,
}

/// As an application has it: the middleware, and our layer around it.
fn app() -> Router {
    routes()
        .layer(DefaultBodyLimit::max(1000))
        .layer(CatchPanicLayer::new())
        .layer(ErrorLayer::<ApiError>::new())
}

/// A server that lives as long as the test.
struct Server {
    address: std::net::SocketAddr,
    task: tokio::task::JoinHandle<()>,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Server {
    async fn start(app: Router) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let task = tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        Self { address, task }
    }

    async fn call(&self, head: &str, body: &str) -> http::Response<Bytes> {
        loopback::call(self.address, head, body).await
    }

    /// The error that a client reads.
    async fn error(&self, head: &str, body: &str) -> ApiError {
        let response = self.call(head, body).await;
        assert_eq!(response.headers()["content-type"], "application/json", "{response:?}");
        assert_eq!(response.headers()["content-length"], response.body().len().to_string());
        loopback::no_debug_text(&response);
        ApiError::from_response(response).unwrap()
    }

    async fn post(&self, path: &str, body: &str) -> ApiError {
        self.error(&format!("POST {path}\ncontent-type: application/json; charset=utf-8"), body).await
    }
}

fn invalid<const N: usize>(loc: [&str; N], msg: &str, kind: &str) -> ApiError {
    ApiError::Invalid(vec![FieldError::new(loc, msg, kind)])
}

fn bad(text: &str) -> ApiError {
    ApiError::BadRequest(Some(text.to_owned()))
}

#[tokio::test]
async fn handlers_return_errors() {
    let server = Server::start(routes()).await;
    let response = server.call("GET /users/1", "").await;
    assert_eq!((response.status().as_u16(), &response.body()[..]), (200, &b"Ada"[..]));
    assert_eq!(server.error("GET /users/7", "").await, ApiError::NoSuchUser { id: 7 });
    assert_eq!(server.error("GET /users/2", "").await, ApiError::Internal);

    let response = server.call("GET /gone", "").await;
    assert_eq!(response.status(), 410);
    assert_eq!(response.body(), r#"{"error":"No more","error_code":"gone","detail":"more"}"#);
}

#[tokio::test]
async fn the_error_stays_in_the_extensions() {
    let response = ServerError::Disk(std::io::Error::other("broken")).into_response();
    let sent = response.extensions().get::<Sent>().unwrap();
    assert_eq!(sent.spec().variant(), "Internal");
    assert_eq!(sent.error().source().unwrap().to_string(), "broken");
}

#[tokio::test]
async fn what_the_router_answers() {
    let server = Server::start(app()).await;
    assert_eq!(server.error("GET /nowhere", "").await, ApiError::NoSuchPage);
    assert_eq!(server.error("GET /users/1/2", "").await, ApiError::NoSuchPage);
    assert_eq!(server.error("GET /users/9", "").await, ApiError::NoSuchUser { id: 9 });

    let response = server.call("DELETE /users", "").await;
    assert_eq!(response.status(), 405);
    assert_eq!(response.headers()["allow"], "POST,GET,HEAD");
    assert_eq!(ApiError::from_response(response).unwrap(), ApiError::WrongMethod);

    let response = server.call("HEAD /nowhere", "").await;
    assert_eq!((response.status().as_u16(), response.body().len()), (404, 0));
    assert_eq!(response.headers()["content-type"], "application/json");
}

#[tokio::test]
async fn bodies_by_our_extractor() {
    let server = Server::start(app()).await;
    let list = "value is not a valid list";
    let integer = "value is not a valid integer";
    assert_eq!(server.post("/users", r#"{"name":"a""#).await, bad("body: invalid JSON"));
    assert_eq!(server.post("/users", "").await, bad("body: invalid JSON"));
    assert_eq!(server.post("/users", r#"{"name":"a","skills":[]} x"#).await, bad("body: invalid JSON"));
    assert_eq!(
        server.post("/users", r#"{"skills":[]}"#).await,
        ApiError::Invalid(vec![FieldError::missing(["body", "name"])])
    );
    assert_eq!(
        server.post("/users", r#"{"name":"a","skills":[],"address":{}}"#).await,
        ApiError::Invalid(vec![FieldError::missing(["body", "address", "city"])])
    );
    assert_eq!(
        server.post("/users", r#"{"name":"a","skills":[1,"secret"]}"#).await,
        ApiError::Invalid(vec![FieldError::new(["body", "skills"], integer, "type_error.integer").at(1)])
    );
    assert_eq!(
        server.post("/users", r#"{"name":"a","skills":3}"#).await,
        invalid(["body", "skills"], list, "type_error.list")
    );
    assert_eq!(
        server.post("/users", "[]").await,
        // serde takes a struct from a list too, whose first element is missing here.
        invalid(["body"], "wrong number of items", "value_error.length")
    );
    assert_eq!(server.error("POST /users", r#"{"name":"a"}"#).await, ApiError::JsonOnly);
    assert_eq!(server.error("POST /users\ncontent-type: text/xml", "<a/>").await, ApiError::JsonOnly);
    let large = format!(r#"{{"name":"{}"}}"#, "a".repeat(2000));
    assert_eq!(server.post("/users", &large).await, ApiError::TooLarge);
}

#[tokio::test]
async fn bodies_by_axums_extractor() {
    let server = Server::start(app()).await;
    // By status alone, so without the place.
    let unspecific = invalid(["body"], "value is not valid", "value_error");
    assert_eq!(server.post("/axum/users", r#"{"name":"secret"#).await, ApiError::BadRequest(None));
    assert_eq!(server.post("/axum/users", r#"{"skills":[]}"#).await, unspecific);
    assert_eq!(server.post("/axum/users", r#"{"name":1}"#).await, unspecific);
    assert_eq!(server.error("POST /axum/users", r#"{"name":"a"}"#).await, ApiError::JsonOnly);
    let large = format!(r#"{{"name":"{}"}}"#, "a".repeat(2000));
    assert_eq!(server.post("/axum/users", &large).await, ApiError::TooLarge);
}

#[tokio::test]
async fn queries_and_paths() {
    let server = Server::start(app()).await;
    let response = server.call("GET /search?page=3&all=true", "").await;
    assert_eq!(response.body(), "3 true");
    for (path, text) in [
        ("/search", "query.page: field required"),
        ("/search?page=secret", "query.page: value is not a valid integer"),
        ("/search?page=99999999999", "query.page: value is out of range"),
        ("/search?page=1&all=secret", "query.all: value could not be parsed to a boolean"),
        ("/search?page=1&page=2", "query.page: field given more than once"),
        ("/users/secret", "path.id: value is not a valid integer"),
        ("/users/-1", "path.id: value is not a valid integer"),
        ("/users/%ff", "path.id: value is not valid UTF-8"),
        ("/users/1/friends/secret", "path.friend: value is not a valid integer"),
        ("/own", "header.x-a: field required"),
    ] {
        assert_eq!(server.error(&format!("GET {path}"), "").await, bad(text), "{path}");
    }
    assert_eq!(server.error("GET /axum/search?page=secret", "").await, ApiError::BadRequest(None));
    assert_eq!(server.error("GET /axum/numbers/secret", "").await, ApiError::BadRequest(None));
    assert_eq!(server.call("GET /switch/on", "").await.status(), 200);
    assert!(matches!(server.error("GET /switch/secret", "").await, ApiError::BadRequest(Some(_))));
    // Not the client's mistake.
    assert_eq!(server.error("GET /mistaken/1", "").await, ApiError::Broken);
}

#[tokio::test]
async fn what_middleware_answers() {
    let server = Server::start(app()).await;
    assert_eq!(server.error("GET /panic", "").await, ApiError::Broken);
    assert_eq!(server.error("GET /slow", "").await, ApiError::TooSlow);

    let response = server.call("GET /busy", "").await;
    let cookies: Vec<_> = response.headers().get_all("set-cookie").iter().collect();
    assert_eq!(cookies, ["a=1", "b=2"]);
    assert_eq!(response.headers().get_all("retry-after").iter().count(), 1);
    assert!(!response.headers().contains_key("content-language"));
    let retry_after = Some(RetryAfter::from_secs(7));
    assert_eq!(ApiError::from_response(response).unwrap(), ApiError::RateLimited { retry_after });

    let limited = routes().layer(RequestBodyLimitLayer::new(10)).layer(ErrorLayer::<ApiError>::new());
    let server = Server::start(limited).await;
    assert_eq!(server.post("/users", r#"{"name":"much too much"}"#).await, ApiError::TooLarge);
}

#[tokio::test]
async fn what_is_not_declared() {
    let server = Server::start(app()).await;
    // Server errors have the plain internal one.
    for status in [500, 501, 503] {
        let expected = if status == 500 { ApiError::Broken } else { ApiError::Internal };
        assert_eq!(server.error(&format!("GET /empty/{status}"), "").await, expected);
    }
    // Another timeout, but declared for neither: 504 has no error of its own.
    assert_eq!(server.error("GET /empty/504", "").await, ApiError::Internal);
    for status in [403, 409, 418] {
        let response = server.call(&format!("GET /empty/{status}"), "").await;
        assert_eq!((response.status().as_u16(), response.body().len()), (status, 0));
        assert!(!response.headers().contains_key("content-type"));
    }
    let response = server.call("GET /empty/204", "").await;
    assert_eq!(response.status(), 204);
}

#[tokio::test]
async fn what_the_application_wrote() {
    let server = Server::start(app()).await;
    let response = server.call("GET /html", "").await;
    assert_eq!((response.status().as_u16(), &response.body()[..]), (404, &b"<h1>our own page</h1>"[..]));
    assert_eq!(response.headers()["content-type"], "text/html; charset=utf-8");
    let response = server.call("HEAD /html", "").await;
    assert_eq!(response.headers()["content-type"], "text/html; charset=utf-8");
    let response = server.call("GET /json", "").await;
    assert_eq!((response.status().as_u16(), &response.body()[..]), (409, &br#"{"own":true}"#[..]));

    let server = Server::start(routes().layer(ErrorLayer::<ApiError>::new().rewrite_all())).await;
    assert_eq!(server.error("GET /html", "").await, ApiError::NoSuchPage);
    assert_eq!(server.error("GET /users/5", "").await, ApiError::NoSuchUser { id: 5 });
    let response = server.call("GET /json", "").await;
    assert_eq!(response.body(), r#"{"own":true}"#);
}

/// The layer around the whole router, for the nested taxonomy, and a header that is its own.
#[tokio::test]
async fn around_a_service() {
    #[derive(Debug, thiserror::Error, Taxonomy)]
    #[api(header("WWW-Authenticate" = "ApiKey"))]
    enum Outer {
        #[error(transparent)]
        #[api(transparent)]
        Api(#[from] ApiError),
        #[error("Not you")]
        #[api(401)]
        NotYou,
        #[error("Down")]
        #[api(503, stands_for(panic))]
        Down,
        #[error("Other")]
        #[api("5XX")]
        Other {
            #[api(status)]
            status: StatusCode,
        },
    }

    async fn deny(request: Request, next: middleware::Next) -> Response {
        if request.uri().path() == "/secret" {
            return (StatusCode::UNAUTHORIZED, [(header::WWW_AUTHENTICATE, "Basic")]).into_response();
        }
        let mut response = next.run(request).await;
        response.headers_mut().insert("x-seen", "1".parse().unwrap());
        response
    }

    let app = routes().layer(CatchPanicLayer::new()).layer(middleware::from_fn(deny));
    let app = Router::new().fallback_service(tower_layer_of(ErrorLayer::<Outer>::new(), app));
    let server = Server::start(app).await;
    let read = |response| Outer::from_response(response).unwrap();

    let response = server.call("GET /nowhere", "").await;
    assert_eq!(response.headers()["x-seen"], "1");
    assert!(matches!(read(response), Outer::Api(ApiError::NoSuchPage)));
    let response = server.call("GET /secret", "").await;
    assert_eq!(response.headers().get_all("www-authenticate").iter().collect::<Vec<_>>(), ["ApiKey"]);
    assert!(matches!(read(response), Outer::NotYou));
    assert!(matches!(read(server.call("GET /panic", "").await), Outer::Down));
    let response = server.call("GET /empty/502", "").await;
    assert!(matches!(read(response), Outer::Other { status } if status == 502));
    let response = server.call("PUT /users", "").await;
    assert_eq!(response.headers()["allow"], "POST,GET,HEAD");
    assert!(matches!(read(response), Outer::Api(ApiError::WrongMethod)));
}

fn tower_layer_of<S, L: tower_layer::Layer<S>>(layer: L, service: S) -> L::Service {
    layer.layer(service)
}

/// Two errors of one status say two different things, and neither is guessed.
#[tokio::test]
async fn never_a_guess() {
    #[derive(Debug, thiserror::Error, Taxonomy)]
    enum Specific {
        #[error("No user")]
        #[api(404)]
        NoUser,
        #[error("No order")]
        #[api(404)]
        NoOrder,
        #[error("Bad query")]
        #[api(400, stands_for(query))]
        BadQuery(Vec<FieldError>),
        #[error("Bad body")]
        #[api(400, stands_for(body_syntax))]
        BadBody,
        #[error("Path")]
        #[api(404, stands_for(path))]
        NoSuchThing,
        #[error("Too long")]
        #[api(413)]
        TooLong { limit: u64 },
    }

    let server =
        Server::start(routes().layer(DefaultBodyLimit::max(1000)).layer(ErrorLayer::<Specific>::new())).await;
    let read = |response| Specific::from_response(response).unwrap();
    let response = server.call("GET /nowhere", "").await;
    assert_eq!((response.status().as_u16(), response.body().len()), (404, 0));
    let response = server.call("POST /users\ncontent-type: application/json", &"a".repeat(2000)).await;
    assert_eq!((response.status().as_u16(), response.body().len()), (413, 0));

    // Our extractors know.
    assert!(matches!(read(server.call("GET /search?page=x", "").await), Specific::BadQuery(fields)
        if fields == [FieldError::new(["query", "page"], "value is not a valid integer", "type_error.integer")]));
    assert!(matches!(read(server.call("GET /users/x", "").await), Specific::NoSuchThing));
    let response = server.call("POST /users\ncontent-type: application/json", "{").await;
    assert!(matches!(read(response), Specific::BadBody));
}

#[tokio::test]
async fn rejections_without_the_layer() {
    let server = Server::start(routes()).await;
    let head = "POST /users\ncontent-type: application/json";
    let response = server.call(head, r#"{"name":"a","skills":["secret"]}"#).await;
    assert_eq!(response.status(), 422);
    assert_eq!(response.body(), "body.skills[0]: value is not a valid integer");
    assert_eq!(response.headers()["content-type"], "text/plain; charset=utf-8");

    let rejection = Json::<u8>::from_bytes(b"\"secret\"").map(|_| ()).unwrap_err();
    assert_eq!((rejection.status().as_u16(), rejection.failure()), (422, Some(Failure::BodyData)));
    assert_eq!(rejection.to_string(), "body: value is not a valid integer");
    // For the server's logs.
    assert!(rejection.source().unwrap().to_string().contains("invalid type"));
    let response = rejection.into_response();
    let rejected = response.extensions().get::<RejectedFields>().unwrap();
    assert_eq!(rejected.failure(), Failure::BodyData);
    assert_eq!(
        rejected.fields(),
        [FieldError::new(["body"], "value is not a valid integer", "type_error.integer")]
    );
}

#[tokio::test]
async fn optional_extractors() {
    let app = Router::new()
        .route("/", post(async |body: Option<Json<u8>>| format!("{:?}", body.map(|Json(body)| body))))
        .route("/{id}", post(async |id: Option<Path<u8>>| format!("{:?}", id.map(|Path(id)| id))))
        .layer(ErrorLayer::<ApiError>::new());
    let server = Server::start(app).await;
    assert_eq!(server.call("POST /", "").await.body(), "None");
    assert_eq!(server.call("POST /\ncontent-type: application/json", "7").await.body(), "Some(7)");
    assert_eq!(
        server.post("/", "300").await,
        invalid(["body"], "value is out of range", "value_error.number.out_of_range")
    );
    assert_eq!(server.call("POST /3", "").await.body(), "Some(3)");
    assert_eq!(server.error("POST /x", "").await, bad("path.id: value is not a valid integer"));
}

/// A 400 of axum's own may have several causes: one that is certain, else what the status says.
#[tokio::test]
async fn a_status_of_several_failures() {
    #[derive(Debug, thiserror::Error, Taxonomy)]
    enum Parts {
        #[error("Bad body")]
        #[api(400, stands_for(body_syntax))]
        BadBody,
        #[error("Bad query")]
        #[api(400, stands_for(query))]
        BadQuery,
    }

    #[derive(Debug, thiserror::Error, Taxonomy)]
    enum Plain {
        #[error("Bad request")]
        #[api(400)]
        Request,
        #[error("Bad query")]
        #[api(400, stands_for(query))]
        Query,
        #[error("Any of it")]
        #[api(422, stands_for(body_syntax, body_data))]
        Body {
            #[api(detail)]
            violations: Vec<FieldError>,
        },
    }

    let server = Server::start(routes().layer(ErrorLayer::<Parts>::new())).await;
    let read = |response| Parts::from_response(response).unwrap();
    let json = "content-type: application/json";
    assert!(matches!(read(server.call(&format!("POST /axum/users\n{json}"), "{").await), Parts::BadBody));
    assert!(matches!(read(server.call("GET /axum/search?page=x", "").await), Parts::BadQuery));
    // Either of the two, or a third: nothing is said, and what axum says does not pass.
    let response = server.call(&format!("POST /axum/users?page=1\n{json}"), "{").await;
    assert_eq!((response.status().as_u16(), response.body().len()), (400, 0));
    assert!(!response.headers().contains_key("content-type"));

    let server = Server::start(routes().layer(ErrorLayer::<Plain>::new())).await;
    let read = |response| Plain::from_response(response).unwrap();
    assert!(matches!(read(server.call("GET /axum/search?page=x", "").await), Plain::Request));
    assert!(matches!(read(server.call("GET /search?page=x", "").await), Plain::Query));
    assert!(matches!(read(server.call("GET /users/x", "").await), Plain::Request));
    let response = server.call(&format!("POST /users\n{json}"), "{").await;
    assert_eq!(response.status(), 422);
    assert!(matches!(read(response), Plain::Body { violations }
        if violations == [FieldError::new(["body"], "invalid JSON", "value_error.jsondecode")]));
}

/// In HTTP/2 a body needs no length: whether there is one is then not known.
#[tokio::test]
async fn a_body_without_a_length() {
    use tower::ServiceExt as _;

    #[derive(Debug, thiserror::Error, Taxonomy)]
    enum Parts {
        #[error("Bad path")]
        #[api(400, stands_for(path, header))]
        BadPath,
        #[error("Bad body")]
        #[api(400, stands_for(body_syntax))]
        BadBody,
    }

    let app = || routes().layer(ErrorLayer::<Parts>::new());
    let request = |version| {
        let request = Request::post("/axum/users").version(version);
        request.header("content-type", "application/json").body(axum::body::Body::from("{")).unwrap()
    };
    let response = app().oneshot(request(Version::HTTP_2)).await.unwrap();
    assert_eq!(response.status(), 400);
    assert!(axum::body::to_bytes(response.into_body(), 100).await.unwrap().is_empty(), "nothing is guessed");

    let request =
        Request::get("/axum/numbers/x").version(Version::HTTP_2).body(axum::body::Body::empty()).unwrap();
    let response = app().oneshot(request).await.unwrap();
    let body = axum::body::to_bytes(response.into_body(), 1000).await.unwrap();
    assert!(body.starts_with(br#"{"error":"Bad path""#), "{body:?}");
}

/// What describes the old body goes with it.
#[tokio::test]
async fn headers_of_the_old_body() {
    let app = Router::new()
        .route(
            "/",
            get(async || {
                let headers = [
                    ("content-encoding", "br"),
                    ("etag", "\"1\""),
                    ("location", "/there"),
                    ("access-control-allow-origin", "*"),
                    ("vary", "origin"),
                ];
                (StatusCode::NOT_FOUND, headers, "gone")
            }),
        )
        .layer(ErrorLayer::<ApiError>::new());
    let server = Server::start(app).await;
    let response = server.call("GET /", "").await;
    for kept in ["location", "access-control-allow-origin", "vary"] {
        assert!(response.headers().contains_key(kept), "{kept}");
    }
    for lost in ["content-encoding", "etag"] {
        assert!(!response.headers().contains_key(lost), "{lost}");
    }
    assert_eq!(response.headers().get_all("content-type").iter().count(), 1);
    assert_eq!(ApiError::from_response(response).unwrap(), ApiError::NoSuchPage);
}

/// Everything the derive takes: fields, generics, another name of the crate, a macro's own tokens.
#[tokio::test]
async fn shapes_of_types() {
    mod renamed {
        pub(crate) use aura_errors as errors;
    }
    macro_rules! made {
        ($name:ident, $key:ident) => {
            #[derive(Debug, thiserror::Error, Taxonomy)]
            #[api($key, crate = renamed::errors)]
            enum $name<T: std::error::Error + Send + Sync + 'static, const N: usize> {
                #[error("gone")]
                #[api(410)]
                Gone,
                #[error("caused")]
                #[api(as = Gone)]
                Caused(#[source] T),
            }
        };
    }
    made!(Made, axum);
    let caused: Made<std::io::Error, 3> = Made::Caused(std::io::Error::other("x"));
    assert_eq!(caused.into_response().status(), 410);
    assert_eq!(Made::<std::io::Error, 3>::Gone.into_response().status(), 410);
}
