use aura_errors::Taxonomy;

#[derive(Debug, thiserror::Error, Taxonomy)]
enum E {
    #[error("a")]
    #[api(404)]
    A(#[api(skip)] dyn std::fmt::Debug + Send + Sync),
}

fn main() {}
