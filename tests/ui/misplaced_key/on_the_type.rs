use aura_errors::Taxonomy;

#[derive(Debug, thiserror::Error, Taxonomy)]
#[api(name = "a")]
#[api(code = "a")]
#[api(class = auth)]
#[api(retry = never)]
#[api(message = "a")]
#[api(detail = "a")]
#[api(slot(kind = "a"))]
#[api(when(header("X-A") = "1"))]
#[api(cause = "a")]
#[api(fix = "a")]
#[api(since = "1")]
#[api(deprecated)]
#[api(level = warn)]
#[api(example = E::A)]
#[api(transparent)]
#[api(as = A)]
#[api(stands_for(route))]
#[api(fallback)]
#[api(status)]
#[api(retry_after)]
#[api(expose)]
#[api(skip)]
#[api(sensitive)]
enum E {
    #[error("a")]
    #[api(404)]
    A,
}

fn main() {}
