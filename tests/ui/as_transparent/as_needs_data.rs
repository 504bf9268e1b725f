use aura_errors::Taxonomy;

#[derive(Debug, thiserror::Error, Taxonomy)]
enum E {
    #[error("a")]
    #[api(as = Missing)]
    A,
    #[error("b")]
    #[api(404)]
    Missing { id: String },
}

fn main() {}
