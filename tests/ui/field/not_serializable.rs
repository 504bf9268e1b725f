use aura_errors::Taxonomy;

#[derive(Debug)]
struct Opaque;

#[derive(Debug, thiserror::Error, Taxonomy)]
enum E {
    #[error("a")]
    #[api(404)]
    A(Opaque),
}

fn main() {}
