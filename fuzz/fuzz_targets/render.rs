//! Whatever was read as a lock becomes documents in which no text is more than text.

#![no_main]

use arbitrary::{Result, Unstructured};
use aura_errors_docs::Lock;
use aura_errors_fuzz::{edits, pages};
use libfuzzer_sys::{Corpus, fuzz_target};

fn lock(data: &[u8]) -> Result<Option<Lock>> {
    let u = &mut Unstructured::new(data);
    let base = edits::lock(u)?;
    Ok(Lock::from_json(&edits::edited(&base, u)?.to_string()).ok())
}

fuzz_target!(|data: &[u8]| -> Corpus {
    let Ok(Some(lock)) = lock(data) else {
        return Corpus::Reject;
    };
    pages::rendered(&lock.taxonomy);
    Corpus::Keep
});
