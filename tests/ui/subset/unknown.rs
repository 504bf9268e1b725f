use aura_errors::{Taxonomy, subset};

#[derive(Debug, thiserror::Error, Taxonomy)]
enum ApiError {
    #[error("Not found")]
    #[api(404)]
    NotFound,
}

fn main() {
    let _ = subset!(ApiError: NotFound, NotFond);
}
