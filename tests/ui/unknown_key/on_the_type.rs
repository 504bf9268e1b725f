use aura_errors::Taxonomy;

#[derive(Debug, thiserror::Error, Taxonomy)]
#[api(rename = "kebab-case")]
enum E {
    #[error("a")]
    #[api(404)]
    A,
}

fn main() {}
