//! axum's extractors, with rejections that say what was wrong and where.

use std::error::Error;
use std::ops::{Deref, DerefMut};

use ::axum::BoxError;
use ::axum::extract::path::ErrorKind;
use ::axum::extract::rejection::{JsonRejection, PathRejection, QueryRejection};
use ::axum::extract::{
    FromRequest, FromRequestParts, OptionalFromRequest, OptionalFromRequestParts, RawPathParams, Request,
};
use ::axum::response::{IntoResponse, Response};
use http::request::Parts;
use http::{StatusCode, Uri};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_path_to_error::Segment;

use super::rejection::Rejection;
use super::words;
use crate::{Failure, FieldError, Loc};

macro_rules! newtype {
    ($name:ident) => {
        impl<T> Deref for $name<T> {
            type Target = T;

            fn deref(&self) -> &T {
                &self.0
            }
        }

        impl<T> DerefMut for $name<T> {
            fn deref_mut(&mut self) -> &mut T {
                &mut self.0
            }
        }
    };
}

/// [`axum::Json`](::axum::Json) with another rejection: as an extractor the body read as JSON, as a
/// response a value written as JSON.
///
/// # Errors
///
/// A body that cannot be parsed, is not what `T` takes, is too large, or does not call itself JSON is
/// rejected with a [`Rejection`]; where `T` does not fit, with the place (`["body", "skills", 1]`).
/// Serde stops at the first violation, so there is one.
#[derive(Debug, Clone, Copy, Default)]
#[must_use]
pub struct Json<T>(pub T);

/// [`axum::extract::Query`](::axum::extract::Query) with another rejection: the query of the URI.
///
/// # Errors
///
/// A query that is not what `T` takes is rejected with a [`Rejection`] that has the place
/// (`["query", "page"]`).
#[derive(Debug, Clone, Copy, Default)]
pub struct Query<T>(pub T);

/// [`axum::extract::Path`](::axum::extract::Path) with another rejection: the parameters of the route.
///
/// # Errors
///
/// A parameter that is not what `T` takes is rejected with a [`Rejection`] that has the place
/// (`["path", "id"]`). A `T` that does not go with the route is the server's own mistake, a 500.
#[derive(Debug)]
pub struct Path<T>(pub T);

newtype!(Json);
newtype!(Query);
newtype!(Path);

impl<T> From<T> for Json<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        ::axum::Json(self.0).into_response()
    }
}

impl<T: DeserializeOwned> Json<T> {
    /// Reads a body that is at hand already.
    ///
    /// # Errors
    ///
    /// As the extractor.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Rejection> {
        ::axum::Json::from_bytes(bytes).map(|json| Self(json.0)).map_err(of_json)
    }
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Json<T> {
    type Rejection = Rejection;

    async fn from_request(request: Request, state: &S) -> Result<Self, Rejection> {
        let read = <::axum::Json<T> as FromRequest<S>>::from_request(request, state).await;
        read.map(|json| Self(json.0)).map_err(of_json)
    }
}

impl<T: DeserializeOwned, S: Send + Sync> OptionalFromRequest<S> for Json<T> {
    type Rejection = Rejection;

    async fn from_request(request: Request, state: &S) -> Result<Option<Self>, Rejection> {
        let read = <::axum::Json<T> as OptionalFromRequest<S>>::from_request(request, state).await;
        read.map(|json| json.map(|json| Self(json.0))).map_err(of_json)
    }
}

impl<T: DeserializeOwned> Query<T> {
    /// Reads the query of a URI that is at hand.
    ///
    /// # Errors
    ///
    /// As the extractor.
    pub fn try_from_uri(uri: &Uri) -> Result<Self, Rejection> {
        ::axum::extract::Query::try_from_uri(uri).map(|query| Self(query.0)).map_err(of_query)
    }
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = Rejection;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Rejection> {
        Self::try_from_uri(&parts.uri)
    }
}

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Path<T> {
    type Rejection = Rejection;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Rejection> {
        match <::axum::extract::Path<T> as FromRequestParts<S>>::from_request_parts(parts, state).await {
            Ok(path) => Ok(Self(path.0)),
            Err(error) => Err(of_path(error, parts, state).await),
        }
    }
}

