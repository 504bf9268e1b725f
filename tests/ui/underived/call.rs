use aura_errors::Taxonomy;

#[derive(Debug, thiserror::Error)]
#[error("a")]
struct Plain;

fn send<E: Taxonomy>(error: E) {
    drop(error.into_http());
}

fn main() {
    send(Plain);
}
