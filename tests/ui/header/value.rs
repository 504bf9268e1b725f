use aura_errors::Taxonomy;

#[derive(Debug, thiserror::Error, Taxonomy)]
#[api(header("X-A" = " 1"), content_type = "text/plain\n")]
enum E {
    #[error("a")]
    #[api(404, header("X-A" = "1\n"), when(header("X-B") = "é"), content_type = "json")]
    A,
}

fn main() {}
