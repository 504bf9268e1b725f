use aura_errors::Taxonomy;

aura_errors::body_format! {
    Acme = { "code": code, "message": message }
}

#[derive(Debug, thiserror::Error, Taxonomy)]
#[api(body = Acme | text)]
enum E {
    #[error("a")]
    #[api(404)]
    A {
        #[api(detail)]
        more: String,
    },
}

fn main() {}
