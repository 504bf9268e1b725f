use aura_errors::Taxonomy;

#[derive(Debug, thiserror::Error, Taxonomy)]
enum E {
    #[error("a")]
    #[api(404, name, code, class, retry, message, detail, body, header, content_type, slot, when, cause, fix)]
    #[api(docs_url, since, level, example, stands_for)]
    A,
    #[error("b")]
    #[api(as)]
    B,
}

fn main() {}
