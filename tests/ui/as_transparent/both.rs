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
    #[api(transparent, as = Nested::Internal)]
    Nested(#[from] Nested),
}

fn main() {}
