use aura_errors::{Classify, Taxonomy};

#[derive(Debug, thiserror::Error, Taxonomy)]
enum Failed {
    #[error("a")]
    #[api(200)]
    A,
}

#[derive(Debug, thiserror::Error, Taxonomy)]
enum Outer {
    #[error(transparent)]
    #[api(transparent)]
    Failed(#[from] Failed),

    #[error("b")]
    #[api(as = Failed::A)]
    B,

    #[error("c")]
    #[api(404)]
    C,
}

fn is_taxonomy<E: Taxonomy + Classify>() {}

fn main() {
    is_taxonomy::<Failed>();
    let _ = Failed::A.to_response();
    let _ = Failed::A.is_retryable();
    let _ = Failed::from_response(http::Response::new(bytes::Bytes::new()));
    let _ = Failed::catalog().errors().len();
    let _ = Outer::from(Failed::A).into_http();
}
