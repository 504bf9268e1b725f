//! The pages that people read, from the locks of the two seed taxonomies and from a hostile one.

mod check;
mod html;
mod markdown;
mod seeds;

use aura_errors_docs::Lock;
use aura_errors_docs::model::Taxonomy;
use aura_errors_docs::page::Page;

/// The taxonomy in a lock of this package's `tests` folder or of the workspace's.
fn taxonomy(path: &str) -> Taxonomy {
    Lock::read(format!("{}/{path}", env!("CARGO_MANIFEST_DIR"))).unwrap().taxonomy
}

fn aura() -> Page {
    Page::new(taxonomy("../tests/locks/aura.lock.json"))
        .success(200, "Request succeeded.")
        .success(201, "Resource created successfully.")
}

fn aurora() -> Page {
    Page::new(taxonomy("../tests/locks/aurora.lock.json"))
        .success(200, "The request was successfully processed.")
}

fn hostile() -> Page {
    Page::new(taxonomy("tests/fixtures/hostile.lock.json"))
}
