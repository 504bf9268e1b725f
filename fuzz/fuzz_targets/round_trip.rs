//! What is written is read back as it was, also when its body is rewritten in other words.

#![no_main]

use arbitrary::{Result, Unstructured};
use aura_errors_fuzz::rewrite;
use aura_errors_fuzz::taxonomies::{
    AcmeBody, AuraBody, EmptyBody, GoogleBody, JsonApiBody, LegacyBody, Made, NoBody, OAuth2Body,
    ProblemBody, ProblemTypeBody, TextBody, VariedBody,
};
use aura_errors_tests::seeds::{AuraError, AuroraError};
use libfuzzer_sys::fuzz_target;

fn check<E: Made>(u: &mut Unstructured<'_>) -> Result<()> {
    let error = E::make(u)?;
    let mut response = error.to_response();
    let read = E::from_response(response.clone())
        .unwrap_or_else(|other| panic!("{error:?}: {other}: {:?}", other.body()));
    assert_eq!(read, error, "{:?}", response.body());
    assert_eq!(read.code(), error.code());
    assert_eq!(read.message(), error.message());
    assert_eq!(read.retry_after(), error.retry_after());
    let again = read.to_response();
    assert_eq!(again.status(), response.status());
    assert_eq!(again.headers(), response.headers());
    assert_eq!(again.body(), response.body());

    if let Ok(body) = serde_json::from_slice(response.body()) {
        let text = rewrite::json(&body, u)?;
        *response.body_mut() = text.clone().into();
        let read = E::from_response(response).unwrap_or_else(|other| panic!("{error:?}: {other}: {text}"));
        assert_eq!(read, error, "{text}");
    }
    Ok(())
}

fn run(data: &[u8]) -> Result<()> {
    let mut u = Unstructured::new(data);
    let u = &mut u;
    match u.int_in_range(0..=13)? {
        0 => check::<AuraError>(u),
        1 => check::<AuroraError>(u),
        2 => check::<AuraBody>(u),
        3 => check::<ProblemBody>(u),
        4 => check::<ProblemTypeBody>(u),
        5 => check::<GoogleBody>(u),
        6 => check::<JsonApiBody>(u),
        7 => check::<OAuth2Body>(u),
        8 => check::<AcmeBody>(u),
        9 => check::<LegacyBody>(u),
        10 => check::<VariedBody>(u),
        11 => check::<TextBody>(u),
        12 => check::<EmptyBody>(u),
        _ => check::<NoBody>(u),
    }
}

fuzz_target!(|data: &[u8]| {
    let _ = run(data);
});
