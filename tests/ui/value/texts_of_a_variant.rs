use aura_errors::Taxonomy;

#[derive(Debug, thiserror::Error, Taxonomy)]
enum E {
    #[error("a")]
    #[api(404, name = a, message = a, detail = a, content_type = json, cause = a, fix = a)]
    #[api(docs_url = docs, since = 1, deprecated = old)]
    A,
}

fn main() {}
