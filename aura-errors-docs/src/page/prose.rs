//! Prose as people write it into doc comments: Markdown, made fit for a page.

use std::ops::Range;

use pulldown_cmark::{BrokenLink, CowStr, Event, Options, Parser, Tag};

/// The level of the deepest heading there is.
const DEEPEST: usize = 6;

/// Links in the way of rustdoc (`` [`Name`] ``) have no target on a page; other brackets are text.
fn broken<'a>(link: BrokenLink<'_>) -> Option<(CowStr<'a>, CowStr<'a>)> {
    link.reference.starts_with('`').then_some((CowStr::Borrowed(""), CowStr::Borrowed("")))
}

/// A link without a scheme stays on the same server; of schemes only these lead to a page or a mail.
fn is_safe(url: &str) -> bool {
    let scheme = url.split(['/', '?', '#']).next().and_then(|start| start.split_once(':'));
    let known = ["http", "https", "mailto"];
    !url.is_empty()
        && scheme.is_none_or(|(scheme, _)| known.iter().any(|known| known.eq_ignore_ascii_case(scheme)))
}

fn events(text: &str) -> impl Iterator<Item = (Event<'_>, Range<usize>)> {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    Parser::new_with_broken_link_callback(text, options, Some(broken)).into_offset_iter()
}

#[cfg(feature = "markdown")]
pub(crate) use self::markdown::{begins_in_line, to_cell, to_line, to_markdown};

#[cfg(feature = "markdown")]
mod markdown {
    use pulldown_cmark::{CodeBlockKind, TagEnd};

    use super::*;

    /// How often what is left is looked through again: HTML may come to light when HTML around it has
    /// become text.
    const ROUNDS: usize = 4;

    /// For a page: raw HTML becomes text, headings go below `level`, links lead to the web or into the page,
    /// a fence is closed.
    pub(crate) fn to_markdown(text: &str, level: usize) -> String {
        let mut text = text.replace("\r\n", "\n").trim().to_owned();
        for round in 0..ROUNDS {
            // Later rounds find headings that are below the level already, and those that were HTML before.
            let above = if round == 0 { DEEPEST } else { level };
            let edits = edits(&text, level, above);
            let html = edits.iter().any(|edit| edit.html);
            text = apply(text, edits);
            if !html {
                return text;
            }
        }
        let text = text.replace('<', "&lt;");
        let edits = edits(&text, level, level);
        apply(text, edits)
    }

    /// Whether Markdown goes on in a line that something else begins.
    pub(crate) fn begins_in_line(markdown: &str) -> bool {
        matches!(events(markdown).next(), None | Some((Event::Start(Tag::Paragraph), _)))
    }

    /// For a heading: on one line, of which no part is more than text in a line.
    pub(crate) fn to_line(text: &str) -> String {
        let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
        // What a heading is made of is read as that, and not as a list, a fence or another block.
        let heading = to_markdown(&format!("# {line}"), 0);
        heading.strip_prefix('#').unwrap_or(&heading).trim_start().to_owned()
    }

    /// For a cell of a table: on one line.
    pub(crate) fn to_cell(text: &str) -> String {
        let mut out = String::new();
        for c in to_line(text).chars() {
            if c == '|' && !out.ends_with('\\') {
                out.push('\\');
            }
            out.push(c);
        }
        out
    }

    struct Edit {
        at: Range<usize>,
        text: String,
        html: bool,
    }

    fn apply(mut text: String, mut edits: Vec<Edit>) -> String {
        edits.sort_by_key(|edit| edit.at.start);
        for edit in edits.into_iter().rev() {
            text.replace_range(edit.at, &edit.text);
        }
        text
    }

