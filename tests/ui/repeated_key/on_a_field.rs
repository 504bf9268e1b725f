use aura_errors::{RetryAfter, Taxonomy};
use http::StatusCode;

#[derive(Debug, thiserror::Error, Taxonomy)]
#[api(body = { "error": message, "code": code, "detail": detail, "kind": slot(kind), ..fields })]
enum E {
    #[error("a")]
    #[api(429)]
    A {
        #[api(detail, detail)]
        detail: String,
        #[api(message, message)]
        message: String,
        #[api(code, code)]
        code: Option<String>,
        #[api(status, status)]
        status: StatusCode,
        #[api(retry_after, retry_after)]
        retry_after: Option<RetryAfter>,
        #[api(header = "X-A", header = "X-A")]
        header: String,
        #[api(slot = "kind", slot = "kind")]
        slot: String,
        #[api(expose, expose)]
        expose: String,
        #[api(skip, skip)]
        skip: String,
        #[api(sensitive, sensitive)]
        sensitive: String,
        #[api(example = "a", example = "a")]
        example: String,
    },
}

fn main() {}
