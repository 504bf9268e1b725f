use aura_errors::{Taxonomy, body_format};

body_format! {
    Acme = { "message": mesage }
}

#[derive(Debug, thiserror::Error, Taxonomy)]
#[api(body = Acme)]
enum E {
    #[error("a")]
    #[api(404)]
    A { id: String },
}

fn main() {
    let _ = E::A { id: String::new() }.to_response();
}
