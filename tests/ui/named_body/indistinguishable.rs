use aura_errors::Taxonomy;

aura_errors::body_format! {
    Acme = { "message": message }
}

#[derive(Debug, thiserror::Error, Taxonomy)]
#[api(body = Acme)]
enum E {
    #[error("a")]
    #[api(404)]
    A,
    #[error("b")]
    #[api(404)]
    B,
}

fn main() {}
