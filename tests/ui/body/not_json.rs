use aura_errors::Taxonomy;

#[derive(Debug, thiserror::Error, Taxonomy)]
#[api(body = { "error": message, "level": 'e', "version": 1u8 })]
enum E {
    #[error("a")]
    #[api(404)]
    A,
}

fn main() {}
