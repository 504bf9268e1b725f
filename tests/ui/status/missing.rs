use aura_errors::Taxonomy;

#[derive(Debug, thiserror::Error, Taxonomy)]
enum E {
    #[error("a")]
    A,
    #[error("b")]
    #[api(name = "b")]
    B,
}

fn main() {}
