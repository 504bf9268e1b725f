//! A service that calls another: what its clients are told of that, and what its log says.

use std::error::Error;

use aura_errors::axum::Path;
use aura_errors::reqwest::ResponseExt;
use aura_errors::tracing::LogLayer;
use aura_errors::{CallError, Caused, Classify, RequestId, RetryAfter, Sent, Taxonomy};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Router};
use bytes::Bytes;

use super::tracing::{Entry, Log, client, serve};

/// What no client of the shop may see.
const SHELF: &str = "shelf 7";

/// Errors of the service that is called.
#[derive(Debug, thiserror::Error, Taxonomy)]
#[api(axum)]
enum StockError {
    #[error("No {article} in {SHELF}")]
    #[api(404, message = "No {article} in shelf 7")]
    SoldOut { article: String },
    #[error("Counting {SHELF}")]
    #[api(503, message = "Counting shelf 7")]
    Counting {
        #[api(retry_after)]
        retry_after: Option<RetryAfter>,
    },
    #[error("{token} may not see {SHELF}")]
    #[api(403, message = "Not for you")]
    Closed {
        #[api(sensitive)]
        token: String,
    },
    #[error("The system of {SHELF} failed")]
    #[api(500, message = "The system of shelf 7 failed", fallback)]
    Broken,
}

/// Errors of the service that calls.
#[derive(Debug, thiserror::Error, Taxonomy)]
enum ShopError {
    #[error("The article is sold out")]
    #[api(409)]
    SoldOut,
    #[error("Try again later")]
    #[api(503)]
    Later {
        #[api(retry_after)]
        retry_after: Option<RetryAfter>,
    },
    #[error("Something went wrong on our side")]
    #[api(500, fallback)]
    Internal,
}

