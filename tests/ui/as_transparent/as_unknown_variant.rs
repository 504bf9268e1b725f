use aura_errors::Taxonomy;

#[derive(Debug, thiserror::Error, Taxonomy)]
enum E {
    #[error("a")]
    #[api(as = Intrenal)]
    A,
    #[error("b")]
    #[api(500)]
    Internal,
}

fn main() {}
