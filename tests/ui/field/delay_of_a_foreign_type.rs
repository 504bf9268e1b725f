use aura_errors::Taxonomy;
use http::HeaderValue;

#[derive(Debug, thiserror::Error, Taxonomy)]
enum E {
    #[error("a")]
    #[api(429)]
    A {
        #[api(retry_after)]
        wait: HeaderValue,
    },
}

fn main() {}
