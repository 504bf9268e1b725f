use aura_errors::Taxonomy;

#[derive(Debug, thiserror::Error, Taxonomy)]
enum E {
    #[error("a")]
    #[api(404)]
    A {
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
        #[api(name = "a")]
        #[api(class = auth)]
        #[api(retry = never)]
        #[api(when(header("X-A") = "1"))]
        #[api(cause = "a")]
        #[api(fix = "a")]
        #[api(since = "1")]
        #[api(deprecated)]
        #[api(level = warn)]
        #[api(transparent)]
        #[api(as = A)]
        #[api(stands_for(route))]
        #[api(fallback)]
        #[api(body = aura)]
        #[api(content_type = "a/b")]
        #[api(docs_url = "https://example.com")]
        #[api(allow_success)]
        a: String,
    },
}

fn main() {}
