use aura_errors::Taxonomy;

#[derive(Debug, thiserror::Error, Taxonomy)]
enum E {
    #[error("bad token {token}")]
    #[api(401)]
    A {
        #[api(sensitive)]
        token: String,
    },
}

fn main() {}
