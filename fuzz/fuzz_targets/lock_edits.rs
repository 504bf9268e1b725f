//! Locks that are nearly real are read and compared with what they were before.

#![no_main]

use arbitrary::{Result, Unstructured};
use aura_errors_fuzz::{edits, lock};
use libfuzzer_sys::fuzz_target;

fn run(data: &[u8]) -> Result<()> {
    let u = &mut Unstructured::new(data);
    let base = edits::lock(u)?;
    let before = edits::edited(&base, u)?;
    let after = match u.ratio(1, 8)? {
        true => edits::lock(u)?,
        false => edits::edited(&before, u)?,
    };
    let (before, after) = (lock::read(&before.pretty()), lock::read(&after.to_string()));
    if let (Some(before), Some(after)) = (before, after) {
        lock::compared(&before, &after);
    }
    Ok(())
}

fuzz_target!(|data: &[u8]| {
    let _ = run(data);
});
