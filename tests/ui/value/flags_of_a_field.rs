use aura_errors::{RetryAfter, Taxonomy};
use http::StatusCode;

#[derive(Debug, thiserror::Error, Taxonomy)]
enum E {
    #[error("a")]
    #[api(429)]
    A {
        #[api(detail = true)]
        detail: String,
        #[api(message = true)]
        message: String,
        #[api(code = true)]
        code: Option<String>,
        #[api(status = true)]
        status: StatusCode,
        #[api(retry_after = true)]
        retry_after: Option<RetryAfter>,
        #[api(expose = true)]
        expose: String,
        #[api(skip = true)]
        skip: String,
        #[api(sensitive = true)]
        sensitive: String,
    },
}

fn main() {}
