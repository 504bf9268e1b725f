use aura_errors::Taxonomy;

#[derive(Debug, thiserror::Error, Taxonomy)]
#[api(content_type = json, docs_url = docs, code_header = X, rename_all = kebab, code_prefix = M_)]
#[api(retry_header = X, bound = T)]
enum E {
    #[error("a")]
    #[api(404)]
    A,
}

fn main() {}
