use aura_errors::Taxonomy;

#[derive(Debug, thiserror::Error, Taxonomy)]
#[api(body = { "type": slot(kind), "code": code, "message": message })]
enum E {
    #[error("a")]
    #[api(404, slot(kind = "a", kind = "b"))]
    A,
}

fn main() {}
