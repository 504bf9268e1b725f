use aura_errors::Taxonomy;

#[derive(Debug, thiserror::Error, Taxonomy)]
#[api(body, content_type, header, docs_url, code_header, rename_all, code_prefix, fields, reserved)]
#[api(retry_header, reset_header, crate, bound)]
enum E {
    #[error("a")]
    #[api(404)]
    A,
}

fn main() {}
