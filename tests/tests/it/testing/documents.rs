//! Documents held against taxonomies.

use aura_errors::Taxonomy;
use aura_errors::testing::{Document, Findings, assert_document, check_document};
use aura_errors_tests::seeds::{AuraError, AuroraError};

const PAGE: &str = include_str!("../../fixtures/aura/page.md");
const COPIED: &str = include_str!("../../fixtures/aura/copied.txt");
const HTML: &str = include_str!("../../fixtures/aura/page.html");
const AURORA: &str = include_str!("../../fixtures/aurora/page.md");

#[track_caller]
fn findings<E: Taxonomy>(document: impl Into<Document>) -> Vec<String> {
    let found: Findings = check_document::<E>(document).expect_err("something to be found");
    found.iter().map(str::to_owned).collect()
}

#[test]
fn the_aura_page_in_markdown_as_copied_from_a_browser_and_in_html() {
    for (page, illustrations) in [(PAGE, vec!["line 8"]), (COPIED, vec!["line 4"]), (HTML, vec![])] {
        let checked = assert_document::<AuraError>(page);
        assert_eq!(checked.documented, ["not_authenticated", "validation", "not_found"]);
        assert_eq!(checked.mentioned, ["bad_request", "wrong_auth_scheme", "rate_limited", "internal"]);
        assert_eq!(checked.illustrations, illustrations);
    }
}

#[test]
fn the_aurora_page_documents_statuses_only() {
    let checked = assert_document::<AuroraError>(AURORA);
    assert!(checked.documented.is_empty() && checked.illustrations.is_empty());
    assert_eq!(
        checked.mentioned,
        ["unauthorized", "not_found", "unprocessable", "too_many_requests", "internal"]
    );
}

#[test]
fn bodies_in_files() {
    let file = |status| -> (String, &str) {
        let text = match status {
            401 => include_str!("../../fixtures/aura/401.json"),
            404 => include_str!("../../fixtures/aura/404.json"),
            _ => include_str!("../../fixtures/aura/422.json"),
        };
        (format!("{status}.json"), text)
    };
    let mut document = Document::new().partial();
    for status in [401, 404, 422] {
        let (name, text) = file(status);
        document = document.body(&name, status, text);
    }
    let checked = assert_document::<AuraError>(document);
    assert_eq!(checked.documented, ["not_authenticated", "not_found", "validation"]);
    assert_eq!(
        findings::<AuraError>(Document::new().partial().body("broken.json", 404, "{")),
        ["broken.json: the body is no JSON: EOF while parsing an object at line 1 column 1"]
    );
}

#[test]
fn an_error_that_is_missing_from_the_page_is_named() {
    let without = PAGE.replace("| `403` | Forbidden |", "| `303` | Forbidden |");
    assert_eq!(
        findings::<AuraError>(without.as_str()),
        ["`AuraError::WrongAuthScheme` (403, code `wrong_auth_scheme`) is not in the document"]
    );
    let named = format!("{without}\n- `wrong_auth_scheme`: the scheme is wrong\n");
    assert_document::<AuraError>(named.as_str());
    assert_document::<AuraError>(Document::new().page(&without).partial());
}

