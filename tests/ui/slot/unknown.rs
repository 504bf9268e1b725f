use aura_errors::Taxonomy;

#[derive(Debug, thiserror::Error, Taxonomy)]
#[api(body = { "type": slot(kind), "code": code, "message": message })]
enum E {
    #[error("a")]
    #[api(404, slot(knid = "a"))]
    A,
    #[error("b")]
    #[api(404, slot(kind = "b", other = "b"))]
    B,
}

fn main() {}
