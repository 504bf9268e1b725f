use aura_errors::Taxonomy;

#[derive(Debug, thiserror::Error, Taxonomy)]
enum E {
    #[error("a")]
    #[api(404, body = { "error": message, "code": code, "id": field(idd) })]
    A { id: String },
}

fn main() {}
