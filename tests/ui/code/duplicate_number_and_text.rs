use aura_errors::Taxonomy;

#[derive(Debug, thiserror::Error, Taxonomy)]
enum E {
    #[error("a")]
    #[api(404, code = 1007)]
    A,
    #[error("b")]
    #[api(404, code = "1007")]
    B,
}

fn main() {}
