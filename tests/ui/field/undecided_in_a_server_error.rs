use aura_errors::Taxonomy;

#[derive(Debug, thiserror::Error, Taxonomy)]
enum E {
    #[error("a")]
    #[api(500)]
    A { query: String },
    #[error("b")]
    #[api(503)]
    B(String),
    #[error("c")]
    #[api(502)]
    C {
        #[api(sensitive)]
        host: String,
    },
}

fn main() {}
