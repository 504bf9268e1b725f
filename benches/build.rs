//! Writes taxonomies of 10, 100 and 1,000 errors.

use std::fmt::Write as _;
use std::{env, fs, path::Path};

const STATUSES: [u16; 8] = [400, 403, 404, 409, 410, 413, 422, 429];

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let source: String = [10, 100, 1_000].into_iter().map(taxonomy).collect();
    let folder = env::var("OUT_DIR").expect("cargo sets OUT_DIR");
    fs::write(Path::new(&folder).join("growth.rs"), source).expect("OUT_DIR can be written");
}

/// Of twenty errors 12 hold nothing, 5 two numbers, 2 a list, and 1 a delay.
fn taxonomy(size: usize) -> String {
    let mut variants = String::new();
    for number in 0..size {
        let status = STATUSES[number % STATUSES.len()];
        let fields = match number % 20 {
            3 | 7 | 11 | 15 | 19 => " { balance: u32, price: u32 }",
            5 | 16 => "(Vec<FieldError>)",
            8 => " { #[api(retry_after)] retry_after: Option<RetryAfter> }",
            _ => "",
        };
        // Where there is a delay, a retry has to make sense.
        let status = if fields.contains("retry_after") { 429 } else { status };
        writeln!(
            variants,
            "    /// Number {number}.\n    #[error(\"Error number {number}\")]\n    #[api({status})]\n    Error{number}{fields},",
        )
        .expect("a String takes everything");
    }
    format!(
        "/// {size} errors.\n#[derive(Debug, thiserror::Error, Taxonomy)]\npub enum Of{size} {{\n{variants}}}\n\n"
    )
}
