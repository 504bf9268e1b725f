use aura_errors::{Taxonomy, subset};

#[derive(Debug, thiserror::Error, Taxonomy)]
enum ApiError {
    #[error("Something went wrong on our side")]
    #[api(500, fallback)]
    Internal,
    #[error("the disk failed")]
    #[api(as = Internal)]
    Disk(std::io::Error),
}

fn main() {
    let _ = subset!(ApiError: Internal, Disk);
}
