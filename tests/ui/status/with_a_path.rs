use aura_errors::Taxonomy;

#[derive(Debug, thiserror::Error, Taxonomy)]
enum E {
    #[error("a")]
    #[api(http::StatusCode::NOT_FOUND)]
    A,
}

fn main() {}
