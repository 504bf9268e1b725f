//! What a company's shared crate holds: a body format written as a template, one implemented by
//! hand, and taxonomies that others nest.

mod formats;
mod taxonomies;

pub use self::formats::{Acme, Legacy};
pub use self::taxonomies::{BillingError, LedgerError, StoreError};
