//! Tests of an API's own taxonomy, one line each.
//!
//! | to | there is |
//! |---|---|
//! | hold the contract steady | [`assert_contract`]: the catalogue against a committed lock |
//! | show and check every error | [`assert_examples`]: written, read back, and returned as text for a snapshot |
//! | check the page that clients read | [`assert_document`]: every documented body is the error it documents |
//! | hold the page steady | `assert_page`, with the feature `docs`: the Markdown or HTML page as it is committed |
//! | prove that nothing private is sent | [`assert_hidden`]: a canary in every private place |
//! | try values nobody thought of | `assert_round_trips`, with the feature `proptest1` |
//!
//! Each has a variant that does not panic, for tests of another kind.
//!
//! ```
//! use aura_errors::{Taxonomy, testing};
//!
//! /// Errors of the shop.
//! #[derive(Debug, thiserror::Error, Taxonomy)]
//! enum ShopError {
//!     /// The order does not exist.
//!     #[error("There is no order {id}")]
//!     #[api(404, code = "order_not_found")]
//!     OrderNotFound {
//!         #[api(example = 42)]
//!         id: u64,
//!     },
//! }
//!
//! # let lock = std::env::temp_dir().join(format!("shop-{}.lock.json", std::process::id()));
//! # testing::update_contract::<ShopError>(&lock, aura_errors_docs::lock::Update::Compatible).unwrap();
//! # let lock = lock.to_str().unwrap();
//! # /*
//! let lock = "aura-errors.lock.json";
//! # */
//! testing::assert_contract::<ShopError>(lock);
//! # std::fs::remove_file(lock).unwrap();
//! let responses = testing::assert_examples::<ShopError>();
//! assert!(responses.starts_with("# order_not_found\n\nHTTP/1.1 404 Not Found\n"));
//! testing::assert_document::<ShopError>(
//!     r#"
//! ## 404 Not Found
//!
//! { "error": "There is no order 7", "error_code": "order_not_found", "detail": { "id": 7 } }
//! "#,
//! );
//! ```

#[cfg(feature = "proptest1")]
mod arbitrary;
mod contract;
mod document;
mod examples;
mod fields;
mod findings;
mod hidden;
#[cfg(feature = "docs")]
mod page;

#[cfg(feature = "proptest1")]
#[cfg_attr(docsrs, doc(cfg(feature = "proptest1")))]
pub use self::arbitrary::{arbitrary, assert_round_trips, check_round_trips};
pub use self::contract::{assert_contract, check_contract, update_contract};
pub use self::document::{Checked, Document, assert_document, check_document};
pub use self::examples::{assert_examples, check_examples};
pub use self::fields::fields;
pub use self::findings::Findings;
pub use self::hidden::{assert_hidden, check_hidden};
#[cfg(feature = "docs")]
#[cfg_attr(docsrs, doc(cfg(feature = "docs")))]
pub use self::page::{assert_page, assert_page_with, check_page, update_page};
