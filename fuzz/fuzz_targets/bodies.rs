//! Any response is read as an error under each body, or kept whole.

#![no_main]

use aura_errors_fuzz::taxonomies::{
    AcmeBody, AuraBody, EmptyBody, GoogleBody, JsonApiBody, LegacyBody, NoBody, OAuth2Body, ProblemBody,
    ProblemTypeBody, TextBody, VariedBody,
};
use aura_errors_fuzz::{check, input};
use libfuzzer_sys::{Corpus, fuzz_target};

fuzz_target!(|data: &[u8]| -> Corpus {
    let Some(response) = input::response(data) else {
        return Corpus::Reject;
    };
    check::received::<AuraBody>(&response);
    check::received::<ProblemBody>(&response);
    check::received::<ProblemTypeBody>(&response);
    check::received::<GoogleBody>(&response);
    check::received::<JsonApiBody>(&response);
    check::received::<OAuth2Body>(&response);
    check::received::<AcmeBody>(&response);
    check::received::<LegacyBody>(&response);
    check::received::<VariedBody>(&response);
    check::received::<TextBody>(&response);
    check::received::<EmptyBody>(&response);
    check::received::<NoBody>(&response);
    Corpus::Keep
});
