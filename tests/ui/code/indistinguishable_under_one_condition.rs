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
    #[error("less")]
    #[api(409, code = none, body = { "error": message }, when(header("X-A") = "1"))]
    Less,
    #[error("more, but later")]
    #[api(409, code = none, body = { "error": message, "title": title }, when(header("X-A") = "1"))]
    More,
}

fn main() {}
