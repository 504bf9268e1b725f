use aura_errors::Taxonomy;

#[derive(Debug, thiserror::Error, Taxonomy)]
enum E {
    #[error("a")]
    #[api(404)]
    Gone,
    #[error("b")]
    #[api(410, name = "gone", code = "b")]
    B,
}

fn main() {}
