use aura_errors::Taxonomy;

#[derive(Debug, thiserror::Error, Taxonomy)]
#[api(code_header = "X-Error-Code", body = { "error": message })]
enum E {
    #[error("a")]
    #[api(400, code = "größe")]
    A,
    #[error("b")]
    #[api(400, code = "two\nlines")]
    B,
}

fn main() {}
