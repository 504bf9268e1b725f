use aura_errors::Taxonomy;

#[derive(Debug, thiserror::Error, Taxonomy)]
#[api(fields(rename_all = "camel"))]
enum E {
    #[error("a")]
    #[api(404)]
    A { a: String },
}

fn main() {}
