use aura_errors::Taxonomy;

#[derive(Debug, thiserror::Error, Taxonomy)]
enum E {
    #[error("a")]
    #[api(404, header("X-A" = "1"))]
    A {
        #[api(header = "x-a")]
        a: String,
    },
}

fn main() {}
