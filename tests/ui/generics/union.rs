use aura_errors::Taxonomy;

#[derive(Taxonomy)]
union Either {
    a: u8,
    b: u8,
}

fn main() {}
