use aura_errors::Taxonomy;

#[derive(Debug, thiserror::Error, Taxonomy)]
#[api(fields(camelCase), reserved(gone), reset_header("X-Reset"))]
enum E {
    #[error("a")]
    #[api(404, class(auth, auth, login), stands_for = route, slot(kind), when("X-A" = "1"))]
    #[api(header("X-A"))]
    A,
    #[error("b")]
    #[api(405, class = "auth", deprecated(since = "1"), slot(kind = "a" | "a"), header("X-A" = "1", "x-a" = "2"))]
    B {
        #[api(header("X-A" = "1"))]
        a: String,
        #[api(slot(kind = "a"))]
        b: String,
    },
    #[error("c")]
    #[api(406, header = "X-A")]
    C,
}

fn main() {}
