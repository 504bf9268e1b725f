//! The ready-made bodies, each written out as a template. The runtime's types of the same names are
//! made from this table by `ready_made!`.

use syn::parse::Parser;

use super::ast::Node;
use super::parse::parse_inline;

/// One ready-made body.
pub(crate) struct Ready {
    /// As written after `body =`.
    pub(crate) name: &'static str,
    /// The type in the runtime's `body` module.
    pub(crate) type_name: &'static str,
    /// `None`: no content type is sent.
    pub(crate) content_type: Option<&'static str>,
    pub(crate) kind: ReadyKind,
}

pub(crate) enum ReadyKind {
    /// The template's text.
    Json(&'static str),
    /// The body is the message, as plain text.
    Text,
    /// No body.
    Empty,
    /// Nothing is sent, and whatever comes is accepted.
    Anything,
}

pub(crate) static READY: &[Ready] = &[
    Ready {
        name: "aura",
        type_name: "Aura",
        content_type: Some("application/json"),
        kind: ReadyKind::Json(r#"{ "error": message, "error_code": code, "detail": detail | message }"#),
    },
    // RFC 9457, section 3.1: every member is optional. Section 3.2: extension members stand beside
    // them.
    Ready {
        name: "problem",
        type_name: "Problem",
        content_type: Some("application/problem+json"),
        kind: ReadyKind::Json(
            r#"{
                "type"?: docs_url | "about:blank",
                "title"?: title,
                "status"?: status,
                "detail"?: detail | message,
                "code"?: code,
                ..fields
            }"#,
        ),
    },
    // RFC 9457, section 3.1.1: `type` is the problem's identifier, and absent means `about:blank`.
    Ready {
        name: "problem(type)",
        type_name: "ProblemType",
        content_type: Some("application/problem+json"),
        kind: ReadyKind::Json(
            r#"{
                "type"?: code,
                "title"?: title,
                "status"?: status,
                "detail"?: detail | message,
                ..fields
            }"#,
        ),
    },
    // AIP-193: `google.rpc.Status` under `error`. The payloads of `details` are protobuf messages,
    // of which every member is optional; a `Duration` is a text in seconds.
    Ready {
        name: "google",
        type_name: "Google",
        content_type: Some("application/json"),
        kind: ReadyKind::Json(
            r#"{
                "error": {
                    "code": status,
                    "message": message,
                    "status": code,
                    "details"?: [
                        {
                            "@type": "type.googleapis.com/google.rpc.ErrorInfo",
                            "reason"?: slot(reason),
                            "domain"?: slot(domain),
                            "metadata"?: fields
                        },
                        {
                            "@type": "type.googleapis.com/google.rpc.RetryInfo",
                            "retryDelay": "{retry_after}s"
                        }
                    ]
                }
            }"#,
        ),
    },
    // JSON:API 1.1, error objects: every member is optional, `status` and `code` are texts. The page
    // about an error is its `type`: `about` would be this very occurrence of it.
    Ready {
        name: "json_api",
        type_name: "JsonApi",
        content_type: Some("application/vnd.api+json"),
        kind: ReadyKind::Json(
            r#"{
                "errors": [
                    {
                        "links"?: { "type"?: docs_url },
                        "status"?: "{status}",
                        "code"?: code,
                        "title"?: title,
                        "detail"?: detail | message,
                        "source"?: {
                            "pointer"?: field(pointer),
                            "parameter"?: field(parameter),
                            "header"?: field(header)
                        },
                        "meta"?: fields
                    }
                ]
            }"#,
        ),
    },
    // RFC 6749, section 5.2: only `error` is required.
    Ready {
        name: "oauth2",
        type_name: "OAuth2",
        content_type: Some("application/json"),
        kind: ReadyKind::Json(
            r#"{
                "error": code,
                "error_description"?: message,
                "error_uri"?: docs_url,
                ..fields
            }"#,
        ),
    },
    Ready {
        name: "text",
        type_name: "Text",
        content_type: Some("text/plain; charset=utf-8"),
        kind: ReadyKind::Text,
    },
    Ready { name: "empty", type_name: "Empty", content_type: None, kind: ReadyKind::Empty },
    Ready { name: "none", type_name: "Anything", content_type: None, kind: ReadyKind::Anything },
];

/// The body of this name, its argument included.
pub(crate) fn by_name(name: &str) -> Option<&'static Ready> {
    READY.iter().find(|ready| ready.name == name)
}

/// The names without arguments. One that is written in two ways comes twice.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    READY.iter().map(Ready::bare_name)
}

impl Ready {
    /// The name without its argument.
    pub(crate) fn bare_name(&self) -> &'static str {
        self.name.split('(').next().unwrap_or(self.name)
    }

    /// The template, if the body is JSON. Its spans are the call site.
    pub(crate) fn node(&self) -> Option<Node> {
        match self.kind {
            // A unit test parses them all.
            ReadyKind::Json(text) => parse_inline.parse_str(text).ok(),
            ReadyKind::Text | ReadyKind::Empty | ReadyKind::Anything => None,
        }
    }
}
