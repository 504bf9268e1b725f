use aura_errors::Taxonomy;

#[derive(Debug, thiserror::Error, Taxonomy)]
#[api(crate = 3)]
enum E {
    #[error("a")]
    #[api(404)]
    A,
}

#[derive(Debug, thiserror::Error, Taxonomy)]
#[api(crate = Self)]
enum F {
    #[error("a")]
    #[api(404)]
    A,
}

fn main() {}
