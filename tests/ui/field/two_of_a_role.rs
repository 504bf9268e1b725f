use aura_errors::Taxonomy;

#[derive(Debug, thiserror::Error, Taxonomy)]
enum E {
    #[error("a")]
    #[api(404)]
    A {
        #[api(message)]
        a: String,
        #[api(message)]
        b: String,
    },
}

fn main() {}
