use aura_errors::Taxonomy;

#[derive(Debug, thiserror::Error, Taxonomy)]
enum E {
    #[error("a")]
    #[api(404)]
    A(&'static str),
    #[error("b")]
    #[api(409)]
    B { items: Vec<&'static [u8]> },
}

fn main() {}
