//! Any text is a lock, or it is told why it is none; two locks, with a line `---` between them, are compared.

#![no_main]

use aura_errors_fuzz::lock;
use libfuzzer_sys::{Corpus, fuzz_target};

fuzz_target!(|text: &str| -> Corpus {
    let (old, new) = text.split_once("\n---\n").unwrap_or((text, text));
    let (old, new) = (lock::read(old), lock::read(new));
    if let (Some(old), Some(new)) = (old, new) {
        lock::compared(&old, &new);
    }
    Corpus::Keep
});
