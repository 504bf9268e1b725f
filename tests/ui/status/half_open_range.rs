use aura_errors::Taxonomy;
use http::StatusCode;

#[derive(Debug, thiserror::Error, Taxonomy)]
enum E {
    #[error("a")]
    #[api(500..600)]
    A {
        #[api(status)]
        status: StatusCode,
    },
}

fn main() {}
