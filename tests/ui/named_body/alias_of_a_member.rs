use aura_errors::{Taxonomy, body_format};

body_format! {
    Acme = { "code": code, "message": message, ..fields }
}

#[derive(Debug, thiserror::Error, Taxonomy)]
#[api(body = Acme)]
enum E {
    #[error("a")]
    #[api(404)]
    A {
        #[serde(alias = "message")]
        text: Option<String>,
    },
}

fn main() {}
