use aura_errors::Taxonomy;

#[derive(Debug, thiserror::Error, Taxonomy)]
enum Error {
    #[error("Too fast")]
    #[api(429, code = "ratelimited" | "rate_limited")]
    TooFast,
    #[error("Too often")]
    #[api(429, code = "rate_limited")]
    TooOften,
}

fn main() {}
