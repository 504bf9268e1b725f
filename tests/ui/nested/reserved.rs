use aura_errors::Taxonomy;

#[derive(Debug, thiserror::Error, Taxonomy)]
enum Inner {
    #[error("a")]
    #[api(404, code = "gone")]
    A,
}

#[derive(Debug, thiserror::Error, Taxonomy)]
#[api(reserved("gone"))]
enum Outer {
    #[error(transparent)]
    #[api(transparent)]
    Inner(#[from] Inner),
    #[error("b")]
    #[api(405)]
    B,
}

fn main() {}
