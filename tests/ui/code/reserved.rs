use aura_errors::Taxonomy;

#[derive(Debug, thiserror::Error, Taxonomy)]
#[api(reserved("gone", 1007))]
enum E {
    #[error("a")]
    #[api(410)]
    Gone,
    #[error("b")]
    #[api(404, code = "1007")]
    B,
}

fn main() {}
