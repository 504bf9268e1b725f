//! What a caller should do about an error.

use std::sync::Arc;

use http::header::{HeaderMap, HeaderName};
use http::{Method, StatusCode};

use crate::class::{Class, Classes};
use crate::retry::{self, Retry};
use crate::retry_after::RetryAfter;

static IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// What a caller should do about an error, whichever API it comes from.
///
/// Implemented by every type that derives [`Taxonomy`](crate::Taxonomy), by what a client cannot
/// recognise, by what a call can fail with, and by [`StatusCode`] for code that has nothing else.
/// Implement it for an error type of your own to give it to code that takes `impl Classify` or
/// `&dyn Classify`: [`classes`](Self::classes) and [`retry`](Self::retry) are enough.
///
/// # Example
///
/// ```
/// use aura_errors::{Classify, Retry};
/// use http::{Method, StatusCode};
///
/// let status = StatusCode::BAD_GATEWAY;
/// assert!(status.is_unavailable());
/// assert_eq!(status.retry(), Retry::IfIdempotent);
/// assert!(status.should_retry(&Method::GET) && !status.should_retry(&Method::POST));
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say what a caller should do about it",
    label = "this type is not classified",
    note = "derive `aura_errors::Taxonomy` for it, or implement `aura_errors::Classify` by hand",
    note = "the error of a client becomes one with `.map_err(aura_errors::tower::transport)`, or as a `CallError`"
)]
pub trait Classify {
    /// What kind of failure this is. Empty if it is no error at all.
    fn classes(&self) -> Classes;

    /// Whether the same request may be sent again.
    fn retry(&self) -> Retry;

    /// How long to wait before that, where the server said so. `None`: it did not, so choose.
    ///
    /// This refines the verdict of [`retry`](Self::retry) and never changes it.
    #[inline]
    fn retry_after(&self) -> Option<RetryAfter> {
        None
    }

    /// Whether `class` is among the [`classes`](Self::classes).
    #[inline]
    fn is(&self, class: Class) -> bool {
        self.classes().contains(class)
    }

    /// Whether the caller did not prove who it is: [`Class::Auth`].
    #[inline]
    fn is_auth(&self) -> bool {
        self.is(Class::Auth)
    }

    /// Whether the caller is known and may not do this: [`Class::Permission`].
    #[inline]
    fn is_permission(&self) -> bool {
        self.is(Class::Permission)
    }

    /// Whether the request has to be changed: [`Class::Validation`].
    #[inline]
    fn is_validation(&self) -> bool {
        self.is(Class::Validation)
    }

    /// Whether what the request names does not exist: [`Class::NotFound`].
    #[inline]
    fn is_not_found(&self) -> bool {
        self.is(Class::NotFound)
    }

    /// Whether the request contradicts the present state: [`Class::Conflict`].
    #[inline]
    fn is_conflict(&self) -> bool {
        self.is(Class::Conflict)
    }

    /// Whether there were too many requests: [`Class::RateLimit`].
    #[inline]
    fn is_rate_limit(&self) -> bool {
        self.is(Class::RateLimit)
    }

    /// Whether somebody waited too long: [`Class::Timeout`].
    #[inline]
    fn is_timeout(&self) -> bool {
        self.is(Class::Timeout)
    }

    /// Whether the server cannot serve anybody now: [`Class::Unavailable`].
    #[inline]
    fn is_unavailable(&self) -> bool {
        self.is(Class::Unavailable)
    }

    /// Whether the server failed: [`Class::Internal`].
    #[inline]
    fn is_internal(&self) -> bool {
        self.is(Class::Internal)
    }

    /// Whether the request was refused for a reason no other class names: [`Class::Request`].
    #[inline]
    fn is_request(&self) -> bool {
        self.is(Class::Request)
    }

    /// Whether there are requests that may be sent again after this error.
    ///
    /// True for [`Retry::IfIdempotent`] too: ask [`should_retry`](Self::should_retry) where the
    /// request is at hand.
    #[inline]
    fn is_retryable(&self) -> bool {
        self.retry() != Retry::Never
    }

    /// Whether a request with this method may be sent again after this error.
    ///
    /// Where the server may have acted, only the idempotent methods of RFC 9110, section 9.2.2, may.
    #[inline]
    fn should_retry(&self, method: &Method) -> bool {
        self.retry().permits(retry::is_idempotent(method))
    }

    /// Whether a request with this method and these headers may be sent again after this error.
    ///
    /// As [`should_retry`](Self::should_retry), but a request with an `Idempotency-Key` that is not
    /// empty is idempotent whatever its method (draft-ietf-httpapi-idempotency-key-header).
    fn should_retry_request(&self, method: &Method, headers: &HeaderMap) -> bool {
        let retry = self.retry();
        retry.permits(false)
            || retry.permits(true) && (retry::is_idempotent(method) || has_idempotency_key(headers))
    }
}

/// Whether any `Idempotency-Key` holds a key. The draft's key is a structured string, so `""` is an
/// empty one.
fn has_idempotency_key(headers: &HeaderMap) -> bool {
    headers
        .get_all(&IDEMPOTENCY_KEY)
        .iter()
        .any(|value| !matches!(value.as_bytes().trim_ascii(), b"" | b"\"\""))
}

