use aura_errors::body_format;

body_format! {
    Acme = { "message": mesage, ..detail }
}

fn main() {}
