use aura_errors::{Subset, Taxonomy, subset};

#[derive(Debug, thiserror::Error, Taxonomy)]
enum ApiError {
    #[error("Something went wrong on our side")]
    #[api(500, fallback)]
    Internal,
    #[error("the disk failed")]
    #[api(as = Internal)]
    Disk(std::io::Error),
}

const ERRORS: Subset = subset!(ApiError: Internal, Disk);

fn main() {}
