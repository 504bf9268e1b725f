use aura_errors::Taxonomy;

#[derive(Debug, thiserror::Error, Taxonomy)]
enum E {
    #[error("a")]
    #[api(404, message = "failed: {source}")]
    A { source: Option<std::io::Error> },
}

fn main() {}
