use aura_errors::Taxonomy;

#[derive(Debug, thiserror::Error, Taxonomy)]
enum E {
    #[error("a")]
    #[api(500, fallback)]
    A,
    #[error("b")]
    #[api(500, fallback)]
    B,
}

fn main() {}
