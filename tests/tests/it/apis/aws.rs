//! AWS JSON 1.1: the type stands in a header or in the body, with a namespace before it or an
//! address after it, and the message has two spellings. No template can say that.

use std::io;

use aura_errors::body::{BodyFormat, BodyView, ErrorView, Identity};
use aura_errors::{Class, Retry};
use http::StatusCode;
use serde_json::{Map, Value};

use super::Case;

/// The body of AWS JSON 1.0 and 1.1.
#[derive(Debug)]
pub struct AwsJson;

impl BodyFormat for AwsJson {
    const CONTENT_TYPE: Option<&'static str> = Some("application/x-amz-json-1.1");

    fn write(error: &ErrorView<'_>, out: &mut Vec<u8>) -> io::Result<()> {
        let mut body = error.fields();
        body.insert("__type".into(), error.code().to_string().into());
        body.insert("message".into(), error.message().into());
        serde_json::to_writer(out, &body).map_err(io::Error::other)
    }

    fn identify<'a>(body: &BodyView<'a>) -> Option<Identity<'a>> {
        let header = body.headers().get("x-amzn-errortype").and_then(|value| value.to_str().ok());
        let members = match serde_json::from_slice(body.bytes()) {
            Ok(Value::Object(members)) => members,
            _ if header.is_some() => Map::new(),
            _ => return None,
        };
        let text = |name: &str| members.get(name).and_then(Value::as_str);
        let mut identity = Identity::new()
            .with_code(bare(header.or_else(|| text("__type")).or_else(|| text("code"))?).to_owned());
        if let Some(message) = text("message").or_else(|| text("Message")) {
            identity = identity.with_message(message.to_owned());
        }
        for (name, value) in &members {
            identity = identity.with_field(name.clone(), value.to_string());
        }
        Some(identity)
    }
}

/// `com.amazonaws.x#Name:http://…` is `Name`.
fn bare(kind: &str) -> &str {
    let kind = kind.split_once(':').map_or(kind, |(kind, _)| kind);
    kind.rsplit_once('#').map_or(kind, |(_, kind)| kind)
}

/// Errors of DynamoDB.
#[derive(Debug, Clone, PartialEq, thiserror::Error, aura_errors::Taxonomy)]
#[api(body = AwsJson, rename_all = "PascalCase")]
#[non_exhaustive]
pub enum DynamoDbError {
    /// The condition of the write does not hold.
    #[error("the condition does not hold")]
    #[api(400, class = conflict)]
    ConditionalCheckFailedException {
        #[api(message)]
        message: Option<String>,
        #[serde(default, rename = "Item", skip_serializing_if = "Option::is_none")]
        item: Option<Value>,
    },

    /// More than the table's capacity.
    #[error("throughput exceeded")]
    #[api(
        400,
        code = "ProvisionedThroughputExceededException" | "ThrottlingException",
        class = rate_limit,
        retry = always
    )]
    ThroughputExceeded {
        #[api(message)]
        message: Option<String>,
    },

    /// The table does not exist.
    #[error("no such resource")]
    #[api(400, class = not_found)]
    ResourceNotFoundException {
        #[api(message)]
        message: Option<String>,
    },

    /// The credentials are not valid.
    #[error("the credentials are not valid")]
    #[api(400, class = auth)]
    UnrecognizedClientException {
        #[api(message)]
        message: Option<String>,
    },

    /// A parameter is not valid.
    #[error("a parameter is not valid")]
    #[api(400)]
    ValidationException {
        #[api(message)]
        message: Option<String>,
    },

    /// Something went wrong at AWS.
    #[error("internal error")]
    #[api("5XX", code = "InternalServerError" | "InternalFailure")]
    InternalServerError {
        #[api(message)]
        message: Option<String>,
        #[api(status)]
        status: StatusCode,
    },
}

pub fn cases() -> Vec<Case<DynamoDbError>> {
    vec![
        Case {
            source: "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html",
            status: 400,
            headers: &[("Content-Type", "application/x-amz-json-1.0"), ("x-amz-crc32", "2398725430")],
            body: r#"{"__type":"com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException","message":"The conditional request failed"}"#,
            expect: DynamoDbError::ConditionalCheckFailedException {
                message: Some("The conditional request failed".into()),
                item: None,
            },
            classes: &[Class::Conflict],
            retry: Retry::Never,
            delay: None,
            reencodes: false,
        },
        Case {
            source: "https://docs.aws.amazon.com/amazonswf/latest/developerguide/UsingJSON-swf.html",
            status: 400,
            headers: &[],
            body: r#"{"__type":"com.amazon.coral.service#UnrecognizedClientException","message":"The security token included in the request is invalid."}"#,
            expect: DynamoDbError::UnrecognizedClientException {
                message: Some("The security token included in the request is invalid.".into()),
            },
            classes: &[Class::Auth],
            retry: Retry::Never,
            delay: None,
            reencodes: false,
        },
        // The other spelling of the message, and no namespace.
        Case {
            source: "https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html, operation error serialization",
            status: 400,
            headers: &[],
            body: r#"{"__type":"ResourceNotFoundException","Message":"Requested resource not found"}"#,
            expect: DynamoDbError::ResourceNotFoundException {
                message: Some("Requested resource not found".into()),
            },
            classes: &[Class::NotFound],
            retry: Retry::Never,
            delay: None,
            reencodes: false,
        },
        // In the header, with an address behind it.
        Case {
            source: "https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html, X-Amzn-Errortype",
            status: 400,
            headers: &[(
                "x-amzn-ErrorType",
                "ThrottlingException:http://internal.amazon.com/coral/com.amazon.coral.validate/",
            )],
            body: r#"{"message":"Rate exceeded"}"#,
            expect: DynamoDbError::ThroughputExceeded { message: Some("Rate exceeded".into()) },
            classes: &[Class::RateLimit],
            retry: Retry::Always,
            delay: None,
            reencodes: false,
        },
        Case {
            source: "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/CommonErrors.html",
            status: 500,
            headers: &[],
            body: r#"{"__type":"InternalServerError","message":"Internal server error"}"#,
            expect: DynamoDbError::InternalServerError {
                message: Some("Internal server error".into()),
                status: StatusCode::INTERNAL_SERVER_ERROR,
            },
            classes: &[Class::Internal],
            retry: Retry::IfIdempotent,
            delay: None,
            reencodes: true,
        },
        // What DynamoDB adds when it is asked to.
        Case {
            source: "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutItem.html, ReturnValuesOnConditionCheckFailure",
            status: 400,
            headers: &[],
            body: r#"{"__type":"ConditionalCheckFailedException","message":"The conditional request failed","Item":{"id":{"S":"1"}}}"#,
            expect: DynamoDbError::ConditionalCheckFailedException {
                message: Some("The conditional request failed".into()),
                item: Some(serde_json::json!({ "id": { "S": "1" } })),
            },
            classes: &[Class::Conflict],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
    ]
}

#[cfg(test)]
mod tests {
    use super::super::{bad_gateway, check, foreign, unknown_code};
    use super::*;

    #[test]
    fn documented_responses() {
        check(cases());
    }

    #[test]
    fn anything_else_is_unrecognized() {
        unknown_code::<DynamoDbError>(
            400,
            r#"{"__type":"com.amazonaws.dynamodb.v20120810#TransactionCanceledException","message":"Transaction cancelled"}"#,
        );
        bad_gateway::<DynamoDbError>();
        foreign::<DynamoDbError>(400, "application/json", r#"{"message":"Missing Authentication Token"}"#);
    }
}
