use aura_errors::Taxonomy;

#[derive(Debug, thiserror::Error, Taxonomy)]
#[api(schemars)]
enum Error {
    #[error("No {what}")]
    #[api(404)]
    NotFound { what: String },
}

fn main() {}
