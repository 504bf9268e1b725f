use aura_errors::body_format;

body_format! {
    Acme = { "message": message }, contenttype = "application/json"
}

fn main() {}
