use aura_errors::Taxonomy;

#[derive(Debug, thiserror::Error, Taxonomy)]
enum Inner {
    #[error("a")]
    #[api(404, code = "gone")]
    A,
}

#[derive(Debug, thiserror::Error, Taxonomy)]
enum Outer {
    #[error(transparent)]
    #[api(transparent)]
    Inner(#[from] Inner),
    #[error("b")]
    #[api(404, code = "gone")]
    B,
}

fn main() {}
