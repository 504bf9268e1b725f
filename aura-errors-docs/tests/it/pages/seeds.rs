//! The facts of the two pages that this project started from, one by one: (what, how the page says it).

use aura_errors_docs::Json;

use super::{aura, aurora};

#[track_caller]
fn says(page: &str, facts: &[(&str, &str)]) {
    let missing: Vec<_> = facts.iter().filter(|(_, text)| !page.contains(text)).collect();
    assert!(missing.is_empty(), "{missing:#?}\n{page}");
}

/// The part of a page about one error.
fn section<'a>(page: &'a str, name: &str) -> &'a str {
    let start = page.find(&format!("<a id=\"{name}\"></a>")).unwrap();
    let rest = &page[start + 1..];
    &rest[..rest.find("<a id=").unwrap_or(rest.len())]
}

fn body(section: &str) -> Json {
    let (_, rest) = section.split_once("```json\n").unwrap();
    serde_json::from_str(rest.split_once("\n```").unwrap().0).unwrap()
}

fn json(text: &str) -> Json {
    serde_json::from_str(text).unwrap()
}

#[test]
fn the_page_of_the_aura_api_has_all_facts_of_its_original() {
    let page = aura().markdown();
    says(
        &page,
        &[
            ("one JSON body for all errors", "Errors have a JSON body of this form (`application/json`):"),
            ("a message", "| `error` | string | the message, for people |"),
            ("a code", "| `error_code` | string, integer or null | the machine-readable code"),
            ("context or details", "| `detail` | any | additional context or validation details"),
            ("200", "| `200` | OK | | Request succeeded. |"),
            ("201", "| `201` | Created | | Resource created successfully. |"),
            (
                "400",
                "| `400` | Bad Request | [`bad_request`](#bad_request) | Invalid parameters or request body. |",
            ),
            (
                "401",
                "| `401` | Unauthorized | [`not_authenticated`](#not_authenticated) | Missing, invalid, or expired API key. |",
            ),
            (
                "403",
                "| `403` | Forbidden | [`wrong_auth_scheme`](#wrong_auth_scheme) | No Authorization header present (wrong auth scheme). |",
            ),
            ("404", "| `404` | Not Found | [`not_found`](#not_found) | The resource does not exist. |"),
            (
                "422",
                "| `422` | Unprocessable Entity | [`validation`](#validation) | The request does not match the endpoint's schema. |",
            ),
            ("429", "| `429` | Too Many Requests | [`rate_limited`](#rate_limited) | Rate limit exceeded. |"),
            ("500", "| `500` | Internal Server Error | [`internal`](#internal) | Server-side failure. |"),
        ],
    );
    says(
        section(&page, "not_authenticated"),
        &[
            ("cause of 401", "- **Cause:** Missing or invalid `X-API-KEY` header."),
            ("fix of 401", "- **Fix:** Ensure every request includes `X-API-KEY: your_key`."),
            ("no code", "- **Code:** none\n"),
        ],
    );
    says(
        section(&page, "validation"),
        &[
            (
                "cause of 422: fields and types",
                "- **Cause:** A required field is missing or has the wrong type.",
            ),
            ("fix of 422", "- **Fix:** Check the API Reference for the request schema of the endpoint."),
            ("form of the details", "array of object with loc, msg, type"),
            ("no code in this body", "- **Code:** none\n"),
        ],
    );
    says(
        section(&page, "not_found"),
        &[
            ("cause of 404", "The resource ID does not exist, or does not belong to your account."),
            ("fix of 404", "Verify the ID with the corresponding list endpoint first."),
        ],
    );
    says(
        section(&page, "rate_limited"),
        &[
            ("back off", "Back off and retry after the delay in the `Retry-After` header"),
            ("exponentially", "use exponential backoff in automated clients"),
            ("it may be repeated", "- **Retry:** Yes"),
            ("the header", "| header `Retry-After` | seconds or date |"),
        ],
    );
    let bodies = [
        (
            "not_authenticated",
            r#"{"error": "Not authenticated", "error_code": null, "detail": "Not authenticated"}"#,
        ),
        (
            "validation",
            r#"{"error": "Validation error", "detail": [{"loc": ["body", "name"], "msg": "field required", "type": "value_error.missing"}]}"#,
        ),
        ("not_found", r#"{"error": "Not found", "error_code": null, "detail": "Not found"}"#),
    ];
    for (name, text) in bodies {
        assert_eq!(body(section(&page, name)), json(text), "{name}");
    }
    let format = r#"{"error": "Human-readable message", "error_code": "machine_readable_code", "detail": "Additional context or validation details"}"#;
    assert_eq!(body(&page), json(format));
}

#[test]
fn the_page_of_the_aurora_api_has_all_facts_of_its_original() {
    let page = aurora().markdown();
    says(
        &page,
        &[
            (
                "4xx in general",
                "4xx an error in the\ninformation that was sent, such as a missing parameter or failed authentication",
            ),
            ("5xx in general", "5xx an error of the server"),
            ("2xx in general", "2xx indicates success"),
            ("200", "| `200` | OK | | The request was successfully processed. |"),
            ("no body is documented", "told apart by their status alone"),
            ("401", "| `401` | Unauthorized | [`unauthorized`](#unauthorized) |"),
            ("404", "| `404` | Not Found | [`not_found`](#not_found) |"),
            ("422", "| `422` | Unprocessable Entity | [`unprocessable`](#unprocessable) |"),
            ("429", "| `429` | Too Many Requests | [`too_many_requests`](#too_many_requests) |"),
            ("5XX", "| `5XX` | Server Error | [`internal`](#internal) | An internal error on the server. |"),
        ],
    );
    let facts: &[(&str, &[(&str, &str)])] = &[
        (
            "unauthorized",
            &[
                ("partly processed", "The request was partially processed"),
                ("valid token, not authorized", "The token is valid, but not authorized for the action."),
                ("so it is about permission", "- **Class:** `permission`"),
            ],
        ),
        (
            "not_found",
            &[
                ("partly processed", "The request was partially processed"),
                ("authenticated and authorized", "the token is valid and authorized"),
                ("missing, or of another tenant", "The object does not exist, or belongs to another tenant."),
                ("other environments", "Also IDs of other\nenvironments"),
                ("deleted", "resources that a user has deleted, such as a design or a project"),
            ],
        ),
        (
            "unprocessable",
            &[
                ("not processed", "The request could not be processed"),
                ("missing parameters", "Mandatory parameters are missing"),
                ("such as keys or tokens", "keys or tokens that identify and authenticate the caller"),
                ("what to check", "Check the signature, timestamp, URI and payload of the call."),
                ("also authentication", "or the caller cannot be authenticated"),
                ("both classes", "- **Class:** `validation`, `auth`"),
            ],
        ),
        (
            "too_many_requests",
            &[
                ("not processed", "The request could not be processed"),
                ("limit", "the default of 90 requests in a minute with one API key"),
                ("why there is a limit", "bursts of traffic"),
                ("when to try again", "the body or the `Retry-After` header"),
                ("who runs into it", "Mostly clients that poll."),
                ("what to do", "Use webhooks instead of polling"),
                ("whom to ask", "account representative"),
            ],
        ),
        (
            "internal",
            &[
                ("whose fault", "An internal error on the server."),
                ("rare", "rare"),
                ("whom to ask", "Contact support"),
                ("any of the statuses", "### 5XX Internal"),
            ],
        ),
    ];
    for (name, facts) in facts {
        says(section(&page, name), facts);
    }
}
