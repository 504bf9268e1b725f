//! HTML of ours, read strictly: whatever stands in the texts, only known elements and attributes come out.

/// Elements of the page, and those that Markdown becomes.
const ELEMENTS: &str = "html head meta title link style script body a header div p label span svg circle path \
    input kbd select option datalist button nav details summary section h1 h2 h3 h4 h5 h6 ul ol li main pre code \
    table thead tbody tr th td article dl dt dd footer em strong del blockquote hr br";

/// Without an end.
const VOID: &str = "meta link input hr br";

const ATTRIBUTES: &str = "lang class charset name content rel href id role aria-label aria-hidden aria-labelledby \
    viewbox width height cx cy r d type placeholder autocomplete spellcheck value list open scope tabindex hidden \
    data-part data-of data-first data-last data-classes data-codes http-equiv title start style";

/// Every element is known, closed in order, and has known attributes; what leads somewhere leads to the web.
pub fn checked(html: &str) {
    let mut open: Vec<String> = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix("!doctype html>") {
            rest = after;
        } else if let Some(after) = rest.strip_prefix('/') {
            let (name, after) = after.split_once('>').expect("an end tag has an end");
            assert_eq!(open.pop().as_deref(), Some(name), "{}", shown(after));
            rest = after;
        } else {
            let (name, after) = tag(rest);
            rest = after;
            match name {
                // Nothing inside of it is a tag.
                "style" | "script" => {
                    assert!(open == ["html", "head"], "`{name}` in {open:?}");
                    let end = format!("</{name}>");
                    rest = rest.split_once(&end).expect("it is closed").1;
                }
                _ if is_in(VOID, name) => {}
                _ => open.push(name.to_owned()),
            }
        }
    }
    assert_eq!(open, Vec::<String>::new());
}

/// Reads a start tag; gives its name (none to close, where it closes itself) and what follows it.
fn tag(text: &str) -> (&str, &str) {
    let end = text.find(|c: char| !c.is_ascii_alphanumeric()).expect("a tag has an end");
    let (name, mut rest) = text.split_at(end);
    assert!(is_in(ELEMENTS, name), "<{}", shown(text));
    loop {
        rest = rest.trim_start_matches([' ', '\n']);
        if let Some(after) = rest.strip_prefix('>') {
            return (name, after);
        }
        if let Some(after) = rest.strip_prefix("/>") {
            return ("br", after);
        }
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').expect("a tag has an end");
        let attribute = rest[..end].to_ascii_lowercase();
        assert!(is_in(ATTRIBUTES, &attribute), "`{attribute}` in <{}", shown(text));
        rest = &rest[end..];
        if let Some(after) = rest.strip_prefix("=\"") {
            let (value, after) = after.split_once('"').expect("a value has an end");
            match attribute.as_str() {
                "href" if name == "a" => address(value),
                "style" => assert!(value.starts_with("text-align: "), "{value}"),
                _ => {}
            }
            rest = after;
        }
    }
}

/// It leads to the web, to a mail, or to a place on the same server.
pub fn address(url: &str) {
    let scheme = url.split(['/', '?', '#', '&']).next().and_then(|start| start.split_once(':'));
    let scheme = scheme.map(|(scheme, _)| scheme.trim().to_ascii_lowercase());
    assert!(scheme.is_none_or(|scheme| is_in("http https mailto", &scheme)), "{url:?}");
}

fn is_in(words: &str, word: &str) -> bool {
    words.split_whitespace().any(|known| known == word)
}

fn shown(text: &str) -> String {
    text.chars().take(200).collect()
}