#[test]
fn a_body_that_is_missing_from_the_taxonomy_is_shown_with_its_place() {
    let more = format!("{PAGE}\n### 409 Conflict\n\n{{ \"error\": \"Clash\", \"error_code\": \"clash\" }}\n");
    let found = findings::<AuraError>(more.as_str());
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].starts_with("line 73, under 409: no error of `AuraError` is this body: "), "{found:?}");
    assert!(found[0].contains(r#"{"error":"Clash","error_code":"clash"}"#), "{found:?}");
    assert_eq!(found[1], "no error of `AuraError` has the status of line 71: ### 409 Conflict");
}

#[test]
fn a_body_that_is_another_errors_is_found() {
    let wrong = PAGE.replacen("\"Not authenticated\"", "\"No key\"", 1);
    let found = findings::<AuraError>(wrong.as_str());
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(
        found[0].starts_with(
            "line 30, under 401: the body is read as `AuraError::NotAuthenticated`, which is written as"
        ),
        "{found:?}"
    );
    // Under another status it is no error at all.
    let moved = PAGE.replace("### 401", "### 402");
    let found = findings::<AuraError>(moved.as_str());
    assert!(found[0].starts_with("line 30, under 402: no error of `AuraError`"), "{found:?}");
}

#[derive(Debug, thiserror::Error, Taxonomy)]
enum Coded {
    #[error("No such order")]
    #[api(404)]
    NoOrder,
    #[error("No such customer")]
    #[api(404)]
    NoCustomer,
    #[error("Busy")]
    #[api(503, when(header("X-Busy") = "1"))]
    Busy,
    #[error("Broken")]
    #[api("5XX", body = { "status": status, "message": message, "code": code })]
    Broken {
        #[api(status)]
        status: u16,
    },
}

const ORDER: &str = r#"{ "error": "No such order", "error_code": "no_order", "detail": "No such order" }"#;
const CUSTOMER: &str =
    r#"{ "error": "No such customer", "error_code": "no_customer", "detail": "No such customer" }"#;
const BUSY: &str = r#"{ "error": "Busy", "error_code": "busy", "detail": "Busy" }"#;
const BROKEN: &str = r#"{ "status": 502, "message": "Broken", "code": "broken" }"#;

#[test]
fn every_place_of_a_status() {
    let pages = [
        format!("## 404\n{ORDER}\n{CUSTOMER}\n## 503\n{BUSY}\n## 5XX\n{BROKEN}"),
        format!(
            "HTTP/1.1 404 Not Found\n{ORDER}\n\nStatus code: 404\n{CUSTOMER}\n* 503 is\n{BUSY}\n**5xx**\n{BROKEN}"
        ),
        format!("| 404 | {ORDER} |\n| 404 | {CUSTOMER}|\n|503|{BUSY}|\n| 5XX | {BROKEN} |"),
        format!("404: {ORDER} {CUSTOMER}; 503: {BUSY}; 5XX: {BROKEN}"),
        format!(
            "# Orders (404)\n### Order\n{ORDER}\n### Customer\n{CUSTOMER}\n# Ours: 503\n~~~json\n{BUSY}\n~~~\n# Error 5XX\n{BROKEN}"
        ),
        // A code is enough.
        format!("{ORDER}{CUSTOMER}{BUSY}\n\n502 {BROKEN}"),
    ];
    for page in pages {
        let checked =
            check_document::<Coded>(page.as_str()).unwrap_or_else(|found| panic!("{page}\n{found}"));
        assert!(checked.documented.starts_with(&["no_order", "no_customer"]), "{page}: {checked:?}");
        assert!(checked.documented.contains(&"broken"), "{page}: {checked:?}");
        let all = checked.documented.len() + checked.mentioned.len();
        assert_eq!(all, 4, "{page}: {checked:?}");
    }
}

#[test]
fn a_status_of_several_errors_mentions_none_of_them() {
    let found = findings::<Coded>(format!("404 {ORDER}\n\n503\n{BUSY}\n5XX {BROKEN}").as_str());
    assert_eq!(found, ["`Coded::NoCustomer` (404, code `no_customer`) is not in the document"]);
}

#[test]
fn a_heading_ends_what_a_status_above_it_says() {
    let page = format!("## 404\n{ORDER}\n## Format\n{{ \"error\": \"…\" }}\n404 {CUSTOMER} busy broken");
    let checked = check_document::<Coded>(page.as_str()).unwrap();
    assert_eq!(checked.illustrations, ["line 4"]);
}

#[test]
fn what_is_no_tag_stays_in_the_text() {
    // An anchor is enough for the page to be read as HTML.
    let body = r#"{ "error": "1 < 2", "error_code": "busy", "detail": "Busy" }"#;
    let found = findings::<Coded>(Document::new().partial().page(&format!("<a id=\"x\"></a>\n503 {body}")));
    assert!(found[0].contains("1 < 2"), "{found:?}");
}

#[test]
fn comments_and_scripts_are_no_text_however_they_are_written() {
    for hidden in
        ["<!-- a > b 409 -->", "<script>409</script>", "<SCRIPT>\n409\n</SCRIPT>", "<Style>\n409\n</sTYLE>"]
    {
        let page = format!("{hidden}\n<p>404 {ORDER} {CUSTOMER}; 503: {BUSY}; 5XX: {BROKEN}</p>");
        let checked =
            check_document::<Coded>(page.as_str()).unwrap_or_else(|found| panic!("{page}\n{found}"));
        assert_eq!(checked.documented[..2], ["no_order", "no_customer"], "{page}");
    }
}

#[test]
fn a_tag_that_is_never_closed_repeats_nothing() {
    let page = format!("<p></p>404 {ORDER} <");
    let checked = check_document::<Coded>(Document::new().partial().page(&page)).unwrap();
    assert_eq!(checked.documented, ["no_order"]);
}

#[test]
fn pages_of_anything_do_not_panic() {
    for page in
        ["", "{", "[{", "<", "</<", "####### 404", "```", "404 {\"a\":", "é404 {\"é\": 1} ½", "&lt;/&amp;"]
    {
        let _ = check_document::<Coded>(page);
    }
}
