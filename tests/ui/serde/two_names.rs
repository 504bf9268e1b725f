use aura_errors::Taxonomy;

#[derive(Debug, thiserror::Error, Taxonomy)]
enum E {
    #[error("a")]
    #[api(404)]
    A {
        #[serde(rename(serialize = "ID", deserialize = "id"))]
        id: String,
    },
}

fn main() {}
