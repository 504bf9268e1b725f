use aura_errors::Taxonomy;

#[derive(Debug, thiserror::Error, Taxonomy)]
#[error("a")]
#[api(404, fallbak)]
struct Gone;

fn main() {}
