use aura_errors::Taxonomy;

#[derive(Debug, thiserror::Error, Taxonomy)]
enum E {
    #[error("a")]
    #[api(404)]
    A {
        id: String,
        #[api(detail)]
        detail: String,
    },
}

fn main() {}
