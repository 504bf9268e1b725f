use aura_errors::Taxonomy;

#[derive(Debug, thiserror::Error, Taxonomy)]
enum E {
    #[error("a")]
    #[api("4XX")]
    A {
        #[api(status)]
        status: String,
    },
}

fn main() {}
