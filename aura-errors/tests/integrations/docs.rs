//! `aura_errors::docs`: the page of a taxonomy, committed and served.

use std::net::SocketAddr;

use aura_errors::testing::{check_page, update_page};
use aura_errors::{Taxonomy, docs};
use aura_errors_docs::lock::Update;
use axum::Router;
use tokio::net::TcpListener;

use crate::loopback::call;

/// Errors of the shop.
#[derive(Debug, thiserror::Error, Taxonomy)]
#[api(body = problem(type), docs_url = "https://shop.example/errors/{name}")]
enum ShopError {
    /// The order does not exist.
    #[error("There is no such order")]
    #[api(404, code = "orders/not-found")]
    OrderNotFound,
    #[error("Too many requests")]
    #[api(429, code = 1007)]
    RateLimited,
}

async fn serve(app: Router) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    // It ends with the runtime of the test.
    tokio::spawn(async move { axum::serve(listener, app).await });
    address
}

fn routes() -> Router {
    aura_errors::axum::reference(&docs::page::<ShopError>().unwrap().success(200, "The order."))
}

#[tokio::test]
async fn the_page_is_served_with_what_browsers_and_caches_need() {
    let server = serve(Router::new().nest("/errors", routes())).await;
    let response = call(server, "GET /errors", "").await;
    assert_eq!(response.status(), 200);
    let header = |name: &str| response.headers()[name].to_str().unwrap();
    assert_eq!(header("content-type"), "text/html; charset=utf-8");
    assert_eq!(header("x-content-type-options"), "nosniff");
    assert_eq!(header("cache-control"), "public, max-age=300");
    let policy = header("content-security-policy");
    assert_eq!(policy, format!("{}; frame-ancestors 'none'", docs::CONTENT_SECURITY_POLICY));
    assert!(policy.starts_with("default-src 'none'; script-src 'sha256-"), "{policy}");
    let page = docs::page::<ShopError>().unwrap().success(200, "The order.").html();
    assert_eq!(std::str::from_utf8(response.body()).unwrap(), page);
    let tag = header("etag");
    for known in [tag, &format!("W/{tag}"), &format!("\"other\", {tag}"), "*"] {
        let again = call(server, &format!("GET /errors\nif-none-match: {known}"), "").await;
        assert_eq!(again.status(), 304, "{known}");
        assert_eq!(again.headers()["etag"], tag);
        assert!(again.body().is_empty());
    }
    let other = call(server, "GET /errors\nif-none-match: \"other\"", "").await;
    assert_eq!(other.status(), 200);
    assert!(call(server, "HEAD /errors", "").await.body().is_empty());
}

#[tokio::test]
async fn an_error_is_found_by_its_name_and_its_code() {
    let server = serve(Router::new().nest("/api/errors", routes())).await;
    for (path, location) in [
        ("order_not_found", "../errors#order_not_found"),
        ("orders/not-found", "../../errors#order_not_found"),
        ("orders%2Fnot-found", "../errors#order_not_found"),
        ("1007", "../errors#rate_limited"),
    ] {
        let response = call(server, &format!("GET /api/errors/{path}"), "").await;
        assert_eq!(response.status(), 303, "{path}");
        assert_eq!(response.headers()["location"], location, "{path}");
        // The redirect arrives at the page, and the page has the element.
        let arrived = call(server, "GET /api/errors", "").await;
        let (_, id) = location.split_once('#').unwrap();
        let page = std::str::from_utf8(arrived.body()).unwrap();
        assert!(page.contains(&format!("id=\"{id}\"")), "{id}");
    }
    for path in ["no_such", "order_not_found/more", "%ff", "%3Cscript%3E"] {
        let response = call(server, &format!("GET /api/errors/{path}"), "").await;
        assert!(response.status().is_client_error(), "{path}: {}", response.status());
        assert!(!String::from_utf8_lossy(response.body()).contains("script"), "{path}");
    }
}

#[tokio::test]
async fn the_routes_may_be_those_of_the_whole_server() {
    let server = serve(routes()).await;
    assert_eq!(call(server, "GET /", "").await.status(), 200);
    let response = call(server, "GET /rate_limited", "").await;
    assert_eq!(response.headers()["location"], "./#rate_limited");
}

#[test]
fn a_committed_page_is_held_steady() {
    let folder = std::env::temp_dir().join(format!("aura-errors-page-{}", std::process::id()));
    for name in ["errors.md", "errors.html"] {
        let path = folder.join(name);
        let check = |update| update_page::<ShopError>(&path, |page| page, update);
        assert!(check(Update::No).unwrap_err().to_string().contains("AURA_ERRORS_UPDATE=1"));
        assert!(check(Update::Compatible).unwrap());
        assert!(!check(Update::No).unwrap());
        let stale = update_page::<ShopError>(&path, |page| page.title("Others"), Update::No).unwrap_err();
        assert!(stale.to_string().contains("Others"), "{stale}");
    }
    std::fs::remove_dir_all(folder).unwrap();
}

/// The path is that of this crate: its manifest is there, and no page.
#[test]
fn a_path_is_seen_from_the_folder_of_the_crate() {
    let error = check_page::<ShopError>("Cargo.toml", |page| page).unwrap_err();
    assert!(error.to_string().contains("aura-errors/Cargo.toml"), "{error}");
}
