use aura_errors::Taxonomy;

#[derive(Debug, thiserror::Error, Taxonomy)]
#[api(body = text | { "error": message })]
enum Error {
    #[error("Not found")]
    #[api(404)]
    NotFound,
}

fn main() {}
