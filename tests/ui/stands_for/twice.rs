use aura_errors::Taxonomy;

#[derive(Debug, thiserror::Error, Taxonomy)]
enum E {
    #[error("a")]
    #[api(404, stands_for(route, path))]
    A,
    #[error("b")]
    #[api(405, stands_for(method, path))]
    B,
}

fn main() {}
