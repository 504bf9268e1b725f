//! Every key, on a type, a variant and a field, in every form.

use aura_errors::body::Aura;
use aura_errors::{RetryAfter, Taxonomy};
use http::{HeaderValue, StatusCode};

/// The documentation.
///
/// It has a second paragraph.
#[derive(Debug, Clone, PartialEq, thiserror::Error, Taxonomy)]
#[api(
    body = { "error": message, "code": code, "kind"?: slot(kind), "detail"?: detail, ..fields },
    content_type = "application/vnd.example+json",
    rename_all = "kebab-case",
    code_prefix = "E_",
    fields(rename_all = "camelCase"),
    header("Cache-Control" = "no-store", "X-Api" = "1"),
    docs_url = "https://example.com/errors/{name}#{code}-{status}",
    reserved("E_old", 1007, -3),
    allow_success,
    retry_header = "X-Should-Retry",
    reset_header("X-RateLimit-Reset" = epoch),
    crate = aura_errors,
    bound = "",
)]
#[non_exhaustive]
enum Every {
    #[error("name, code and texts")]
    #[api(
        404,
        name = "named",
        code = "E_a" | 7 | "E_b" | none,
        class = not_found,
        retry = never,
        message = "text",
        detail = "more text",
        cause = "a cause",
        fix = "a fix",
        docs_url = "https://example.com/{name}",
        since = "1.0",
        deprecated = "use another",
        level = warn,
        stands_for(route, path),
        example = Every::Texts,
    )]
    Texts,

    #[error("classes, slots and conditions")]
    #[api(NOT_ACCEPTABLE, code = 7007, class(validation, conflict), retry = if_idempotent)]
    #[api(slot(kind = "a" | "b"), when(header("X-Kind") = "a", header("X-Other") = "b"), deprecated)]
    Conditions,

    #[error("a body of its own")]
    #[api(409, body = Aura, header("X-Api" = "2"), content_type = "application/json", code = any)]
    OwnBody,

    #[error("a range, and a number in place of a code")]
    #[api(500..=549, code = -12)]
    Range {
        #[api(status)]
        status: StatusCode,
    },

    #[error("all of a hundred")]
    #[api("5XX", code = none)]
    Hundred {
        #[api(status)]
        status: Option<u16>,
    },

    #[error("a success")]
    #[api(OK, allow_success)]
    Success,

    #[error("the plain internal error")]
    #[api(500, fallback, level = error)]
    Internal,

    #[error("fields")]
    #[api(503, retry = always)]
    Fields {
        #[api(detail)]
        detail: Option<String>,
        #[api(message)]
        text: String,
        #[api(code)]
        code: Option<String>,
        #[api(status)]
        status: StatusCode,
        #[api(retry_after)]
        wait: Option<RetryAfter>,
        #[api(header = "X-Request-Id")]
        request_id: Option<HeaderValue>,
        #[api(header = "X-Count", example = 3)]
        count: u32,
        #[api(slot = "kind")]
        kind: Option<String>,
        #[api(expose, example = "x")]
        exposed: String,
        #[api(expose, sensitive)]
        token: Option<String>,
        #[api(skip)]
        skipped: u8,
        #[api(expose)]
        #[serde(rename = "renamed", alias = "other", default, skip_serializing_if = "Option::is_none")]
        of_serde: Option<u8>,
    },

    #[error("another's face")]
    #[api(as = Internal)]
    Face,
}

fn main() {
    for error in Every::examples() {
        assert!(Every::from_response(error.to_response()).is_ok(), "{error:?}");
    }
}
