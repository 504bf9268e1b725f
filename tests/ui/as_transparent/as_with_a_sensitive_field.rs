use aura_errors::Taxonomy;

#[derive(Debug, thiserror::Error, Taxonomy)]
enum ApiError {
    #[error("Something went wrong on our side")]
    #[api(500, fallback)]
    Internal,
    #[error("the vault refused {0}")]
    #[api(as = Internal)]
    Vault(#[api(sensitive)] String),
}

fn main() {}
