use aura_errors::Taxonomy;

#[derive(Debug, thiserror::Error, Taxonomy)]
enum Inner {
    #[error("a")]
    #[api(404, code = "gone")]
    A,
}

#[derive(Debug, thiserror::Error, Taxonomy)]
enum Outer<N: Taxonomy> {
    #[error("nested: {0}")]
    #[api(transparent)]
    Nested(#[source] N),

    #[error("b")]
    #[api(404, code = "gone")]
    B,
}

fn main() {
    let _ = Outer::<Inner>::catalog();
}
