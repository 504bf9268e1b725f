use aura_errors::Taxonomy;

#[derive(Debug, thiserror::Error, Taxonomy)]
enum E {
    #[error("a")]
    #[api(as = B)]
    A,
    #[error("b")]
    #[api(as = Internal)]
    B,
    #[error("c")]
    #[api(500)]
    Internal,
}

fn main() {}
