//! Markdown: what it says, and that nothing people write changes its structure.

use std::collections::HashSet;

use aura_errors_docs::model::Taxonomy;
use aura_errors_docs::page::Page;
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::{aura, aurora, hostile, taxonomy};

#[track_caller]
fn snapshot(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(concat!(env!("CARGO_MANIFEST_DIR"), "/../snapshots"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

fn events(page: &str) -> impl Iterator<Item = Event<'_>> {
    Parser::new_ext(page, Options::ENABLE_TABLES)
}

/// The texts of all elements of one kind, code included.
fn texts(page: &str, start: impl Fn(&Tag<'_>) -> bool, end: impl Fn(&TagEnd) -> bool) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut inside = false;
    for event in events(page) {
        match event {
            Event::Start(tag) if start(&tag) => {
                out.push(String::new());
                inside = true;
            }
            Event::End(tag) if end(&tag) => inside = false,
            Event::Text(text) | Event::Code(text) if inside => out.last_mut().unwrap().push_str(&text),
            _ => {}
        }
    }
    out
}

#[test]
fn the_pages_of_the_seeds() {
    snapshot("page_aura", &aura().markdown());
    snapshot("page_aurora", &aurora().markdown());
}

#[test]
fn the_page_of_what_is_hard_to_write() {
    snapshot("page_hostile", &hostile().markdown());
}

#[test]
fn no_text_becomes_html_or_a_script() {
    assert!(!hostile().markdown().contains("(javascript:"));
    assert!(!hostile().markdown().contains("<javascript:"));
    for event in events(&hostile().markdown()) {
        if let Event::Html(html) | Event::InlineHtml(html) = event {
            let html = html.trim();
            let own = ["<!-- Made from ", "<a id=\"", "</a>", "<code>", "</code>"];
            assert!(own.iter().any(|own| html.starts_with(own)), "{html}");
            assert!(!html.contains("script") && !html.contains(" on"), "{html}");
        }
    }
}

#[test]
fn the_name_of_a_taxonomy_does_not_end_the_comment() {
    for name in ["A--><b>", "A--!><b>", "A\n--><b>", "A---><b>"] {
        let mut taxonomy = aurora().taxonomy().clone();
        taxonomy.name = name.to_owned();
        let page = page(taxonomy);
        let (comment, _) = page.split_once('\n').unwrap();
        assert_eq!(comment.find("->"), Some(comment.len() - 2), "{comment}");
        assert!(!comment.contains("!>"), "{comment}");
    }
}

#[test]
fn no_text_becomes_a_heading_of_the_page() {
    let page = hostile().markdown();
    let top = |level| {
        texts(
            &page,
            move |tag| matches!(tag, Tag::Heading { level: found, .. } if *found == level),
            move |tag| *tag == TagEnd::Heading(level),
        )
    };
    assert_eq!(top(HeadingLevel::H1).len(), 1);
    let mut expected = vec!["A heading", "Setext", "Error response format", "HTTP status codes", "Errors"];
    expected.extend(["Errors of another service", "Deep errors", "Retired codes"]);
    assert_eq!(top(HeadingLevel::H2), expected);
    assert_eq!(top(HeadingLevel::H3).len(), 8);
}

/// HTML that becomes text may let a heading come to light that was a part of it.
#[test]
fn a_heading_inside_of_html_stays_below_the_error() {
    let deep = "<i>\n<b>\n# one\n".repeat(8);
    for description in ["<i>\n# h", "- a\n  ~~~\n<i>\n# h", "<i>\nh\n===", "<i>\n## h\n\n# i", &deep] {
        let mut taxonomy = aurora().taxonomy().clone();
        taxonomy.errors.truncate(1);
        let levels = |taxonomy: &Taxonomy| {
            let page = page(taxonomy.clone());
            let headings = events(&page).filter_map(|event| match event {
                Event::Start(Tag::Heading { level, .. }) => Some(level as usize),
                _ => None,
            });
            headings.filter(|level| *level <= 3).collect::<Vec<_>>()
        };
        let expected = levels(&taxonomy);
        taxonomy.errors[0].description = description.to_owned();
        assert_eq!(levels(&taxonomy), expected, "{description:?}");
    }
}

/// On one line, what began a block elsewhere begins none.
#[test]
fn no_block_hides_html_from_titles_cells_and_items() {
    for text in ["```Option<Vec<u8>>", "~~~\n<b>", "- a\n\n      <b>", "<b>\n~~~\n<i>", "1. ```\n   <b>"] {
        let mut taxonomy = aurora().taxonomy().clone();
        taxonomy.errors.truncate(1);
        taxonomy.errors[0].title = text.to_owned();
        taxonomy.errors[0].cause = Some(text.to_owned());
        taxonomy.errors[0].fix = Some(text.to_owned());
        let page = Page::new(taxonomy).title(text).markdown();
        let titles = texts(
            &page,
            |tag| matches!(tag, Tag::Heading { level: HeadingLevel::H1, .. }),
            |tag| *tag == TagEnd::Heading(HeadingLevel::H1),
        );
        assert_eq!(titles.len(), 1, "{page}");
        for event in events(&page) {
            if let Event::Html(html) | Event::InlineHtml(html) = event {
                assert!(
                    ["<!--", "<a id", "</a>"].iter().any(|own| html.starts_with(own)),
                    "{html} of {text:?}"
                );
            }
        }
    }
}

#[test]
fn every_row_has_as_many_cells_as_its_table() {
    let page = hostile().markdown();
    let (mut columns, mut tables) = (0, 0);
    for line in page.lines().filter(|line| line.starts_with('|')) {
        // Nothing but the page's own bars ends a cell.
        let bars = line.replace("\\|", "").matches('|').count();
        if line.starts_with("|---") {
            tables += 1;
            assert_eq!(bars, columns, "{line}");
        } else if columns != bars {
            columns = bars;
        }
    }
    // Format, statuses, the fields of two errors, and one in a description.
    assert_eq!(tables, 5, "{page}");
    let status = |cells: &[String]| cells[0] == "400" && cells[2] == "hostile";
    let cells = texts(&page, |tag| *tag == Tag::TableCell, |tag| *tag == TagEnd::TableCell);
    let row = cells.windows(4).find(|cells| status(cells)).unwrap();
    assert_eq!(row[3], "<script>window.hacked=1</script> a | b and c|d");
    assert!(cells.contains(&"One | two three <b>x</b> - four".to_owned()), "{cells:#?}");
    assert!(cells.contains(&"a|b`c".to_owned()), "{cells:#?}");
}

#[test]
fn bodies_come_back_whole_from_their_fences() {
    let page = hostile().markdown();
    let blocks = texts(&page, |tag| matches!(tag, Tag::CodeBlock(_)), |tag| *tag == TagEnd::CodeBlock);
    assert!(blocks.iter().any(|block| block == "```\nfence <b>\n```\n"), "{blocks:#?}");
    assert!(blocks.iter().any(|block| block == "never closed <b>\n"), "{blocks:#?}");
    let body = hostile().taxonomy().by_name("hostile").unwrap().example().unwrap().body.clone().unwrap();
    assert!(blocks.iter().any(|block| block.trim_end() == body.pretty()), "{blocks:#?}");
}

#[test]
fn every_link_into_the_page_arrives() {
    for page in [aura(), aurora(), hostile()] {
        let text = page.markdown();
        let ids: HashSet<_> =
            text.split("<a id=\"").skip(1).map(|rest| rest.split_once('"').unwrap().0).collect();
        for event in events(&text) {
            if let Event::Start(Tag::Link { dest_url, .. }) = event {
                if let Some(fragment) = dest_url.strip_prefix('#') {
                    let id = percent_encoding::percent_decode_str(fragment).decode_utf8().unwrap();
                    let escaped = id.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
                    assert!(ids.contains(escaped.as_str()), "{fragment} of {ids:?}");
                }
            }
        }
    }
}

fn page(taxonomy: Taxonomy) -> String {
    Page::new(taxonomy).markdown()
}

#[test]
fn the_order_of_declaration_does_not_matter_between_statuses() {
    let taxonomy = taxonomy("../tests/locks/aura.lock.json");
    let mut reversed = taxonomy.clone();
    reversed.errors.reverse();
    assert_eq!(page(taxonomy), page(reversed));
}

#[test]
fn a_new_error_only_adds_lines() {
    let taxonomy = taxonomy("../tests/locks/aura.lock.json");
    for index in 0..taxonomy.errors.len() {
        let mut before = taxonomy.clone();
        before.errors.remove(index);
        let (before, after) = (page(before), page(taxonomy.clone()));
        let mut lines = after.lines();
        let gone = before.lines().find(|line| !lines.any(|now| now == *line));
        assert_eq!(gone, None, "without error {index}");
    }
}

#[test]
fn a_changed_fix_changes_one_line() {
    let before = taxonomy("../tests/locks/aura.lock.json");
    let mut after = before.clone();
    after.errors[1].fix = Some("Another fix.".to_owned());
    let (before, after) = (page(before), page(after));
    let changed: Vec<_> = before.lines().zip(after.lines()).filter(|(one, other)| one != other).collect();
    assert_eq!(changed.len(), 1, "{changed:?}");
    assert_eq!(changed[0].1, "- **Fix:** Another fix.");
}

#[test]
fn a_page_without_errors_is_a_page() {
    let mut taxonomy = taxonomy("../tests/locks/aura.lock.json");
    taxonomy.errors.clear();
    let page = Page::new(taxonomy).title("Nothing fails").intro("Not *yet*.").markdown();
    assert!(page.contains("# Nothing fails\n\nNot *yet*.\n"), "{page}");
}
