use aura_errors::Taxonomy;

#[derive(Debug, thiserror::Error, Taxonomy)]
enum Failed<T> {
    #[error("a")]
    #[api(200)]
    A(T),
}

fn main() {
    let _ = Failed::A(1).to_response();
    let _ = Failed::<u8>::examples();
}
