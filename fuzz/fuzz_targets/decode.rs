//! Any response is read as an error of the two seeds, or kept whole.

#![no_main]

use aura_errors_fuzz::{check, input};
use aura_errors_tests::seeds::{AuraError, AuroraError};
use libfuzzer_sys::{Corpus, fuzz_target};

fuzz_target!(|data: &[u8]| -> Corpus {
    let Some(response) = input::response(data) else {
        return Corpus::Reject;
    };
    check::received::<AuraError>(&response);
    check::received::<AuroraError>(&response);
    Corpus::Keep
});
