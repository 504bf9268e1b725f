use aura_errors::Taxonomy;

#[derive(Debug, thiserror::Error, Taxonomy)]
enum E {
    #[error("a")]
    #[api(404, detail = "for {user}")]
    A {
        #[api(skip)]
        user: String,
    },
}

fn main() {}
