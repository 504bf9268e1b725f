use aura_errors::body_format;

body_format! {
    Acme = { "message": message }, crate = Self
}

fn main() {}
