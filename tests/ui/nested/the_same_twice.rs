use aura_errors::Taxonomy;

#[derive(Debug, thiserror::Error, Taxonomy)]
enum Inner {
    #[error("a")]
    #[api(404)]
    A,
}

#[derive(Debug, thiserror::Error, Taxonomy)]
enum Outer {
    #[error("one: {0}")]
    #[api(transparent)]
    One(#[source] Inner),
    #[error("two: {0}")]
    #[api(transparent)]
    Two(#[source] Inner),
}

fn main() {}
