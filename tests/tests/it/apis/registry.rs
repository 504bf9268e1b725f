//! Container registries (OCI distribution): a list of errors, and how to get a token in a header.

use std::time::Duration;

use aura_errors::{Class, Retry, RetryAfter};
use serde_json::Value;

use super::{Case, after};

/// Errors of a container registry.
#[derive(Debug, Clone, PartialEq, thiserror::Error, aura_errors::Taxonomy)]
#[api(
    body = { "errors": [ { "code": code, "message"?: message, "detail"?: detail } ] },
    rename_all = "SCREAMING_SNAKE_CASE",
    header("Docker-Distribution-Api-Version" = "registry/2.0")
)]
#[non_exhaustive]
pub enum RegistryError {
    /// The name of the repository is not valid.
    #[error("invalid repository name")]
    #[api(400)]
    NameInvalid {
        #[api(message)]
        message: Option<String>,
        #[api(detail)]
        detail: Option<Value>,
    },

    /// The digest does not match the content.
    #[error("the digest does not match")]
    #[api(400)]
    DigestInvalid {
        #[api(message)]
        message: Option<String>,
        #[api(detail)]
        detail: Option<Value>,
    },

    /// A token is needed: where to get it, the challenge says.
    #[error("authentication required")]
    #[api(401)]
    Unauthorized {
        #[api(message)]
        message: Option<String>,
        #[api(detail)]
        detail: Option<Value>,
        #[api(header = "WWW-Authenticate")]
        challenge: Option<String>,
    },

    /// Not allowed for this user.
    #[error("denied")]
    #[api(403)]
    Denied {
        #[api(message)]
        message: Option<String>,
        #[api(detail)]
        detail: Option<Value>,
    },

    /// The repository does not exist.
    #[error("unknown repository")]
    #[api(404)]
    NameUnknown {
        #[api(message)]
        message: Option<String>,
        #[api(detail)]
        detail: Option<Value>,
    },

    /// The tag or digest does not exist.
    #[error("unknown manifest")]
    #[api(404)]
    ManifestUnknown {
        #[api(message)]
        message: Option<String>,
        #[api(detail)]
        detail: Option<Value>,
    },

    /// Too many requests.
    #[error("too many requests")]
    #[api(429, code = "TOOMANYREQUESTS")]
    TooManyRequests {
        #[api(message)]
        message: Option<String>,
        #[api(retry_after)]
        retry_after: Option<RetryAfter>,
    },
}

pub fn cases() -> Vec<Case<RegistryError>> {
    vec![
        Case {
            source: "https://distribution.github.io/distribution/spec/auth/token/, requesting a token",
            status: 401,
            headers: &[
                ("Content-Type", "application/json; charset=utf-8"),
                (
                    "WWW-Authenticate",
                    r#"Bearer realm="https://auth.docker.io/token",service="registry.docker.io",scope="repository:samalba/my-app:pull,push""#,
                ),
            ],
            body: r#"{"errors":[{"code":"UNAUTHORIZED","message":"access to the requested resource is not authorized","detail":[{"Type":"repository","Name":"samalba/my-app","Action":"pull"},{"Type":"repository","Name":"samalba/my-app","Action":"push"}]}]}"#,
            expect: RegistryError::Unauthorized {
                message: Some("access to the requested resource is not authorized".into()),
                detail: Some(serde_json::json!([
                    { "Type": "repository", "Name": "samalba/my-app", "Action": "pull" },
                    { "Type": "repository", "Name": "samalba/my-app", "Action": "push" }
                ])),
                challenge: Some(r#"Bearer realm="https://auth.docker.io/token",service="registry.docker.io",scope="repository:samalba/my-app:pull,push""#.into()),
            },
            classes: &[Class::Auth],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        Case {
            source: "https://github.com/opencontainers/distribution-spec, MANIFEST_UNKNOWN with detail",
            status: 404,
            headers: &[],
            body: r#"{"errors":[{"code":"MANIFEST_UNKNOWN","message":"manifest unknown","detail":{"Tag":"68bdf244"}}]}"#,
            expect: RegistryError::ManifestUnknown {
                message: Some("manifest unknown".into()),
                detail: Some(serde_json::json!({ "Tag": "68bdf244" })),
            },
            classes: &[Class::NotFound],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        Case {
            source: "https://github.com/opencontainers/distribution-spec, MANIFEST_UNKNOWN of ghcr.io",
            status: 404,
            headers: &[],
            body: r#"{"errors":[{"code":"MANIFEST_UNKNOWN","message":"manifest unknown"}]}"#,
            expect: RegistryError::ManifestUnknown { message: Some("manifest unknown".into()), detail: None },
            classes: &[Class::NotFound],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        // Message and detail are optional in the specification, and some leave both out.
        Case {
            source: "https://github.com/opencontainers/distribution-spec/blob/main/spec.md#error-codes, the code alone",
            status: 404,
            headers: &[],
            body: r#"{"errors":[{"code":"MANIFEST_UNKNOWN"}]}"#,
            expect: RegistryError::ManifestUnknown { message: None, detail: None },
            classes: &[Class::NotFound],
            retry: Retry::Never,
            delay: None,
            reencodes: true,
        },
        Case {
            source: "https://docs.docker.com/docker-hub/usage/, pull rate limit",
            status: 429,
            headers: &[("Retry-After", "60")],
            body: r#"{"errors":[{"code":"TOOMANYREQUESTS","message":"You have reached your pull rate limit. You may increase the limit by authenticating and upgrading: https://www.docker.com/increase-rate-limit"}]}"#,
            expect: RegistryError::TooManyRequests {
                message: Some("You have reached your pull rate limit. You may increase the limit by authenticating and upgrading: https://www.docker.com/increase-rate-limit".into()),
                retry_after: Some(after(60_000)),
            },
            classes: &[Class::RateLimit],
            retry: Retry::Always,
            delay: Some(Duration::from_secs(60)),
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
        unknown_code::<RegistryError>(
            404,
            r#"{"errors":[{"code":"BLOB_UNKNOWN","message":"blob unknown"}]}"#,
        );
        bad_gateway::<RegistryError>();
        foreign::<RegistryError>(404, "application/json", r#"{"errors":[]}"#);
        foreign::<RegistryError>(404, "text/plain", "404 page not found\n");
    }
}
