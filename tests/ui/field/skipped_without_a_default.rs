use std::time::Instant;

use aura_errors::Taxonomy;

#[derive(Debug, thiserror::Error, Taxonomy)]
enum E {
    #[error("a")]
    #[api(404)]
    A {
        #[api(skip)]
        at: Instant,
    },
}

fn main() {}
