//! The layer among what else an application has: CORS, compression, parts of a router, other middleware
//! and handlers that write their own pages.

use std::time::Duration;

use aura_errors::axum::{AsWritten, ErrorLayer, Headers, Json};
use aura_errors::{FieldError, RetryAfter, Taxonomy};
use axum::body::Body;
use axum::error_handling::HandleErrorLayer;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{BoxError, Extension, Router};
use tower::timeout::{TimeoutLayer, error::Elapsed};
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::SizeAbove;
use tower_http::cors::CorsLayer;

use super::{ApiError, Server, ServerError, bad, routes};

#[derive(serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Caller {
    x_name: String,
    x_depth: Option<u8>,
}

#[tokio::test]
async fn headers() {
    let caller = async |Headers(caller): Headers<Caller>| format!("{} {:?}", caller.x_name, caller.x_depth);
    // What axum-extra's `TypedHeader` says.
    let typed = async || (StatusCode::BAD_REQUEST, "Header of type `x-secret` was missing");
    let app = Router::new().route("/", get(caller)).route("/typed", get(typed));
    let server = Server::start(app.layer(ErrorLayer::<ApiError>::new())).await;
    assert_eq!(server.call("GET /\nX-Name: Ada\nx-depth: 3", "").await.body(), "Ada Some(3)");
    assert_eq!(server.error("GET /", "").await, bad("header.x-name: field required"));
    assert_eq!(
        server.error("GET /\nx-name: a\nx-depth: secret", "").await,
        bad("header.x-depth: value is not a valid integer")
    );
    assert_eq!(server.error("GET /typed", "").await, ApiError::BadRequest(None));

    #[derive(Debug, thiserror::Error, Taxonomy)]
    #[error("Validation error")]
    #[api(422, stands_for(header))]
    struct Invalid(Vec<FieldError>);

    let app = Router::new().route("/", get(async |_: Headers<Caller>| "never"));
    let server = Server::start(app.layer(ErrorLayer::<Invalid>::new())).await;
    let error = Invalid::from_response(server.call("GET /", "").await).unwrap();
    assert_eq!(error.0, [FieldError::missing(["header", "x-name"])]);
}

/// CORS on either side of the layer: a browser may read the error, and asks before it.
#[tokio::test]
async fn cors() {
    let cors = CorsLayer::permissive().allow_origin(["http://a".parse().unwrap()]);
    for app in [
        routes().layer(cors.clone()).layer(ErrorLayer::<ApiError>::new()),
        routes().layer(ErrorLayer::<ApiError>::new()).layer(cors.clone()),
    ] {
        let server = Server::start(app).await;
        let response = server.call("GET /nowhere\norigin: http://a", "").await;
        assert_eq!(response.headers()["access-control-allow-origin"], "http://a");
        assert_eq!(ApiError::from_response(response).unwrap(), ApiError::NoSuchPage);

        let preflight = "OPTIONS /users\norigin: http://a\naccess-control-request-method: PUT";
        let response = server.call(preflight, "").await;
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["access-control-allow-origin"], "http://a");
    }
}

/// A body that was compressed is replaced, and the new one may be.
#[tokio::test]
async fn compression() {
    let text = async || (StatusCode::NOT_FOUND, "x".repeat(2000));
    let routes = || Router::new().route("/", get(text)).route("/fine", get(async || "y".repeat(2000)));
    let gzip = CompressionLayer::new().compress_when(SizeAbove::new(0));
    let request = "GET /\naccept-encoding: gzip";

    let server = Server::start(routes().layer(gzip.clone()).layer(ErrorLayer::<ApiError>::new())).await;
    assert_eq!(server.error(request, "").await, ApiError::NoSuchPage);
    let response = server.call("GET /fine\naccept-encoding: gzip", "").await;
    assert_eq!(response.headers()["content-encoding"], "gzip");

    let server = Server::start(routes().layer(ErrorLayer::<ApiError>::new()).layer(gzip)).await;
    let response = server.call(request, "").await;
    assert_eq!(response.headers()["content-encoding"], "gzip");
    assert_eq!(response.headers()["content-type"], "application/json");
    assert_eq!(server.error("GET /", "").await, ApiError::NoSuchPage);
}

#[tokio::test]
async fn parts_of_a_router() {
    async fn fails() -> Result<&'static str, ServerError> {
        Err(ApiError::TooSlow)?
    }
    let api = Router::new()
        .route("/fails", get(fails))
        .fallback(async || StatusCode::NOT_FOUND)
        .layer(ErrorLayer::<ApiError>::new());
    let app = Router::new()
        .nest("/api", api)
        .route("/page", get(async || "page"))
        .fallback(async || (StatusCode::NOT_FOUND, "there is no such page"));
    let server = Server::start(app.clone()).await;
    assert_eq!(server.error("GET /api/fails", "").await, ApiError::TooSlow);
    assert_eq!(server.error("GET /api/nowhere", "").await, ApiError::NoSuchPage);
    assert_eq!(server.error("DELETE /api/fails", "").await, ApiError::WrongMethod);
    assert_eq!(server.call("GET /nowhere", "").await.body(), "there is no such page");

    // Around all of it, twice: what the inner layer made stays.
    let server = Server::start(app.layer(ErrorLayer::<ServerError>::new())).await;
    assert_eq!(server.error("GET /api/fails", "").await, ApiError::TooSlow);
    assert_eq!(server.error("GET /nowhere", "").await, ApiError::NoSuchPage);
    let response = server.call("DELETE /page", "").await;
    assert_eq!(response.headers()["allow"], "GET,HEAD");
    assert_eq!(ApiError::from_response(response).unwrap(), ApiError::WrongMethod);
}

