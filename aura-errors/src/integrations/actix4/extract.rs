//! The extractors for actix.

use std::fmt;
use std::future::{Future, Ready, ready};
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use actix_router::PathDeserializer;
use actix_web::body::{BoxBody, EitherBody};
use actix_web::dev::Payload;
use actix_web::error::{Error, JsonPayloadError, PayloadError};
use actix_web::{FromRequest, HttpRequest, HttpResponse, Responder, ResponseError, http::header, web};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use super::{Headers, Json, Path, Query, RejectedFields, Rejection, convert};
use crate::integrations::server::{
    invalid_json, read_headers, unreadable_body, violation_at, wrong_content_type,
};
use crate::{Failure, Loc};

impl ResponseError for Rejection {
    fn status_code(&self) -> actix_web::http::StatusCode {
        convert::status(self.status())
    }

    fn error_response(&self) -> HttpResponse {
        let mut response = HttpResponse::with_body(self.status_code(), BoxBody::new(self.text()));
        let content_type = header::HeaderValue::from_static("text/plain; charset=utf-8");
        response.headers_mut().insert(header::CONTENT_TYPE, content_type);
        if let Some(rejected) = self.rejected() {
            response.extensions_mut().insert(rejected.clone());
        }
        response
    }
}

impl<T: Serialize> Responder for Json<T> {
    type Body = EitherBody<String>;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse<Self::Body> {
        web::Json(self.0).respond_to(request)
    }
}

/// The limit, the content types and the error handler are those of
/// [`JsonConfig`](actix_web::web::JsonConfig). The error is a [`Rejection`], unless that handler makes
/// another.
impl<T: DeserializeOwned> FromRequest for Json<T> {
    type Error = Error;
    type Future = JsonFuture<T>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> JsonFuture<T> {
        JsonFuture { text: web::Json::from_request(request, payload), read: PhantomData }
    }
}

/// The future of [`Json`].
pub struct JsonFuture<T> {
    /// actix reads the body and validates it; what it is, is asked here, as actix does not say where a
    /// value does not fit.
    text: <web::Json<Box<RawValue>> as FromRequest>::Future,
    read: PhantomData<fn() -> T>,
}

impl<T> fmt::Debug for JsonFuture<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JsonFuture").finish_non_exhaustive()
    }
}

impl<T: DeserializeOwned> Future for JsonFuture<T> {
    type Output = Result<Json<T>, Error>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let outcome = match ready!(Pin::new(&mut self.text).poll(cx)) {
            Ok(text) => read_json(text.get()).map(Json).map_err(Error::from),
            Err(error) => Err(match error.as_error::<JsonPayloadError>() {
                Some(unread) => of_json(unread).into(),
                None => error,
            }),
        };
        Poll::Ready(outcome)
    }
}

fn read_json<T: DeserializeOwned>(text: &str) -> Result<T, Rejection> {
    serde_path_to_error::deserialize(&mut serde_json::Deserializer::from_str(text)).map_err(|error| {
        let rejected = match error.inner().is_data() {
            true => RejectedFields::new(Failure::BodyData, vec![violation_at("body", &error)]),
            false => invalid_json(),
        };
        Rejection::from(rejected).because(error)
    })
}

fn of_json(error: &JsonPayloadError) -> Rejection {
    let too_large = || RejectedFields::new(Failure::BodySize, Vec::new());
    let rejected = match error {
        JsonPayloadError::OverflowKnownLength { .. }
        | JsonPayloadError::Overflow { .. }
        | JsonPayloadError::Payload(PayloadError::Overflow) => too_large(),
        JsonPayloadError::ContentType => wrong_content_type(),
        JsonPayloadError::Deserialize(_) => invalid_json(),
        _ => unreadable_body(),
    };
    Rejection::from(rejected).because(error.to_string())
}

impl<T: DeserializeOwned> Query<T> {
    /// Reads a query that is at hand.
    ///
    /// # Errors
    ///
    /// As the extractor.
    pub fn from_query(query: &str) -> Result<Self, Rejection> {
        let pairs = serde_urlencoded::Deserializer::new(form_urlencoded::parse(query.as_bytes()));
        serde_path_to_error::deserialize(pairs).map(Self).map_err(|error| {
            let violation = violation_at("query", &error);
            Rejection::new(Failure::Query, vec![violation]).because(error)
        })
    }
}

impl<T: DeserializeOwned> FromRequest for Query<T> {
    type Error = Rejection;
    type Future = Ready<Result<Self, Rejection>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Self::from_query(request.query_string()))
    }
}

impl<T: DeserializeOwned> FromRequest for Headers<T> {
    type Error = Rejection;
    type Future = Ready<Result<Self, Rejection>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let fields = request.headers().iter().map(|(name, value)| (name.as_str(), value.as_bytes()));
        ready(read_headers(fields).map(Self))
    }
}

impl<T: DeserializeOwned> FromRequest for Path<T> {
    type Error = Rejection;
    type Future = Ready<Result<Self, Rejection>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(read_path(request).map(Self))
    }
}

fn read_path<T: DeserializeOwned>(request: &HttpRequest) -> Result<T, Rejection> {
    let params = request.match_info();
    serde_path_to_error::deserialize(PathDeserializer::new(params)).map_err(|error| {
        if is_mistake_of_the_server(&error.inner().to_string()) {
            return Rejection::internal(error);
        }
        let mut violation = violation_at("path", &error);
        // A parameter is named, even where `T` only counts them.
        let position = match violation.loc.get(1) {
            None => (params.segment_count() == 1).then_some(0),
            Some(Loc::Index(index)) => usize::try_from(*index).ok(),
            Some(_) => None,
        };
        if let Some((name, _)) = position.and_then(|position| params.iter().nth(position)) {
            violation.loc.truncate(1);
            violation.loc.push(Loc::from(name));
        }
        Rejection::new(Failure::Path, vec![violation]).because(error)
    })
}

/// A type that does not go with the route, in the words of actix and serde.
fn is_mistake_of_the_server(message: &str) -> bool {
    ["wrong number of parameters", "unsupported type", "expected at least one parameter", "missing field "]
        .iter()
        .any(|start| message.starts_with(start))
}
