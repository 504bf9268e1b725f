use aura_errors::Taxonomy;

#[derive(Debug, thiserror::Error, Taxonomy)]
#[api(allow_success = true, schemars(all))]
enum E {
    #[error("a")]
    #[api(404)]
    A,
}

fn main() {}