impl<T: DeserializeOwned + Send + 'static, S: Send + Sync> OptionalFromRequestParts<S> for Path<T> {
    type Rejection = Rejection;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Option<Self>, Rejection> {
        match <::axum::extract::Path<T> as OptionalFromRequestParts<S>>::from_request_parts(parts, state)
            .await
        {
            Ok(path) => Ok(path.map(|path| Self(path.0))),
            Err(error) => Err(of_path(error, parts, state).await),
        }
    }
}

fn of_json(error: JsonRejection) -> Rejection {
    let (failure, fields) = match &error {
        JsonRejection::JsonDataError(_) => {
            (Failure::BodyData, fields_of::<serde_json::Error>("body", &error))
        }
        JsonRejection::JsonSyntaxError(_) => {
            (Failure::BodySyntax, vec![FieldError::new(["body"], "invalid JSON", "value_error.jsondecode")])
        }
        JsonRejection::MissingJsonContentType(_) => {
            let expected =
                FieldError::new(["header", "content-type"], "expected application/json", "value_error");
            (Failure::ContentType, vec![expected])
        }
        other if other.status() == StatusCode::PAYLOAD_TOO_LARGE => (Failure::BodySize, Vec::new()),
        other if other.status().is_server_error() => return Rejection::internal(error),
        _ => {
            let unread = FieldError::new(["body"], "could not be read", "value_error");
            (Failure::BodySyntax, vec![unread])
        }
    };
    Rejection::new(failure, fields).because(error)
}

fn of_query(error: QueryRejection) -> Rejection {
    // What serde_urlencoded calls its error.
    let fields = fields_of::<serde::de::value::Error>("query", &error);
    Rejection::new(Failure::Query, fields).because(error)
}

/// The violation that serde found, by the path to it.
fn fields_of<X: Error + 'static>(part: &str, error: &(dyn Error + 'static)) -> Vec<FieldError> {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if let Some(found) = error.downcast_ref::<serde_path_to_error::Error<X>>() {
            let steps = found.path().iter().filter_map(|step| match step {
                Segment::Seq { index } => Some(Loc::from(*index)),
                Segment::Map { key } => Some(Loc::from(key.as_str())),
                Segment::Enum { variant } => Some(Loc::from(variant.as_str())),
                Segment::Unknown => None,
            });
            let loc = std::iter::once(Loc::from(part)).chain(steps).collect();
            return vec![words::violation(loc, &found.inner().to_string())];
        }
        cause = error.source();
    }
    vec![words::violation(vec![Loc::from(part)], "")]
}

async fn of_path<S: Send + Sync>(error: PathRejection, parts: &mut Parts, state: &S) -> Rejection {
    let PathRejection::FailedToDeserializePathParams(failed) = &error else {
        return Rejection::internal(error);
    };
    if failed.status().is_server_error() {
        return Rejection::internal(error);
    }
    // The values are dropped at once: only the names of the parameters are asked for.
    let names: Vec<String> = match RawPathParams::from_request_parts(parts, state).await {
        Ok(params) => params.iter().map(|(name, _)| name.to_owned()).collect(),
        Err(_) => Vec::new(),
    };
    let only = || names.first().filter(|_| names.len() == 1).cloned();
    let (name, violation) = match failed.kind() {
        ErrorKind::ParseErrorAtKey { key, expected_type, .. } => {
            (Some(key.clone()), words::not_a(expected_type))
        }
        ErrorKind::ParseErrorAtIndex { index, expected_type, .. } => {
            (names.get(*index).cloned(), words::not_a(expected_type))
        }
        ErrorKind::ParseError { expected_type, .. } => (only(), words::not_a(expected_type)),
        ErrorKind::DeserializeError { key, message, .. } => (Some(key.clone()), words::of_message(message).0),
        ErrorKind::InvalidUtf8InPathParam { key } => (Some(key.clone()), words::NOT_UTF_8),
        ErrorKind::Message(message) => (only(), words::of_message(message).0),
        _ => (None, words::of_message("").0),
    };
    let (msg, kind) = violation;
    let loc = std::iter::once("path".to_owned()).chain(name);
    Rejection::new(Failure::Path, vec![FieldError::new(loc, msg, kind)]).because(BoxError::from(error))
}
