use aura_errors::Taxonomy;

aura_errors::body_format! {
    Acme = { "type": slot(kind), "code": code, "message": message }
}

#[derive(Debug, thiserror::Error, Taxonomy)]
#[api(body = aura | Acme)]
enum E {
    #[error("a")]
    #[api(404)]
    A,
}

fn main() {}
