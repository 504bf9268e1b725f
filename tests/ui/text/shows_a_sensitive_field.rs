use aura_errors::Taxonomy;

#[derive(Debug, thiserror::Error, Taxonomy)]
enum E {
    #[error("a")]
    #[api(401, message = "bad token {token}")]
    A {
        #[api(sensitive)]
        token: String,
    },
}

fn main() {}
