use aura_errors::body_format;

body_format! {
    Acme = { "message": message }, content_type = "json"
}

fn main() {}
