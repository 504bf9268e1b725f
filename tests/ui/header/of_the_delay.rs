use aura_errors::Taxonomy;

#[derive(Debug, thiserror::Error, Taxonomy)]
enum E {
    #[error("a")]
    #[api(429)]
    A {
        #[api(header = "Retry-After")]
        a: String,
    },
}

fn main() {}
