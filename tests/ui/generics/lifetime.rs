use aura_errors::Taxonomy;

#[derive(Debug, thiserror::Error, Taxonomy)]
enum E<'a> {
    #[error("a")]
    #[api(404)]
    A(&'a str),
}

fn main() {}
