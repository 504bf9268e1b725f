use aura_errors::Taxonomy;

#[derive(Debug, thiserror::Error, Taxonomy)]
#[api(reset_header("X-Reset" = second))]
enum E {
    #[error("a")]
    #[api(404)]
    A,
}

fn main() {}
