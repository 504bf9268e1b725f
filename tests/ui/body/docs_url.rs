use aura_errors::Taxonomy;

#[derive(Debug, thiserror::Error, Taxonomy)]
#[api(docs_url = "https://example.com/{nmae}")]
enum E {
    #[error("a")]
    #[api(404)]
    A,
}

fn main() {}
