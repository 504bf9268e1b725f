use aura_errors::Taxonomy;

#[derive(Debug, thiserror::Error, Taxonomy)]
enum E {
    #[error("a")]
    #[api(404, message = "no {idd}")]
    A { id: String },
}

fn main() {}
