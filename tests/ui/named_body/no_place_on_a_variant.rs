use aura_errors::Taxonomy;

aura_errors::body_format! {
    Acme = { "code": code, "message": message }
}

#[derive(Debug, thiserror::Error, Taxonomy)]
enum E {
    #[error("a")]
    #[api(404, body = Acme)]
    A { id: String },
}

fn main() {}
