//! The extractor that checks what another one has read, the same for each library that checks.

use super::server::{Headers, Json, Path, Query, Rejection};
use crate::{Failure, IntoFieldErrors};

/// An extractor of a part of the request: what a check of its value is told with.
///
/// An extractor of one's own that implements it can be checked too, if its rejection is a [`Rejection`].
pub trait RequestPart {
    /// What it extracts.
    type Value;

    /// What has failed when the value is not valid.
    const FAILURE: Failure;

    /// The part's name, with which the places of violations begin.
    const AT: &'static str;

    /// What it has extracted.
    fn value(&self) -> &Self::Value;
}

macro_rules! part {
    ($name:ident, $failure:ident, $at:literal) => {
        impl<T> RequestPart for $name<T> {
            type Value = T;

            const FAILURE: Failure = Failure::$failure;
            const AT: &'static str = $at;

            fn value(&self) -> &T {
                &self.0
            }
        }
    };
}

part!(Json, BodyData, "body");
part!(Query, Query, "query");
part!(Path, Path, "path");
part!(Headers, Header, "header");

/// The part, if the check of its value found nothing.
pub(super) fn checked<X: RequestPart, E: IntoFieldErrors>(
    part: X,
    check: impl FnOnce(&X::Value) -> Result<(), E>,
) -> Result<X, Rejection> {
    match check(part.value()) {
        Ok(()) => Ok(part),
        Err(errors) => Err(Rejection::new(X::FAILURE, errors.into_field_errors([X::AT]))),
    }
}

/// `Valid` for a library: the function that checks a value, and the trait that it is of.
macro_rules! extractor {
    ($feature:literal, $check:path, $($validate:tt)+) => {
        pub use super::valid::RequestPart;

        /// Checks what another extractor has read: `Valid(Json(order)): Valid<Json<Order>>`.
        ///
        /// It goes around `Json`, `Query`, `Path` and `Headers` of this crate's module for the framework,
        /// and around whatever else is a [`RequestPart`].
        ///
        /// # Errors
        ///
        /// What the extractor rejects is rejected as it does. A value that was read and is not valid is
        /// rejected with a [`Rejection`](super::server::Rejection) that has every violation, at most 100:
        /// [`BodyData`](crate::Failure::BodyData) (422) for `Json`, [`Query`](crate::Failure::Query),
        /// [`Path`](crate::Failure::Path) and [`Header`](crate::Failure::Header) (400) for the others. The
        /// layer makes of it the error of the taxonomy that stands for it.
        #[derive(Debug, Clone, Copy, Default)]
        #[must_use]
        pub struct Valid<X>(pub X);

        impl<X> std::ops::Deref for Valid<X> {
            type Target = X;

            fn deref(&self) -> &X {
                &self.0
            }
        }

        impl<X: RequestPart<Value: $($validate)+>> Valid<X> {
            /// Checks what was extracted.
            fn check(part: X) -> Result<Self, super::server::Rejection> {
                super::valid::checked(part, $check).map(Self)
            }
        }

        #[cfg(feature = "axum08")]
        #[cfg_attr(docsrs, doc(cfg(all(feature = $feature, feature = "axum08"))))]
        impl<S, X> ::axum::extract::FromRequest<S> for Valid<X>
        where
            S: Send + Sync,
            X: ::axum::extract::FromRequest<S, Rejection = super::server::Rejection>
                + RequestPart<Value: $($validate)+>,
        {
            type Rejection = super::server::Rejection;

            async fn from_request(
                request: ::axum::extract::Request,
                state: &S,
            ) -> Result<Self, Self::Rejection> {
                Self::check(X::from_request(request, state).await?)
            }
        }

        #[cfg(feature = "axum08")]
        #[cfg_attr(docsrs, doc(cfg(all(feature = $feature, feature = "axum08"))))]
        impl<S, X> ::axum::extract::FromRequestParts<S> for Valid<X>
        where
            S: Send + Sync,
            X: ::axum::extract::FromRequestParts<S, Rejection = super::server::Rejection>
                + RequestPart<Value: $($validate)+>,
        {
            type Rejection = super::server::Rejection;

            async fn from_request_parts(
                parts: &mut http::request::Parts,
                state: &S,
            ) -> Result<Self, Self::Rejection> {
                Self::check(X::from_request_parts(parts, state).await?)
            }
        }

        #[cfg(feature = "actix4")]
        #[cfg_attr(docsrs, doc(cfg(all(feature = $feature, feature = "actix4"))))]
        impl<X> actix_web::FromRequest for Valid<X>
        where
            X: actix_web::FromRequest<Future: 'static> + RequestPart<Value: $($validate)+> + 'static,
        {
            type Error = actix_web::Error;
            type Future = futures_util::future::LocalBoxFuture<'static, Result<Self, Self::Error>>;

            fn from_request(
                request: &actix_web::HttpRequest,
                payload: &mut actix_web::dev::Payload,
            ) -> Self::Future {
                let part = X::from_request(request, payload);
                Box::pin(async move { Ok(Self::check(part.await.map_err(Into::into)?)?) })
            }
        }
    };
}

pub(super) use extractor;
