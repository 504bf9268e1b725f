use aura_errors::Taxonomy;

#[derive(Debug, thiserror::Error, Taxonomy)]
enum E {
    #[error("a")]
    #[api(404, body = { "error": message, "code": code, "cause": field(source) })]
    A { source: Option<std::io::Error> },
}

fn main() {}
