//! The company's shared taxonomies.

use aura_errors::{RetryAfter, Taxonomy};

use crate::{Acme, Legacy};

/// Errors of the store service.
#[derive(Debug, Clone, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = Acme, code_prefix = "store_", docs_url = "https://acme.example/errors/{name}")]
#[non_exhaustive]
pub enum StoreError {
    /// There is no such article.
    #[error("No such article")]
    #[api(404, name = "article_not_found", slot(kind = "invalid_request_error"))]
    ArticleNotFound {
        /// The parameter that names it.
        param: Option<String>,
    },

    /// The shelf is full.
    #[error("The shelf takes {capacity} articles")]
    #[api(409, name = "shelf_full", slot(kind = "invalid_request_error"))]
    ShelfFull {
        /// What fits on it.
        #[api(example = 12)]
        capacity: u32,
    },

    /// The store is closed for stocktaking.
    #[error("The store is closed")]
    #[api(503)]
    Closed {
        /// When it opens.
        #[api(retry_after)]
        retry_after: Option<RetryAfter>,
    },
}

/// Errors of the ledger, one of the oldest services.
#[derive(Debug, Clone, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = Legacy, header("X-Ledger" = "1"))]
#[non_exhaustive]
pub enum LedgerError {
    /// The account is not in the books.
    #[error("No such account")]
    #[api(404)]
    AccountUnknown {
        /// The account's number.
        #[api(example = "NL-1")]
        account: String,
    },

    /// The books are locked at the end of the month.
    #[error("The books are locked")]
    #[api(423, class = unavailable, retry = always)]
    BooksLocked {
        /// When they open again.
        #[api(retry_after)]
        retry_after: Option<RetryAfter>,
    },
}

/// Errors of the billing service, which passes those of the ledger on.
#[derive(Debug, Clone, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = Acme)]
#[non_exhaustive]
pub enum BillingError {
    /// The card was declined.
    #[error("The card was declined")]
    #[api(402)]
    CardDeclined,

    /// What the ledger says.
    #[error(transparent)]
    #[api(transparent)]
    Ledger(#[from] LedgerError),
}
