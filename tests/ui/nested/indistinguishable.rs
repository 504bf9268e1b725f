use aura_errors::Taxonomy;

#[derive(Debug, thiserror::Error, Taxonomy)]
enum Inner {
    #[error("a")]
    #[api(404, code = none)]
    A,
}

#[derive(Debug, thiserror::Error, Taxonomy)]
enum Outer {
    #[error(transparent)]
    #[api(transparent)]
    Inner(#[from] Inner),
    #[error("b")]
    #[api(404, code = none)]
    B,
}

fn main() {}
