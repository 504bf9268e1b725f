use aura_errors::Taxonomy;

#[derive(Debug, thiserror::Error, Taxonomy)]
#[api(body = { "code": code, "message": message, ..fields })]
enum E {
    #[error("a")]
    #[api(404)]
    A { message: String },
}

fn main() {}
