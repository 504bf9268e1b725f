//! The extractors, filled by axum's own.

use std::error::Error;

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

use super::{Headers, Json, Path, Query, RejectedFields, Rejection};
use crate::integrations::server::{
    invalid_json, read_headers, unreadable_body, violation_at, words, wrong_content_type,
};
use crate::{Failure, FieldError, Loc};

impl IntoResponse for Rejection {
    fn into_response(self) -> Response {
        let mut response = (self.status(), self.text()).into_response();
        if let Some(rejected) = self.rejected() {
            response.extensions_mut().insert(rejected.clone());
        }
        #[cfg(feature = "tracing")]
        if let Some(mistake) = self.mistake() {
            response.extensions_mut().insert(crate::integrations::server::Mistake(mistake));
        }
        response
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

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Headers<T> {
    type Rejection = Rejection;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Rejection> {
        read_headers(parts.headers.iter().map(|(name, value)| (name.as_str(), value.as_bytes()))).map(Self)
    }
}

fn of_json(error: JsonRejection) -> Rejection {
    let rejected = match &error {
        JsonRejection::JsonDataError(_) => {
            RejectedFields::new(Failure::BodyData, vec![violation_of::<serde_json::Error>("body", &error)])
        }
        JsonRejection::JsonSyntaxError(_) => invalid_json(),
        JsonRejection::MissingJsonContentType(_) => wrong_content_type(),
        other if other.status() == StatusCode::PAYLOAD_TOO_LARGE => {
            RejectedFields::new(Failure::BodySize, Vec::new())
        }
        other if other.status().is_server_error() => return Rejection::internal(error),
        _ => unreadable_body(),
    };
    Rejection::from(rejected).because(error)
}

fn of_query(error: QueryRejection) -> Rejection {
    // What serde_urlencoded calls its error.
    let violation = violation_of::<serde::de::value::Error>("query", &error);
    Rejection::new(Failure::Query, vec![violation]).because(error)
}

/// The violation that serde found, somewhere behind axum's error.
fn violation_of<X: Error + 'static>(part: &str, error: &(dyn Error + 'static)) -> FieldError {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if let Some(found) = error.downcast_ref::<serde_path_to_error::Error<X>>() {
            return violation_at(part, found);
        }
        cause = error.source();
    }
    words::violation(vec![Loc::from(part)], "")
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
