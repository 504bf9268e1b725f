//! What messages quote of a file: on one line, and not all of it.

use std::fmt::{self, Display};

/// How much of a value is shown.
const VALUE: usize = 120;
/// How much is shown of each end of a message that quotes a file.
const END: usize = 160;

/// A text in which control characters are escaped, cut where it is too long.
#[derive(Debug)]
pub(super) struct Line<T> {
    text: T,
    /// How many characters of its beginning and of its end are shown.
    ends: [usize; 2],
}

impl<T: Display> Line<T> {
    /// The beginning of a value.
    pub(super) const fn value(text: T) -> Self {
        Self { text, ends: [VALUE, 0] }
    }

    /// Both ends of a message: what is wrong stands at one, where it is at the other.
    pub(super) const fn message(text: T) -> Self {
        Self { text, ends: [END, END] }
    }
}

impl<T: Display> Display for Line<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::new();
        for c in self.text.to_string().chars() {
            match c.is_control() {
                true => text.extend(c.escape_default()),
                false => text.push(c),
            }
        }
        let [start, end] = self.ends;
        let cut = text.char_indices().nth(start).map(|(at, _)| at);
        let rest = text.char_indices().rev().take(end).last().map_or(text.len(), |(at, _)| at);
        match cut {
            Some(cut) if cut < rest => write!(f, "{}…{}", &text[..cut], &text[rest..]),
            _ => f.write_str(&text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Line;

    #[test]
    fn control_characters_are_escaped() {
        assert_eq!(Line::value("a\n\u{1b}\u{7f}é").to_string(), "a\\n\\u{1b}\\u{7f}é");
    }

    #[test]
    fn of_a_long_value_its_beginning_is_shown() {
        assert_eq!(Line::value("é".repeat(120)).to_string(), "é".repeat(120));
        assert_eq!(Line::value("é".repeat(121)).to_string(), "é".repeat(120) + "…");
    }

    #[test]
    fn of_a_long_message_both_ends_are_shown() {
        let text = |between: usize| ["é".repeat(160), "-".repeat(between), "è".repeat(160)];
        assert_eq!(Line::message(text(0).concat()).to_string(), text(0).concat());
        let [start, _, end] = text(1);
        assert_eq!(Line::message(text(1).concat()).to_string(), format!("{start}…{end}"));
        assert_eq!(Line::message("short").to_string(), "short");
    }
}
