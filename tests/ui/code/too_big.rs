use aura_errors::Taxonomy;

#[derive(Debug, thiserror::Error, Taxonomy)]
enum E {
    #[error("a")]
    #[api(404, code = 9223372036854775808)]
    A,
}

fn main() {}
