use aura_errors::{RetryAfter, Taxonomy};

#[derive(Debug, thiserror::Error, Taxonomy)]
#[api(body = { "code": code, "wait"?: field(wait) })]
enum E {
    #[error("a")]
    #[api(429)]
    A {
        #[api(retry_after)]
        wait: Option<RetryAfter>,
    },
    #[error("b")]
    #[api(400, code = any, body = { "code": code, "again": field(again) })]
    B {
        #[api(code)]
        again: Option<String>,
    },
}

fn main() {}
