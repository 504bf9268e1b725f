//! Writes the page of a lock, HTML or Markdown by the name of the file:
//! `cargo run -p aura-errors-docs --all-features --example page -- LOCK PAGE`

use std::error::Error;

use aura_errors_docs::Lock;
use aura_errors_docs::lock::Update;
use aura_errors_docs::page::{Page, check};

fn main() -> Result<(), Box<dyn Error>> {
    let [lock, page] = std::env::args().skip(1).collect::<Vec<_>>().try_into().map_err(|_| "LOCK PAGE")?;
    let taxonomy = Lock::read(lock)?.taxonomy;
    let contents =
        Page::new(taxonomy).success(200, "Request succeeded.").success(201, "Resource created successfully.");
    check(page, &contents, Update::Compatible)?;
    Ok(())
}
