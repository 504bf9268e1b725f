use aura_errors::{RetryAfter, Taxonomy, body_format};

body_format! {
    Waiting = { "code": code, "wait"?: field(wait) }
}

#[derive(Debug, thiserror::Error, Taxonomy)]
#[api(body = Waiting)]
enum E {
    #[error("a")]
    #[api(429)]
    A {
        #[api(retry_after)]
        wait: Option<RetryAfter>,
    },
}

fn main() {}
