//! The page that documents the errors, where their `docs_url`s and types lead.

use std::collections::BTreeMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use ::axum::Router;
use ::axum::extract::{OriginalUri, Path};
use ::axum::response::{IntoResponse, Response};
use ::axum::routing::get;
use bytes::Bytes;
use http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, IF_NONE_MATCH, LOCATION,
    X_CONTENT_TYPE_OPTIONS,
};
use http::{HeaderMap, StatusCode, Uri};

use crate::docs::{self, Page};

/// For how long a page may be shown without asking again.
const CACHE: &str = "public, max-age=300";

/// Routes that serve the HTML page, for
/// [`nest`](::axum::Router::nest): at `/errors` the page, at `/errors/{name}` a redirect (303) to the
/// error of this name or code, so that a `docs_url` and a problem's `type` (RFC 9457, section 3.1.1) lead
/// to their documentation. A name that is not on the page is a 404.
///
/// The page is rendered here, once. It is sent with an entity tag and a policy under which it loads and
/// runs nothing but its own style and script, and may be kept for five minutes.
///
/// ```
/// use aura_errors::{Taxonomy, docs};
/// use axum::Router;
///
/// /// Errors of the shop.
/// #[derive(Debug, thiserror::Error, Taxonomy)]
/// #[api(docs_url = "https://api.shop.example/errors/{name}")]
/// enum ShopError {
///     #[error("There is no such order")]
///     #[api(404)]
///     OrderNotFound,
/// }
///
/// let page = docs::page::<ShopError>()?;
/// let app: Router = Router::new().nest("/errors", aura_errors::axum::reference(&page));
/// # let _ = app;
/// # Ok::<(), docs::PageError>(())
/// ```
pub fn reference<S: Clone + Send + Sync + 'static>(page: &Page) -> Router<S> {
    let served = Arc::new(Served::new(page));
    let whole = Arc::clone(&served);
    Router::new().route("/", get(move |headers: HeaderMap| async move { whole.page(&headers) })).route(
        "/{*name}",
        get(move |Path(name): Path<String>, OriginalUri(full): OriginalUri, uri: Uri| async move {
            served.one(&name, full.path(), uri.path())
        }),
    )
}

struct Served {
    html: Bytes,
    tag: String,
    policy: String,
    fragments: BTreeMap<String, String>,
}

impl Served {
    fn new(page: &Page) -> Self {
        let html = page.html();
        // Not for security: another page has another tag.
        let mut hasher = DefaultHasher::new();
        html.hash(&mut hasher);
        Self {
            tag: format!("\"{:016x}\"", hasher.finish()),
            policy: format!("{}; frame-ancestors 'none'", docs::CONTENT_SECURITY_POLICY),
            fragments: page.fragments(),
            html: html.into(),
        }
    }

    fn page(&self, headers: &HeaderMap) -> Response {
        let validators = [(CACHE_CONTROL, CACHE), (ETAG, &*self.tag)];
        if self.is_known(headers) {
            return (StatusCode::NOT_MODIFIED, validators).into_response();
        }
        let about = [
            (CONTENT_TYPE, "text/html; charset=utf-8"),
            (CONTENT_SECURITY_POLICY, &*self.policy),
            (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        ];
        (validators, about, self.html.clone()).into_response()
    }

    /// RFC 9110, section 13.1.2: the comparison is weak.
    fn is_known(&self, headers: &HeaderMap) -> bool {
        let lists = headers.get_all(IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
        lists
            .flat_map(|list| list.split(','))
            .map(str::trim)
            .any(|tag| tag == "*" || tag.strip_prefix("W/").unwrap_or(tag) == self.tag)
    }

    fn one(&self, name: &str, full: &str, inner: &str) -> Response {
        match self.fragments.get(name) {
            Some(fragment) => {
                let location = format!("{}#{fragment}", way_up(full, inner));
                (StatusCode::SEE_OTHER, [(LOCATION, location)]).into_response()
            }
            None => (StatusCode::NOT_FOUND, "There is no such error.\n").into_response(),
        }
    }
}

/// The way from `/api/errors/name` to `/api/errors`, relative, so that it holds behind a proxy that takes
/// a prefix away.
fn way_up(full: &str, inner: &str) -> String {
    let steps = inner.matches('/').count();
    let mount = full.strip_suffix(inner).and_then(|mount| mount.rsplit('/').next()).unwrap_or_default();
    match (mount, steps) {
        ("", 0 | 1) => "./".to_owned(),
        ("", steps) => "../".repeat(steps - 1),
        (mount, steps) => format!("{}{mount}", "../".repeat(steps)),
    }
}

#[cfg(test)]
mod tests {
    use super::way_up;

    #[test]
    fn the_way_up_ends_where_the_routes_begin() {
        for (full, inner, way) in [
            ("/errors/name", "/name", "../errors"),
            ("/api/v1/errors/a/b", "/a/b", "../../errors"),
            ("/name", "/name", "./"),
            ("/a/b", "/a/b", "../"),
        ] {
            assert_eq!(way_up(full, inner), way, "{full}");
        }
    }
}
