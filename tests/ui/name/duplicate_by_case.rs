use aura_errors::Taxonomy;

#[derive(Debug, thiserror::Error, Taxonomy)]
enum E {
    #[error("a")]
    #[api(404)]
    HTTPError,
    #[error("b")]
    #[api(410)]
    HttpError,
}

fn main() {}
