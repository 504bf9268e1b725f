use aura_errors::Taxonomy;

#[derive(Debug, thiserror::Error, Taxonomy)]
enum E {
    #[error("a")]
    #[api(404, name = "a")]
    #[api(name = "b")]
    A,
}

fn main() {}
