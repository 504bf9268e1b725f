//! `subset!`: the errors of one endpoint.

use aura_errors::{ErrorSpec, Subset, Taxonomy, subset};
use aura_errors_tests::seeds::AuraError;

#[derive(Debug, thiserror::Error, Taxonomy)]
#[non_exhaustive]
enum Outer {
    #[error("Conflict")]
    #[api(409, name = "clash")]
    Conflict(Option<String>),
    #[error("Gone")]
    #[api(410)]
    r#Gone { when: Option<String> },
    #[error("Teapot")]
    #[api(418)]
    Teapot,
    #[error(transparent)]
    #[api(transparent)]
    Aura(#[from] AuraError),
}

fn names(subset: &Subset) -> Vec<&'static str> {
    subset.iter().map(ErrorSpec::name).collect()
}

#[test]
fn errors_of_each_shape_in_the_order_named() {
    const SUBSET: Subset = subset!(Outer: r#Gone, Conflict,);
    assert_eq!(names(&SUBSET), ["gone", "clash"]);
    assert_eq!(SUBSET.catalog().name(), "Outer");
    assert!(SUBSET.iter().all(|spec| std::ptr::eq(Outer::catalog().by_name(spec.name()).unwrap(), spec)));
}

#[test]
fn a_nested_taxonomy_is_meant_whole() {
    let subset = subset!(Outer: Teapot, Aura, Conflict);
    let nested = AuraError::catalog().iter().map(ErrorSpec::name);
    let expected: Vec<_> = ["teapot"].into_iter().chain(nested).chain(["clash"]).collect();
    assert_eq!(names(&subset), expected);
    assert!(expected.len() > 5);
    assert_eq!(format!("{:?}", subset!(Outer: Teapot)), r#"Subset { catalog: "Outer", errors: ["teapot"] }"#);
}
