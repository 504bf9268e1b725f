use aura_errors::Taxonomy;

#[derive(Debug, thiserror::Error, Taxonomy)]
#[api(body = none)]
enum E {
    #[error("a")]
    #[api(404)]
    A,
    #[error("b")]
    #[api(404)]
    B,
}

fn main() {}