/// By status alone: [`Classes::of_status`], [`Retry::of_status`], no delay.
impl Classify for StatusCode {
    #[inline]
    fn classes(&self) -> Classes {
        Classes::of_status(self.as_u16())
    }

    #[inline]
    fn retry(&self) -> Retry {
        Retry::of_status(self.as_u16())
    }
}

macro_rules! forward {
    ($($(#[$attribute:meta])* $pointer:ty),* $(,)?) => {$(
        $(#[$attribute])*
        impl<T: Classify + ?Sized> Classify for $pointer {
            #[inline]
            fn classes(&self) -> Classes {
                (**self).classes()
            }

            #[inline]
            fn retry(&self) -> Retry {
                (**self).retry()
            }

            #[inline]
            fn retry_after(&self) -> Option<RetryAfter> {
                (**self).retry_after()
            }

            // The provided methods are forwarded too: a type may answer them in its own way.

            #[inline]
            fn is(&self, class: Class) -> bool {
                (**self).is(class)
            }

            #[inline]
            fn is_retryable(&self) -> bool {
                (**self).is_retryable()
            }

            #[inline]
            fn should_retry(&self, method: &Method) -> bool {
                (**self).should_retry(method)
            }

            #[inline]
            fn should_retry_request(&self, method: &Method, headers: &HeaderMap) -> bool {
                (**self).should_retry_request(method, headers)
            }
        }
    )*};
}

forward!(&T, Box<T>, Arc<T>);

#[cfg(test)]
mod tests {
    use super::*;

    struct Fixed(Classes, Retry, Option<RetryAfter>);

    impl Classify for Fixed {
        fn classes(&self) -> Classes {
            self.0
        }
        fn retry(&self) -> Retry {
            self.1
        }
        fn retry_after(&self) -> Option<RetryAfter> {
            self.2
        }
    }

    #[test]
    fn each_question_asks_for_its_class() {
        type Question = (Class, fn(&Fixed) -> bool);
        let questions: [Question; 10] = [
            (Class::Auth, Fixed::is_auth),
            (Class::Permission, Fixed::is_permission),
            (Class::Validation, Fixed::is_validation),
            (Class::NotFound, Fixed::is_not_found),
            (Class::Conflict, Fixed::is_conflict),
            (Class::RateLimit, Fixed::is_rate_limit),
            (Class::Timeout, Fixed::is_timeout),
            (Class::Unavailable, Fixed::is_unavailable),
            (Class::Internal, Fixed::is_internal),
            (Class::Request, Fixed::is_request),
        ];
        assert_eq!(questions.len(), Class::ALL.len());
        for &class in Class::ALL {
            let error = Fixed(Classes::of(class), Retry::Never, None);
            for (asked, question) in questions {
                assert_eq!(question(&error), asked == class, "{class} {asked}");
                assert_eq!(error.is(asked), asked == class);
            }
        }
    }

    #[test]
    fn pointers_and_dyn_answer_as_the_value() {
        let delay = RetryAfter::from_secs(3);
        let error = || Fixed(Classes::of(Class::Auth), Retry::Always, Some(delay));
        fn check(error: impl Classify) {
            assert!(error.is_auth() && error.is_retryable());
            assert!(error.should_retry(&Method::POST));
            assert!(error.should_retry_request(&Method::POST, &HeaderMap::new()));
            assert_eq!(error.retry_after(), Some(RetryAfter::from_secs(3)));
        }
        let fixed = error();
        check(&fixed);
        check(fixed);
        check(Box::new(error()));
        check(Arc::new(error()));
        check(&error() as &dyn Classify);
        check(Box::new(error()) as Box<dyn Classify + Send + Sync>);
        check(Arc::new(error()) as Arc<dyn Classify>);
    }

    #[test]
    fn every_status_code_is_classified_by_status() {
        for number in 100..=999 {
            let status = StatusCode::from_u16(number).unwrap();
            assert_eq!(status.classes(), Classes::of_status(number));
            assert_eq!(status.retry(), Retry::of_status(number));
            assert_eq!(status.retry_after(), None);
            assert_eq!(status.classes().is_empty(), !(400..600).contains(&number), "{number}");
        }
        assert_eq!(StatusCode::SERVICE_UNAVAILABLE.retry(), Retry::IfIdempotent);
    }

    #[test]
    fn an_idempotency_key_makes_a_request_idempotent() {
        let with = |values: &[&str]| {
            let mut headers = HeaderMap::new();
            for value in values {
                headers.append(&IDEMPOTENCY_KEY, value.parse().unwrap());
            }
            headers
        };
        let may = |status: u16, method: &Method, values: &[&str]| {
            StatusCode::from_u16(status).unwrap().should_retry_request(method, &with(values))
        };
        for post in [Method::POST, Method::PATCH] {
            assert!(!may(500, &post, &[]));
            assert!(!may(500, &post, &[""]));
            assert!(!may(500, &post, &["  "]));
            assert!(!may(500, &post, &["\"\""]));
            assert!(may(500, &post, &["8e03978e"]));
            assert!(may(500, &post, &["", "\"8e03978e\""]));
            assert!(may(429, &post, &[]));
            assert!(!may(404, &post, &["8e03978e"]));
        }
        assert!(may(500, &Method::PUT, &[]));
        assert!(!may(404, &Method::GET, &[]));
    }
}
