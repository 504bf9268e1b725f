use aura_errors::Taxonomy;

#[derive(Debug, thiserror::Error, Taxonomy)]
#[api(body = { "error": message })]
enum E {
    #[error("a")]
    #[api(403, code = none, when(header("X-A") = "1"))]
    A,
    #[error("b")]
    #[api(403, code = none, when(header("x-a") = "1"))]
    B,
}

fn main() {}
