use aura_errors::Taxonomy;

#[derive(Debug, thiserror::Error, Taxonomy)]
#[api(header("Content-Type" = "text/plain"))]
enum E {
    #[error("a")]
    #[api(404)]
    A,
}

fn main() {}
