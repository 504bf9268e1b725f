use aura_errors::body_format;

body_format! {
    Acme
}

fn main() {}
