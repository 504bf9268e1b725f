//! Whether a failed request may be sent again.

use std::fmt;
use std::str::FromStr;

use http::Method;
use serde::de::{self, Deserialize, Deserializer, Visitor};
use serde::ser::{Serialize, Serializer};

use crate::class::write_names;

/// Whether the same request, sent again, may succeed and do no harm.
///
/// Declared with `#[api(retry = …)]`, else known by status: see [`Retry::of_declared_status`] and
/// [`Retry::of_status`]. A verdict says nothing about *when*; that is
/// [`RetryAfter`](crate::RetryAfter), which never makes an error retryable.
///
/// # Example
///
/// ```
/// use aura_errors::Retry;
///
/// // The server may have charged the card before it failed.
/// assert_eq!(Retry::of_status(500), Retry::IfIdempotent);
/// assert!(!Retry::of_status(500).permits(false));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Retry {
    /// `never`: the same request fails again.
    Never,
    /// `if_idempotent`: the server may have acted, so only a request that does no more when it is
    /// received twice may be repeated (RFC 9110, section 9.2.2).
    IfIdempotent,
    /// `always`: the server did not act, so any request may be repeated.
    Always,
}

impl Retry {
    /// Every verdict, in the order of declaration.
    pub const ALL: &'static [Retry] = &[Retry::Never, Retry::IfIdempotent, Retry::Always];

    /// The names of [`ALL`](Self::ALL), for messages.
    const NAMES: &'static [&'static str] =
        &[Retry::Never.as_str(), Retry::IfIdempotent.as_str(), Retry::Always.as_str()];

    /// The name, as in `#[api(retry = …)]`: `never`, `if_idempotent` or `always`.
    #[inline]
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Retry::Never => "never",
            Retry::IfIdempotent => "if_idempotent",
            Retry::Always => "always",
        }
    }

    fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|retry| retry.as_str() == name)
    }

    /// The verdict where nothing but the status is known.
    ///
    /// | status | verdict | reason |
    /// |---|---|---|
    /// | 425 | `always` | refused before it was acted upon (RFC 8470, section 5.2) |
    /// | 429 | `always` | refused for its rate (RFC 6585, section 4) |
    /// | 408 | `if_idempotent` | timeout layers send it after work began |
    /// | 501, 505, 506, 508, 510, 511 | `never` | the server will not learn it meanwhile |
    /// | other 500–599 | `if_idempotent` | the server may have acted; a 503 may come from anywhere on the way |
    /// | anything else | `never` | the request has to change, or it is not an error |
    #[inline]
    #[must_use]
    pub const fn of_status(status: u16) -> Self {
        match status {
            425 | 429 => Retry::Always,
            408 => Retry::IfIdempotent,
            501 | 505 | 506 | 508 | 510 | 511 => Retry::Never,
            500..=599 => Retry::IfIdempotent,
            _ => Retry::Never,
        }
    }

    /// The verdict for an error that declares exactly this status.
    ///
    /// As [`of_status`](Self::of_status), but 503 is `always`: an API that documents its 503 says
    /// that it refuses work it has not begun (RFC 9110, section 15.6.4).
    #[inline]
    #[must_use]
    pub const fn of_declared_status(status: u16) -> Self {
        match status {
            503 => Retry::Always,
            _ => Self::of_status(status),
        }
    }

    /// Whether a request may be repeated, given whether it is idempotent: by its method (RFC 9110,
    /// section 9.2.2), or by an `Idempotency-Key`.
    /// [`Classify::should_retry_request`](crate::Classify::should_retry_request) looks at both.
    #[inline]
    #[must_use]
    pub const fn permits(self, idempotent: bool) -> bool {
        match self {
            Retry::Never => false,
            Retry::IfIdempotent => idempotent,
            Retry::Always => true,
        }
    }
}

