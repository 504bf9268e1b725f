//! Documented bodies and statuses, found in a page.

use serde::de::IgnoredAny;

/// A documented body.
#[derive(Clone, Debug)]
pub(super) struct Found {
    /// For findings: the line of the page, and the status it stands under.
    pub(super) place: String,
    /// The first and the last status it is documented under.
    pub(super) status: Option<(u16, u16)>,
    pub(super) json: String,
}

/// A status that the page lists, with the line it stands in.
pub(super) type Announced = (u16, u16, String);

/// What a page documents.
pub(super) struct Page {
    /// Without the markup of HTML.
    pub(super) text: String,
    pub(super) bodies: Vec<Found>,
    pub(super) statuses: Vec<Announced>,
}

/// A level below that of every heading.
const LINE: usize = 7;

impl Page {
    pub(super) fn read(text: &str) -> Self {
        let text = match text.contains("</") {
            true => without_tags(text),
            false => text.to_owned(),
        };
        let (mut bodies, mut statuses) = (Vec::new(), Vec::new());
        // The status that holds from here on, and the level it was said at.
        let mut current: Option<((u16, u16), usize)> = None;
        let mut fence = Fence::default();
        let mut offset = 0;
        let mut skip_to = 0;
        for (number, line) in text.split_inclusive('\n').enumerate() {
            let (start, end) = (offset, offset + line.len());
            offset = end;
            if !fence.is_read(line) || end <= skip_to {
                continue;
            }
            // The end of a body is no line of the page.
            let mut from = start.max(skip_to);
            if from == start {
                let said = line_status(line.split(['{', '[']).next().unwrap_or_default(), &mut current);
                if let Some((status, said)) = said {
                    statuses.push((status.0, status.1, format!("line {}: {said}", number + 1)));
                }
            }
            let mut own = None;
            while let Some((at, length)) = next_json(&text, from, end) {
                own = last_status(&text[from..at]).or(own);
                let status = own.or(current.map(|(status, _)| status));
                let under = status.map_or_else(String::new, |status| format!(", under {}", shown(status)));
                bodies.push(Found {
                    place: format!("line {}{under}", number + 1),
                    status,
                    json: text[at..at + length].to_owned(),
                });
                from = (at + length).min(end);
                skip_to = at + length;
            }
        }
        Self { text, bodies, statuses }
    }
}

fn shown((first, last): (u16, u16)) -> String {
    if first == last { first.to_string() } else { format!("{}XX", first / 100) }
}

/// Whether the lines of a fenced block are read: those of JSON, of HTTP and without a language.
#[derive(Default)]
struct Fence {
    /// Inside a block; whether it is passed over.
    inside: Option<bool>,
}

impl Fence {
    fn is_read(&mut self, line: &str) -> bool {
        let line = line.trim_start();
        let mark = line.strip_prefix("```").or_else(|| line.strip_prefix("~~~"));
        match (mark, self.inside) {
            (Some(_), Some(_)) => self.inside = None,
            (Some(language), None) => {
                let language = language.trim_start_matches(['`', '~']).trim().to_lowercase();
                let known = ["", "json", "jsonc", "json5", "http", "text", "txt"];
                self.inside =
                    Some(!known.contains(&language.split([' ', ',', '{']).next().unwrap_or_default()));
            }
            (None, _) => {}
        }
        mark.is_none() && self.inside != Some(true)
    }
}

/// The status that a line announces, with its text; sets what holds from here on.
fn line_status(line: &str, current: &mut Option<((u16, u16), usize)>) -> Option<((u16, u16), String)> {
    let line = line.trim();
    let level = line.bytes().take_while(|byte| *byte == b'#').count();
    let status = if (1..LINE).contains(&level) {
        if current.is_some_and(|(_, at)| level <= at) {
            *current = None;
        }
        leading_status(line).or_else(|| last_status(line))
    } else {
        leading_status(line)
    }?;
    // A row of a table speaks for itself only.
    if !line.starts_with('|') {
        *current = Some((status, if level == 0 { LINE } else { level }));
    }
    Some((status, line.to_owned()))
}

