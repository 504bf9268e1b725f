//! Salesforce REST: an array of errors is the whole body.

use aura_errors::{Class, Retry};

use super::Case;

/// Errors of the Salesforce REST API.
#[derive(Debug, Clone, PartialEq, thiserror::Error, aura_errors::Taxonomy)]
#[api(
    body = [ { "message": message, "errorCode": code, ..fields } ],
    rename_all = "SCREAMING_SNAKE_CASE"
)]
#[non_exhaustive]
pub enum SalesforceError {
    /// An id is not one of this type.
    #[error("{message}")]
    #[api(400)]
    MalformedId {
        #[api(message)]
        message: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        fields: Option<Vec<String>>,
    },

    /// The query cannot be parsed.
    #[error("{message}")]
    #[api(400)]
    MalformedQuery {
        #[api(message)]
        message: String,
    },

    /// The object does not have this field.
    #[error("{message}")]
    #[api(400)]
    InvalidField {
        #[api(message)]
        message: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        fields: Option<Vec<String>>,
    },

    /// There is no such object.
    #[error("{message}")]
    #[api(400)]
    InvalidType {
        #[api(message)]
        message: String,
    },

    /// The body is not acceptable JSON.
    #[error("{message}")]
    #[api(400)]
    JsonParserError {
        #[api(message)]
        message: String,
    },

    /// Required fields are missing.
    #[error("{message}")]
    #[api(400)]
    RequiredFieldMissing {
        #[api(message)]
        message: String,
        fields: Vec<String>,
    },

    /// The account may not write these fields.
    #[error("{message}")]
    #[api(400, class(validation, permission))]
    InvalidFieldForInsertUpdate {
        #[api(message)]
        message: String,
        fields: Vec<String>,
    },

    /// Another transaction holds the record.
    #[error("{message}")]
    #[api(400, class = conflict, retry = always)]
    UnableToLockRow {
        #[api(message)]
        message: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        fields: Option<Vec<String>>,
    },

    /// The session has expired, or never was.
    #[error("{message}")]
    #[api(401)]
    InvalidSessionId {
        #[api(message)]
        message: String,
    },

    /// The organisation's requests of the day are used up.
    #[error("{message}")]
    #[api(403, class = rate_limit)]
    RequestLimitExceeded {
        #[api(message)]
        message: String,
    },

    /// The resource does not exist.
    #[error("{message}")]
    #[api(404)]
    NotFound {
        #[api(message)]
        message: String,
    },

    /// The resource does not have this method.
    #[error("{message}")]
    #[api(405)]
    MethodNotAllowed {
        #[api(message)]
        message: String,
    },

    /// Something went wrong at Salesforce.
    #[error("{message}")]
    #[api(500)]
    UnknownException {
        #[api(message)]
        message: String,
    },

    /// Down for maintenance, or overloaded.
    #[error("{message}")]
    #[api(503)]
    ServerUnavailable {
        #[api(message)]
        message: String,
    },
}

