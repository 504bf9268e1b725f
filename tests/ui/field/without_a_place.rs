use aura_errors::Taxonomy;

#[derive(Debug, thiserror::Error, Taxonomy)]
#[api(body = { "code": code, "message": message })]
enum E {
    #[error("a")]
    #[api(404)]
    A { id: String, kind: String },
    #[error("b")]
    #[api(404)]
    B(String),
}

fn main() {}
