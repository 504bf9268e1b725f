//! What an error of actix's own says of the request.

use std::fmt;

use actix_web::error::{
    Error, InternalError, JsonPayloadError, ParseError, PayloadError, QueryPayloadError, UrlencodedError,
};
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, ResponseError};

use crate::Failure;

/// The failure, where the type of the error tells more than the status does.
pub(super) fn failure_of(error: &Error) -> Option<Failure> {
    if let Some(error) = error.as_error::<JsonPayloadError>() {
        return of_json(error);
    }
    if let Some(error) = error.as_error::<UrlencodedError>() {
        return match error {
            UrlencodedError::Overflow { .. } => Some(Failure::BodySize),
            UrlencodedError::ContentType => Some(Failure::ContentType),
            UrlencodedError::Payload(error) => Some(of_payload(error)),
            UrlencodedError::Serialize(_) => None,
            _ => Some(Failure::BodySyntax),
        };
    }
    if let Some(error) = error.as_error::<PayloadError>() {
        return Some(of_payload(error));
    }
    let is = |failure, is: bool| is.then_some(failure);
    is(Failure::Query, error.as_error::<QueryPayloadError>().is_some())
        // What `web::Path` and `web::Header` leave.
        .or(is(Failure::Path, error.as_error::<InternalError<serde::de::value::Error>>().is_some()))
        .or(is(Failure::Header, error.as_error::<ParseError>().is_some()))
        .or(is(Failure::Panic, error.as_error::<Panicked>().is_some()))
}

fn of_json(error: &JsonPayloadError) -> Option<Failure> {
    match error {
        JsonPayloadError::OverflowKnownLength { .. } | JsonPayloadError::Overflow { .. } => {
            Some(Failure::BodySize)
        }
        JsonPayloadError::ContentType => Some(Failure::ContentType),
        JsonPayloadError::Deserialize(error) if error.is_data() => Some(Failure::BodyData),
        JsonPayloadError::Payload(error) => Some(of_payload(error)),
        // A response that could not be written.
        JsonPayloadError::Serialize(_) => None,
        _ => Some(Failure::BodySyntax),
    }
}

fn of_payload(error: &PayloadError) -> Failure {
    match error {
        PayloadError::Overflow => Failure::BodySize,
        _ => Failure::BodySyntax,
    }
}

/// A handler or middleware panicked. What it said went to the panic hook, not in here.
#[derive(Debug)]
pub(super) struct Panicked;

impl fmt::Display for Panicked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the handler panicked")
    }
}

impl ResponseError for Panicked {
    fn error_response(&self) -> HttpResponse {
        HttpResponse::new(StatusCode::INTERNAL_SERVER_ERROR)
    }
}
