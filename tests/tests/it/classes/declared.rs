//! Classes and verdicts that are declared.

use aura_errors::{Class, Classes, Classify, Retry, RetryAfter, Taxonomy};
use http::StatusCode;

use crate::support::read;

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = { "error": message, "class": class, "code": code })]
enum Api {
    #[error("class")]
    #[api(403, class = auth)]
    OneClass,
    #[error("classes")]
    #[api(422, class(validation, auth))]
    TwoClasses,
    #[error("classes")]
    #[api(422, class(auth, validation))]
    TwoTheOtherWayRound,
    #[error("verdict")]
    #[api(404, retry = always)]
    AlwaysRetried,
    #[error("verdict")]
    #[api(429, retry = never)]
    NeverRetried,
    #[error("verdict")]
    #[api(503, retry = if_idempotent)]
    RetriedIfIdempotent,
    #[error("both")]
    #[api(500, class = rate_limit, retry = always)]
    Both,
    #[error("range")]
    #[api("5XX", class = timeout, retry = never)]
    Range {
        #[api(status)]
        status: StatusCode,
    },
}

#[test]
fn a_declared_class_is_the_only_one() {
    assert_eq!(Api::OneClass.classes(), Classes::of(Class::Auth));
    assert!(Api::OneClass.is_auth() && !Api::OneClass.is_permission());
    assert_eq!(Api::Both.classes(), Classes::of(Class::RateLimit));
}

#[test]
fn an_error_may_have_several_classes() {
    let error = Api::TwoClasses;
    assert!(error.is_validation() && error.is_auth());
    assert!(!error.is_request() && !error.is_permission());
    assert_eq!(error.classes().len(), 2);
}

#[test]
fn the_first_declared_class_is_the_primary_one() {
    assert_eq!(Api::TwoClasses.classes().primary(), Some(Class::Validation));
    assert_eq!(Api::TwoTheOtherWayRound.classes().primary(), Some(Class::Auth));
    let body = crate::support::body(&Api::TwoTheOtherWayRound);
    assert!(body.contains(r#""class":"auth""#), "{body}");
}

#[test]
fn every_class_can_be_declared() {
    macro_rules! each_class {
        ($($word:ident $class:ident),*) => {$({
            #[derive(Debug, thiserror::Error, Taxonomy)]
            #[error("classed")]
            #[api(418, class = $word, body = none)]
            struct Classed;
            assert_eq!(Classed.classes(), Classes::of(Class::$class));
            assert_eq!(Class::$class.as_str(), stringify!($word));
        })*};
    }
    each_class!(
        auth Auth, permission Permission, validation Validation, not_found NotFound, conflict Conflict,
        rate_limit RateLimit, timeout Timeout, unavailable Unavailable, internal Internal, request Request
    );
}

#[test]
fn a_declared_verdict_goes_before_that_of_the_status() {
    assert_eq!(Api::AlwaysRetried.retry(), Retry::Always);
    assert_eq!(Api::NeverRetried.retry(), Retry::Never);
    assert_eq!(Api::RetriedIfIdempotent.retry(), Retry::IfIdempotent);
    assert_eq!(Api::Both.retry(), Retry::Always);
}

#[test]
fn a_declared_class_leaves_the_verdict_alone_and_the_reverse() {
    assert_eq!(Api::OneClass.retry(), Retry::Never);
    assert_eq!(Api::AlwaysRetried.classes(), Classes::of(Class::NotFound));
    assert_eq!(Api::NeverRetried.classes(), Classes::of(Class::RateLimit));
}

#[test]
fn what_a_range_declares_counts_for_each_status_of_it() {
    for number in 500..=599 {
        let error = Api::Range { status: StatusCode::from_u16(number).unwrap() };
        assert_eq!(error.classes(), Classes::of(Class::Timeout));
        assert_eq!(error.retry(), Retry::Never);
    }
}

#[test]
fn a_response_that_was_read_is_classified_as_declared() {
    let found = read::<Api>(403, r#"{"error":"m","code":"one_class","class":"permission"}"#).unwrap();
    assert_eq!(found.classes(), Classes::of(Class::Auth));
    // Also with a status that means something else.
    let found = read::<Api>(500, r#"{"error":"m","code":"never_retried"}"#).unwrap();
    assert_eq!(found.classes(), Classes::of(Class::RateLimit));
    assert_eq!(found.retry(), Retry::Never);
}

#[derive(Debug, thiserror::Error, Taxonomy)]
#[api(body = { "error": message })]
enum Outer {
    #[error(transparent)]
    #[api(transparent)]
    Api(#[from] Api),
    #[error("hidden")]
    #[api(as = Api::NeverRetried)]
    Face,
    #[error("hidden")]
    #[api(as = Api::Range { status: StatusCode::BAD_GATEWAY })]
    Made,
}

#[test]
fn a_nested_error_keeps_its_classes_and_verdict() {
    let nested = Outer::Api(Api::TwoClasses);
    assert_eq!(nested.classes(), Api::TwoClasses.classes());
    assert_eq!(Outer::Api(Api::AlwaysRetried).retry(), Retry::Always);
    let status = StatusCode::IM_A_TEAPOT;
    assert!(Outer::Api(Api::Range { status }).is_timeout());
}

#[test]
fn an_error_is_classified_as_the_face_it_wears() {
    assert_eq!(Outer::Face.classes(), Classes::of(Class::RateLimit));
    assert_eq!(Outer::Face.retry(), Retry::Never);
    assert_eq!(Outer::Made.classes(), Classes::of(Class::Timeout));
}

#[derive(Debug, thiserror::Error, Taxonomy)]
#[api(body = none)]
enum Delayed {
    #[error("exact")]
    #[api(503)]
    Exact {
        #[api(retry_after)]
        retry_after: RetryAfter,
    },
}

#[test]
fn the_delay_of_a_value_is_its_field() {
    let retry_after = RetryAfter::from_secs(7);
    assert_eq!(Delayed::Exact { retry_after }.retry_after(), Some(retry_after));
    assert_eq!(Api::OneClass.retry_after(), None);
}

#[test]
fn trait_objects_answer_alike() {
    let boxed: Box<dyn Taxonomy> = Box::new(Api::TwoClasses);
    assert!(boxed.is_auth());
    let error: &dyn Classify = &Api::Both;
    assert!(error.is_rate_limit() && error.is_retryable());
}
