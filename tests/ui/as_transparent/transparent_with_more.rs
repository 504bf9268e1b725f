use aura_errors::Taxonomy;

#[derive(Debug, thiserror::Error, Taxonomy)]
enum Nested {
    #[error("internal")]
    #[api(500)]
    Internal,
}

#[derive(Debug, thiserror::Error, Taxonomy)]
enum Outer {
    #[error("a {1}")]
    #[api(transparent)]
    Nested(#[source] Nested, String),
}

fn main() {}
