//! Cloudflare: one envelope for successes and failures, the codes are numbers.

use std::time::Duration;

use aura_errors::{Class, Retry, RetryAfter};
use serde::{Deserialize, Serialize};

use super::{Case, after};

/// What led to an error.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Cause {
    pub code: i64,
    pub message: String,
}

/// Errors of the Cloudflare API.
#[derive(Debug, Clone, PartialEq, thiserror::Error, aura_errors::Taxonomy)]
#[api(body = {
    "success": false,
    "errors": [ { "code": code, "message": message, ..fields } ],
    "messages": [],
    "result": null
})]
#[non_exhaustive]
pub enum CloudflareError {
    /// The headers are not acceptable.
    #[error("{message}")]
    #[api(400, code = 6003)]
    InvalidRequestHeaders {
        #[api(message)]
        message: String,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        error_chain: Vec<Cause>,
    },

    /// The path leads nowhere, or to nothing of this account.
    #[error("{message}")]
    #[api(400, code = 7003, class = not_found)]
    CouldNotRoute {
        #[api(message)]
        message: String,
    },

    /// The DNS record is not valid.
    #[error("{message}")]
    #[api(400, code = 9005 | 9009 | 1004)]
    InvalidRecord {
        #[api(message)]
        message: String,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        error_chain: Vec<Cause>,
    },

    /// A record like this exists.
    #[error("{message}")]
    #[api(400, code = 81053 | 81057 | 81058, class = conflict)]
    RecordExists {
        #[api(message)]
        message: String,
    },

    /// The token is not valid, or not for this.
    #[error("{message}")]
    #[api(403, code = 10000 | 9109, class(auth, permission))]
    Authentication {
        #[api(message)]
        message: String,
    },

    /// The zone does not exist.
    #[error("{message}")]
    #[api(404, code = 1001)]
    InvalidZone {
        #[api(message)]
        message: String,
    },

    /// More than 1,200 requests in five minutes.
    #[error("{message}")]
    #[api(429, code = 971 | 10429)]
    RateLimited {
        #[api(message)]
        message: String,
        #[api(retry_after)]
        retry_after: Option<RetryAfter>,
    },
}

pub fn cases() -> Vec<Case<CloudflareError>> {
    vec![
        Case {
            source: "https://developers.cloudflare.com/fundamentals/api/troubleshooting/, 9109",
            status: 403,
            headers: &[("Content-Type", "application/json")],
            body: r#"{"success":false,"errors":[{"code":10000,"message":"Authentication error"}],"messages":[],"result":null}"#,
            expect: CloudflareError::Authentication { message: "Authentication error".into() },
            classes: &[Class::Auth, Class::Permission],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        // The same code comes with 400 from some products: still this error. Its synonym is read, the
        // first code would be written.
        Case {
            source: "https://developers.cloudflare.com/fundamentals/api/troubleshooting/, 10000",
            status: 400,
            headers: &[],
            body: r#"{"success":false,"errors":[{"code":9109,"message":"Invalid access token"}],"messages":[],"result":null}"#,
            expect: CloudflareError::Authentication { message: "Invalid access token".into() },
            classes: &[Class::Auth, Class::Permission],
            retry: Retry::Never,
            delay: None,
            reencodes: false,
        },
        // `result` is missing: it is no member that a failure needs.
        Case {
            source: "https://developers.cloudflare.com/api/, failure without a result",
            status: 403,
            headers: &[],
            body: r#"{"success":false,"errors":[{"code":9109,"message":"Unauthorized to access requested resource"}]}"#,
            expect: CloudflareError::Authentication {
                message: "Unauthorized to access requested resource".into(),
            },
            classes: &[Class::Auth, Class::Permission],
            retry: Retry::Never,
            delay: None,
            reencodes: false,
        },
        Case {
            source: "https://developers.cloudflare.com/fundamentals/api/troubleshooting/, error chain",
            status: 400,
            headers: &[],
            body: r#"{
                "success": false,
                "errors": [
                    {
                        "code": 6003,
                        "message": "Invalid request headers",
                        "error_chain": [ { "code": 6103, "message": "Invalid format for X-Auth-Key header" } ]
                    }
                ],
                "messages": [],
                "result": null
            }"#,
            expect: CloudflareError::InvalidRequestHeaders {
                message: "Invalid request headers".into(),
                error_chain: vec![Cause {
                    code: 6103,
                    message: "Invalid format for X-Auth-Key header".into(),
                }],
            },
            classes: &[Class::Validation],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        Case {
            source: "https://developers.cloudflare.com/dns/manage-dns-records/troubleshooting/, 81057",
            status: 400,
            headers: &[],
            body: r#"{"result":null,"success":false,"errors":[{"code":81053,"message":"An A, AAAA, or CNAME record with that host already exists."}],"messages":[]}"#,
            expect: CloudflareError::RecordExists {
                message: "An A, AAAA, or CNAME record with that host already exists.".into(),
            },
            classes: &[Class::Conflict],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        Case {
            source: "https://developers.cloudflare.com/fundamentals/api/reference/limits/",
            status: 429,
            headers: &[("Retry-After", "299")],
            body: r#"{"success":false,"errors":[{"code":971,"message":"Please wait and consider throttling your request speed"}],"messages":[],"result":null}"#,
            expect: CloudflareError::RateLimited {
                message: "Please wait and consider throttling your request speed".into(),
                retry_after: Some(after(299_000)),
            },
            classes: &[Class::RateLimit],
            retry: Retry::Always,
            delay: Some(Duration::from_secs(299)),
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
        unknown_code::<CloudflareError>(
            400,
            r#"{"success":false,"errors":[{"code":1061,"message":"example.com already exists"}],"messages":[],"result":null}"#,
        );
        bad_gateway::<CloudflareError>();
        foreign::<CloudflareError>(
            403,
            "application/json",
            r#"{"success":false,"errors":[],"messages":[],"result":null}"#,
        );
    }
}
