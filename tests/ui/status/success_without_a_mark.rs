use aura_errors::Taxonomy;

#[derive(Debug, thiserror::Error, Taxonomy)]
#[api(body = { "error": message }, allow_success)]
enum E {
    #[error("a")]
    #[api(200)]
    A,
}

fn main() {}
