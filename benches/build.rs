//! Writes taxonomies of 10, 100 and 1,000 errors.

use std::{env, fs, path::Path};

use self::taxonomies::{Field, definition, errors};

#[allow(dead_code, reason = "what is pub there is for `compile_time` too")]
mod taxonomies;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=taxonomies");
    let source: String = [10, 100, 1_000].into_iter().map(taxonomy).collect();
    let folder = env::var("OUT_DIR").expect("cargo sets OUT_DIR");
    fs::write(Path::new(&folder).join("growth.rs"), source).expect("OUT_DIR can be written");
}

/// Each with two numbers in its fields, so that one value can be made of any size.
fn taxonomy(size: usize) -> String {
    let errors = errors(size, |_| [Field::new("balance", "u32"), Field::new("price", "u32")]);
    definition(&format!("Of{size}"), "Debug, thiserror::Error, Taxonomy", &errors, true)
}
