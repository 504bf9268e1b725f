use aura_errors::Taxonomy;

struct Acme;

#[derive(Debug, thiserror::Error, Taxonomy)]
#[api(body = Acme)]
enum E {
    #[error("a")]
    #[api(404)]
    A,
}

fn main() {}
