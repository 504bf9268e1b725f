//! Format strings, as far as the rules ask: which fields they show.

/// A format string taken apart.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Format {
    /// `{{` and `}}` unescaped; meaningful when nothing is shown.
    pub(crate) text: String,
    /// What the placeholders name, raw prefixes removed; empty for `{}`.
    pub(crate) names: Vec<String>,
    /// The name of each placeholder, and the trait of `std::fmt` that shows it.
    pub(crate) shown: Vec<(String, &'static str)>,
}

/// The error says what is wrong in words that follow the key's name.
pub(crate) fn parse(source: &str) -> Result<Format, &'static str> {
    let mut format = Format { text: String::new(), names: Vec::new(), shown: Vec::new() };
    let mut chars = source.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '{' if chars.peek() == Some(&'{') => {
                chars.next();
                format.text.push('{');
            }
            '{' => {
                let mut inner = String::new();
                loop {
                    match chars.next() {
                        Some('}') => break,
                        Some('{') | None => return Err("has an unclosed `{`; write `{{` for a brace"),
                        Some(c) => inner.push(c),
                    }
                }
                placeholder(&inner, &mut format);
            }
            '}' if chars.peek() == Some(&'}') => {
                chars.next();
                format.text.push('}');
            }
            '}' => return Err("has a `}` without `{`; write `}}` for a brace"),
            c => format.text.push(c),
        }
    }
    Ok(format)
}

/// `name`, `name:spec`; a spec may take a width or a precision from another field (`width$`).
fn placeholder(inner: &str, format: &mut Format) {
    let (name, spec) = match inner.split_once(':') {
        Some((name, spec)) => (name, spec),
        None => (inner, ""),
    };
    let name = name.trim();
    let name = name.strip_prefix("r#").unwrap_or(name).to_owned();
    format.shown.push((name.clone(), shown_by(spec.trim())));
    let names = &mut format.names;
    names.push(name);
    let mut parts = spec.split('$').peekable();
    while let Some(part) = parts.next() {
        if parts.peek().is_none() {
            break;
        }
        let word = |c: char| c.is_alphanumeric() || c == '_';
        let start = part.char_indices().rev().take_while(|(_, c)| word(*c)).last();
        // A fill character before the alignment is no part of the name.
        names.push(start.map_or("", |(at, _)| &part[at..]).to_owned());
    }
    if spec.contains(".*") {
        names.push(String::new());
    }
}

/// The type of a spec is its last character.
fn shown_by(spec: &str) -> &'static str {
    match spec.chars().last() {
        Some('?') => "Debug",
        Some('x') => "LowerHex",
        Some('X') => "UpperHex",
        Some('o') => "Octal",
        Some('b') => "Binary",
        Some('e') => "LowerExp",
        Some('E') => "UpperExp",
        Some('p') => "Pointer",
        _ => "Display",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(source: &str) -> Vec<String> {
        parse(source).unwrap().names
    }

    #[test]
    fn placeholders() {
        assert!(names("plain").is_empty());
        assert_eq!(names("{a} {0:?} {b:>10} { c } {r#type}"), ["a", "0", "b", "c", "type"]);
        assert_eq!(names("{a:width$} {b:*^1$.prec$}"), ["a", "width", "b", "1", "prec"]);
        assert_eq!(names("{} {:.*}"), ["", "", ""]);
    }

    #[test]
    fn traits() {
        let shown = parse("{a} {b:#?} {c:>8} {d:#06x} {e:x<3} {f:w$} {g:.2e}").unwrap().shown;
        let traits: Vec<_> = shown.iter().map(|(_, form)| *form).collect();
        assert_eq!(traits, ["Display", "Debug", "Display", "LowerHex", "Display", "Display", "LowerExp"]);
    }

    #[test]
    fn braces() {
        assert_eq!(parse("a {{b}} c").unwrap().text, "a {b} c");
        assert!(names("{{a}}").is_empty());
        assert_eq!(names("{{{a}}}"), ["a"]);
        for wrong in ["{", "a {b", "{a{b}}", "}", "{{}", "a } b"] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
    }
}
