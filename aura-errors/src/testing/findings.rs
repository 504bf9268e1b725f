//! What a check found wrong.

use std::fmt;

/// All that a check found wrong, each with the name of the error it is about. Never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Findings {
    list: Vec<String>,
}

impl Findings {
    /// What was found, or nothing.
    pub(super) fn of<T>(list: Vec<String>, fine: T) -> Result<T, Self> {
        if list.is_empty() { Ok(fine) } else { Err(Self { list }) }
    }

    /// One text for each finding.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.list.iter().map(String::as_str)
    }
}

/// One finding after the other, each beginning with `- `.
impl fmt::Display for Findings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, finding) in self.list.iter().enumerate() {
            let line_break = if index > 0 { "\n" } else { "" };
            write!(f, "{line_break}- {}", finding.replace('\n', "\n  "))?;
        }
        Ok(())
    }
}

impl std::error::Error for Findings {}
