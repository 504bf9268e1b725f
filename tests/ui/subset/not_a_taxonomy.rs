use aura_errors::subset;

enum Plain {
    NotFound,
}

fn main() {
    let _ = subset!(Plain: NotFound);
}
