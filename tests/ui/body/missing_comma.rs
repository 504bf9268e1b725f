use aura_errors::Taxonomy;

#[derive(Debug, thiserror::Error, Taxonomy)]
#[api(body = { "error": message "code": code })]
enum E {
    #[error("a")]
    #[api(404)]
    A,
}

fn main() {}
