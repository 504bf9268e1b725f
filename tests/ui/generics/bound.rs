use aura_errors::Taxonomy;

#[derive(Debug, thiserror::Error, Taxonomy)]
#[api(bound = "T Clone")]
enum E<T> {
    #[error("a")]
    #[api(404)]
    A(T),
}

fn main() {}
