use aura_errors::Taxonomy;

#[derive(Debug, thiserror::Error, Taxonomy)]
enum E<T> {
    #[error("a")]
    #[api(404)]
    A(T),
}

#[derive(Debug)]
struct Opaque;

fn send<E: Taxonomy>(error: E) {
    drop(error.into_http());
}

fn main() {
    send(E::A(Opaque));
}
