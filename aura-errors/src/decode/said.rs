//! Texts that a response says of itself, without a copy where they stand in its body.

use std::borrow::Cow;

/// A text that was received; an empty one is a text too.
#[derive(Debug, Default)]
pub(super) enum Said {
    #[default]
    Nothing,
    /// From here to there in the body, where it stands without escapes.
    InBody(usize, usize),
    Itself(String),
}

impl Said {
    pub(super) fn new(text: Option<Cow<'_, str>>, body: &[u8]) -> Self {
        match text {
            None => Self::Nothing,
            Some(Cow::Borrowed(text)) => match place(text, body) {
                Some((start, end)) => Self::InBody(start, end),
                None => Self::Itself(text.to_owned()),
            },
            Some(Cow::Owned(text)) => Self::Itself(text),
        }
    }

    /// The text, with the body that it was read from.
    pub(super) fn in_body<'t>(&'t self, body: &'t [u8]) -> Option<&'t str> {
        match self {
            Self::Nothing => None,
            Self::InBody(start, end) => std::str::from_utf8(body.get(*start..*end)?).ok(),
            Self::Itself(text) => Some(text),
        }
    }
}

/// Where a text that is a part of the body begins and ends.
fn place(text: &str, body: &[u8]) -> Option<(usize, usize)> {
    let start = text.as_ptr().addr().checked_sub(body.as_ptr().addr())?;
    let end = start.checked_add(text.len())?;
    (body.get(start..end)? == text.as_bytes()).then_some((start, end))
}

#[cfg(test)]
mod tests {
    use super::Said;
    use std::borrow::Cow;

    #[test]
    fn a_part_of_the_body_is_not_copied() {
        let body = "a é b";
        let said = Said::new(Some(Cow::Borrowed(&body[2..4])), body.as_bytes());
        assert!(matches!(said, Said::InBody(2, 4)));
        assert_eq!(said.in_body(body.as_bytes()), Some("é"));
        let all = Said::new(Some(Cow::Borrowed(body)), body.as_bytes());
        assert_eq!(all.in_body(body.as_bytes()), Some(body));
    }

    #[test]
    fn anything_else_is_kept_itself() {
        let (body, elsewhere) = (String::from("text"), String::from("text"));
        for text in [Cow::Borrowed(&*elsewhere), Cow::Owned(elsewhere.clone())] {
            let said = Said::new(Some(text), body.as_bytes());
            assert!(matches!(said, Said::Itself(_)));
            assert_eq!(said.in_body(b"another body"), Some("text"));
        }
        assert_eq!(Said::new(None, b"text").in_body(b"text"), None);
        // A text of the body that is asked of another one.
        assert_eq!(Said::InBody(3, 9).in_body(b"text"), None);
    }
}
