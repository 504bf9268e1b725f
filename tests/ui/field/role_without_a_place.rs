use aura_errors::Taxonomy;

#[derive(Debug, thiserror::Error, Taxonomy)]
#[api(body = { "title": title })]
enum E {
    #[error("a")]
    #[api(404)]
    A {
        #[api(message)]
        message: String,
    },
    #[error("b")]
    #[api(410)]
    B {
        #[api(code)]
        code: Option<String>,
    },
    #[error("c")]
    #[api(409)]
    C {
        #[api(detail)]
        detail: String,
    },
}

fn main() {}
