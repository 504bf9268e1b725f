use aura_errors::Taxonomy;

#[derive(Debug, thiserror::Error, Taxonomy)]
enum E {
    #[error("a")]
    #[api(500, fallback = true, allow_success = "yes")]
    A,
    #[error("b")]
    #[api(transparent(E))]
    B(Box<E>),
}

fn main() {}
