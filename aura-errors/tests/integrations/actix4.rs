//! `#[api(actix)]` and `aura_errors::actix`, over real servers on the loopback interface.

use std::net::SocketAddr;
use std::time::Duration;

use actix_web::body::MessageBody;
use actix_web::dev::{ServerHandle, ServiceRequest, ServiceResponse};
use actix_web::http::{StatusCode, header};
use actix_web::middleware::{DefaultHeaders, Next, from_fn};
use actix_web::{App, Error, HttpResponse, HttpServer, Responder, ResponseError, error, web};
use aura_errors::actix::{
    AsWritten, ErrorMiddleware, Headers, Json, Path, Query, RejectedFields, Rejection, error_label, error_of,
};
use aura_errors::{Failure, FieldError, RetryAfter, Sent, Taxonomy};
use bytes::Bytes;

use crate::loopback;

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
    #[api(415, stands_for(content_type))]
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
#[api(actix)]
enum ServerError {
    #[error(transparent)]
    #[api(transparent)]
    Api(#[from] ApiError),
    #[error("the disk failed")]
    #[api(as = ApiError::Internal)]
    Disk(#[from] std::io::Error),
}

#[derive(serde::Deserialize, serde::Serialize)]
struct NewUser {
    name: String,
    skills: Vec<u8>,
    address: Option<Address>,
}

#[derive(serde::Deserialize, serde::Serialize)]
struct Address {
    city: String,
}

#[derive(serde::Deserialize)]
struct Page {
    page: u32,
    #[serde(default)]
    all: bool,
}

#[derive(serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Caller {
    x_name: String,
    x_depth: Option<u8>,
}

#[derive(serde::Deserialize)]
struct Friends {
    #[serde(rename = "id")]
    _id: u64,
    #[serde(rename = "friend")]
    _friend: u64,
}

#[derive(serde::Deserialize)]
#[serde(rename_all = "snake_case")]
enum Switch {
    On,
    Off,
}

async fn user(id: Path<u64>) -> Result<String, ServerError> {
    match *id {
        1 => Ok("Ada".to_owned()),
        2 => Err(std::io::Error::other("the password of the disk is 123"))?,
        id => Err(ApiError::NoSuchUser { id })?,
    }
}

async fn create(Json(user): Json<NewUser>) -> impl Responder {
    Json(user)
}

/// A limit for the time that a handler takes, which actix leaves to a middleware.
async fn limited(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    match tokio::time::timeout(Duration::from_millis(50), next.call(request)).await {
        Ok(answer) => answer,
        Err(_) => Err(error::ErrorRequestTimeout("2 secrets passed")),
    }
}

/// A middleware's own failures: with an error, with a panic, with an error of the taxonomy.
async fn gate(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    match request.path() {
        "/gate/denied" => Err(error::ErrorForbidden("the secret is 123")),
        "/gate/panic" => panic!("the password is 123"),
        "/gate/busy" => {
            let response = HttpResponse::TooManyRequests().insert_header(("retry-after", "7")).finish();
            Err(error::InternalError::from_response("secret", response).into())
        }
        "/gate/ours" => Err(ServerError::from(ApiError::NoSuchUser { id: 5 }).into()),
        _ => next.call(request).await,
    }
}

fn routes(config: &mut web::ServiceConfig) {
    config
        .app_data(web::JsonConfig::default().limit(1000))
        .service(web::resource("/users").route(web::post().to(create)).route(web::get().to(async || "all")))
        .route("/users/{id}", web::get().to(user))
        .route("/users/{id}/friends/{friend}", web::get().to(async |_: Path<(u64, u64)>| "friends"))
        .route("/named/{id}/{friend}", web::get().to(async |_: Path<Friends>| "friends"))
        .route("/mistaken/{id}", web::get().to(async |_: Path<(u64, u64)>| "never"))
        .route("/misnamed/{id}", web::get().to(async |_: Path<Friends>| "never"))
        .route("/switch/{on}", web::get().to(async |_: Path<Switch>| "switched"))
        .route("/actix/users", web::post().to(async |user: web::Json<NewUser>| user.into_inner().name))
        .route("/actix/form", web::post().to(async |user: web::Form<Page>| user.page.to_string()))
        .route("/actix/search", web::get().to(async |query: web::Query<Page>| query.page.to_string()))
        .route("/actix/numbers/{number}", web::get().to(async |_: web::Path<u8>| "number"))
        .route("/actix/header", web::get().to(async |_: web::Header<header::ContentLength>| "length"))
        .route(
            "/search",
            web::get().to(async |Query(query): Query<Page>| format!("{} {}", query.page, query.all)),
        )
        .route(
            "/caller",
            web::get().to(async |Headers(caller): Headers<Caller>| {
                format!("{} {:?}", caller.x_name, caller.x_depth)
            }),
        )
        .route("/busy", web::get().to(busy))
        .route(
            "/html",
            web::get().to(async || HttpResponse::NotFound().content_type("text/html").body("<h1>ours</h1>")),
        )
        .route("/text", web::get().to(async || ("our own text", StatusCode::NOT_FOUND)))
        .route("/bytes", web::get().to(async || HttpResponse::NotFound().body("our own bytes")))
        .route("/json", web::get().to(async || HttpResponse::Conflict().json([true])))
        .route("/marked", web::get().to(marked))
        .route("/streamed", web::get().to(streamed))
        .route(
            "/empty/{status}",
            web::get()
                .to(async |status: Path<u16>| HttpResponse::new(StatusCode::from_u16(*status).unwrap())),
        )
        .route(
            "/said/{status}",
            web::get().to(async |status: Path<u16>| {
                let status = StatusCode::from_u16(*status).unwrap();
                HttpResponse::from_error(error::InternalError::new("the secret is 123", status))
            }),
        )
        .route(
            "/disk",
            web::get().to(async || -> Result<String, Error> { Ok(std::fs::read_to_string("/no/secret")?) }),
        )
        .route("/state", web::get().to(async |_: web::Data<Page>| "never"))
        .route("/panic", web::get().to(async || -> &'static str { panic!("the password is 123") }))
        .route("/slow", web::get().to(std::future::pending::<&'static str>).wrap(from_fn(limited)))
        .route(
            "/own",
            web::get().to(async || -> Result<&'static str, Rejection> {
                Err(Rejection::new(Failure::Header, vec![FieldError::missing(["header", "x-a"])]))
            }),
        );
}

async fn busy() -> HttpResponse {
    let mut response = HttpResponse::TooManyRequests();
    response.insert_header(("retry-after", "7")).insert_header(("content-language", "en"));
    response.append_header(("set-cookie", "a=1")).append_header(("set-cookie", "b=2"));
    response.insert_header(("x-bytes", header::HeaderValue::from_bytes(b"\xe4").unwrap()));
    response.finish()
}

async fn marked() -> HttpResponse {
    let mut response = HttpResponse::from_error(error::ErrorConflict("as it was written"));
    response.extensions_mut().insert(AsWritten);
    response
}

async fn streamed() -> HttpResponse {
    let chunks = [Ok::<_, Error>(Bytes::from_static(b"one ")), Ok(Bytes::from_static(b"two"))];
    HttpResponse::Ok().streaming(futures_util::stream::iter(chunks))
}

/// A server that lives as long as the test.
struct Server {
    address: SocketAddr,
    handle: ServerHandle,
}

impl Drop for Server {
    fn drop(&mut self) {
        // Told here, done by the server's own threads.
        drop(self.handle.stop(false));
    }
}

/// Of an `App`, as each worker builds its own.
macro_rules! serve {
    ($app:expr) => {{
        let server =
            HttpServer::new(move || $app).workers(1).disable_signals().bind(("127.0.0.1", 0)).unwrap();
        let address = server.addrs()[0];
        let server = server.run();
        let handle = server.handle();
        tokio::spawn(server);
        Server { address, handle }
    }};
}

/// As an application has it: the middleware, and ours around it.
fn app() -> Server {
    serve!(App::new().configure(routes).wrap(from_fn(gate)).wrap(ErrorMiddleware::<ApiError>::new()))
}

impl Server {
    async fn call(&self, head: &str, body: &str) -> http::Response<Bytes> {
        loopback::call(self.address, head, body).await
    }

    /// The error that a client reads.
    async fn error(&self, head: &str, body: &str) -> ApiError {
        let response = self.call(head, body).await;
        loopback::no_debug_text(&response);
        assert_eq!(response.headers()["content-type"], "application/json", "{response:?}");
        assert_eq!(response.headers()["content-length"], response.body().len().to_string());
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
    let server = serve!(App::new().configure(routes));
    let response = server.call("GET /users/1", "").await;
    assert_eq!((response.status().as_u16(), &response.body()[..]), (200, &b"Ada"[..]));
    assert_eq!(server.error("GET /users/7", "").await, ApiError::NoSuchUser { id: 7 });
    assert_eq!(server.error("GET /users/2", "").await, ApiError::Internal);
    let user = r#"{"name":"Ada","skills":[1],"address":null}"#;
    let response = server.call("POST /users\ncontent-type: application/json", user).await;
    assert_eq!(response.body(), user);
}

#[tokio::test]
async fn the_error_behind_a_response() {
    let disk = ServerError::Disk(std::io::Error::other("broken"));
    assert_eq!(disk.status_code(), 500);
    let response = HttpResponse::from_error(disk);
    let error = error_of(&response).unwrap();
    assert_eq!(error.spec().variant(), "Internal");
    assert_eq!(error.source().unwrap().to_string(), "broken");
    assert!(response.error().unwrap().as_error::<ServerError>().is_some());
}

/// The response of an error that the application does not return with it.
#[test]
fn the_name_of_an_error_that_is_gone() {
    let response = ServerError::from(ApiError::TooSlow).error_response();
    assert!(error_of(&response).is_none());
    assert_eq!(error_label(&response), Some("too_slow"));
    let response = error::InternalError::from_response("refused", response);
    assert_eq!(error_label(&HttpResponse::from_error(response)), Some("too_slow"));
}

#[tokio::test]
async fn what_the_middleware_put_there() {
    use actix_web::dev::Service as _;

    // For any taxonomy.
    fn around<E: Taxonomy>() -> ErrorMiddleware<E> {
        ErrorMiddleware::new()
    }
    let app = App::new().configure(routes).wrap(around::<ServerError>());
    let app = actix_web::test::init_service(app).await;
    let request = actix_web::test::TestRequest::get().uri("/said/500").to_request();
    let response = app.call(request).await.unwrap();
    assert_eq!(error_of(response.response()).unwrap().name(), "broken");
    assert!(response.response().extensions().get::<Sent>().is_some());
    // For the server's logs.
    assert_eq!(response.response().error().unwrap().to_string(), "the secret is 123");
}

#[tokio::test]
async fn what_the_router_answers() {
    let server = app();
    assert_eq!(server.error("GET /nowhere", "").await, ApiError::NoSuchPage);
    assert_eq!(server.error("GET /users/1/2", "").await, ApiError::NoSuchPage);
    assert_eq!(server.error("GET /users/9", "").await, ApiError::NoSuchUser { id: 9 });

    let response = server.call("DELETE /users", "").await;
    assert_eq!(response.status(), 405);
    assert_eq!(response.headers()["allow"], "POST, GET");
    assert_eq!(ApiError::from_response(response).unwrap(), ApiError::WrongMethod);

    let response = server.call("HEAD /nowhere", "").await;
    assert_eq!((response.status().as_u16(), response.body().len()), (404, 0));
    assert_eq!(response.headers()["content-type"], "application/json");
}

#[tokio::test]
async fn bodies_by_our_extractor() {
    let server = app();
    assert_eq!(server.post("/users", r#"{"name":"a""#).await, bad("body: invalid JSON"));
    assert_eq!(server.post("/users", "").await, bad("body: invalid JSON"));
    assert_eq!(server.post("/users", r#"{"name":"a","skills":[]} x"#).await, bad("body: invalid JSON"));
    assert_eq!(server.post("/users", r#"{"name":"\ud800","skills":[]}"#).await, bad("body: invalid JSON"));
    assert_eq!(
        server.post("/users", r#"{"skills":[]}"#).await,
        ApiError::Invalid(vec![FieldError::missing(["body", "name"])])
    );
    assert_eq!(
        server.post("/users", r#"{"name":"a","skills":[],"address":{}}"#).await,
        ApiError::Invalid(vec![FieldError::missing(["body", "address", "city"])])
    );
    let integer = "value is not a valid integer";
    assert_eq!(
        server.post("/users", r#"{"name":"a","skills":[1,"secret"]}"#).await,
        ApiError::Invalid(vec![FieldError::new(["body", "skills"], integer, "type_error.integer").at(1)])
    );
    let list = "value is not a valid list";
    assert_eq!(
        server.post("/users", r#"{"name":"a","skills":3}"#).await,
        invalid(["body", "skills"], list, "type_error.list")
    );
    assert_eq!(server.error("POST /users", r#"{"name":"a"}"#).await, ApiError::JsonOnly);
    assert_eq!(server.error("POST /users\ncontent-type: text/xml", "<a/>").await, ApiError::JsonOnly);
    let large = format!(r#"{{"name":"{}"}}"#, "a".repeat(2000));
    assert_eq!(server.post("/users", &large).await, ApiError::TooLarge);
    // Of a length that is not announced.
    let head = "POST /users\ncontent-type: application/json\ntransfer-encoding: chunked";
    let request = format!("{head}\nhost: a\nconnection: close\n\n7d0\n{}\n0\n\n", "a".repeat(2000));
    let request = request.replacen("/users", "/users HTTP/1.1", 1).replace('\n', "\r\n");
    let response = loopback::exchange(server.address, request.as_bytes()).await;
    assert_eq!(ApiError::from_response(response).unwrap(), ApiError::TooLarge);
}

#[tokio::test]
async fn by_actixs_extractors() {
    let server = app();
    // actix's errors say what failed, but not where.
    let unspecific = invalid(["body"], "value is not valid", "value_error");
    assert_eq!(server.post("/actix/users", r#"{"skills":[]}"#).await, unspecific);
    assert_eq!(server.post("/actix/users", r#"{"name":"secret"#).await, ApiError::BadRequest(None));
    assert_eq!(server.error("POST /actix/users", "{}").await, ApiError::JsonOnly);
    let large = format!(r#"{{"name":"{}"}}"#, "a".repeat(2000));
    assert_eq!(server.post("/actix/users", &large).await, ApiError::TooLarge);

    let form = "POST /actix/form\ncontent-type: application/x-www-form-urlencoded";
    assert_eq!(server.error(form, "page=secret").await, ApiError::BadRequest(None));
    assert_eq!(server.error("POST /actix/form\ncontent-type: text/xml", "page=1").await, ApiError::JsonOnly);
    assert_eq!(server.error(form, &"a".repeat(20_000)).await, ApiError::TooLarge);

    assert_eq!(server.error("GET /actix/search?page=secret", "").await, ApiError::BadRequest(None));
    assert_eq!(server.error("GET /actix/header", "").await, ApiError::BadRequest(None));
    // actix answers this with 404, of which `NoSuchPage` is for routes and `NoSuchUser` needs data.
    assert_eq!(server.error("GET /actix/numbers/secret", "").await, ApiError::NoSuchPage);
}

#[tokio::test]
async fn queries_paths_and_headers() {
    let server = app();
    assert_eq!(server.call("GET /search?page=3&all=true", "").await.body(), "3 true");
    assert_eq!(server.call("GET /caller\nX-Name: Ada\nx-depth: 3", "").await.body(), "Ada Some(3)");
    for (path, text) in [
        ("/search", "query.page: field required"),
        ("/search?page=secret", "query.page: value is not a valid integer"),
        ("/search?page=99999999999", "query.page: value is out of range"),
        ("/search?page=1&all=secret", "query.all: value could not be parsed to a boolean"),
        ("/search?page=1&page=2", "query.page: field given more than once"),
        ("/users/secret", "path.id: value is not a valid integer"),
        ("/users/-1", "path.id: value is not a valid integer"),
        ("/users/%ff", "path.id: value is not a valid integer"),
        ("/users/1/friends/secret", "path.friend: value is not a valid integer"),
        ("/named/1/secret", "path.friend: value is not a valid integer"),
        ("/switch/secret", "path.on: value is not a valid enumeration member"),
        ("/caller", "header.x-name: field required"),
        ("/own", "header.x-a: field required"),
    ] {
        assert_eq!(server.error(&format!("GET {path}"), "").await, bad(text), "{path}");
    }
    assert_eq!(
        server.error("GET /caller\nx-name: a\nx-depth: secret", "").await,
        bad("header.x-depth: value is not a valid integer")
    );
    assert_eq!(server.call("GET /switch/on", "").await.status(), 200);
    // Not the client's mistake.
    assert_eq!(server.error("GET /mistaken/1", "").await, ApiError::Broken);
    assert_eq!(server.error("GET /misnamed/1", "").await, ApiError::Broken);
}

#[tokio::test]
async fn what_handlers_and_middleware_answer() {
    let server = app();
    assert_eq!(server.error("GET /panic", "").await, ApiError::Broken);
    // The worker goes on.
    assert_eq!(server.call("GET /users/1", "").await.status(), 200);
    assert_eq!(server.error("GET /slow", "").await, ApiError::TooSlow);
    assert_eq!(server.error("GET /state", "").await, ApiError::Broken);
    assert_eq!(server.error("GET /disk", "").await, ApiError::NoSuchPage);
    assert_eq!(server.error("GET /said/503", "").await, ApiError::Internal);

    assert_eq!(server.error("GET /gate/panic", "").await, ApiError::Broken);
    assert_eq!(server.error("GET /gate/ours", "").await, ApiError::NoSuchUser { id: 5 });
    let retry_after = Some(RetryAfter::from_secs(7));
    assert_eq!(server.error("GET /gate/busy", "").await, ApiError::RateLimited { retry_after });
    let response = server.call("GET /gate/denied", "").await;
    assert_eq!((response.status().as_u16(), response.body().len()), (403, 0));

    let response = server.call("GET /busy", "").await;
    let cookies: Vec<_> = response.headers().get_all("set-cookie").iter().collect();
    assert_eq!(cookies, ["a=1", "b=2"]);
    assert_eq!(response.headers().get_all("retry-after").iter().count(), 1);
    assert!(!response.headers().contains_key("content-language"));
    assert_eq!(response.headers()["x-bytes"].as_bytes(), b"\xe4");
    assert_eq!(ApiError::from_response(response).unwrap(), ApiError::RateLimited { retry_after });
}

/// What a middleware failed with passes more than one of ours, whatever each of them made of it.
#[tokio::test]
async fn failed_middleware_inside_of_several() {
    let server = serve!(
        App::new()
            .service(web::scope("/gate").wrap(from_fn(gate)).wrap(ErrorMiddleware::<ServerError>::new()))
            .wrap(ErrorMiddleware::<ApiError>::new())
    );
    assert_eq!(server.error("GET /gate/panic", "").await, ApiError::Broken);
    assert_eq!(server.error("GET /gate/ours", "").await, ApiError::NoSuchUser { id: 5 });
    let retry_after = Some(RetryAfter::from_secs(7));
    assert_eq!(server.error("GET /gate/busy", "").await, ApiError::RateLimited { retry_after });
    let response = server.call("GET /gate/denied", "").await;
    assert_eq!((response.status().as_u16(), response.body().len()), (403, 0));
}

/// A 400 of which nothing is known can have been any of these.
#[tokio::test]
async fn no_place_is_guessed() {
    #[derive(Debug, thiserror::Error, Taxonomy)]
    #[error("Bad request")]
    #[api(400, stands_for(path, header, query))]
    struct Bad(Vec<FieldError>);

    let server = serve!(App::new().configure(routes).wrap(ErrorMiddleware::<Bad>::new()));
    let read = |response| Bad::from_response(response).unwrap().0;
    assert_eq!(read(server.call("GET /said/400", "").await)[0].loc, [""; 0]);
    assert_eq!(read(server.call("GET /actix/numbers/x", "").await)[0].loc, ["path"]);
}

#[tokio::test]
async fn what_is_not_declared() {
    let server = app();
    for status in [403, 409, 418] {
        for path in ["empty", "said"] {
            let response = server.call(&format!("GET /{path}/{status}"), "").await;
            assert_eq!((response.status().as_u16(), response.body().len()), (status, 0));
            assert!(!response.headers().contains_key("content-type"));
        }
    }
    assert_eq!(server.call("GET /empty/204", "").await.status(), 204);
}

#[tokio::test]
async fn what_the_application_wrote() {
    let server = app();
    for (path, status, body) in [
        ("/html", 404, "<h1>ours</h1>"),
        ("/text", 404, "our own text"),
        ("/bytes", 404, "our own bytes"),
        ("/json", 409, "[true]"),
        ("/marked", 409, "as it was written"),
    ] {
        let response = server.call(&format!("GET {path}"), "").await;
        assert_eq!((response.status().as_u16(), &response.body()[..]), (status, body.as_bytes()), "{path}");
    }
    let response = server.call("GET /streamed", "").await;
    assert_eq!(response.headers()["transfer-encoding"], "chunked");
    assert!(std::str::from_utf8(response.body()).unwrap().contains("one "));

    let server = serve!(App::new().configure(routes).wrap(ErrorMiddleware::<ApiError>::new().rewrite_all()));
    for path in ["/html", "/text", "/bytes"] {
        assert_eq!(server.error(&format!("GET {path}"), "").await, ApiError::NoSuchPage);
    }
    assert_eq!(server.error("GET /users/5", "").await, ApiError::NoSuchUser { id: 5 });
    assert_eq!(server.call("GET /json", "").await.body(), "[true]");
    assert_eq!(server.call("GET /marked", "").await.body(), "as it was written");
}

/// For a taxonomy that nests the shared one, between other middleware, and around a part only.
#[tokio::test]
async fn nested_and_in_a_scope() {
    #[derive(Debug, thiserror::Error, Taxonomy)]
    #[api(actix, header("WWW-Authenticate" = "ApiKey"))]
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
    }

    async fn fails() -> Result<&'static str, Outer> {
        Err(ApiError::TooSlow)?
    }

    let server = serve!(
        App::new()
            .service(
                web::scope("/api")
                    .configure(routes)
                    .route("/fails", web::get().to(fails))
                    .route(
                        "/unknown",
                        web::get().to(async || {
                            let mut denied = HttpResponse::Unauthorized();
                            denied.insert_header(("www-authenticate", "Basic")).finish()
                        })
                    )
                    .wrap(DefaultHeaders::new().add(("x-inside", "1")))
                    .wrap(ErrorMiddleware::<Outer>::new())
                    .wrap(DefaultHeaders::new().add(("x-outside", "1")))
            )
            .route("/elsewhere", web::get().to(async || HttpResponse::NotFound()))
    );
    let read = |response| Outer::from_response(response).unwrap();
    let response = server.call("GET /api/nowhere", "").await;
    assert_eq!(
        (&response.headers()["x-inside"], &response.headers()["x-outside"]),
        (&"1".parse().unwrap(), &"1".parse().unwrap())
    );
    assert!(matches!(read(response), Outer::Api(ApiError::NoSuchPage)));
    assert!(matches!(read(server.call("GET /api/fails", "").await), Outer::Api(ApiError::TooSlow)));
    assert!(matches!(read(server.call("GET /api/panic", "").await), Outer::Down));
    let response = server.call("GET /api/unknown", "").await;
    assert_eq!(response.headers().get_all("www-authenticate").iter().collect::<Vec<_>>(), ["ApiKey"]);
    assert!(matches!(read(response), Outer::NotYou));
    let response = server.call("PUT /api/users", "").await;
    assert_eq!(response.headers()["allow"], "POST, GET");
    assert!(matches!(read(response), Outer::Api(ApiError::WrongMethod)));
    assert!(server.call("GET /elsewhere", "").await.body().is_empty());
}

#[tokio::test]
async fn rejections_without_the_middleware() {
    let server = serve!(App::new().configure(routes));
    let head = "POST /users\ncontent-type: application/json";
    let response = server.call(head, r#"{"name":"a","skills":["secret"]}"#).await;
    assert_eq!(response.status(), 422);
    assert_eq!(response.body(), "body.skills[0]: value is not a valid integer");
    assert_eq!(response.headers()["content-type"], "text/plain; charset=utf-8");

    let rejection = Query::<Page>::from_query("page=secret").map(|_| ()).unwrap_err();
    assert_eq!((rejection.status_code().as_u16(), rejection.failure()), (400, Some(Failure::Query)));
    let response = HttpResponse::from_error(rejection);
    let extensions = response.extensions();
    let rejected = extensions.get::<RejectedFields>().unwrap();
    assert_eq!(rejected.failure(), Failure::Query);
    assert_eq!(rejected.fields()[0].loc, ["query", "page"]);
    assert!(response.error().unwrap().as_error::<Rejection>().is_some());
}

/// The application's own handler of JSON errors is still asked.
#[tokio::test]
async fn configured_json() {
    let server = serve!({
        let config = web::JsonConfig::default()
            .content_type(|mime| mime == "text/x-json")
            .error_handler(|_, _| error::ErrorConflict("secret"));
        App::new()
            .configure(routes)
            .route("/own", web::post().to(create))
            .service(web::resource("/configured").app_data(config).route(web::post().to(create)))
            .wrap(ErrorMiddleware::<ApiError>::new())
    });
    let head = "POST /configured\ncontent-type: text/x-json";
    assert_eq!(server.call(head, r#"{"name":"a","skills":[]}"#).await.status(), 200);
    let response = server.call(head, "{").await;
    assert_eq!((response.status().as_u16(), response.body().len()), (409, 0));
    assert_eq!(
        server.error(head, "{}").await,
        ApiError::Invalid(vec![FieldError::missing(["body", "name"])])
    );
}

/// Everything the derive takes: generics, another name of the crate, a macro's own tokens.
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
    made!(Made, actix);
    let caused: Made<std::io::Error, 3> = Made::Caused(std::io::Error::other("x"));
    assert_eq!(caused.error_response().status(), 410);
    assert_eq!(Made::<std::io::Error, 3>::Gone.status_code(), 410);
}

/// Both frameworks on one enum.
#[cfg(feature = "axum08")]
#[test]
fn with_axum_too() {
    use axum::response::IntoResponse as _;

    #[derive(Debug, thiserror::Error, Taxonomy)]
    #[error("Gone")]
    #[api(axum, actix, 410)]
    struct Gone;

    assert_eq!(Gone.error_response().status(), 410);
    assert_eq!(Gone.into_response().status(), 410);
}
