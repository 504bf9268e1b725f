use aura_errors::Taxonomy;

#[derive(Debug, thiserror::Error, Taxonomy)]
#[api(bodi = problem, rename_all = "snake")]
enum E {
    #[error("a")]
    #[api(204, clas = auth)]
    A,
    #[error("b")]
    #[api(404, code = gone)]
    B {
        #[api(sensitve)]
        id: String,
    },
    #[error("c")]
    #[api(500)]
    C(#[from] std::io::Error),
    #[error("d")]
    #[api(409, message = "no {idd}")]
    D { id: String },
    #[error("e")]
    E,
}

fn main() {}
