//! What holds for the documents that are made from any lock.

use std::collections::HashSet;

use aura_errors_docs::model::Taxonomy;
use aura_errors_docs::openapi::{self, Selection};
use aura_errors_docs::page::Page;
use aura_errors_docs::{Json, json_schema, python, typescript};
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag};

use crate::html;

/// Every document, from whatever was read as a lock.
pub fn rendered(taxonomy: &Taxonomy) {
    let page = Page::new(taxonomy.clone()).success(200, "It went well.");
    markdown(&page.markdown());
    html::checked(&page.html());
    let _ = page.fragments();
    for client in [typescript::render(taxonomy), python::render(taxonomy)] {
        assert!(!client.contains(|c: char| c.is_control() && c != '\n'), "{client}");
    }
    references(&openapi::document(taxonomy, "1"));
    let responses = openapi::responses(&Selection::all(taxonomy));
    for (key, _) in responses.as_object().expect("responses are an object") {
        let is_status = key.len() == 3 && key.starts_with(|c: char| c.is_ascii_digit());
        assert!(is_status || key == "default", "{key}");
    }
    if let Some(bundle) = json_schema::bundle(taxonomy, "https://example.com/") {
        assert!(bundle.as_object().is_some(), "{bundle}");
    }
}

/// No text becomes HTML or a heading of the page.
fn markdown(page: &str) {
    let mut titles = 0;
    for event in Parser::new_ext(page, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }) => titles += 1,
            Event::Html(html) | Event::InlineHtml(html) => {
                let html = html.trim();
                let comment = html.starts_with("<!-- Made from ") && html.matches("-->").count() == 1;
                let anchor = html.starts_with("<a id=\"") && html.ends_with('>');
                let own = ["</a>", "<code>", "</code>", ""].contains(&html);
                assert!(comment || anchor || own, "{html:?} in {page}");
            }
            Event::Start(Tag::Link { dest_url, .. }) => html::address(&dest_url),
            _ => {}
        }
    }
    assert!(titles <= 1, "{titles} titles in {page}");
}

/// Every `$ref` leads somewhere.
fn references(document: &Json) {
    let components = document.get("components").expect("the components");
    let mut known = HashSet::new();
    for kind in ["schemas", "responses"] {
        let names = components.get(kind).and_then(Json::as_object).expect("an object");
        known.extend(names.keys().map(|name| format!("#/components/{kind}/{name}")));
    }
    let mut rest: Vec<&Json> = components.get("responses").into_iter().collect();
    while let Some(json) = rest.pop() {
        if let Some(reference) = json.get("$ref").and_then(Json::as_str) {
            assert!(known.contains(reference), "{reference} in {}", document.pretty());
        }
        rest.extend(json.as_array().into_iter().flatten());
        rest.extend(json.as_object().into_iter().flat_map(|members| members.values()));
    }
}
