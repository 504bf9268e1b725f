//! Plain text in Markdown: as code, in cells, in headings.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use crate::page::{begins_in_line, code_span, longest_run, to_line, to_markdown};

/// As code, in a cell of a table. Inside of backticks nothing can be escaped, so what ends a cell or a
/// code span asks for the element.
pub(super) fn cell(text: &str) -> String {
    if text.contains(['|', '`', '\\']) { format!("<code>{}</code>", entities(text)) } else { code_span(text) }
}

/// As plain text, without anything that Markdown gives a meaning.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '&' => out.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' | '>' => out.extend(['\\', c]),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// As plain text in a cell of a table.
pub(super) fn plain_cell(text: &str) -> String {
    plain(text).replace("\\|", "&#124;")
}

/// A heading's text: on one line. Code spans in it stay.
pub(super) fn heading(text: &str) -> String {
    to_line(text).replace('#', "\\#")
}

/// Text in a comment, which it does not end, on one line.
pub(super) fn comment(text: &str) -> String {
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    text.replace("->", "- >").replace("!>", "! >")
}

/// The value of an attribute in double quotes.
pub(super) fn attribute(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

/// Text in an element: nothing in it is Markdown.
fn entities(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '&' | '<' | '>' | '"' | '|' | '`' | '\\' | '*' | '_' | '[' | ']' | '~' => {
                out.push_str(&format!("&#{};", u32::from(c)));
            }
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// An address between `<` and `>`.
pub(super) fn url(text: &str) -> String {
    const UNFIT: &AsciiSet = &CONTROLS.add(b' ').add(b'<').add(b'>').add(b'\\');
    utf8_percent_encode(text, UNFIT).to_string()
}

/// A fenced block, whatever fences are inside.
pub(super) fn fenced(text: &str, language: &str) -> String {
    let fence = "`".repeat((longest_run(text) + 1).max(3));
    format!("{fence}{language}\n{}\n{fence}", text.trim_end_matches('\n'))
}

/// An item of a list: what it is about, and Markdown, whose further lines belong to the item.
pub(super) fn list_item(out: &mut String, label: &str, markdown: &str) {
    let text = to_markdown(markdown, 3);
    let gap = if begins_in_line(&text) { " " } else { "\n\n  " };
    let text = text.replace('\n', "\n  ").replace("\n  \n", "\n\n");
    out.push_str(&format!("- **{}:**{gap}{text}\n", plain(label)));
}
