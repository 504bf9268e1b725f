//! Any text that has tokens is derived or reported, never a panic.

#![no_main]

use aura_errors_fuzz::{expansion, source};
use libfuzzer_sys::{Corpus, fuzz_target};

fuzz_target!(|text: &str| -> Corpus {
    // More levels than fit into this many bytes use up the stack in `syn`, before the derive is asked.
    if text.len() > 2500 {
        return Corpus::Reject;
    }
    let Some(tokens) = source::tokens(text) else {
        return Corpus::Reject;
    };
    expansion::derived(tokens.clone());
    expansion::formats(tokens);
    Corpus::Keep
});
