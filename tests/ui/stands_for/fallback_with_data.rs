use aura_errors::Taxonomy;

#[derive(Debug, thiserror::Error, Taxonomy)]
enum E {
    #[error("a")]
    #[api(500, fallback)]
    A(#[api(expose)] String),
}

fn main() {}
