use aura_errors::Taxonomy;

#[derive(Debug, thiserror::Error, Taxonomy)]
enum E {
    #[error("a")]
    #[api(404)]
    A {
        #[api(header)]
        a: String,
        #[api(slot)]
        b: String,
        #[api(example)]
        c: String,
    },
}

fn main() {}
