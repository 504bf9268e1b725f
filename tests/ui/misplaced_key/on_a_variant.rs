use aura_errors::Taxonomy;

#[derive(Debug, thiserror::Error, Taxonomy)]
enum E {
    #[error("a")]
    #[api(404)]
    #[api(code_header = "X-Code")]
    #[api(rename_all = "kebab-case")]
    #[api(code_prefix = "M_")]
    #[api(fields(rename_all = "camelCase"))]
    #[api(reserved("old"))]
    #[api(retry_header = "X-Should-Retry")]
    #[api(reset_header("X-Reset" = epoch))]
    #[api(crate = aura_errors)]
    #[api(bound = "")]
    #[api(schemars)]
    #[api(axum)]
    #[api(actix)]
    #[api(utoipa)]
    #[api(status)]
    #[api(retry_after)]
    #[api(expose)]
    #[api(skip)]
    #[api(sensitive)]
    A,
}

fn main() {}
