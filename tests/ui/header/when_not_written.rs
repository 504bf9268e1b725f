use aura_errors::Taxonomy;

#[derive(Debug, thiserror::Error, Taxonomy)]
enum E {
    #[error("a")]
    #[api(403, when(header("X-A")))]
    A,
    #[error("b")]
    #[api(429, when(header("Retry-After")))]
    B {
        #[api(retry_after)]
        wait: Option<aura_errors::RetryAfter>,
    },
}

fn main() {}
