use aura_errors::Taxonomy;

#[derive(Debug, thiserror::Error, Taxonomy)]
#[api(body = { "code": code, ..fields })]
enum E {
    #[error("a")]
    #[api(404)]
    A {
        id: String,
        #[serde(rename = "id")]
        other: String,
    },
}

fn main() {}
