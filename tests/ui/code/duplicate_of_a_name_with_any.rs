use aura_errors::Taxonomy;

#[derive(Debug, thiserror::Error, Taxonomy)]
enum E {
    #[error("a")]
    #[api(404, code = "gone")]
    A,
    #[error("b")]
    #[api(404, code = any)]
    Gone,
}

fn main() {}
