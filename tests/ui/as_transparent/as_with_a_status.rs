use aura_errors::Taxonomy;

#[derive(Debug, thiserror::Error, Taxonomy)]
enum Nested {
    #[error("internal")]
    #[api(500)]
    Internal,
}

#[derive(Debug, thiserror::Error, Taxonomy)]
enum Outer {
    #[error(transparent)]
    #[api(transparent)]
    Nested(#[from] Nested),
    #[error("a")]
    #[api(502, as = Nested::Internal, class = auth)]
    A,
}

fn main() {}
