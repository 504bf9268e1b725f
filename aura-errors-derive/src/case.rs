//! The rename rules of `rename_all`, as one table.

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Case {
    Lower,
    Upper,
    Pascal,
    Camel,
    Snake,
    ScreamingSnake,
    Kebab,
    ScreamingKebab,
}

/// As written in `rename_all = "…"`.
pub(crate) const CASES: [(&str, Case); 8] = [
    ("lowercase", Case::Lower),
    ("UPPERCASE", Case::Upper),
    ("PascalCase", Case::Pascal),
    ("camelCase", Case::Camel),
    ("snake_case", Case::Snake),
    ("SCREAMING_SNAKE_CASE", Case::ScreamingSnake),
    ("kebab-case", Case::Kebab),
    ("SCREAMING-KEBAB-CASE", Case::ScreamingKebab),
];

impl Case {
    /// Renames an identifier (without its raw prefix) of any case.
    pub(crate) fn apply(self, ident: &str) -> String {
        let words = words(ident);
        if words.is_empty() {
            return ident.to_owned();
        }
        let separator = match self {
            Case::Lower | Case::Upper | Case::Pascal | Case::Camel => "",
            Case::Snake | Case::ScreamingSnake => "_",
            Case::Kebab | Case::ScreamingKebab => "-",
        };
        let words: Vec<String> = words
            .iter()
            .enumerate()
            .map(|(at, word)| match self {
                Case::Lower | Case::Snake | Case::Kebab => word.to_lowercase(),
                Case::Upper | Case::ScreamingSnake | Case::ScreamingKebab => word.to_uppercase(),
                Case::Camel if at == 0 => word.to_lowercase(),
                Case::Pascal | Case::Camel => capitalized(word),
            })
            .collect();
        words.join(separator)
    }
}

fn capitalized(word: &str) -> String {
    let mut chars = word.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars.flat_map(char::to_lowercase)).collect(),
        None => String::new(),
    }
}

/// Splits at underscores, before an upper-case letter that follows a lower-case letter or a digit,
/// and before the last letter of an acronym that a lower-case letter follows (`HTTPError`). A digit
/// stays with what is before it.
fn words(ident: &str) -> Vec<String> {
    let chars: Vec<char> = ident.chars().collect();
    let mut words = Vec::new();
    let mut word = String::new();
    for (at, &c) in chars.iter().enumerate() {
        if c == '_' {
            if !word.is_empty() {
                words.push(std::mem::take(&mut word));
            }
            continue;
        }
        if c.is_uppercase() && !word.is_empty() {
            let before = chars[at - 1];
            let acronym_ends =
                before.is_uppercase() && chars.get(at + 1).is_some_and(|next| next.is_lowercase());
            if !before.is_uppercase() || acronym_ends {
                words.push(std::mem::take(&mut word));
            }
        }
        word.push(c);
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn snake() {
        for (ident, renamed) in [
            ("NotFound", "not_found"),
            ("HTTPError", "http_error"),
            ("IOError", "io_error"),
            ("Http2Error", "http2_error"),
            ("HTTP2Error", "http2_error"),
            ("E404", "e404"),
            ("Sha256Sum", "sha256_sum"),
            ("OAuth", "o_auth"),
            ("A", "a"),
            ("ID", "id"),
            ("UserID", "user_id"),
            ("Foo_Bar", "foo_bar"),
            ("_Private", "private"),
            ("already_snake", "already_snake"),
            ("ÄrgerÜber", "ärger_über"),
            ("__", "__"),
            ("", ""),
        ] {
            assert_eq!(Case::Snake.apply(ident), renamed, "{ident}");
        }
    }

    #[test]
    fn every_case() {
        let renamed: Vec<String> = CASES.iter().map(|(_, case)| case.apply("XMLTooBig2")).collect();
        assert_eq!(
            renamed,
            [
                "xmltoobig2",
                "XMLTOOBIG2",
                "XmlTooBig2",
                "xmlTooBig2",
                "xml_too_big2",
                "XML_TOO_BIG2",
                "xml-too-big2",
                "XML-TOO-BIG2",
            ]
        );
        let renamed: Vec<String> = CASES.iter().map(|(_, case)| case.apply("retry_after_2")).collect();
        assert_eq!(
            renamed,
            [
                "retryafter2",
                "RETRYAFTER2",
                "RetryAfter2",
                "retryAfter2",
                "retry_after_2",
                "RETRY_AFTER_2",
                "retry-after-2",
                "RETRY-AFTER-2",
            ]
        );
    }
}
