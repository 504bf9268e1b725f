//! Items with anything in the places of the grammar are derived or reported, never a panic.

#![no_main]

use arbitrary::Unstructured;
use aura_errors_fuzz::{expansion, source};
use libfuzzer_sys::{Corpus, fuzz_target};

fuzz_target!(|data: &[u8]| -> Corpus {
    let mut u = Unstructured::new(data);
    let (Ok(item), Ok(formats)) = (source::item(&mut u), source::formats(&mut u)) else {
        return Corpus::Reject;
    };
    let (item, formats) = (source::tokens(&item), source::tokens(&formats));
    if item.is_none() && formats.is_none() {
        return Corpus::Reject;
    }
    item.map(expansion::derived);
    formats.map(expansion::formats);
    Corpus::Keep
});
