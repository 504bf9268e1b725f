use aura_errors::Taxonomy;
use http::HeaderValue;

#[derive(Debug, thiserror::Error, Taxonomy)]
enum E {
    #[error("a")]
    #[api("4XX")]
    A {
        #[api(status)]
        status: HeaderValue,
    },
}

fn main() {}
