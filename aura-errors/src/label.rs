//! A label for metrics.

use http::{Response, StatusCode};

use crate::Sent;

/// What a response counts as in metrics: the name of its error where it was made from a taxonomy, else
/// `http_404` and so on by its status. `None` if it is no error.
///
/// The number of labels is bounded, whatever clients send: each error of the taxonomy has one, each
/// registered status from 400 on (RFC 9110, section 16.2.1), and `http_4xx`, `http_5xx` and `http_other`
/// stand for the rest.
///
/// ```
/// use aura_errors::http::{Response, StatusCode};
/// use aura_errors::{Taxonomy, error_label};
///
/// #[derive(Debug, thiserror::Error, Taxonomy)]
/// enum ShopError {
///     #[error("There is no order {id}")]
///     #[api(404)]
///     OrderNotFound { id: u64 },
/// }
///
/// let known = ShopError::OrderNotFound { id: 7 }.into_http();
/// assert_eq!(error_label(&known), Some("order_not_found"));
///
/// let mut other = Response::new(());
/// assert_eq!(error_label(&other), None);
/// *other.status_mut() = StatusCode::BAD_GATEWAY;
/// assert_eq!(error_label(&other), Some("http_502"));
/// // With the crate `metrics`:
/// // metrics::counter!("http_errors_total", "error" => label).increment(1);
/// ```
#[must_use]
pub fn error_label<B>(response: &Response<B>) -> Option<&'static str> {
    match response.extensions().get::<Sent>() {
        Some(sent) => Some(sent.spec().name()),
        None => of_status(response.status()),
    }
}

macro_rules! labels {
    ($($status:literal)*) => {
        pub(crate) fn of_status(status: StatusCode) -> Option<&'static str> {
            match status.as_u16() {
                ..=399 => None,
                $($status => Some(concat!("http_", $status)),)*
                400..=499 => Some("http_4xx"),
                500..=599 => Some("http_5xx"),
                600.. => Some("http_other"),
            }
        }
    };
}

labels! {
    400 401 402 403 404 405 406 407 408 409 410 411 412 413 414 415 416 417 421 422 423 424 425 426 428 429
    431 451 500 501 502 503 504 505 506 507 508 510 511
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use http::{Response, StatusCode};

    use super::error_label;

    #[test]
    fn there_are_few() {
        let labels: HashSet<_> = (100..=999)
            .filter_map(|status| {
                let mut response = Response::new(());
                *response.status_mut() = StatusCode::from_u16(status).unwrap();
                let label = error_label(&response);
                assert_eq!(label.is_some(), status >= 400, "{status}");
                label
            })
            .collect();
        assert_eq!(labels.len(), 42);
        assert!(labels.contains("http_404") && labels.contains("http_4xx"));
    }
}
