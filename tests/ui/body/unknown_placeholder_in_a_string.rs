use aura_errors::Taxonomy;

#[derive(Debug, thiserror::Error, Taxonomy)]
#[api(body = { "error": message, "id": "{stauts}-{code}", "code": code })]
enum E {
    #[error("a")]
    #[api(404)]
    A,
}

fn main() {}
