use aura_errors::{RetryAfter, Taxonomy};

#[derive(Debug, thiserror::Error, Taxonomy)]
enum E {
    #[error("a")]
    #[api(404)]
    A {
        #[api(retry_after)]
        wait: Option<RetryAfter>,
    },
}

fn main() {}
