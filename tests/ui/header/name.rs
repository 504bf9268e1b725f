use aura_errors::Taxonomy;

#[derive(Debug, thiserror::Error, Taxonomy)]
#[api(header("X A" = "1"), code_header = "X Code", retry_header = "X Retry", reset_header("X Reset" = epoch))]
#[api(body = { "error": message, "code": code, "id": header("X Id") })]
enum E {
    #[error("a")]
    #[api(404, header("" = "1"), when(header("X:A") = "1"))]
    A {
        #[api(header = "Ümlaut")]
        a: String,
    },
}

fn main() {}
