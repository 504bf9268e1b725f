//! What the headers of a response say about a retry, over and above the error itself.

use http::{HeaderMap, HeaderName};

use crate::delay::{self, Sources};
use crate::{Catalog, Class, Classes, Retry, RetryAfter};

/// The server's own verdict (`retry_header`), where it gives one: `true` or `false`, also as `1` and
/// `0`, `yes` and `no`. Nested taxonomies' headers count too.
pub(crate) fn of_server(catalog: &Catalog, headers: &HeaderMap) -> Option<Retry> {
    let own = catalog.data.retry_header.and_then(|name| {
        let name = HeaderName::try_from(name).ok()?;
        let text = headers.get(name)?.to_str().ok()?.trim().to_ascii_lowercase();
        match text.as_str() {
            "true" | "1" | "yes" => Some(Retry::Always),
            "false" | "0" | "no" => Some(Retry::Never),
            _ => None,
        }
    });
    own.or_else(|| catalog.data.nested.iter().find_map(|nested| of_server(nested.catalog, headers)))
}

/// The delay that the headers alone give an error of these classes.
pub(crate) fn delay_of(catalog: &Catalog, headers: &HeaderMap, classes: Classes) -> Option<RetryAfter> {
    delay::read(&Sources {
        headers,
        body_seconds: None,
        body_millis: None,
        rate_limited: classes.contains(Class::RateLimit),
        reset: reset_header(catalog),
    })
}

pub(crate) fn reset_header(catalog: &Catalog) -> Option<(&'static str, delay::Reset)> {
    let nested = || catalog.data.nested.iter().find_map(|nested| reset_header(nested.catalog));
    catalog.data.reset_header.or_else(nested)
}
