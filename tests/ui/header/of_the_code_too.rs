use aura_errors::Taxonomy;

#[derive(Debug, thiserror::Error, Taxonomy)]
#[api(code_header = "X-Code")]
enum E {
    #[error("a")]
    #[api(404)]
    A {
        #[api(header = "x-code")]
        a: String,
    },
}

fn main() {}
