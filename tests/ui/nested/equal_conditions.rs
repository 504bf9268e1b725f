use aura_errors::Taxonomy;

#[derive(Debug, thiserror::Error, Taxonomy)]
enum Inner {
    #[error("Limited")]
    #[api(403, name = "inner", code = "limited", when(header("X-Limit") = "0"))]
    Limited,
}

#[derive(Debug, thiserror::Error, Taxonomy)]
enum Outer {
    #[error("Limited")]
    #[api(403, code = "limited", when(header("x-limit") = "0"))]
    Limited,
    #[error(transparent)]
    #[api(transparent)]
    Inner(Inner),
}

fn main() {}
