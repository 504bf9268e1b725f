use aura_errors::Taxonomy;

#[derive(Debug, thiserror::Error, Taxonomy)]
enum E {
    #[error("a")]
    #[api(404)]
    A {
        #[serde(with = "one", serialize_with = "other")]
        id: String,
    },
}

fn main() {}