#[derive(Debug, thiserror::Error, Taxonomy)]
#[api(axum)]
enum ServerError {
    #[error(transparent)]
    #[api(transparent)]
    Shop(#[from] ShopError),
    #[error(transparent)]
    #[api(transparent)]
    Caused(#[from] Caused<ShopError>),
    #[error("the stock service failed")]
    #[api(as = ShopError::Internal)]
    Stock(#[from] CallError<StockError>),
    #[error("a rule of one's own")]
    #[api(as = self.face())]
    Ruled(#[source] CallError<StockError>),
    #[error("something failed")]
    #[api(as = ShopError::Internal)]
    Any(#[from] Box<dyn Error + Send + Sync>),
}

impl ServerError {
    fn face(&self) -> ShopError {
        match self {
            ServerError::Ruled(call) => of_stock(call),
            _ => ShopError::Internal,
        }
    }
}

fn of_stock(call: &CallError<StockError>) -> ShopError {
    match call.api() {
        Some(StockError::SoldOut { .. }) => ShopError::SoldOut,
        Some(StockError::Counting { .. }) => ShopError::Later { retry_after: call.retry_after() },
        Some(StockError::Closed { .. } | StockError::Broken) | None => ShopError::Internal,
    }
}

async fn stock(Path(how): Path<String>) -> Response {
    match &*how {
        "sold_out" => StockError::SoldOut { article: "shirt".into() }.into_response(),
        "counting" => StockError::Counting { retry_after: Some(RetryAfter::from_secs(9)) }.into_response(),
        "closed" => StockError::Closed { token: "hunter2".into() }.into_response(),
        "broken" => StockError::Broken.into_response(),
        _ => (StatusCode::BAD_GATEWAY, Html("<h1>shelf 7</h1>")).into_response(),
    }
}

/// `{way}`: how the failure is turned into one of the shop's own.
async fn shop(
    State(stock): State<String>,
    Extension(request_id): Extension<RequestId>,
    Path((way, how)): Path<(String, String)>,
) -> Result<(), ServerError> {
    let request = client().get(format!("{stock}/{how}")).header(RequestId::HEADER, &request_id);
    let answer = request.send().await.error_for::<StockError>().await;
    match &*way {
        "default" => drop(answer?),
        "mapped" => drop(answer.map_err(|call| call.relay(of_stock))?),
        "ruled" => drop(answer.map_err(ServerError::Ruled)?),
        "boxed" => drop(answer.map_err(|call| Box::new(call) as Box<dyn Error + Send + Sync>)?),
        _ => {}
    }
    Ok(())
}

fn shop_over(stock: String) -> Router {
    Router::new().route("/{way}/{how}", get(shop)).with_state(stock).layer(LogLayer::new())
}

/// Both services, logging to one log; the shop's address.
async fn services() -> String {
    let stock = serve(Router::new().route("/{how}", get(stock)).layer(LogLayer::new())).await;
    serve(shop_over(stock)).await
}

async fn ask(shop: &str, path: &str) -> http::Response<Bytes> {
    let response = client().get(format!("{shop}/{path}")).header("x-request-id", "mine").send().await;
    let response = response.unwrap();
    let (status, headers) = (response.status(), response.headers().clone());
    let mut answer = http::Response::new(response.bytes().await.unwrap());
    (*answer.status_mut(), *answer.headers_mut()) = (status, headers);
    answer
}

/// Nothing of the other service is in the answer, which is that error's and has the request's id.
#[track_caller]
fn is_only(answer: &http::Response<Bytes>, expected: &ShopError) {
    let expected = expected.to_response();
    assert_eq!((answer.status(), answer.body()), (expected.status(), expected.body()));
    let mut names: Vec<_> = answer.headers().keys().map(|name| name.as_str()).collect();
    names.retain(|name| !["content-length", "date"].contains(name));
    names.sort_unstable();
    let mut known: Vec<_> = expected.headers().keys().map(|name| name.as_str()).collect();
    known.push("x-request-id");
    known.sort_unstable();
    assert_eq!(names, known);
    assert_eq!(answer.headers()["x-request-id"], "mine");
}

#[track_caller]
fn two(log: &Log) -> [Entry; 2] {
    log.take().try_into().unwrap()
}

#[tokio::test]
async fn the_default_says_nothing_of_the_other_service() {
    let (log, _guard) = Log::start();
    let url = services().await;
    for (how, cause) in [
        ("sold_out", "404 sold_out: No shirt in shelf 7"),
        ("counting", "503 counting: Counting shelf 7"),
        ("broken", "500 broken: The system of shelf 7 failed"),
        ("page", "unrecognized response with status 502: not an error of this API"),
    ] {
        is_only(&ask(&url, &format!("default/{how}")).await, &ShopError::Internal);
        let [inner, outer] = two(&log);
        assert_eq!(outer.get("error"), Some("the stock service failed"));
        assert_eq!(outer.get("causes"), Some(cause));
        assert_eq!((outer.get("name"), outer.get("route")), (Some("internal"), Some("/{way}/{how}")));
        assert_eq!(outer.get("upstream_request_id"), Some("mine"));
        assert_eq!((inner.get("request_id"), outer.get("request_id")), (Some("mine"), Some("mine")));
        assert_eq!(inner.get("upstream_request_id"), None);
    }
}

#[tokio::test]
async fn a_mapping_decides_what_is_told_and_the_log_has_both() {
    let (log, _guard) = Log::start();
    let url = services().await;
    for way in ["mapped", "ruled"] {
        for (how, told, cause) in [
            ("sold_out", ShopError::SoldOut, "404 sold_out: No shirt in shelf 7"),
            (
                "counting",
                ShopError::Later { retry_after: Some(RetryAfter::from_secs(9)) },
                "503 counting: Counting shelf 7",
            ),
            ("broken", ShopError::Internal, "500 broken: The system of shelf 7 failed"),
        ] {
            let answer = ask(&url, &format!("{way}/{how}")).await;
            is_only(&answer, &told);
            let delay = answer.headers().get("retry-after").map(|delay| delay.to_str().unwrap());
            assert_eq!(delay, (how == "counting").then_some("9"));
            let [_, outer] = two(&log);
            assert_eq!(outer.get("name"), Some(told.name()));
            assert_eq!(outer.get("causes"), Some(cause));
            assert_eq!(outer.get("upstream_request_id"), Some("mine"));
            let text = if way == "mapped" { told.to_string() } else { "a rule of one's own".to_owned() };
            assert_eq!(outer.get("error"), Some(&*text));
        }
    }
}

#[tokio::test]
async fn a_sensitive_field_of_the_other_service_is_in_no_log() {
    let (log, _guard) = Log::start();
    let url = services().await;
    for way in ["default", "mapped", "boxed"] {
        is_only(&ask(&url, &format!("{way}/closed")).await, &ShopError::Internal);
        let [inner, outer] = two(&log);
        assert!(!format!("{inner:?} {outer:?}").contains("hunter2"), "{inner:?} {outer:?}");
        assert_eq!(outer.get("causes"), Some("403 closed: Not for you"));
    }
}

#[tokio::test]
async fn a_service_that_cannot_be_reached() {
    let (log, _guard) = Log::start();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let nobody = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let url = serve(shop_over(nobody)).await;
    for way in ["default", "mapped"] {
        is_only(&ask(&url, &format!("{way}/sold_out")).await, &ShopError::Internal);
        let entry = log.one();
        assert!(entry.get("causes").unwrap().starts_with("could not connect"), "{entry:?}");
        assert_eq!(entry.get("upstream_request_id"), None);
    }
}

#[tokio::test]
async fn the_other_services_own_id_is_found_inside_of_any_cause() {
    let (log, _guard) = Log::start();
    let own_id = |response: Response| async {
        let mut response = response;
        response.headers_mut().insert("x-request-id", "theirs".parse().unwrap());
        response
    };
    let app = Router::new().route("/{how}", get(stock));
    let url = serve(shop_over(serve(app.layer(axum::middleware::map_response(own_id))).await)).await;
    for how in ["sold_out", "page"] {
        for way in ["default", "mapped", "ruled", "boxed"] {
            ask(&url, &format!("{way}/{how}")).await;
            let entry = log.one();
            let ids = (entry.get("request_id"), entry.get("upstream_request_id"));
            assert_eq!(ids, (Some("mine"), Some("theirs")), "{way} {how}");
        }
    }
}

#[test]
fn an_id_that_is_none_is_not_taken_over() {
    for id in ["", "a b", &"x".repeat(129)] {
        let mut answer = StockError::Broken.to_response();
        answer.headers_mut().insert("x-request-id", id.parse().unwrap());
        let error = ServerError::from(CallError::from_response(answer));
        let response = error.into_http();
        let sent = response.extensions().get::<Sent>().unwrap();
        assert_eq!(sent.upstream_request_id(), None, "{id:?}");
    }
}

#[test]
fn an_error_with_a_cause_is_that_error() {
    let error = Caused::new(ShopError::Later { retry_after: Some(RetryAfter::from_secs(3)) }, "busy");
    assert_eq!(
        (error.name(), error.status(), error.to_string().as_str()),
        ("later", StatusCode::SERVICE_UNAVAILABLE, "Try again later")
    );
    assert_eq!(error.retry_after(), Some(RetryAfter::from_secs(3)));
    assert!(error.is_unavailable() && error.is_retryable());
    assert_eq!(error.source().unwrap().to_string(), "busy");
    assert!(matches!(error.into_error(), ShopError::Later { .. }));
    // What it nests is in its error's catalogue, once.
    let names: Vec<_> = ServerError::catalog().iter().map(|spec| spec.name()).collect();
    assert_eq!(names, ["sold_out", "later", "internal"]);
    let response = ShopError::SoldOut.to_response();
    assert!(matches!(ServerError::from_response(response), Ok(ServerError::Shop(ShopError::SoldOut))));
    assert!(Caused::<ShopError>::from_response(ShopError::SoldOut.to_response()).is_err());
}
