use aura_errors::Taxonomy;

#[derive(Debug, thiserror::Error, Taxonomy)]
enum E {
    #[error("a")]
    #[api(404)]
    A(#[serde(flatten)] std::collections::BTreeMap<String, String>),
}

fn main() {}
