use aura_errors::Taxonomy;

#[derive(Debug, thiserror::Error, Taxonomy)]
#[api(body = { "error": message, "id": field(idd) })]
enum E {
    #[error("a")]
    #[api(404)]
    A { id: String },
}

fn main() {}
