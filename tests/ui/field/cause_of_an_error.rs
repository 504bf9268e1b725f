use aura_errors::Taxonomy;

#[derive(Debug, thiserror::Error, Taxonomy)]
enum E {
    #[error("a")]
    #[api(404)]
    A(#[from] std::io::Error),
    #[error("b")]
    #[api(409)]
    B {
        #[from]
        cause: std::fmt::Error,
    },
}

fn main() {}
