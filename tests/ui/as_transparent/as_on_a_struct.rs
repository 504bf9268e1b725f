use aura_errors::Taxonomy;

#[derive(Debug, thiserror::Error, Taxonomy)]
#[error("a")]
#[api(as = Internal)]
struct Gone;

fn main() {}
