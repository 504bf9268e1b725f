use aura_errors::Taxonomy;

#[derive(Debug, thiserror::Error, Taxonomy)]
enum E {
    #[error("a")]
    #[api(403, code = "x", when(header("X-A") = "1"))]
    A,
    #[error("b")]
    #[api(403, code = "x", when(header("x-a") = "1"))]
    B,
}

fn main() {}
