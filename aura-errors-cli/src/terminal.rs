//! What is written, and the terminal that it is written to.

use std::borrow::Cow;
use std::env;
use std::io::{self, ErrorKind, Write};

use crate::failure::Failure;

/// What a command has to say.
pub(crate) struct Output {
    text: String,
    /// The text is a document: not a byte of it is changed.
    verbatim: bool,
    /// For the people beside the programs that read the text.
    note: &'static str,
    code: u8,
}

impl Output {
    /// Text for people; its colours go where nobody sees them.
    pub(crate) fn styled(text: String) -> Self {
        Self { text, verbatim: false, note: "", code: 0 }
    }

    /// Text for programs.
    pub(crate) fn verbatim(text: String) -> Self {
        Self { text, verbatim: true, note: "", code: 0 }
    }

    /// Nothing, and why.
    pub(crate) fn nothing(note: &'static str) -> Self {
        Self { note, ..Self::styled(String::new()) }
    }

    /// With this exit code.
    pub(crate) fn code(mut self, code: u8) -> Self {
        self.code = code;
        self
    }

    /// Writes it on the standard output stream, and gives the exit code.
    pub(crate) fn write(self) -> Result<u8, Failure> {
        if !self.note.is_empty() {
            // Where nobody reads notes there is nobody to tell.
            let _ = writeln!(io::stderr(), "{}", self.note);
        }
        let written = if self.verbatim {
            write(io::stdout().lock(), &self.text)
        } else {
            write(anstream::stdout().lock(), &self.text)
        };
        match written {
            // Whoever reads has seen enough, as `head` does after ten lines.
            Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(self.code),
            Err(error) => Err(Failure::trouble(format!("the output cannot be written: {error}"))),
            Ok(()) => Ok(self.code),
        }
    }
}

fn write(mut stream: impl Write, text: &str) -> io::Result<()> {
    stream.write_all(text.as_bytes())?;
    stream.flush()
}

/// Whether colours that are written are seen.
pub(crate) fn has_colors() -> bool {
    anstream::AutoStream::choice(&io::stdout()) != anstream::ColorChoice::Never
}

/// How many columns there are: as `COLUMNS` says, else the terminal; `None` where there is none.
pub(crate) fn width() -> Option<usize> {
    let declared = env::var("COLUMNS").ok().and_then(|text| text.parse().ok()).filter(|&width| width > 0);
    declared.or_else(|| {
        let (terminal_size::Width(width), _) = terminal_size::terminal_size_of(io::stdout())?;
        Some(width.into()).filter(|&width| width > 0)
    })
}

/// A text that does nothing to the terminal: its control characters are shown, not sent.
pub(crate) fn clean(text: &str) -> Cow<'_, str> {
    let harmful = |c: char| c.is_control() && c != '\n';
    if !text.contains(harmful) {
        return text.into();
    }
    text.chars()
        .fold(String::with_capacity(text.len()), |mut out, c| {
            match harmful(c) {
                true => out.extend(c.escape_default()),
                false => out.push(c),
            }
            out
        })
        .into()
}

/// JSON that does nothing to the terminal and is the same JSON: it leaves some control characters as they are.
pub(crate) fn clean_json(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut out, c| {
        match c.is_control() && c != '\n' {
            true => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            false => out.push(c),
        }
        out
    })
}

/// A text whose lines fit the width and begin with this.
pub(crate) fn wrapped(text: &str, first: &str, rest: &str) -> String {
    let text = clean(text);
    match width() {
        Some(width) => {
            let options = textwrap::Options::new(width.max(rest.len() + 20))
                .initial_indent(first)
                .subsequent_indent(rest)
                .break_words(false);
            textwrap::fill(&text, options)
        }
        None => format!("{first}{}", text.replace('\n', &format!("\n{rest}"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cleaned_json_is_the_same_json() {
        let json = "{\n  \"\u{9b}é\": \"\\u001b\u{7f}\"\n}";
        assert_eq!(clean_json(json), "{\n  \"\\u009bé\": \"\\u001b\\u007f\"\n}");
        let parse = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
        assert_eq!(parse(&clean_json(json)), parse(json));
    }
}
