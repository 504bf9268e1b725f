//! The shop whose locks are the fixtures, before and after a release.

use aura_errors::testing::assert_contract;

mod first {
    use aura_errors::{RetryAfter, StatusCode, Taxonomy};
    /// Errors of the shop.
    ///
    /// Every answer that is no success has one of these bodies.
    #[derive(Debug, thiserror::Error, Taxonomy)]
    #[api(docs_url = "https://shop.example/errors#{name}", reserved("basket_full"))]
    #[non_exhaustive]
    pub(crate) enum ShopError {
        /// The order does not exist.
        #[error("There is no order {id}")]
        #[api(404, code = "order_not_found", stands_for(route))]
        OrderNotFound {
            /// The number that was asked for.
            #[api(example = 42)]
            id: u64,
        },
        /// Not enough of an article is in stock.
        ///
        /// The stock is counted when the order is placed, not when it is put into the basket.
        #[error("Out of stock")]
        #[api(
            409,
            code = 1007,
            since = "1.2",
            cause = "Another customer was faster.",
            fix = "Order at most `available`, or wait for the next delivery."
        )]
        OutOfStock {
            /// The article.
            #[api(example = "tea-250".into())]
            sku: String,
            /// How many are left.
            available: Option<u32>,
        },
        /// The bank refused the card.
        #[error("The card was declined")]
        #[api(402, code = "card_declined")]
        CardDeclined,
        /// The bank refused the card after the order was placed.
        #[error("The card was declined when the order was shipped")]
        #[api(409, code = "card_declined", class(conflict, request))]
        CardDeclinedLater,
        /// The key of the caller is missing or has expired.
        #[error("Not authenticated")]
        #[api(401, code = none, header("WWW-Authenticate" = "ApiKey"))]
        NotAuthenticated,
        /// Vouchers ended in spring.
        #[error("There are no vouchers any more")]
        #[api(410, deprecated = "vouchers are gone since 1.4")]
        VoucherExpired,
        /// Too many requests.
        #[error("Too many requests")]
        #[api(429, code = any)]
        RateLimited {
            /// When to come back.
            #[api(retry_after)]
            retry_after: Option<RetryAfter>,
        },
        /// Something went wrong.
        #[error("Something went wrong on our side")]
        #[api(500, fallback)]
        Internal,
        /// Anything else that goes wrong behind the shop.
        #[error("The shop is in trouble")]
        #[api("5XX", code = none)]
        Trouble {
            #[api(status)]
            status: StatusCode,
        },
    }
}
mod second {
    use aura_errors::{RetryAfter, StatusCode, Taxonomy};
    /// Errors of the shop.
    ///
    /// Every answer that is no success has one of these bodies.
    #[derive(Debug, thiserror::Error, Taxonomy)]
    #[api(docs_url = "https://shop.example/errors#{name}", reserved("basket_full", "voucher_expired"))]
    #[non_exhaustive]
    pub(crate) enum ShopError {
        /// The order does not exist.
        #[error("There is no order {id}")]
        #[api(404, name = "order_not_found", code = "order_missing", stands_for(route))]
        OrderNotFound {
            /// The number that was asked for.
            #[api(example = 42)]
            id: u64,
        },
        /// Not enough of an article is in stock.
        ///
        /// The stock is counted when the order is placed, not when it is put into the basket.
        #[error("Out of stock")]
        #[api(422, code = 1007, since = "1.2",
            class = conflict,
            cause = "Another customer was faster.",
            fix = "Order at most `available`, or wait for the next delivery.")]
        OutOfStock {
            /// The article.
            #[api(example = "tea-250".into())]
            sku: String,
            /// How many are left.
            available: Option<u32>,
        },
        /// The bank refused the card.
        #[error("The bank declined the card")]
        #[api(402, code = "card_declined")]
        CardDeclined,
        /// The bank refused the card after the order was placed.
        #[error("The card was declined when the order was shipped")]
        #[api(409, code = "card_declined", class = conflict)]
        CardDeclinedLater,
        /// The key of the caller is missing or has expired.
        #[error("Not authenticated")]
        #[api(401, code = none, header("WWW-Authenticate" = "ApiKey"))]
        NotAuthenticated,
        /// The address is outside of where the shop delivers.
        #[error("We do not deliver there")]
        #[api(422)]
        OutOfArea,
        /// Too many requests.
        #[error("Too many requests")]
        #[api(429, code = any)]
        RateLimited {
            /// When to come back.
            #[api(retry_after)]
            retry_after: Option<RetryAfter>,
        },
        /// Something went wrong.
        #[error("Something went wrong on our side")]
        #[api(500, fallback)]
        Internal,
        /// Anything else that goes wrong behind the shop.
        #[error("The shop is in trouble")]
        #[api("5XX", code = none)]
        Trouble {
            #[api(status)]
            status: StatusCode,
        },
    }
}
/// `AURA_ERRORS_UPDATE=1` writes them anew.
#[test]
fn the_locks_are_those_of_the_shop() {
    assert_contract::<first::ShopError>("tests/fixtures/shop-1.lock.json");
    assert_contract::<second::ShopError>("tests/fixtures/shop-2.lock.json");
}