/// tower's own middleware fails with errors, which axum has to be told how to answer.
#[tokio::test]
async fn errors_of_tower() {
    async fn answer(error: BoxError) -> Response {
        let status = match error.is::<Elapsed>() {
            true => StatusCode::REQUEST_TIMEOUT,
            false => StatusCode::INTERNAL_SERVER_ERROR,
        };
        (status, format!("secret: {error}")).into_response()
    }
    let app = Router::new()
        .route("/slow", get(std::future::pending::<&'static str>))
        .layer((HandleErrorLayer::new(answer), TimeoutLayer::new(Duration::from_millis(50))))
        .layer(ErrorLayer::<ApiError>::new());
    let server = Server::start(app).await;
    assert_eq!(server.error("GET /slow", "").await, ApiError::TooSlow);
}

/// Where nothing is declared the text of a failure goes, unless axum cannot have written it.
#[tokio::test]
async fn texts_without_an_error() {
    #[derive(Debug, thiserror::Error, Taxonomy)]
    enum Few {
        #[error("Not now")]
        #[api(429)]
        RateLimited {
            #[api(retry_after)]
            retry_after: Option<RetryAfter>,
        },
    }

    let said = async |axum::extract::Path(status): axum::extract::Path<u16>| {
        (StatusCode::from_u16(status).unwrap(), [(header::ALLOW, "PUT")], "the secret is 123")
    };
    let app = Router::new()
        .route("/said/{status}", get(said))
        .route("/axum", post(async |_: axum::Json<u8>| "never"))
        .route("/ours", post(async |_: Json<u8>| "never"));
    let server = Server::start(app.layer(ErrorLayer::<Few>::new())).await;
    for status in [400, 405, 408, 413, 415, 422, 426, 500, 503, 599] {
        let response = server.call(&format!("GET /said/{status}"), "").await;
        assert_eq!((response.status().as_u16(), response.body().len()), (status, 0));
        assert_eq!(response.headers()["allow"], "PUT");
        assert!(!response.headers().contains_key("content-type"));
    }
    for status in [401, 403, 404, 409, 418] {
        let response = server.call(&format!("GET /said/{status}"), "").await;
        assert_eq!((response.status().as_u16(), &response.body()[..]), (status, &b"the secret is 123"[..]));
    }
    let head = "content-type: application/json";
    let response = server.call(&format!("POST /axum\n{head}"), "\"secret\"").await;
    assert_eq!((response.status().as_u16(), response.body().len()), (422, 0));
    // In words of this crate.
    let response = server.call(&format!("POST /ours\n{head}"), "\"secret\"").await;
    assert_eq!(response.status(), 422);
    assert_eq!(response.body(), "body: value is not a valid integer");
}

#[tokio::test]
async fn as_written() {
    let marked = async || (StatusCode::NOT_FOUND, Extension(AsWritten), "our own text");
    let streamed = async || {
        let chunks = ["one ", "two"].map(Ok::<_, std::convert::Infallible>);
        Body::from_stream(futures_util::stream::iter(chunks))
    };
    let app = Router::new()
        .route("/marked", get(marked))
        .route("/bytes", get(async || (StatusCode::NOT_FOUND, b"our own bytes".to_vec())))
        .route("/streamed", get(streamed));
    let server = Server::start(app.clone().layer(ErrorLayer::<ApiError>::new())).await;
    assert_eq!(server.call("GET /marked", "").await.body(), "our own text");
    assert_eq!(server.call("GET /bytes", "").await.body(), "our own bytes");
    let response = server.call("GET /streamed", "").await;
    assert_eq!(response.headers()["transfer-encoding"], "chunked");
    assert!(std::str::from_utf8(response.body()).unwrap().contains("two"));

    let server = Server::start(app.layer(ErrorLayer::<ApiError>::new().rewrite_all())).await;
    assert_eq!(server.call("GET /marked", "").await.body(), "our own text");
    assert_eq!(server.error("GET /bytes", "").await, ApiError::NoSuchPage);
}

/// Code for any taxonomy asks for the public trait.
#[tokio::test]
async fn generic_code() {
    fn around<E: Taxonomy>(routes: Router) -> Router {
        routes.layer(ErrorLayer::<E>::new())
    }
    let server = Server::start(around::<ServerError>(Router::new())).await;
    assert_eq!(server.error("GET /", "").await, ApiError::NoSuchPage);
}

/// `HEAD` and `GET` have the same head.
#[tokio::test]
async fn head_requests() {
    let server = Server::start(super::app()).await;
    for path in ["/nowhere", "/users/9", "/search?page=secret", "/html"] {
        let get = server.call(&format!("GET {path}"), "").await;
        let head = server.call(&format!("HEAD {path}"), "").await;
        assert_eq!(head.status(), get.status());
        assert!(head.body().is_empty());
        for name in ["content-type", "content-length"] {
            assert_eq!(head.headers().get(name), get.headers().get(name), "{path}: {name}");
        }
    }
}
