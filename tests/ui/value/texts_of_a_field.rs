use aura_errors::Taxonomy;

#[derive(Debug, thiserror::Error, Taxonomy)]
enum E {
    #[error("a")]
    #[api(404)]
    A {
        #[api(header = X)]
        a: String,
        #[api(slot = kind)]
        b: String,
    },
}

fn main() {}