/// Whether a method is idempotent: several identical requests mean to the server what one does.
///
/// `GET`, `HEAD`, `PUT`, `DELETE`, `OPTIONS` and `TRACE` are (RFC 9110, section 9.2.2). Methods
/// that this RFC does not define are taken not to be, as nothing is known about them.
#[inline]
#[must_use]
pub(crate) fn is_idempotent(method: &Method) -> bool {
    // Not `Method::is_idempotent`, which may come to know methods of other specifications.
    matches!(
        *method,
        Method::GET | Method::HEAD | Method::PUT | Method::DELETE | Method::OPTIONS | Method::TRACE
    )
}

impl fmt::Display for Retry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A text is not the name of a [`Retry`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseRetryError(());

impl fmt::Display for ParseRetryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("unknown retry verdict; the verdicts are ")?;
        write_names(f, Retry::NAMES)
    }
}

impl std::error::Error for ParseRetryError {}

impl FromStr for Retry {
    type Err = ParseRetryError;

    /// Reads the name, exactly as [`as_str`](Retry::as_str) writes it.
    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::from_name(name).ok_or(ParseRetryError(()))
    }
}

impl Serialize for Retry {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Retry {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct RetryVisitor;

        impl Visitor<'_> for RetryVisitor {
            type Value = Retry;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a retry verdict")
            }

            fn visit_str<E: de::Error>(self, name: &str) -> Result<Retry, E> {
                Retry::from_name(name).ok_or_else(|| E::unknown_variant(name, Retry::NAMES))
            }
        }

        deserializer.deserialize_str(RetryVisitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_status_has_the_verdict_of_the_table() {
        for status in (0..=999).chain([u16::MAX]) {
            let known = if [425, 429].contains(&status) {
                Retry::Always
            } else if status == 408 || [500, 502, 503, 504, 507].contains(&status) {
                Retry::IfIdempotent
            } else if [501, 505, 506, 508, 510, 511].contains(&status) {
                Retry::Never
            } else if status / 100 == 5 {
                Retry::IfIdempotent
            } else {
                Retry::Never
            };
            assert_eq!(Retry::of_status(status), known, "{status}");
            let declared = if status == 503 { Retry::Always } else { known };
            assert_eq!(Retry::of_declared_status(status), declared, "{status}");
        }
    }

    #[test]
    fn permission_by_verdict() {
        assert!(!Retry::Never.permits(true) && !Retry::Never.permits(false));
        assert!(Retry::IfIdempotent.permits(true) && !Retry::IfIdempotent.permits(false));
        assert!(Retry::Always.permits(true) && Retry::Always.permits(false));
    }

    #[test]
    fn idempotent_methods() {
        for name in ["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE"] {
            assert!(is_idempotent(&name.parse().unwrap()), "{name}");
        }
        for name in ["POST", "PATCH", "CONNECT", "QUERY", "PROPFIND", "get", "LOCK"] {
            assert!(!is_idempotent(&name.parse().unwrap()), "{name}");
        }
    }

    #[test]
    fn names_come_back() {
        for &retry in Retry::ALL {
            assert_eq!(retry.as_str().parse(), Ok(retry));
            assert_eq!(retry.to_string(), retry.as_str());
            let json = serde_json::to_string(&retry).unwrap();
            assert_eq!(json, format!("\"{retry}\""));
            assert_eq!(serde_json::from_str::<Retry>(&json).unwrap(), retry);
        }
        assert_eq!(Retry::NAMES.len(), Retry::ALL.len());
        assert!("Always".parse::<Retry>().is_err());
        let error = serde_json::from_str::<Retry>("\"sometimes\"").unwrap_err();
        assert!(error.to_string().contains("`if_idempotent`"), "{error}");
    }

    #[test]
    fn what_is_no_verdict_says_what_is_one() {
        let error = "Always".parse::<Retry>().unwrap_err();
        let expected = "unknown retry verdict; the verdicts are `never`, `if_idempotent`, `always`";
        assert_eq!(error.to_string(), expected);
        let error = serde_json::from_str::<Retry>("3").unwrap_err();
        assert!(error.to_string().contains("expected a retry verdict"), "{error}");
    }
}