pub fn cases() -> Vec<Case<SalesforceError>> {
    vec![
        Case {
            source: "https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/errorcodes.htm, incorrect ID",
            status: 400,
            headers: &[("Content-Type", "application/json;charset=UTF-8")],
            body: r#"[
                {
                    "fields": [ "Id" ],
                    "message": "Account ID: id value of incorrect type: 001900K0001pPuOAAU",
                    "errorCode": "MALFORMED_ID"
                }
            ]"#,
            expect: SalesforceError::MalformedId {
                message: "Account ID: id value of incorrect type: 001900K0001pPuOAAU".into(),
                fields: Some(vec!["Id".into()]),
            },
            classes: &[Class::Validation],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        Case {
            source: "https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/errorcodes.htm, resource does not exist",
            status: 404,
            headers: &[],
            body: r#"[ { "message": "The requested resource does not exist", "errorCode": "NOT_FOUND" } ]"#,
            expect: SalesforceError::NotFound {
                message: "The requested resource does not exist".into(),
            },
            classes: &[Class::NotFound],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        Case {
            source: "https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/errorcodes.htm, 401",
            status: 401,
            headers: &[("WWW-Authenticate", "Token")],
            body: r#"[ { "message": "Session expired or invalid", "errorCode": "INVALID_SESSION_ID" } ]"#,
            expect: SalesforceError::InvalidSessionId {
                message: "Session expired or invalid".into(),
            },
            classes: &[Class::Auth],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        // A limit of the day told with 403: the class says limit, the verdict stays that of 403.
        Case {
            source: "https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/errorcodes.htm, 403 REQUEST_LIMIT_EXCEEDED",
            status: 403,
            headers: &[],
            body: r#"[ { "message": "TotalRequests Limit exceeded.", "errorCode": "REQUEST_LIMIT_EXCEEDED" } ]"#,
            expect: SalesforceError::RequestLimitExceeded {
                message: "TotalRequests Limit exceeded.".into(),
            },
            classes: &[Class::RateLimit],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        Case {
            source: "Salesforce REST API forum, Error Structures: INVALID_TYPE",
            status: 400,
            headers: &[("Content-Type", "application/json; charset=UTF-8")],
            body: r#"[ {
                "message": "\nselect id,name,type from accountx\n                         ^\nERROR at Row:1:Column:26\nsObject type 'accountx' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name. Please reference your WSDL or the describe call for the appropriate names.",
                "errorCode": "INVALID_TYPE"
            } ]"#,
            expect: SalesforceError::InvalidType {
                message: "\nselect id,name,type from accountx\n                         ^\nERROR at Row:1:Column:26\nsObject type 'accountx' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name. Please reference your WSDL or the describe call for the appropriate names.".into(),
            },
            classes: &[Class::Validation],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        Case {
            source: "Salesforce object reference, field-level security: INVALID_FIELD_FOR_INSERT_UPDATE",
            status: 400,
            headers: &[],
            body: r#"[
                {
                    "message": "Unable to create/update fields: IsClosedOnCreate. Please check the security settings of this field and verify that it is read/write for your profile or permission set.",
                    "errorCode": "INVALID_FIELD_FOR_INSERT_UPDATE",
                    "fields": [ "IsClosedOnCreate" ]
                }
            ]"#,
            expect: SalesforceError::InvalidFieldForInsertUpdate {
                message: "Unable to create/update fields: IsClosedOnCreate. Please check the security settings of this field and verify that it is read/write for your profile or permission set.".into(),
                fields: vec!["IsClosedOnCreate".into()],
            },
            classes: &[Class::Validation, Class::Permission],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        Case {
            source: "Salesforce record locking: UNABLE_TO_LOCK_ROW",
            status: 400,
            headers: &[],
            body: r#"[
                {
                    "message": "unable to obtain exclusive access to this record or 1 records: 0035cFAKESFIDAAI",
                    "errorCode": "UNABLE_TO_LOCK_ROW",
                    "fields": []
                }
            ]"#,
            expect: SalesforceError::UnableToLockRow {
                message: "unable to obtain exclusive access to this record or 1 records: 0035cFAKESFIDAAI".into(),
                fields: Some(vec![]),
            },
            classes: &[Class::Conflict],
            retry: Retry::Always,
            delay: None,
            reencodes: true,
        },
        // Several at once: the first says what it is, the rest is not kept.
        Case {
            source: "Salesforce REST API forum, Error Structures: always an array of errors",
            status: 400,
            headers: &[],
            body: r#"[
                { "message": "Required fields are missing: [LastName]", "errorCode": "REQUIRED_FIELD_MISSING", "fields": [ "LastName" ] },
                { "message": "No such column 'Nickname' on sobject of type Contact", "errorCode": "INVALID_FIELD" }
            ]"#,
            expect: SalesforceError::RequiredFieldMissing {
                message: "Required fields are missing: [LastName]".into(),
                fields: vec!["LastName".into()],
            },
            classes: &[Class::Validation],
            retry: Retry::Never,
            delay: None,
            reencodes: false,
        },
        Case {
            source: "https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/errorcodes.htm, 503",
            status: 503,
            headers: &[],
            body: r#"[ { "message": "Server Unavailable", "errorCode": "SERVER_UNAVAILABLE" } ]"#,
            expect: SalesforceError::ServerUnavailable { message: "Server Unavailable".into() },
            classes: &[Class::Unavailable],
            retry: Retry::Always,
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
        unknown_code::<SalesforceError>(
            400,
            r#"[ { "message": "entity is deleted", "errorCode": "ENTITY_IS_DELETED", "fields": [] } ]"#,
        );
        bad_gateway::<SalesforceError>();
        // The token endpoint speaks OAuth, not this.
        foreign::<SalesforceError>(
            400,
            "application/json",
            r#"{ "error": "invalid_grant", "error_description": "authentication failure" }"#,
        );
        foreign::<SalesforceError>(400, "application/json", "[]");
    }
}
