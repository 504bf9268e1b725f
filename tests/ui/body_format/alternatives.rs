use aura_errors::body_format;

body_format! {
    Acme = { "message": message } | aura
}

fn main() {}
