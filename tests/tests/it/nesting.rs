//! Taxonomies nested in one another, and errors embedded in other documents.

use std::error::Error;
use std::fmt;

use aura_errors::{Class, Classify, Embedded, Reason, Retry, RetryAfter, Taxonomy};
use aura_errors_tests::seeds::AuraError;
use aura_errors_tests_foreign::{BillingError, LedgerError, StoreError};
use http::StatusCode;
use serde::{Deserialize, Serialize};

use crate::support::{body, http, read};

// ---------------------------------------------------------------------------------------------
// Several levels, across crates
// ---------------------------------------------------------------------------------------------

/// The innermost.
#[derive(Debug, Clone, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = { "inner": code, "text": message }, content_type = "application/x-inner", header("X-Inner" = "1"))]
enum Inner {
    #[error("Deep down")]
    #[api(418, class(permission, auth), retry = always)]
    Deep,

    #[error("Level {0}")]
    #[api(409, body = { "inner": code, "level": detail, "text": message })]
    Level(u8),
}

/// In between.
#[derive(Debug, Clone, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = { "middle": code, "message": message })]
enum Middle {
    #[error("Half way")]
    #[api(410)]
    HalfWay,

    #[error(transparent)]
    #[api(transparent)]
    Inner(#[from] Inner),
}

/// The outermost.
#[derive(Debug, Clone, PartialEq, thiserror::Error, Taxonomy)]
enum Outer {
    #[error(transparent)]
    #[api(transparent)]
    Middle(#[from] Middle),

    #[error("On top")]
    #[api(400)]
    OnTop(Option<String>),

    #[error(transparent)]
    #[api(transparent)]
    Billing(#[from] BillingError),

    #[error("Out of order")]
    #[api(500)]
    Internal,

    #[error("in the store: {source}")]
    #[api(transparent)]
    Store {
        #[from]
        source: StoreError,
    },
}

fn outer_errors() -> Vec<Outer> {
    vec![
        Outer::OnTop(Some("x".into())),
        Outer::Internal,
        Outer::Middle(Middle::HalfWay),
        Outer::Middle(Middle::Inner(Inner::Deep)),
        Outer::Middle(Middle::Inner(Inner::Level(3))),
        Outer::Billing(BillingError::CardDeclined),
        Outer::Billing(BillingError::Ledger(LedgerError::AccountUnknown { account: "NL-1".into() })),
        Outer::Billing(BillingError::Ledger(LedgerError::BooksLocked {
            retry_after: Some(RetryAfter::from_secs(60)),
        })),
        Outer::Store { source: StoreError::ShelfFull { capacity: 7 } },
        Outer::Store { source: StoreError::Closed { retry_after: None } },
    ]
}

#[test]
fn a_nested_error_is_read_as_the_nested_variant_at_every_level() {
    for error in outer_errors() {
        let back = Outer::from_response(error.to_response());
        assert_eq!(back.unwrap_or_else(|other| panic!("{error:?}: {:?}", other.reason())), error);
    }
}

#[test]
fn a_nested_error_keeps_its_own_response() {
    assert_eq!(http(&Outer::Middle(Middle::Inner(Inner::Deep))), http(&Inner::Deep));
    assert_eq!(
        http(&Inner::Level(3)),
        "HTTP/1.1 409 Conflict\ncontent-type: application/json\nx-inner: 1\n\n\
         {\"inner\":\"level\",\"level\":3,\"text\":\"Level 3\"}"
    );
    assert_eq!(http(&Outer::Middle(Middle::Inner(Inner::Level(3)))), http(&Inner::Level(3)));
    let ledger = LedgerError::AccountUnknown { account: "NL-1".into() };
    assert_eq!(http(&Outer::Billing(BillingError::Ledger(ledger.clone()))), http(&ledger));
    let store = StoreError::ShelfFull { capacity: 7 };
    assert_eq!(http(&Outer::Store { source: store.clone() }), http(&store));
}

#[test]
fn a_nested_error_keeps_its_classes_verdict_and_delay() {
    let deep = Outer::Middle(Middle::Inner(Inner::Deep));
    assert!(deep.is(Class::Permission) && deep.is(Class::Auth) && !deep.is(Class::Request));
    assert_eq!(deep.retry(), Retry::Always);
    assert_eq!((deep.name(), deep.code(), deep.status()), ("deep", "deep".into(), StatusCode::IM_A_TEAPOT));
    assert_eq!(deep.spec(), Inner::Deep.spec());
    assert_eq!(deep.message(), "Deep down");

    let locked = LedgerError::BooksLocked { retry_after: Some(RetryAfter::from_secs(60)) };
    let locked = Outer::Billing(locked.into());
    assert_eq!(locked.retry_after(), Some(RetryAfter::from_secs(60)));
}

#[test]
fn unknown_nested_codes_are_not_guessed_at() {
    let other = read::<Outer>(409, r#"{"inner":"other","text":"m"}"#).unwrap_err();
    assert_eq!(*other.reason(), Reason::UnknownCode);
    assert_eq!((other.code().to_string().as_str(), other.message()), ("other", Some("m")));
}

#[test]
fn the_catalogue_is_merged_own_errors_first_then_depth_first() {
    let variants: Vec<String> =
        Outer::catalog().iter().map(|spec| format!("{}::{}", spec.taxonomy(), spec.variant())).collect();
    assert_eq!(
        variants,
        [
            "Outer::OnTop",
            "Outer::Internal",
            "Middle::HalfWay",
            "Inner::Deep",
            "Inner::Level",
            "BillingError::CardDeclined",
            "LedgerError::AccountUnknown",
            "LedgerError::BooksLocked",
            "StoreError::ArticleNotFound",
            "StoreError::ShelfFull",
            "StoreError::Closed",
        ]
    );
    let nested: Vec<_> =
        Outer::catalog().nested().iter().map(|nested| (nested.variant(), nested.catalog().name())).collect();
    assert_eq!(nested, [("Middle", "Middle"), ("Billing", "BillingError"), ("Store", "StoreError")]);
    assert_eq!(Outer::catalog().errors().len(), 2);
}

#[test]
fn the_catalogue_is_searched_at_every_level() {
    let catalog = Outer::catalog();
    assert_eq!(catalog.by_name("deep"), Some(Inner::Deep.spec()));
    assert_eq!(catalog.by_name("shelf_full").unwrap().code(), "store_shelf_full");
    assert_eq!(catalog.by_name("nobody"), None);
    assert_eq!(catalog.by_code("books_locked").len(), 1);
    assert_eq!(catalog.by_code("store_closed")[0].variant(), "Closed");
    assert!(catalog.by_code("closed").is_empty());
    assert_eq!(catalog.fallback().unwrap().variant(), "Internal");
}

#[test]
fn examples_of_every_level_are_examples_of_the_outermost() {
    let examples = Outer::examples();
    let names: Vec<_> = examples.iter().map(|error| error.name()).collect();
    for spec in Outer::catalog() {
        let has_own = spec.variant() != "Level";
        assert_eq!(names.contains(&spec.name()), has_own, "{}", spec.name());
    }
}

// ---------------------------------------------------------------------------------------------
// A server's enum around a shared one
// ---------------------------------------------------------------------------------------------

#[derive(Debug, Clone, PartialEq, thiserror::Error, Taxonomy)]
enum Shared {
    #[error("Not found")]
    #[api(404)]
    NotFound,

    #[error("Busy")]
    #[api(503)]
    Busy {
        #[api(retry_after)]
        retry_after: Option<RetryAfter>,
        #[api(expose)]
        queue: Option<String>,
    },

    #[error("Out of order")]
    #[api(500, fallback)]
    Internal,
}

#[derive(Debug, thiserror::Error)]
#[error("connection to {host} refused")]
struct Refused {
    host: &'static str,
    #[source]
    io: std::io::Error,
}

#[derive(Debug, thiserror::Error)]
#[error("pool is empty")]
struct PoolEmpty {
    wait: u64,
}

#[derive(Debug, thiserror::Error, Taxonomy)]
enum Server {
    #[error(transparent)]
    #[api(transparent)]
    Shared(#[from] Shared),

    #[error("database")]
    #[api(as = Shared::Internal)]
    Database(#[from] Refused),

    #[error("pool")]
    #[api(as = Shared::Busy { retry_after: Some(RetryAfter::from_secs(3)), queue: Some("pool".into()) })]
    Pool(#[source] PoolEmpty),

    #[error("cache: {0}")]
    #[api(as = Unlucky)]
    Cache(#[from] fmt::Error),

    #[error("in a block")]
    #[api(as = { let wait = 2 + 3; busy(wait) })]
    Block,

    #[error("Bad luck")]
    #[api(500)]
    Unlucky,
}

fn busy(seconds: u64) -> Shared {
    Shared::Busy { retry_after: Some(RetryAfter::from_secs(seconds)), queue: None }
}

fn refused() -> Server {
    Server::from(Refused { host: "db-1.internal", io: std::io::Error::other("os error 111") })
}

#[test]
fn as_wears_the_face_of_a_nested_error() {
    let error = refused();
    assert_eq!(http(&error), http(&Shared::Internal));
    assert_eq!(error.spec(), Shared::Internal.spec());
    assert_eq!((error.name(), error.status()), ("internal", StatusCode::INTERNAL_SERVER_ERROR));
    assert!(error.is_internal());
}

#[test]
fn as_wears_the_face_of_an_own_error() {
    let error = Server::from(fmt::Error);
    assert_eq!(http(&error), http(&Server::Unlucky));
    assert_eq!(error.spec(), Server::Unlucky.spec());
}

#[test]
fn as_may_name_a_value_with_data() {
    let error = Server::Pool(PoolEmpty { wait: 3 });
    let face = Shared::Busy { retry_after: Some(RetryAfter::from_secs(3)), queue: Some("pool".into()) };
    assert_eq!(http(&error), http(&face));
    assert_eq!(error.to_response().headers()["retry-after"], "3");
    assert_eq!(error.retry_after(), Some(RetryAfter::from_secs(3)));
    assert_eq!((error.retry(), error.classes()), (face.retry(), face.classes()));
    assert_eq!(http(&Server::Block), http(&busy(5)));
}

#[test]
fn the_source_chain_stays_with_the_server() {
    let error = refused();
    let (mut chain, mut next) = (Vec::new(), error.source());
    while let Some(cause) = next {
        chain.push(cause.to_string());
        next = cause.source();
    }
    assert_eq!(error.to_string(), "database");
    assert_eq!(chain, ["connection to db-1.internal refused", "os error 111"]);
    match Server::Pool(PoolEmpty { wait: 3 }) {
        Server::Pool(pool) => assert_eq!(pool.wait, 3),
        other => panic!("{other:?}"),
    }
    let Server::Database(Refused { io, .. }) = refused() else { panic!("built above") };
    assert_eq!(io.to_string(), "os error 111");
}

#[test]
fn clients_read_what_the_server_sends_by_the_shared_enum_alone() {
    for (error, expected) in [
        (refused(), Shared::Internal),
        (Server::Shared(Shared::NotFound), Shared::NotFound),
        (Server::Block, busy(5)),
    ] {
        assert_eq!(Shared::from_response(error.to_response()).unwrap(), expected);
    }
    let back = Server::from_response(refused().to_response()).unwrap();
    assert!(matches!(back, Server::Shared(Shared::Internal)), "the face, not the cause: {back:?}");
}

#[test]
fn an_error_of_the_seed_is_returned_with_a_question_mark() {
    #[derive(Debug, thiserror::Error, Taxonomy)]
    enum AuraServer {
        #[error(transparent)]
        #[api(transparent)]
        Api(#[from] AuraError),
        #[error("database: {0}")]
        #[api(as = AuraError::Internal)]
        Database(#[from] std::io::Error),
    }
    fn handler(disk: bool) -> Result<(), AuraServer> {
        if disk {
            Err(std::io::Error::other("disk full"))?;
        }
        Err(AuraError::NotFound)?
    }
    assert_eq!(http(&handler(false).unwrap_err()), http(&AuraError::NotFound));
    assert_eq!(http(&handler(true).unwrap_err()), http(&AuraError::Internal));
}

// ---------------------------------------------------------------------------------------------
// Generic
// ---------------------------------------------------------------------------------------------

/// Adds a gateway's own errors to any taxonomy.
#[derive(Debug, Clone, PartialEq, thiserror::Error, Taxonomy)]
enum Wrap<T: Taxonomy> {
    #[error(transparent)]
    #[api(transparent)]
    Inner(T),

    #[error("No route")]
    #[api(421)]
    NoRoute,
}

#[test]
fn a_generic_enum_nests_any_taxonomy() {
    for error in [Wrap::Inner(Shared::NotFound), Wrap::Inner(busy(2)), Wrap::NoRoute] {
        assert_eq!(Wrap::<Shared>::from_response(error.to_response()).unwrap(), error);
    }
    let error = Wrap::Inner(StoreError::ShelfFull { capacity: 3 });
    assert_eq!(Wrap::<StoreError>::from_response(error.to_response()).unwrap(), error);
    assert_eq!(body(&error), body(&StoreError::ShelfFull { capacity: 3 }));
}

#[test]
fn each_instance_of_a_generic_enum_has_a_catalogue_of_its_own() {
    let names =
        |catalog: &'static aura_errors::Catalog| catalog.iter().map(|spec| spec.name()).collect::<Vec<_>>();
    assert_eq!(names(Wrap::<Shared>::catalog()), ["no_route", "not_found", "busy", "internal"]);
    assert_eq!(
        names(Wrap::<StoreError>::catalog()),
        ["no_route", "article_not_found", "shelf_full", "closed"]
    );
    let other = Wrap::<StoreError>::from_response(Shared::NotFound.to_response());
    assert!(other.is_err(), "not an error of this instance");
}

#[test]
fn generic_enums_nest_in_one_another() {
    let error = Outermost::Inner(Wrap::Inner(Shared::NotFound));
    assert_eq!(Outermost::<Shared>::from_response(error.to_response()).unwrap(), error);
}

#[derive(Debug, Clone, PartialEq, thiserror::Error, Taxonomy)]
enum Outermost<T: Taxonomy> {
    #[error(transparent)]
    #[api(transparent)]
    Inner(Wrap<T>),
}

// ---------------------------------------------------------------------------------------------
// Embedded
// ---------------------------------------------------------------------------------------------

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Batch {
    done: Vec<u32>,
    failed: Vec<Item>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Item {
    id: u32,
    error: Embedded<Outer>,
}

#[test]
fn a_batch_result_holds_errors_and_is_read_back() {
    let errors = [
        Outer::OnTop(Some("x".into())),
        Outer::Middle(Middle::Inner(Inner::Level(3))),
        Outer::Store { source: StoreError::ShelfFull { capacity: 7 } },
        Outer::Billing(BillingError::Ledger(LedgerError::AccountUnknown { account: "NL-1".into() })),
    ];
    let failed = (1..).zip(errors).map(|(id, error)| Item { id, error: error.into() }).collect();
    let batch = Batch { done: vec![7], failed };
    let json = serde_json::to_string(&batch).unwrap();
    let value: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(
        value["failed"][0]["error"],
        serde_json::json!({ "error": "On top", "error_code": "on_top", "detail": "x" })
    );
    assert_eq!(serde_json::from_str::<Batch>(&json).unwrap(), batch);
}

#[test]
fn one_unknown_item_does_not_spoil_a_batch_and_is_kept() {
    let json = r#"{"done":[],"failed":[
        {"id":1,"error":{"error":"Not yet known","error_code":"of_tomorrow","detail":[1,{"a":null}]}},
        {"id":2,"error":{"error":"On top","error_code":"on_top","detail":null}},
        {"id":3,"error":"not even an object"},
        {"id":4,"error":null}
    ]}"#;
    let batch: Batch = serde_json::from_str(json).unwrap();
    let unknown = batch.failed[0].error.get().unwrap_err();
    assert_eq!(*unknown.code(), "of_tomorrow");
    assert_eq!(unknown.message(), Some("Not yet known"));
    assert_eq!(unknown.value()["error_code"], "of_tomorrow", "kept whole");
    assert_eq!(batch.failed[1].error.get(), Ok(&Outer::OnTop(None)));
    assert!(batch.failed[2].error.get().is_err());
    assert!(batch.failed[3].error.get().is_err());
    let again: serde_json::Value = serde_json::to_value(&batch).unwrap();
    assert_eq!(
        again,
        serde_json::from_str::<serde_json::Value>(
            r#"{"done":[],"failed":[
            {"id":1,"error":{"error":"Not yet known","error_code":"of_tomorrow","detail":[1,{"a":null}]}},
            {"id":2,"error":{"error":"On top","error_code":"on_top","detail":"On top"}},
            {"id":3,"error":"not even an object"},
            {"id":4,"error":null}
        ]}"#
        )
        .unwrap()
    );
}

#[test]
fn an_embedded_error_is_identified_by_its_code_alone() {
    // In a response of another status the code decides too; here there is none at all.
    let error: Embedded<Shared> =
        serde_json::from_str(r#"{"error":"m","error_code":"not_found","detail":"m"}"#).unwrap();
    assert_eq!(error.get(), Ok(&Shared::NotFound));
    // Without a code it is nobody, even where a response of that shape would be somebody.
    let error: Embedded<AuraError> =
        serde_json::from_value(serde_json::to_value(Embedded::new(AuraError::NotFound)).unwrap()).unwrap();
    let unknown = error.into_result().unwrap_err();
    assert!(unknown.code().is_none());
    assert_eq!(unknown.message(), Some("Not found"));
}

#[test]
fn a_required_field_that_does_not_fit_leaves_the_item_unknown() {
    let error: Embedded<Outer> = serde_json::from_str(
        r#"{"error":{"code":"store_shelf_full","type":"invalid_request_error","message":"m","capacity":"many"}}"#,
    )
    .unwrap();
    assert_eq!(*error.get().unwrap_err().code(), "store_shelf_full");
}

#[test]
fn an_error_whose_body_is_no_json_cannot_be_embedded() {
    #[derive(Debug, thiserror::Error, Taxonomy)]
    #[error("Not found")]
    #[api(404, body = text)]
    struct Plain;
    assert!(serde_json::to_string(&Embedded::new(Plain)).is_err());
}

#[test]
fn what_travels_in_a_header_alone_is_not_embedded() {
    #[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
    #[error("Busy")]
    #[api(429, body = { "code": code, "message": message, "wait"?: retry_after })]
    struct Busy {
        #[api(retry_after)]
        retry_after: Option<RetryAfter>,
        #[api(header = "X-Queue")]
        queue: Option<String>,
    }
    let read = |json: &str| serde_json::from_str::<Embedded<Busy>>(json).unwrap();
    let delay = |embedded: &Embedded<Busy>| embedded.get().unwrap().retry_after;

    let date = read(r#"{"code":"busy","message":"Busy","wait":"Sun, 06 Nov 1994 08:49:37 GMT"}"#);
    assert!(delay(&date).is_some_and(|delay| delay.as_date().is_some()), "{date:?}");
    let without = r#"{"code":"busy","message":"Busy"}"#;
    assert_eq!(serde_json::to_string(&date).unwrap(), without, "a body has no place for a date");

    let wait = Some(RetryAfter::from_secs(3));
    let queue = Busy { retry_after: wait, queue: Some("long".into()) };
    let json = serde_json::to_string(&Embedded::new(queue)).unwrap();
    assert_eq!(json, r#"{"code":"busy","message":"Busy","wait":3}"#);
    assert_eq!(read(&json).into_result(), Ok(Busy { retry_after: wait, queue: None }));

    #[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
    #[error("Moved")]
    #[api(410)]
    struct Moved {
        #[api(header = "X-Moved-To")]
        to: String,
    }
    let json = serde_json::to_string(&Embedded::new(Moved { to: "there".into() })).unwrap();
    let read: Embedded<Moved> = serde_json::from_str(&json).unwrap();
    assert_eq!(*read.get().unwrap_err().code(), "moved");
}
