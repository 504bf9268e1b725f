//! HTML: what can be seen without a browser. The rest is tested in one, by `.ci/page`.

use std::collections::HashSet;

use aura_errors_docs::html::CONTENT_SECURITY_POLICY;

use super::{aura, aurora, hostile};

/// The values of an attribute, unescaped.
fn values(html: &str, attribute: &str) -> Vec<String> {
    let (_, body) = html.split_once("<body").unwrap();
    let marker = format!(" {attribute}=\"");
    let unescape = |text: &str| {
        let text = text.replace("&#34;", "\"").replace("&#39;", "'").replace("&quot;", "\"");
        text.replace("&#60;", "<")
            .replace("&#62;", ">")
            .replace("&lt;", "<")
            .replace("&#38;", "&")
            .replace("&amp;", "&")
    };
    body.split(&marker).skip(1).map(|rest| unescape(rest.split_once('"').unwrap().0)).collect()
}

#[test]
fn ids_are_unique_and_links_into_the_page_arrive() {
    for page in [aura(), aurora(), hostile()] {
        let html = page.html();
        let all = values(&html, "id");
        let ids: HashSet<_> = all.iter().cloned().collect();
        assert_eq!(ids.len(), all.len(), "{all:?}");
        for link in values(&html, "href") {
            if let Some(fragment) = link.strip_prefix('#') {
                let id = percent_encoding::percent_decode_str(fragment).decode_utf8().unwrap();
                assert!(ids.contains(id.as_ref()), "{fragment} of {ids:?}");
            }
        }
    }
}

#[test]
fn an_error_is_found_by_its_name_and_by_each_of_its_codes() {
    let page = hostile();
    let html = page.html();
    let ids = values(&html, "id");
    for id in ["numbered", "4711", "1007", "slow-down", "numbered-2", "a-b/c#d\"e", "rate_limited"] {
        assert!(ids.contains(&id.to_owned()), "{id} of {ids:?}");
    }
    let fragments = page.fragments();
    assert_eq!(fragments["4711"], "numbered");
    assert_eq!(fragments["slow down"], "numbered");
    assert_eq!(fragments["rate_limited"], "a-b/c%23d%22e");
    assert_eq!(fragments.get("no such"), None);
}

#[test]
fn nothing_is_loaded_and_nothing_people_write_is_run() {
    let html = hostile().html();
    let (head, body) = html.split_once("<body").unwrap();
    for element in ["<script", "<img", "<iframe", "<link", "<style", "<b>", "<u>", "<i>"] {
        assert!(!body.contains(element), "{element}");
    }
    assert_eq!(head.matches("<script").count(), 1);
    assert!(head.contains(&CONTENT_SECURITY_POLICY.replace('\'', "&#39;")), "{}", &head[..600]);
    for link in values(&html, "href") {
        assert!(link.starts_with('#') || link.starts_with("https://example.com/"), "{link}");
    }
}

#[test]
fn a_code_that_does_not_travel_is_not_shown() {
    assert!(values(&aurora().html(), "data-codes").iter().all(String::is_empty));
    assert!(values(&aura().html(), "data-codes").contains(&"rate_limited".to_owned()));
}

#[test]
fn a_page_without_errors_is_a_page() {
    let mut taxonomy = aura().taxonomy().clone();
    taxonomy.errors.clear();
    assert!(aura_errors_docs::html::page(&taxonomy).ends_with("</html>\n"));
}