/// `404 Not Found`, `**404**`, `HTTP/1.1 404`, `Status code: 404`, `5XX`.
fn leading_status(line: &str) -> Option<(u16, u16)> {
    let mut rest = line.trim_start_matches(|character: char| !character.is_alphanumeric());
    let introduces = |rest: &str| {
        let words = ["http/1.1", "http/2", "http", "error", "status", "code"];
        words
            .into_iter()
            .find(|word| rest.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word)))
    };
    while let Some(word) = introduces(rest) {
        rest = rest[word.len()..].trim_start_matches(|character: char| !character.is_alphanumeric());
    }
    let end = rest.find(|character: char| !character.is_alphanumeric()).unwrap_or(rest.len());
    status(&rest[..end])
}

/// The last status in a text, as a word of its own.
fn last_status(text: &str) -> Option<(u16, u16)> {
    text.rsplit(|character: char| !character.is_alphanumeric()).find_map(status)
}

fn status(word: &str) -> Option<(u16, u16)> {
    match word.as_bytes() {
        [hundreds @ (b'4' | b'5'), b'x' | b'X', b'x' | b'X'] => {
            let first = u16::from(hundreds - b'0') * 100;
            Some((first, first + 99))
        }
        [_, _, _] => {
            word.parse().ok().filter(|status| (400..600).contains(status)).map(|status| (status, status))
        }
        _ => None,
    }
}

/// The next JSON object, or array of objects, that begins in a part of the text.
fn next_json(text: &str, from: usize, to: usize) -> Option<(usize, usize)> {
    let candidates = text.get(from..to)?.match_indices(['{', '[']).map(|(at, _)| from + at);
    for at in candidates {
        let rest = &text[at..];
        let inner = rest[1..].trim_start();
        let is_body = if rest.starts_with('{') { inner.starts_with('"') } else { inner.starts_with('{') };
        if !is_body {
            continue;
        }
        let mut stream = serde_json::Deserializer::from_str(rest).into_iter::<IgnoredAny>();
        if let Some(Ok(_)) = stream.next() {
            return Some((at, stream.byte_offset()));
        }
    }
    None
}

/// The text of HTML: headings as in Markdown, a line for each block, entities as characters.
fn without_tags(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    // Where something stands in one it stands in the other.
    let lower = html.to_ascii_lowercase();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let comment = rest.starts_with("<!--");
        let Some(end) = rest.find(if comment { "-->" } else { ">" }) else { break };
        if !rest[1..].starts_with(|next: char| next.is_ascii_alphabetic() || matches!(next, '/' | '!' | '?'))
        {
            out.push('<');
            rest = &rest[1..];
            continue;
        }
        let tag = rest[1..end].to_ascii_lowercase();
        rest = &rest[end + 1..];
        let name = tag.split(|character: char| !character.is_alphanumeric() && character != '/').next();
        match name.unwrap_or_default() {
            name @ ("script" | "style") => {
                let close = format!("</{name}");
                let at = lower[html.len() - rest.len()..].find(&close);
                rest = at.map_or("", |at| &rest[at..]);
            }
            name @ ("h1" | "h2" | "h3" | "h4" | "h5" | "h6") => {
                let level = name[1..].parse().unwrap_or(1);
                out.push('\n');
                out.push_str(&"#".repeat(level));
                out.push(' ');
            }
            "tr" => out.push_str("\n| "),
            "td" | "th" => out.push(' '),
            "br" | "p" | "li" | "dt" | "dd" | "pre" | "div" | "section" | "/h1" | "/h2" | "/h3" | "/h4"
            | "/h5" | "/h6" | "/p" | "/li" | "/pre" | "/div" | "/table" => out.push('\n'),
            _ => {}
        }
    }
    out.push_str(rest);
    // `&amp;` last, or `&amp;lt;` would become `<`.
    for (entity, character) in [
        ("&quot;", "\""),
        ("&#34;", "\""),
        ("&#39;", "'"),
        ("&apos;", "'"),
        ("&nbsp;", " "),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&amp;", "&"),
    ] {
        out = out.replace(entity, character);
    }
    out
}
