use aura_errors::Taxonomy;

#[derive(Debug, thiserror::Error, Taxonomy)]
#[error("a")]
#[api(404, fallbak)]
struct Gone(String);

#[derive(Debug, thiserror::Error, Taxonomy)]
enum Outer {
    #[error(transparent)]
    #[api(transparent)]
    Gone(#[from] Gone),
}

fn main() {
    let _ = Outer::from(Gone(String::new())).to_response();
}
