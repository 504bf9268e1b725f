use aura_errors::body_format;

body_format! {
    pub = { "message": message }
}

fn main() {}
