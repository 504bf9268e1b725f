//! Any page is held against a taxonomy: there are findings or none, and line ends change nothing.

#![no_main]

use aura_errors::Taxonomy;
use aura_errors::testing::{Document, check_document};
use aura_errors_fuzz::taxonomies::{AcmeBody, ProblemBody};
use aura_errors_tests::seeds::{AuraError, AuroraError};
use libfuzzer_sys::fuzz_target;

/// What the findings about a page add to what they quote of it.
const OWN_WORDS: usize = 20_000;

fn check<E: Taxonomy>(text: &str) {
    let outcome = check_document::<E>(text);
    match &outcome {
        Ok(checked) => {
            let names: Vec<_> = checked.documented.iter().chain(&checked.mentioned).collect();
            for spec in E::catalog() {
                assert!(names.contains(&&spec.name()), "`{}` is in no list", spec.name());
            }
            assert!(checked.illustrations.iter().all(|place| place.starts_with("line ")));
            let bodies = checked.documented.len() + checked.illustrations.len();
            assert!(bodies <= text.matches('{').count(), "{bodies} bodies");
        }
        Err(findings) => {
            assert!(findings.iter().all(|finding| !finding.is_empty()));
            // A body is quoted, once as it stands and once as it is written again.
            let shown = findings.to_string();
            assert!(shown.len() <= OWN_WORDS + 16 * text.len(), "{} of {}: {shown}", shown.len(), text.len());
        }
    }
    if !text.contains('\r') {
        let other = check_document::<E>(&*text.replace('\n', "\r\n"));
        assert_eq!(other, outcome);
    }
    match (check_document::<E>(Document::new().page(text).partial()), outcome) {
        (Ok(part), Ok(whole)) => assert_eq!(part, whole),
        (Err(part), Err(whole)) => {
            assert!(
                part.iter().all(|finding| whole.iter().any(|other| other == finding)),
                "{part} in {whole}"
            );
        }
        (Err(part), Ok(_)) => panic!("only found where less is asked for: {part}"),
        // What is not in the document.
        (Ok(_), Err(_)) => {}
    }
}

fuzz_target!(|text: &str| {
    check::<AuraError>(text);
    check::<AuroraError>(text);
    check::<ProblemBody>(text);
    check::<AcmeBody>(text);
});