    /// Headings down to the level `above` go below `level`.
    fn edits(text: &str, level: usize, above: usize) -> Vec<Edit> {
        let mut edits = Vec::new();
        // A link that leads nowhere, and its text.
        let mut link: Option<(Range<usize>, Option<Range<usize>>)> = None;
        for (event, at) in events(text) {
            if let Some((_, inner)) = &mut link {
                let start = inner.as_ref().map_or(at.start, |inner| inner.start);
                if !matches!(event, Event::End(_)) {
                    *inner = Some(start..at.end);
                }
            }
            match event {
                Event::Html(_) | Event::InlineHtml(_) => {
                    let text = text[at.clone()].replace('<', "&lt;");
                    edits.push(Edit { at, text, html: true });
                }
                Event::Start(Tag::Heading { level: own, .. }) if own as usize <= above => {
                    edits.push(heading(text, at, level + own as usize));
                }
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_))) => {
                    edits.extend(open_fence(text, at));
                }
                Event::Start(Tag::Link { dest_url, .. }) if !is_safe(&dest_url) => link = Some((at, None)),
                Event::End(TagEnd::Link) => {
                    if let Some((at, Some(inner))) = link.take() {
                        edits.push(Edit { at, text: text[inner].to_owned(), html: false });
                    }
                }
                _ => {}
            }
        }
        edits
    }

    /// A heading at another level, in either of its forms.
    fn heading(text: &str, at: Range<usize>, level: usize) -> Edit {
        let source = &text[at.clone()];
        let marks = "#".repeat(level.min(DEEPEST));
        match source.trim_start().strip_prefix('#') {
            Some(_) => {
                let start = at.start + (source.len() - source.trim_start().len());
                let run = source.trim_start().chars().take_while(|c| *c == '#').count();
                Edit { at: start..start + run, text: marks, html: false }
            }
            None => {
                let mut lines: Vec<_> = source.trim_end().lines().map(str::trim).collect();
                // The line below it.
                lines.pop();
                let end = at.start + source.trim_end().len();
                Edit { at: at.start..end, text: format!("{marks} {}", lines.join(" ")), html: false }
            }
        }
    }

    /// What closes a fenced block that goes on to the end of the text.
    fn open_fence(text: &str, at: Range<usize>) -> Option<Edit> {
        let source = text[at.clone()].trim();
        let mark = source.chars().next()?;
        let fence: String = source.chars().take_while(|c| *c == mark).collect();
        let last = source.lines().skip(1).last().map(str::trim);
        let closed = last.is_some_and(|last| last.len() >= fence.len() && last.chars().all(|c| c == mark));
        let end = text.len();
        (!closed && at.end == end).then(|| Edit { at: end..end, text: format!("\n{fence}"), html: false })
    }
}

#[cfg(feature = "html")]
pub(crate) use self::html::{Form, to_html, to_text};

#[cfg(feature = "html")]
mod html {
    use pulldown_cmark::{HeadingLevel, TagEnd, html};

    use super::*;

    /// What of a page the prose becomes.
    #[derive(Clone, Copy, PartialEq)]
    pub(crate) enum Form {
        /// Paragraphs and what else there is, with headings below this level.
        Blocks(usize),
        /// A part of a paragraph.
        Inline,
    }

    /// Safe HTML: raw HTML is text, links go to the web or into the page, images are their texts.
    pub(crate) fn to_html(text: &str, form: Form) -> String {
        let mut out = String::new();
        html::push_html(&mut out, clean(text, form));
        out.trim().to_owned()
    }

    /// The words alone, on one line.
    pub(crate) fn to_text(text: &str) -> String {
        let words = clean(text, Form::Inline).filter_map(|event| match event {
            Event::Text(text) | Event::Code(text) => Some(text),
            Event::SoftBreak | Event::HardBreak => Some(CowStr::Borrowed(" ")),
            _ => None,
        });
        let text: String = words.map(CowStr::into_string).collect();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn clean(text: &str, form: Form) -> impl Iterator<Item = Event<'_>> {
        // Of every open link whether it is shown.
        let mut links = Vec::new();
        let mut paragraphs = 0;
        events(text).filter_map(move |(event, _)| match event {
            Event::Html(text) | Event::InlineHtml(text) => Some(Event::Text(text)),
            Event::Start(Tag::HtmlBlock) | Event::End(TagEnd::HtmlBlock) => None,
            Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => None,
            Event::Start(Tag::Link { ref dest_url, .. }) => {
                links.push(is_safe(dest_url));
                links.last().is_some_and(|shown| *shown).then_some(event)
            }
            Event::End(TagEnd::Link) => links.pop().unwrap_or_default().then_some(event),
            Event::Start(Tag::Paragraph) if form == Form::Inline => {
                paragraphs += 1;
                (paragraphs > 1).then_some(Event::Text(CowStr::Borrowed(" ")))
            }
            Event::End(TagEnd::Paragraph) if form == Form::Inline => None,
            Event::Start(Tag::Heading { level, .. }) => {
                let level = lower(level, form);
                Some(Event::Start(Tag::Heading { level, id: None, classes: Vec::new(), attrs: Vec::new() }))
            }
            Event::End(TagEnd::Heading(level)) => Some(Event::End(TagEnd::Heading(lower(level, form)))),
            event => Some(event),
        })
    }

    fn lower(level: HeadingLevel, form: Form) -> HeadingLevel {
        let base = match form {
            Form::Blocks(base) => base,
            Form::Inline => DEEPEST,
        };
        HeadingLevel::try_from((base + level as usize).min(DEEPEST)).unwrap_or(HeadingLevel::H6)
    }
}
