use aura_errors::Taxonomy;

#[derive(Debug, thiserror::Error, Taxonomy)]
enum E {
    #[error("a")]
    #[api(302)]
    A,
    #[error("b")]
    #[api("3XX")]
    B,
}

fn main() {}
